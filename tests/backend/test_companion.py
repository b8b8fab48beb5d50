"""The worker beside the web server: started again when it dies, and never left behind."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from backend.companion import kept_running
from backend.vapid import make_private_key
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
NOTE = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a')); time.sleep({nap})"


def wait_for(condition: object, *, what: str) -> None:
    assert callable(condition)
    give_up = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < give_up, f"no {what}"
        time.sleep(0.05)


def noted(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not looked after does not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def test_a_companion_that_dies_is_started_again_and_ends_with_the_block(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    with kept_running([sys.executable, "-c", NOTE.format(nap=60), str(file)], restart_after_s=0.1):
        wait_for(lambda: len(noted(file)) == 1, what="companion")
        os.kill(noted(file)[0], signal.SIGKILL)
        wait_for(lambda: len(noted(file)) == 2, what="second companion")
    assert [is_running(pid) for pid in noted(file)] == [False, False]


def test_a_companion_ends_with_a_block_that_fails(tmp_path: Path) -> None:
    file = tmp_path / "pids"

    def fail() -> None:
        wait_for(lambda: noted(file), what="companion")
        raise RuntimeError("the web server failed")

    command = [sys.executable, "-c", NOTE.format(nap=60), str(file)]
    with pytest.raises(RuntimeError, match="the web server failed"), kept_running(command):
        fail()
    assert not is_running(noted(file)[0])


@contextmanager
def served(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an empty installation with a worker beside it."""
    port = free_port()
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PORT": str(port),
        "INSTANCE_DIR": str(tmp_path),
        "VAPID_PRIVATE_KEY": make_private_key(),
        "VAPID_SUBJECT": "mailto:operator@example.org",
    }
    command = [sys.executable, "-m", "backend.cli", "serve", "--worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, start_new_session=True)
    try:
        wait_for(lambda: is_healthy(port), what="server")
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_healthy(port: int) -> bool:
    with suppress(urllib.error.URLError, OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        return True
    return False


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    wanted = ["worker", "--parent", str(process.pid)]
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if path.read_text().split("\0")[-4:-1] == wanted and is_running(int(path.parent.name)):
                found.append(int(path.parent.name))
    return found


def test_a_server_with_a_worker_keeps_one_and_takes_it_along(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        wait_for(lambda: workers_of(server), what="worker")
        (first,) = workers_of(server)
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: workers_of(server) not in ([], [first]), what="second worker")
        server.terminate()
        assert server.wait(PATIENCE_S) == 0
        assert workers_of(server) == []


def test_a_worker_whose_server_was_killed_ends_by_itself(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        wait_for(lambda: (tmp_path / "worker.sqlite3").exists(), what="worker at work")
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        wait_for(lambda: workers_of(server) == [], what="end of the worker")
