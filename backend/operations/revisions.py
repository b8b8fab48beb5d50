"""Which migrations a database has, which this program knows, and running those that are missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from backend.operations.engines import lift_time_outs
from backend.operations.errors import NewerDatabaseError, OperationError

PROGRAM = version("charley")
MIGRATIONS = Path(__file__).parents[1] / "migrations"
# "charley" in the digits of a telephone, and a digit for what is locked.
_MIGRATION_LOCK = 24275391
_VERSION_TABLE = sa.table("alembic_version", sa.column("version_num"))


def revision_of(connection: Connection) -> str | None:
    """Return the newest migration of a database; None where it has none."""
    if not inspect(connection).has_table(_VERSION_TABLE.name):
        return None
    return connection.scalar(sa.select(_VERSION_TABLE.c.version_num))


@cache
def known_revisions() -> tuple[str, ...]:
    """Return the migrations of this program, oldest first."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def newest_revision() -> str:
    """Return the newest migration of this program."""
    return known_revisions()[-1]


def refuse_newer(revision: str | None, program: str | None) -> None:
    """Refuse a database or backup of a revision that this program does not know.

    Parameters
    ----------
    program : the version that made it, for the message.

    Raises
    ------
    NewerDatabaseError

    """
    if revision is not None and revision not in known_revisions():
        made = f" by Charley {program}" if program else ""
        raise NewerDatabaseError(
            f"its revision {revision} was made{made}; this is Charley {PROGRAM}, which knows up to {newest_revision()}"
        )


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Give the one transaction in which migrations run: all of them count, or none.

    On SQLite nobody else writes meanwhile, and a table that a migration rebuilds does not take along the rows that
    refer to it; that all of them still lead somewhere is looked at before the end. On PostgreSQL a lock puts two
    programs in a row.

    Raises
    ------
    OperationError
        A row refers to nothing any more; nothing was changed.

    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            lift_time_outs(connection)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            yield connection
            connection.commit()
            return
        # Inside a transaction the pragma would do nothing.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
            refuse_dangling(connection)
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def refuse_dangling(connection: Connection) -> None:
    """Refuse an SQLite database in which a row refers to one that is not there."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found:
        raise OperationError(f"a row of {found[0]} refers to a row of {found[2]} that is not there")


def run_migrations(connection: Connection, to: str = "head") -> None:
    """Bring a database to a revision in the transaction of ``connection``, which the caller ends (``migrating``)."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
