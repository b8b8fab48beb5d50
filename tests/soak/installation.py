"""One installation under test: its database, its server, and the commands that an operator gives it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy.engine import make_url

from backend.operations.engines import engine_of
from tests import postgres

CHARLEY = str(Path(sys.executable).with_name("charley"))
SITE = Path(__file__).with_name("site")
ROOT = Path(__file__).parents[2]
START_S = 60
# Whoever started it promises that its workers end within five seconds.
PORT_FREE_S = 15


@dataclass
class Installation:
    """A server with its database, which may be killed and started again."""

    folder: Path
    database: postgres.Server | None = None
    port: int = field(default_factory=lambda: postgres.free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address at which it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """The database, as SQLAlchemy names it."""
        if self.database is None:
            return f"sqlite:///{self.folder / 'charley.sqlite3'}"
        return make_url(self.database.url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)

    @property
    def environ(self) -> dict[str, str]:
        """What the operator set."""
        dropped = {"HOST", "PUBLIC_URL", "REDIS_URL", "PYTHONPATH"}
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        own = {
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": "a key for the soak " * 2,
            "INSTANCE_DIR": str(self.folder),
            "PORT": str(self.port),
            "LOGIN_LIMIT_ACCOUNT": "100000/minute",
            "LOGIN_LIMIT_ADDRESS": "100000/minute",
            "PYTHONPATH": str(SITE),
            "SOAK_CLOCK": str(self.folder / "clock"),
        }
        return kept | own

    def set_clock(self, ahead_s: int) -> None:
        """Let the server's clock be wrong by some seconds."""
        draft = self.folder / "clock.part"
        draft.write_text(str(ahead_s))
        draft.replace(self.folder / "clock")

    def start(self) -> None:
        """Start the server, as an operator does who sees it refused: again, until the port is free."""
        give_up = time.monotonic() + START_S
        while time.monotonic() < give_up:
            self.process = self.serve()
            while self.process.poll() is None:
                if self.answers():
                    return
                if time.monotonic() > give_up:
                    raise RuntimeError("the server did not answer")
                time.sleep(0.05)
            if self.process.returncode != 2 or time.monotonic() > give_up - START_S + PORT_FREE_S:
                break
            time.sleep(0.2)
        raise RuntimeError(f"the server did not start: {self.log()[-2000:]}")

    def serve(self, **environ: str) -> subprocess.Popen[bytes]:
        """Start one more server process."""
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen([CHARLEY, "serve"], env=self.environ | environ, cwd=ROOT, stdout=log, stderr=log)

    def answers(self) -> bool:
        """Whether the server is healthy."""
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}/healthz", timeout=10).status_code == 200
        return False

    def stop(self) -> None:
        """Stop the server in order."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def kill(self) -> None:
        """Kill the server's first process (SIGKILL), and nothing else."""
        assert self.process
        self.process.kill()
        self.process.wait()
        self.process = None

    def workers(self) -> list[int]:
        """Return the processes that answer requests."""
        assert self.process
        return _children(self.process.pid)

    def kill_worker(self) -> None:
        """Kill one of them."""
        for worker in self.workers()[-1:]:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)

    def charley(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Give a command."""
        done = subprocess.run(
            [CHARLEY, *command], env=self.environ, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        if check and done.returncode:
            raise RuntimeError(f"charley {command[0]}: {done.stdout[-500:]} {done.stderr[-500:]}")
        return done

    def log(self) -> str:
        """Return what the server said."""
        return (self.folder / "server.log").read_text(errors="replace")


@contextmanager
def installed(engine: str, folder: Path) -> Iterator[Installation]:
    """Give a running installation on an engine of its own; it is gone at the end."""
    if engine == "sqlite":
        with _running(Installation(folder)) as place:
            yield place
    else:
        with postgres.server() as database, _running(Installation(folder, database)) as place:
            yield place


@contextmanager
def _running(place: Installation) -> Iterator[Installation]:
    place.folder.mkdir(parents=True, exist_ok=True)
    place.set_clock(0)
    place.start()
    try:
        yield place
    finally:
        place.stop()
        engine_of(place.database_url).dispose()
        shutil.rmtree(place.folder, ignore_errors=True)


def _children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []
