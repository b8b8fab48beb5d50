"""Putting a backup in the place of a database: all of it or nothing, from either engine into either."""

import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from backend import clock
from backend.accounts.models import EndedSession, User
from backend.accounts.service import delete_accounts
from backend.accounts.tombstones import Tombstones
from backend.db import table_of
from backend.files import sync_folder
from backend.installation import Installation
from backend.operations.archive import KINDS, Archive, Manifest, batches, reading
from backend.operations.backup import back_up
from backend.operations.engines import drop, engine_of, sqlite_file, tables_of
from backend.operations.errors import ArchiveError, InUseError
from backend.operations.pulse import Pulse, begin_epoch
from backend.operations.revisions import PROGRAM, migrating, refuse_newer, revision_of, run_migrations
from backend.operations.use import Use
from backend.reminders.models import ReminderClock


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: of which backup, where the replaced data stay (None: there were none), and how many accounts
    that were in the backup stay deleted.
    """

    manifest: Manifest
    replaced: Path | None
    removed: int


def restore(database_url: str, tombstones: Tombstones, instance_dir: Path, path: Path) -> Restored:
    """Put a backup in the place of whatever ``database_url`` names.

    The backup is read once and checked before anything is touched. The database begins a new epoch, so that phones
    offer everything again; all sign-ins end; accounts that were deleted on either side stay deleted.

    Raises
    ------
    ArchiveError, NewerDatabaseError
        The file is no whole backup, or a newer version of Charley made it.
    InUseError
        A server or a command uses the database.

    """
    use = Use.of(database_url)
    with reading(path) as archive:
        refuse_newer(archive.manifest.revision, archive.manifest.program)
        archive.verify()
        if not use.take_soon():
            raise InUseError("a server or another command uses this database; stop it first")
        try:
            place = _SqlitePlace if sqlite_file(database_url) else _PostgresPlace
            return place(database_url, tombstones, instance_dir).fill(archive)
        except (sa.exc.IntegrityError, sa.exc.DataError):
            raise ArchiveError(f"{path} holds rows that no database takes; nothing was changed") from None
        finally:
            use.release()


class _Place:
    """Where a backup is restored to."""

    def __init__(self, database_url: str, tombstones: Tombstones, instance_dir: Path) -> None:
        self._url = database_url
        self._tombstones = tombstones
        self._stamp = clock.stamp()
        self._instance_dir = instance_dir
        self._seen = Pulse(database_url, instance_dir).seen() or 0

    def _load(self, connection: Connection, archive: Archive) -> None:
        """Make the tables as they were when the backup was made, fill them, and bring them up to date."""
        run_migrations(connection, archive.manifest.revision)
        for name in _in_order(connection, archive):
            table = sa.table(name, *_columns(archive, name))
            # What migrations begin a database with is in the backup, too.
            connection.execute(sa.delete(table))
            for rows in batches(archive.rows(name)):
                connection.execute(sa.insert(table), rows)
            if connection.dialect.name == "postgresql":
                _set_counter(connection, name, archive.manifest.tables[name].columns)
        run_migrations(connection)

    def _settle(self, connection: Connection, archive: Archive, pulse: int) -> int:
        """Begin a new epoch, end all sign-ins, keep deleted accounts deleted; return how many came back and went."""
        self._tombstones.unite(archive.deleted_accounts())
        begin_epoch(connection, max(pulse, self._seen, _pulse_of(connection)) + 1)
        connection.execute(sa.update(table_of(Installation)).values(program=PROGRAM))
        users = table_of(User)
        ids = connection.scalars(sa.select(users.c.id)).all()
        end = sa.update(users).where(users.c.id == sa.bindparam("user")).values(fs_uniquifier=sa.bindparam("name"))
        if ids:
            connection.execute(end, [{"user": id_, "name": uuid.uuid4().hex} for id_ in ids])
        connection.execute(sa.delete(table_of(EndedSession)))
        # What fell due since the backup was made has been told: only what falls due from now on is written down.
        connection.execute(sa.delete(table_of(ReminderClock)))
        return delete_accounts(connection, self._tombstones.ids())


class _SqlitePlace(_Place):
    """A file: a new one is made beside it and takes its name in one step."""

    def fill(self, archive: Archive) -> Restored:
        file = sqlite_file(self._url)
        assert file is not None  # noqa: S101
        draft = file.with_name(f"{file.name}-restoring")
        _remove(draft)
        engine = engine_of(f"sqlite:///{draft}")
        try:
            with migrating(engine) as connection:
                self._load(connection, archive)
            pulse = _pulse_in(engine_of(self._url)) if file.exists() else 0
            with engine.begin() as connection:
                removed = self._settle(connection, archive, pulse)
            _close_file(engine, draft)
            return Restored(archive.manifest, self._put_in_place(draft, file), removed)
        finally:
            _remove(draft)

    def _put_in_place(self, draft: Path, file: Path) -> Path | None:
        replaced = file.with_name(f"{file.name}-replaced-{self._stamp}") if _has_content(file) else None
        if replaced:
            with suppress(sa.exc.DBAPIError):
                # A damaged database is put aside as it is.
                _close_file(engine_of(self._url), file)
            _give_name(file, replaced)
            _move_journal(file, replaced)
        _remove_journal(file)
        draft.replace(file)
        file.chmod(0o600)
        sync_folder(file.parent)
        return replaced


class _PostgresPlace(_Place):
    """A database: everything happens in one transaction."""

    def fill(self, archive: Archive) -> Restored:
        engine = engine_of(self._url)
        with engine.connect() as connection:
            there = revision_of(connection) is not None
        replaced = self._instance_dir / f"replaced-{self._stamp}.charley" if there else None
        if replaced:
            back_up(engine, self._tombstones, replaced)
        pulse = _pulse_in(engine) if there else 0
        with migrating(engine) as connection:
            _drop_tables(connection)
            self._load(connection, archive)
            removed = self._settle(connection, archive, pulse)
        return Restored(archive.manifest, replaced, removed)


def _in_order(connection: Connection, archive: Archive) -> list[str]:
    """Return the tables, those first to which others refer; they must be those that the revision makes."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=tables_of(connection))
    for table in metadata.sorted_tables:
        member = archive.manifest.tables.get(table.name)
        if member is None or set(member.columns) != set(table.columns.keys()):
            raise ArchiveError(
                f"{archive.path} does not hold the table {table.name} of revision {archive.manifest.revision}"
            )
    return [table.name for table in metadata.sorted_tables]


def _columns(archive: Archive, table: str) -> list[Any]:
    columns = archive.manifest.tables[table].columns
    return [sa.column(name, KINDS[kind].type) for name, kind in columns.items()]


def _set_counter(connection: Connection, table: str, columns: Any) -> None:
    """Let PostgreSQL count on from the highest id that was put in."""
    if columns.get("id") != "integer":
        return
    counter = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table, "id")))
    if counter:
        highest = connection.scalar(sa.select(sa.func.max(sa.column("id"))).select_from(sa.table(table)))
        connection.execute(sa.select(sa.func.setval(counter, highest or 1, highest is not None)))


def _drop_tables(connection: Connection) -> None:
    drop(connection, tables_of(connection))
    connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")


def _pulse_of(connection: Connection) -> int:
    return connection.scalar(sa.select(table_of(Installation).c.pulse)) or 0


def _pulse_in(engine: Engine) -> int:
    """Return the count of the database that is replaced; 0 where it cannot be read or is too old to have one."""
    try:
        with engine.connect() as connection:
            return _pulse_of(connection)
    except sa.exc.DBAPIError:
        return 0


def _has_content(file: Path) -> bool:
    return file.exists() and (file.stat().st_size > 0 or _journal(file).exists())


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _close_file(engine: Engine, file: Path) -> None:
    """Put everything into the file itself, on the disk."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("rb") as raw:
        os.fsync(raw.fileno())


def _give_name(file: Path, name: Path) -> None:
    """Give a file a second name; where the file system has no such thing, the new one alone."""
    try:
        name.hardlink_to(file)
    except OSError:
        file.rename(name)


def _move_journal(file: Path, to: Path) -> None:
    with suppress(FileNotFoundError):
        _journal(file).rename(_journal(to))


def _remove_journal(file: Path) -> None:
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)
    _remove_journal(file)
