"""Connections for what operators do: none is kept, none has the time-outs of requests, and reads see one moment."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, NullPool, create_engine, inspect
from sqlalchemy.engine import make_url

# Huey makes the tables of the worker's queue at first use; what they hold is worth nothing after a restart.
_NOT_OURS = ("alembic_version", "huey_")


def engine_of(database_url: str) -> Engine:
    """Return an engine that opens a connection for each use."""
    return create_engine(database_url, poolclass=NullPool)


def sqlite_file(database_url: str) -> Path | None:
    """Return the file of an SQLite database; None for PostgreSQL, and for a database in memory."""
    url = make_url(database_url)
    named = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(url.database or "") if named else None


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose reads all see the database as it is at the first one, whoever writes meanwhile."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Python's driver begins a transaction for writes alone.
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            lift_time_outs(connection)
        yield connection
        connection.rollback()


def lift_time_outs(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need."""
    if connection.dialect.name == "postgresql":
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {name} = 0")


def tables_of(connection: Connection) -> list[str]:
    """Return the names of Charley's tables that are there, in the order of the alphabet."""
    return sorted(name for name in inspect(connection).get_table_names() if not name.startswith(_NOT_OURS))


def drop(connection: Connection, tables: Collection[str]) -> None:
    """Remove tables, those first that refer to others; the caller commits."""
    metadata = MetaData()
    metadata.reflect(connection, only=sorted(tables))
    metadata.drop_all(connection)
