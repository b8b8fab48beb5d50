"""What tests share: an empty database on each engine, made by the real migrations."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import settings

from tests import postgres
from tests.backend.apps import ENGINES, emptied, make_app, migrated

# A busy machine must not fail a test, and a run must be repeatable.
settings.register_profile("charley", deadline=None, derandomize=True, database=None)
settings.load_profile("charley")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Take back what the command ``charley`` sets where a test runs it in this process."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Address of an empty PostgreSQL database; without one the run fails with a sentence, it never skips."""
    try:
        with postgres.database() as url:
            yield url
    except postgres.NoPostgresError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session", params=ENGINES)
def served_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on one engine, for the whole session."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'charley.sqlite3'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    with migrated(make_app(url, instance_dir=tmp_path_factory.mktemp("instance"))) as app:
        yield app


@pytest.fixture
def app(served_app: Flask) -> Flask:
    """The application on one engine, with nobody in it."""
    return emptied(served_app)
