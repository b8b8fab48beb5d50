"""Trouble of an SQLite database, made for a while: what comes of it, and what is said of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from backend.db import db

Trouble = Callable[[Flask], AbstractContextManager[None]]


def file_of(app: Flask) -> Path:
    with app.app_context():
        return Path(str(db.engine.url.database))


def close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@contextmanager
def every_connection(app: Flask, pragma: str) -> Iterator[None]:
    """Tell every connection something; those that are open are closed."""

    def tell(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "connect", tell)
    close(app)
    yield
    event.remove(engine, "connect", tell)
    close(app)


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """Let the file grow no more: every page is taken, as on a full disk."""
    with (
        every_connection(app, "max_page_count=1"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("os.posix_fallocate", _no_room)
        yield


def _no_room(*_: object) -> None:
    raise OSError(28, "No space left on device")


def read_only(app: Flask) -> AbstractContextManager[None]:
    return every_connection(app, "query_only=ON")


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Let somebody else write, for longer than anybody waits."""
    other = sqlite3.connect(file_of(app))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


@contextmanager
def overwritten(app: Flask) -> Iterator[None]:
    """Put something else in the place of the database."""
    close(app)
    file = file_of(app)
    kept = file.read_bytes()
    file.write_bytes(b"This is a letter, and not a database. " * 200)
    yield
    close(app)
    file.write_bytes(kept)


@contextmanager
def folder_gone(app: Flask) -> Iterator[None]:
    close(app)
    folder = file_of(app).parent
    elsewhere = folder.rename(folder.with_name("elsewhere"))
    yield
    close(app)
    elsewhere.rename(folder)


FULL, READ_ONLY, BUSY, DAMAGED, UNREACHABLE = (
    "The database cannot be written: the disk is full.",
    "The database cannot be written: it is read-only.",
    "The database is busy.",
    "The file is damaged, or not a database.",
    "The file of the database cannot be opened.",
)
TROUBLES: dict[str, tuple[Trouble, str]] = {
    "a full disk": (full, FULL),
    "a read-only file": (read_only, READ_ONLY),
    "somebody who writes": (locked, BUSY),
    "another file": (overwritten, DAMAGED),
    "no folder": (folder_gone, UNREACHABLE),
}
