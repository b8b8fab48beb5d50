"""Bringing a database up to date before it is used, and keeping it for one version of Charley at a time."""

import time
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

from backend import clock
from backend.accounts.tombstones import Tombstones
from backend.operations.backup import back_up
from backend.operations.engines import drop, engine_of, snapshot, tables_of
from backend.operations.errors import InUseError, OperationError
from backend.operations.revisions import (
    PROGRAM,
    migrating,
    newest_revision,
    refuse_newer,
    revision_of,
    run_migrations,
)
from backend.operations.use import LOOK_EVERY_S, Use

# Another start that brings a large database up to date, its backup included, is waited for.
PATIENCE_S = 600.0
# Whoever shares the database now is a server or a command of another version: commands end soon.
PATIENCE_WITH_USERS_S = 5.0
# What the first migration makes: where there is more, it is not the rest of an interrupted first start.
_FIRST_TABLES = {
    "installation", "roles", "users", "access_entries", "diaries", "grants", "night_revisions", "nights",
    "share_codes", "trials", "users_roles",
}  # fmt: skip
_FIRST_COLUMNS = {"id", "epoch", "demo"}
_INSTALLATION = sa.table("installation", sa.column("program"))


def open_database(database_url: str, tombstones: Tombstones, instance_dir: Path) -> Use:
    """Make a database or bring it up to date, and return the claim to share it.

    Of several that start at once one does the work and the others wait. A database with data in it is backed up into
    ``instance_dir`` first.

    Raises
    ------
    NewerDatabaseError
        A newer version of Charley made it.
    InUseError
        A server of another version uses it.
    OperationError
        It cannot be brought up to date; it is as it was.

    """
    engine, use = engine_of(database_url), Use.of(database_url)
    began = time.monotonic()
    while True:
        if _is_current(engine):
            # Whoever had it alone meanwhile may have put another one in its place.
            if use.share() and _is_current(engine):
                return use
            patience = PATIENCE_S
        elif use.take():
            _bring_up_to_date(engine, tombstones, instance_dir)
            continue
        else:
            patience = PATIENCE_WITH_USERS_S if _is_shared(database_url) else PATIENCE_S
        if time.monotonic() > began + patience:
            use.release()
            raise InUseError("a server of another version of Charley uses this database; stop it first")
        time.sleep(LOOK_EVERY_S)


def _is_shared(database_url: str) -> bool:
    """Whether whoever bars the way shares the database, rather than having it alone."""
    mine = Use.of(database_url)
    try:
        return mine.share()
    finally:
        mine.release()


def _is_current(engine: Engine) -> bool:
    """Whether a database has every migration of this program, and belongs to it."""
    with engine.connect() as connection:
        revision = revision_of(connection)
        columns = _columns(connection, "installation")
        program = connection.scalar(sa.select(_INSTALLATION.c.program)) if "program" in columns else None
    refuse_newer(revision, program)
    return (revision, program) == (newest_revision(), PROGRAM)


def _columns(connection: Connection, table: str) -> Iterable[str]:
    inspector = inspect(connection)
    return [column["name"] for column in inspector.get_columns(table)] if inspector.has_table(table) else []


def _bring_up_to_date(engine: Engine, tombstones: Tombstones, instance_dir: Path) -> None:
    with snapshot(engine) as connection:
        before = revision_of(connection)
        keep = before not in {None, newest_revision()} and _has_people(connection)
    if keep:
        stamp = clock.stamp()
        back_up(engine, tombstones, instance_dir / f"before-{newest_revision()}-from-{before}-{stamp}.charley")
    try:
        with migrating(engine) as connection:
            _clear_interrupted_start(connection)
            run_migrations(connection)
            connection.execute(sa.update(_INSTALLATION).values(program=PROGRAM))
    except (OperationalError, ProgrammingError) as error:
        if not _exists_already(error):
            raise
        (said, *_) = str(error.orig).splitlines()
        raise OperationError(
            f"the database has tables of another version of Charley: {said}; where an upgrade by an earlier version was"
            " interrupted, please restore a backup"
        ) from None


def _has_people(connection: Connection) -> bool:
    return connection.scalar(sa.text("SELECT 1 FROM users LIMIT 1")) is not None


def _clear_interrupted_start(connection: Connection) -> None:
    """Remove the empty tables that an earlier version left where its very first start was killed."""
    there = set(tables_of(connection)) if revision_of(connection) is None else set()
    # The very first table is Charley's own by its columns; an empty table of another program is nobody's to remove.
    is_ours = set(_columns(connection, "installation")) == _FIRST_COLUMNS
    if not is_ours or there - _FIRST_TABLES or ("users" in there and _has_people(connection)):
        return
    drop(connection, there)


def _exists_already(error: OperationalError | ProgrammingError) -> bool:
    return any(words in str(error.orig) for words in ("already exists", "duplicate column"))
