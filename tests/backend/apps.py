"""Applications for tests: real ones, on a database made by the real migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, update

from backend.accounts.models import User
from backend.accounts.security import configure
from backend.app import create_app
from backend.config import Settings
from backend.db import db
from backend.installation import Installation
from backend.operations.revisions import PROGRAM

ENGINES = ("sqlite", "postgresql")
# The same argon2, with the least work it can do: a run signs in some thousand times.
CHEAP_HASHES = {
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 8, "argon2__rounds": 1, "argon2__parallelism": 1,
    },
}  # fmt: skip
PLENTY = ("100000/minute", "100000/minute")


def configure_cheaply(settings: Settings) -> dict[str, Any]:
    """Return the configuration of sign-in with the least work for passwords."""
    return configure(settings) | CHEAP_HASHES


def make_app(database_url: str, **settings: Any) -> Flask:
    """Return an application on a database; ``settings`` are fields of ``Settings``."""
    given = {"secret_key": "a key for tests " * 2, "public_url": "http://localhost", "login_limits": PLENTY, **settings}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backend.app.configure", configure_cheaply)
        return create_app(Settings(database_url=database_url, **given))


@contextmanager
def migrated(app: Flask) -> Iterator[Flask]:
    """Bring the application's database up to date, as of this version of Charley, and close it at the end."""
    with app.app_context():
        upgrade()
        _belong_to_this_version()
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def _belong_to_this_version() -> None:
    db.session.execute(update(Installation).values(program=PROGRAM))
    db.session.commit()


def emptied(app: Flask) -> Flask:
    """Delete every user, and with them everything they have; a test may have migrated the database down and up."""
    with app.app_context():
        db.session.execute(delete(User))
        _belong_to_this_version()
    for limiter in app.extensions["limiter"]:
        limiter.reset()
    return app
