"""Who uses a database: many may share it, and whoever changes all of it at once has it alone.

Servers, workers and commands share it while they run; bringing it up to date and restoring need it alone. The claim
ends with the process, whatever ends that. On SQLite it is a lock on a file beside the database, on PostgreSQL an
advisory lock of a connection that is kept.
"""

import fcntl
import os
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.functions import Function

from backend.operations.engines import engine_of, sqlite_file

SOON_S = 2.0
LOOK_EVERY_S = 0.05
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
    def renew(self) -> None:
        """Claim a share anew where the claim was lost with its connection."""


class _Unshared(Use):
    """A database in memory, which no other process sees."""

    def share(self) -> bool:
        return True

    def take(self) -> bool:
        return True

    def release(self) -> None:
        pass

    def renew(self) -> None:
        pass


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

    def renew(self) -> None:
        """Nothing but this process can end its claim on a file."""

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
        self._engine = engine_of(database_url).execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._shared = self._alone = False

    def share(self) -> bool:
        self._shared = self._shared or self._ask(func.pg_try_advisory_lock_shared(_USE_LOCK))
        if self._shared and self._alone:
            self._ask(func.pg_advisory_unlock(_USE_LOCK))
            self._alone = False
        return self._shared

    def take(self) -> bool:
        self._alone = self._alone or self._ask(func.pg_try_advisory_lock(_USE_LOCK))
        return self._alone

    def release(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError):
                # The server may take a moment to notice that a connection is gone.
                self._connection.execute(select(func.pg_advisory_unlock_all()))
                self._connection.close()
        self._connection, self._shared, self._alone = None, False, False

    def renew(self) -> None:
        try:
            if self._connection is not None:
                self._connection.execute(select(1))
                return
        except DBAPIError:
            self.release()
        self.share()

    def _ask(self, function: Function[bool]) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect()
        return bool(self._connection.scalar(select(function)))
