"""Servers as processes of their own, to be killed, stopped and started twice."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
# What is promised of a server whose main process was killed.
ALL_ENDED_S = 5


def wait_for(condition: Callable[[], object], *, what: str, patience_s: float = PATIENCE_S) -> None:
    give_up = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < give_up, f"no {what}"
        time.sleep(0.05)


def parent_of(pid: int) -> int | None:
    """Return the parent of a process that runs; one that has ended and was not looked after does not run."""
    with suppress(FileNotFoundError, ProcessLookupError):
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
        return int(parent) if state != "Z" else None
    return None


def children_of(parent: int) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return sorted(pid for pid in pids if parent_of(pid) == parent)


def is_running(pid: int) -> bool:
    return parent_of(pid) is not None


@dataclass
class Server:
    """A server under test, with what it has said so far."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text()

    def children(self) -> list[int]:
        return children_of(self.process.pid)

    def descendants(self) -> list[int]:
        found = self.children()
        for child in found:
            found += children_of(child)
        return found

    def get(self, path: str, *, timeout_s: float = PATIENCE_S) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout_s) as answer:
            text: str = answer.read().decode()
        return text

    def answers(self, path: str) -> bool:
        with suppress(OSError):
            self.get(path, timeout_s=2)
            return True
        return False

    def wait_until_it_answers(self, path: str) -> None:
        wait_for(lambda: self.answers(path) or self.process.poll() is not None, what="answer")
        assert self.process.poll() is None, self.said

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self, *signals: signal.Signals) -> int:
        for number in signals or (signal.SIGTERM,):
            self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextmanager
def started(
    command: tuple[str, ...], instance: Path, *, ignored: signal.Signals | None = None, **environ: str
) -> Iterator[Server]:
    """Start a server on a free port; whatever it leaves behind is killed at the end."""
    port = int(environ.pop("PORT", free_port()))
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "INSTANCE_DIR": str(instance), "PORT": str(port)}
    log = instance.with_name(f"{instance.name}-{port}.log")

    def heed_signals() -> None:
        # A shell that runs this in the background may have told it to ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if ignored:
            signal.signal(ignored, signal.SIG_IGN)

    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=given | environ, stdout=file, stderr=file, start_new_session=True,
            preexec_fn=heed_signals,
        )  # fmt: skip
    try:
        yield Server(process, port, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def refused(command: tuple[str, ...], instance: Path, **environ: str) -> str:
    """Start a server that must not start; return what it says, which is one line."""
    with started(command, instance, **environ) as server:
        assert server.process.wait(PATIENCE_S) == 2, server.said
        (line,) = server.said.splitlines()
    return line


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            probe.listen()
            return True
    return False
