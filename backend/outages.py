"""Trouble of the database: told apart from faults of the program, said in words, and logged once while it lasts."""

import errno
import logging
import sqlite3
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Engine, Pool, event
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

# Trouble that comes and goes within this time is told once.
TOLD_AGAIN_S = 60
log = logging.getLogger(__name__)


class Trouble(Enum):
    """What keeps the database from its work; the value is said to people, with neither SQL nor values nor paths."""

    AWAY = "The database does not answer."
    LOCKED_OUT = "The database does not let Charley in."
    CROWDED = "The database takes no more connections."
    BUSY = "The database is busy."
    TAKEN = "The database is being restored or brought up to date."
    FULL = "The database cannot be written: the disk is full."
    READ_ONLY = "The database cannot be written: it is read-only."
    UNREACHABLE = "The file of the database cannot be opened."
    BROKEN_DISK = "The database cannot be read or written: its disk reports an error."
    DAMAGED = "The file is damaged, or not a database."
    UNREADY = "The database lacks tables, or has those of another version."


# What looks like trouble may be an address that names something else.
MISTAKEN_ADDRESS = frozenset({Trouble.AWAY, Trouble.LOCKED_OUT, Trouble.UNREACHABLE, Trouble.DAMAGED})

_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_PROTOCOL: Trouble.BUSY,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.UNREACHABLE,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNREACHABLE,
    sqlite3.SQLITE_IOERR: Trouble.BROKEN_DISK,
    # The file that readers and writers share grows with the first of them, so it is where a full disk shows first.
    sqlite3.SQLITE_IOERR_SHMSIZE: Trouble.FULL,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
}
# An SQLite connection that met one of these keeps what it found, also when all is well again.
_KEPT_BY_CONNECTION = frozenset(
    {Trouble.READ_ONLY, Trouble.UNREACHABLE, Trouble.BROKEN_DISK, Trouble.DAMAGED, Trouble.FULL}
)

# States of PostgreSQL (its manual, appendix A) and classes of them, the longer first.
_POSTGRESQL = {
    "57014": Trouble.BUSY,  # a statement took too long
    "25006": Trouble.READ_ONLY,
    "25P03": Trouble.BUSY,  # idle in a transaction for too long
    "25P04": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "53100": Trouble.FULL,
    "53200": Trouble.BUSY,
    "53300": Trouble.CROWDED,
    "55P03": Trouble.BUSY,
    "55006": Trouble.TAKEN,
    "55000": Trouble.UNREADY,
    "3D000": Trouble.LOCKED_OUT,
    "08": Trouble.AWAY,
    "28": Trouble.LOCKED_OUT,
    "57P": Trouble.AWAY,
    "53": Trouble.CROWDED,
    "58": Trouble.BROKEN_DISK,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
# Who is refused a connection gets a text only.
_REFUSALS = {
    "too many clients": Trouble.CROWDED,
    "too many connections": Trouble.CROWDED,
    "connection slots": Trouble.CROWDED,
    "authentication failed": Trouble.LOCKED_OUT,
    "no password supplied": Trouble.LOCKED_OUT,
    "no pg_hba.conf entry": Trouble.LOCKED_OUT,
    "does not exist": Trouble.LOCKED_OUT,
}

_FILES = {errno.ENOSPC: Trouble.FULL, errno.EDQUOT: Trouble.FULL, errno.EROFS: Trouble.READ_ONLY}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return what trouble an error tells of; None where it is a fault of the program, or of something else."""
    if isinstance(error, NoConnectionLeft):
        return Trouble.CROWDED
    if isinstance(error, PendingRollbackError):
        # Somebody went on after a connection was lost.
        return Trouble.AWAY if error.code == "8s2b" else None
    if isinstance(error, DBAPIError):
        return trouble_of(error.orig)
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None) or 0
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    if isinstance(error, OSError):
        return _FILES.get(error.errno or 0)
    return _trouble_of_postgresql(error) if type(error).__module__.startswith("psycopg") else None


def has_other_tables(error: DBAPIError) -> bool:
    """Whether a statement met tables or columns that are missing, or there already."""
    found = error.orig
    if isinstance(found, sqlite3.OperationalError):
        return found.sqlite_errorcode == sqlite3.SQLITE_ERROR
    return getattr(found, "sqlstate", None) in {"42P01", "42P07", "42703", "42701"}


def _trouble_of_postgresql(error: Any) -> Trouble | None:
    state = getattr(error, "sqlstate", None)
    if state:
        return next((trouble for start, trouble in _POSTGRESQL.items() if state.startswith(start)), None)
    if not any(kind.__name__ == "OperationalError" for kind in type(error).__mro__):
        return None
    said = str(error)
    return next((trouble for words, trouble in _REFUSALS.items() if words in said), Trouble.AWAY)


@event.listens_for(Engine, "handle_error")
def _leave_connection(context: Any) -> None:
    """Open the file anew next time: a connection that was opened read-only stays so."""
    found = context.original_exception
    if isinstance(found, sqlite3.Error) and trouble_of(found) in _KEPT_BY_CONNECTION:
        context.is_disconnect = True


@event.listens_for(Pool, "invalidate")
def _let_go(connection: Any, _record: Any, _error: Any) -> None:
    """End what an SQLite connection had begun: closed with a statement half done, it would keep its locks."""
    if isinstance(connection, sqlite3.Connection):
        with suppress(sqlite3.Error):
            connection.rollback()


@dataclass
class _Course:
    """Trouble that stands: since when (monotonic seconds), what was told of it, how many were refused."""

    since: float
    told: bool
    refused: int = 0


class Outages:
    """What a process knows of trouble, and says: a line when it begins, a line when it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._course: _Course | None = None
        self._told: dict[Trouble, float] = {}

    @property
    def stands(self) -> bool:
        """Whether the last that was heard of the database was trouble."""
        return self._course is not None

    def note(self, trouble: Trouble, *, refused: int = 1) -> None:
        """Note trouble that was met; ``refused`` is how many requests or tasks it cost."""
        with self._lock:
            now = time.monotonic()
            new = now - self._told.get(trouble, -TOLD_AGAIN_S) >= TOLD_AGAIN_S
            if self._course is None:
                self._course = _Course(since=now, told=new)
                say = new
            else:
                # Of trouble that stands nothing is repeated; that it has become another kind is news.
                say = new and trouble not in self._told_since(self._course.since)
                self._course.told |= say
            self._course.refused += refused
            if say:
                self._told[trouble] = now
        if say:
            log.error("%s It is tried again; until it works, what needs it is refused or waits.", trouble.value)

    def _told_since(self, since: float) -> set[Trouble]:
        return {trouble for trouble, at in self._told.items() if at >= since}

    def end(self) -> None:
        """Note that the database works again."""
        with self._lock:
            course, self._course = self._course, None
        if course and course.told:
            lasted = time.monotonic() - course.since
            refused = f"; {course.refused} requests were refused" if course.refused else ""
            log.warning("The database works again after %.0f s%s.", lasted, refused)
