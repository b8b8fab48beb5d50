"""Noticing that an older copy of the database was put back by hand.

A running server counts on in the database (``installation.pulse``) and notes in its instance directory how far that is.
A server that finds the database behind its note, or one that was counted on elsewhere and that it has never seen, takes
it for a copy that was put back: the database gets a new epoch, and phones offer everything again. On a database that
nobody put back this costs each phone one look at its whole diary, and changes nothing.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from backend import clock
from backend.db import table_of
from backend.diary.models import Diary
from backend.files import written_whole
from backend.installation import Installation
from backend.operations.engines import engine_of
from backend.operations.use import RENEW_S

BEAT_S = 15
log = logging.getLogger(__name__)


def begin_epoch(connection: Connection, pulse: int) -> None:
    """Let all phones offer everything again; the caller commits.

    Parameters
    ----------
    pulse : what the database counts on from, beyond everything that was ever seen of it.

    """
    new = {"epoch": uuid.uuid4(), "epoch_since": clock.now(), "pulse": pulse}
    connection.execute(sa.update(table_of(Installation)).values(new))
    connection.execute(sa.update(table_of(Diary)).values(epoch=None))


class Pulse:
    """The count of one database, and the note of it in one instance directory."""

    def __init__(self, database_url: str, instance_dir: Path) -> None:
        name = Path(make_url(database_url).database or "memory").name
        self._note = instance_dir / f"pulse-{name}"
        self._engine: Engine = engine_of(database_url)
        self._beating = threading.Lock()

    def begin(self) -> bool:
        """Compare count and note, and count on; return whether an older copy was found."""
        seen = self.seen()
        with self._engine.begin() as connection:
            now = connection.scalar(sa.select(Installation.pulse)) or 0
            found = now > 0 if seen is None else now < seen
            if found:
                begin_epoch(connection, max(now, seen or 0))
        self.beat()
        if found:
            log.warning(
                "this database is an older copy than the last one seen here: phones will offer everything again"
            )
        return found

    def beat(self) -> None:
        """Count on, and note how far that is."""
        with self._engine.begin() as connection:
            counted = sa.update(table_of(Installation)).values(pulse=Installation.pulse + 1)
            pulse = connection.scalar(counted.returning(Installation.pulse))
        with written_whole(self._note) as note:
            note.write(f"{pulse}\n".encode())

    def seen(self) -> int | None:
        """Return how far the count was when it was last noted here; None where it never was."""
        try:
            return int(self._note.read_text())
        except (FileNotFoundError, ValueError):
            return None

    @contextmanager
    def kept(self, renew: Callable[[], bool]) -> Iterator[None]:
        """Count on every ``BEAT_S`` seconds while the block runs, and a last time at its end.

        So a copy that was made while the server ran is older than the note.

        Parameters
        ----------
        renew : called every ``RENEW_S`` seconds to keep the claim on the database; False while somebody else has it
            alone, who must not find it changed.

        """
        stopping = threading.Event()

        def run() -> None:
            due = time.monotonic() + BEAT_S
            while not stopping.wait(RENEW_S):
                is_due = time.monotonic() >= due
                self._keep(renew, beat=is_due)
                if is_due:
                    due = time.monotonic() + BEAT_S

        # A process forked in the middle of a beat would wait forever for what this thread holds.
        os.register_at_fork(
            before=self._beating.acquire, after_in_parent=self._beating.release, after_in_child=self._beating.release
        )
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join()
            self._keep(renew, beat=True)

    def _keep(self, renew: Callable[[], bool], *, beat: bool) -> None:
        # A database that is away is told of by whoever needed it.
        with self._beating, suppress(DBAPIError, OSError):
            if renew() and beat:
                self.beat()
