"""Databases for what operators do: of either engine and of any landed revision, with rows in every table."""

import os
import signal
import uuid
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine, make_url

from backend.accounts.tombstones import FILE_NAME, Tombstones
from backend.config import Settings
from backend.db import db
from backend.diary.schemas import NightSchema
from backend.diary.storage import canonical, night_row, revision_row
from backend.operations.engines import engine_of, tables_of
from backend.operations.revisions import migrating, run_migrations
from backend.operations.upgrade import open_database
from tests import postgres
from tests.backend.apps import make_app
from tests.backend.nights import NIGHT, night

PEOPLE = 3
KEY = "a key for tests " * 2
AT = datetime.fromisoformat("2026-11-04T06:30:00.123456+00:00")


@contextmanager
def empty_place(engine: str, folder: Path, postgresql_url: str) -> Iterator[Settings]:
    """Give the settings of an installation that nobody has started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield _settings(f"sqlite:///{folder / 'charley.sqlite3'}", folder)
        return
    with postgres.database({"TEST_DATABASE_URL": postgresql_url}) as url:
        yield _settings(
            make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False), folder
        )


def _settings(database_url: str, folder: Path) -> Settings:
    return Settings(database_url=database_url, secret_key=KEY, public_url="http://localhost", instance_dir=folder)


def tombstones_of(place: Settings) -> Tombstones:
    return Tombstones(place.instance_dir / FILE_NAME)


def start(place: Settings) -> None:
    """Bring the database up to date as every start does, and use it no longer."""
    open_database(place.database_url, tombstones_of(place), place.instance_dir).release()


@contextmanager
def served(place: Settings) -> Iterator[Flask]:
    """Give the application of a place, its database up to date, as nobody who claims it."""
    start(place)
    app = make_app(place.database_url, instance_dir=place.instance_dir)
    yield app
    with app.app_context():
        db.engine.dispose()


@contextmanager
def used(place: Settings) -> Iterator[Flask]:
    """Give the application of a place as a server has it, which claims its database until the end."""
    with served(place) as app:
        use = open_database(place.database_url, tombstones_of(place), place.instance_dir)
        try:
            yield app
        finally:
            use.release()


def make_of_revision(place: Settings, revision: str) -> None:
    """Make a database as a program of that revision left it, with rows in every table."""
    with migrating(engine_of(place.database_url)) as connection:
        run_migrations(connection, revision)
        fill(connection)


def fill(connection: Connection) -> None:
    """Put rows into every table that is there, told by what the database says of its columns."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=tables_of(connection))
    for table in metadata.sorted_tables:
        if table.name in {"roles", "installation"}:
            continue
        rows = _nights(table) if table.name in {"nights", "night_revisions"} else [_row(table, n) for n in range(1, 4)]
        columns = [sa.column(column.name, _bound(column)) for column in table.columns]
        connection.execute(sa.insert(sa.table(table.name, *columns)), rows)
        if connection.dialect.name == "postgresql" and "id" in table.columns and table.columns["id"].autoincrement:
            counter = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, "id")))
            if counter:
                connection.execute(sa.select(sa.func.setval(counter, PEOPLE)))


def _nights(table: sa.Table) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, PEOPLE + 1):
        day = NIGHT - timedelta(days=number)
        told = night(day, note=f"línea\n{number} \U0001f319", problems=["skin"])
        body = NightSchema().load(told)
        document = canonical(day, body)
        if table.name == "nights":
            row = night_row(number, day, body, document, revision=1, received_at=AT, late=False)
        else:
            row = {"id": number, **revision_row(number, day, AT, "recorded", late=False, old=None, new=document)}
        rows.append({name: value for name, value in row.items() if name in table.columns})
    return rows


def _bound(column: sa.Column[Any]) -> Any:
    from backend.operations.archive import KINDS, kind_of

    return KINDS[kind_of(column.type)].type


def _row(table: sa.Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: sa.Column[Any], number: int) -> Any:
    from backend.operations.archive import kind_of

    if column.foreign_keys:
        return number
    if column.nullable and number == 1:
        return None
    text = f"{number} ñ"
    values: Mapping[str, Any] = {
        "integer": number,
        "number": number / 3,
        "boolean": number % 2 == 0,
        "date": date(2026, 11, number),
        "instant": AT + timedelta(microseconds=number),
        "uuid": uuid.UUID(int=number),
        "bytes": bytes([0, number, 255]),
        "text": text[: getattr(column.type, "length", None) or 80],
    }
    return values[kind_of(column.type)]


def rows_of(place: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables, in the types of Charley, sorted."""
    from backend.operations.archive import KINDS, kind_of

    found = {}
    with engine_of(place.database_url).connect() as connection:
        for name in tables_of(connection):
            columns = [
                sa.column(column["name"], KINDS[kind_of(column["type"])].type)
                for column in sa.inspect(connection).get_columns(name)
            ]
            rows = connection.execute(sa.select(*columns).select_from(sa.table(name)))
            found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def killed(work: Callable[[], object], *, at: int, statements: str = "") -> bool:
    """Do work in a process that kills itself (SIGKILL); return whether it got that far.

    Parameters
    ----------
    at : before the how-manieth statement, from 1, that begins with ``statements``; 0 means before the commit.

    """
    with warnings.catch_warnings():
        # The child does one thing and dies: no thread of this process is missed in it.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    count = 0

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal count
        count += statement.startswith(statements)
        if count == at:
            die()

    if at:
        event.listen(Engine, "before_cursor_execute", look)
    else:
        event.listen(Engine, "commit", die)
    try:
        work()
    finally:
        os._exit(0)
