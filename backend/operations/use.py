"""Who uses a database: many may share it, and whoever changes all of it at once has it alone.

Servers, workers and commands share it while they run; bringing it up to date and restoring need it alone. The claim
ends with the process, whatever ends that. On SQLite it is a lock on a file beside the database. On PostgreSQL it is an
advisory lock of a connection that is kept, and of each connection that answers requests: a PostgreSQL that was killed
forgets all claims, and nobody must write in the moment before they are made anew.
"""

import fcntl
import os
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, Select, create_engine, event, extract, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.sql.functions import Function

from backend.connections import connect_args, has_news
from backend.operations.engines import sqlite_file
from backend.operations.revisions import PROGRAM

SOON_S = 2.0
LOOK_EVERY_S = 0.05
# How often a server looks whether its claim was lost, and how long after a start of PostgreSQL all servers have theirs
# again: a look, an attempt in vain, and the rest after it.
RENEW_S = 1.0
SETTLED_S = 6.0
_USE_LOCK = 24275392


class Use(ABC):
    """A claim on a database, which nobody has at first."""

    @staticmethod
    def of(database_url: str) -> "Use":
        """Return the claim that fits a database."""
        file = sqlite_file(database_url)
        if file:
            return _FileUse(file.with_name(f"{file.name}-lock"))
        return _Unshared() if database_url.startswith("sqlite") else _PostgresUse(database_url)

    @abstractmethod
    def share(self) -> bool:
        """Share the database, also in place of having it alone; False while somebody has it alone."""

    @abstractmethod
    def take(self) -> bool:
        """Have the database alone; False while anybody uses it."""

    def take_soon(self) -> bool:
        """Have the database alone, also where a command that has just ended is still on its way out."""
        give_up = time.monotonic() + SOON_S
        while not self.take():
            if time.monotonic() > give_up:
                return False
            time.sleep(LOOK_EVERY_S)
        return True

    @abstractmethod
    def release(self) -> None:
        """Use the database no longer."""

    @abstractmethod
    def renew(self) -> bool:
        """Claim a share anew where the claim was lost with its connection; False where somebody has it alone by now.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            The database does not answer.

        """


class _Unshared(Use):
    """A database in memory, which no other process sees."""

    def share(self) -> bool:
        return True

    def take(self) -> bool:
        return True

    def release(self) -> None:
        pass

    def renew(self) -> bool:
        return True


class _FileUse(Use):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def share(self) -> bool:
        return self._lock(fcntl.LOCK_SH)

    def take(self) -> bool:
        return self._lock(fcntl.LOCK_EX)

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def renew(self) -> bool:
        # Nothing but this process can end its claim on a file.
        return True

    def _lock(self, how: int) -> bool:
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            # What was held before is lost where a change of it is refused.
            self.release()
            return False
        return True


class _PostgresUse(Use):
    def __init__(self, database_url: str) -> None:
        self._engine = create_engine(
            database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=connect_args(database_url)
        )
        self._connection: Connection | None = None
        self._shared = self._alone = False

    def share(self) -> bool:
        self._shared = self._shared or self._ask(func.pg_try_advisory_lock_shared(_USE_LOCK))
        if self._shared and self._alone:
            self._ask(func.pg_advisory_unlock(_USE_LOCK))
            self._alone = False
        return self._shared

    def take(self) -> bool:
        if not self._alone:
            time.sleep(self._unsettled_s())
            self._alone = self._ask(func.pg_try_advisory_lock(_USE_LOCK))
        return self._alone

    def release(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                # The server may take a moment to notice that a connection is gone.
                self._connection.execute(select(func.pg_advisory_unlock_all()))
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._connection, self._shared, self._alone = None, False, False

    def renew(self) -> bool:
        if self._connection is not None and has_news(self._connection.connection.dbapi_connection):
            self.release()
        return self.share()

    def _unsettled_s(self) -> float:
        """Return how long servers may still be on their way back after a start of PostgreSQL, in seconds."""
        running = func.clock_timestamp() - func.pg_postmaster_start_time()
        asked = select(extract("epoch", running)).where(func.to_regclass("installation").is_not(None))
        running_s = self._answer(asked)
        # A database that is still to be made has no servers.
        return 0.0 if running_s is None else max(0.0, min(SETTLED_S, SETTLED_S - float(running_s)))

    def _ask(self, function: Function[bool]) -> bool:
        return bool(self._answer(select(function)))

    def _answer(self, question: Select[Any]) -> Any:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return self._connection.scalar(question)
        except DBAPIError:
            # A connection that failed once answers nothing more.
            self.release()
            raise


def claim_connections(engine: Engine) -> None:
    """Let each connection that ``engine`` opens share the database; SQLite's need none, their process has the claim.

    While somebody has the database alone, and where it belongs to another version of Charley, there is no connection:
    opening one raises ``psycopg.errors.ObjectInUse`` and ``psycopg.errors.ObjectNotInPrerequisiteState``.
    """
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _claim)


def _claim(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    try:
        _claim_for_this_version(connection)
    except BaseException:
        connection.close()
        raise
    connection.autocommit = False


def _claim_for_this_version(connection: Any) -> None:
    from psycopg import errors

    shared = connection.execute("SELECT pg_try_advisory_lock_shared(%s)", [_USE_LOCK]).fetchone()
    if not shared[0]:
        raise errors.ObjectInUse("somebody has the database alone")
    with suppress(errors.UndefinedTable, errors.UndefinedColumn):
        # A database that is still to be made belongs to nobody.
        found = connection.execute("SELECT program FROM installation").fetchone()
        if found and found[0] not in {None, PROGRAM}:
            raise errors.ObjectNotInPrerequisiteState("the database belongs to another version of Charley")
