"""Writing a backup while others write to the database: all of it as it was at one moment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, inspect

from backend import clock
from backend.accounts.tombstones import Tombstones
from backend.operations.archive import KINDS, ROWS_AT_ONCE, Manifest, kind_of, writing
from backend.operations.engines import snapshot, tables_of
from backend.operations.errors import OperationError
from backend.operations.revisions import PROGRAM, revision_of


def back_up(engine: Engine, tombstones: Tombstones, path: Path) -> Manifest:
    """Write a backup of a database to ``path`` and return what it says of itself.

    The database may be of any landed revision: what is written is what is there.

    Raises
    ------
    OperationError
        There is no database of Charley, or the file cannot be written.

    """
    with snapshot(engine) as connection:
        revision = revision_of(connection)
        if revision is None:
            raise OperationError("there is nothing to back up: the database has no tables of Charley")
        with writing(path) as writer:
            for name in tables_of(connection):
                columns = _columns_of(connection, name)
                writer.table(name, columns, _rows(connection, name, columns))
            # Read last: whoever was deleted since the snapshot stays deleted, too.
            return writer.close(program=PROGRAM, revision=revision, made_at=clock.now(), deleted=tombstones.lines())


def _columns_of(connection: Connection, table: str) -> dict[str, str]:
    return {column["name"]: kind_of(column["type"]) for column in inspect(connection).get_columns(table)}


def _rows(connection: Connection, table: str, columns: dict[str, str]) -> Iterator[Any]:
    key = inspect(connection).get_pk_constraint(table)["constrained_columns"]
    source = sa.table(table, *(sa.column(name, KINDS[kind].type) for name, kind in columns.items()))
    query = sa.select(source).order_by(*(source.c[name] for name in key))
    yield from connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
