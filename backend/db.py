"""The database objects, and what both engines must agree on."""

import sqlite3
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from backend.connections import test_before_use


class Base(DeclarativeBase):
    """Every table; names of constraints are spelled out so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# How long SQLite waits for somebody else who writes, in milliseconds.
BUSY_MS = 5000
SWITCH_AGAIN_S = 0.01

db = SQLAlchemy(model_class=Base)
migrate = Migrate()
if TYPE_CHECKING:
    Model = Base  # Flask-SQLAlchemy makes its model class at run time, where type checkers cannot see it
else:
    Model = db.Model


def connect_database(app: Flask, migrations: str) -> None:
    """Give ``app`` its database, with migrations from a folder; nothing connects before somebody asks."""
    db.init_app(app)
    migrate.init_app(app, db, directory=migrations)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            test_before_use(db.engine)


# Marks columns that leave the database for nobody, not even in a person's own copy of their data.
SECRET = {"secret": True}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC; SQLite, which keeps no zone, gets and gives UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would silently be read as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def table_of(model: type[Model]) -> Table:
    """Return a model's table: a statement on it passes by the ORM, which costs more than the statement."""
    return cast(Table, model.__table__)


def insert_into(model: type[Model], dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows ``ON CONFLICT`` for the engine called ``dialect``."""
    return sqlite.insert(table_of(model)) if dialect == "sqlite" else postgresql.insert(table_of(model))


def empty_journal() -> None:
    """Take what is deleted out of SQLite's journal too, which else keeps it until it is written over."""
    if db.session.get_bind().dialect.name == "sqlite":
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.commit()


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: Any, _record: Any) -> None:
    """Make SQLite keep its promises: an acknowledged night survives a power cut, a deleted one leaves no bytes."""
    if not isinstance(connection, sqlite3.Connection):
        return
    # The time-out first: switching the journal meets who else is there.
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _switch_journal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_journal(connection: sqlite3.Connection) -> None:
    """Keep the journal beside the file, as it is from the first connection on.

    Of several that open a new file at once SQLite refuses all but one, without the wait that it grants otherwise.
    """
    give_up = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(SWITCH_AGAIN_S)
        else:
            return
