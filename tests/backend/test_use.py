"""Who uses a database, on PostgreSQL: every connection that answers requests is a claim, which outlasts no outage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from backend.config import Settings
from backend.db import db
from backend.operations.engines import engine_of
from backend.operations.errors import InUseError
from backend.operations.pulse import Pulse
from backend.operations.restore import restore
from backend.operations.upgrade import open_database
from backend.operations.use import Use
from tests import postgres
from tests.backend.apps import ENGINES
from tests.backend.nights import NIGHT, night, path_of
from tests.backend.people import signed_in
from tests.backend.places import empty_place, served, start, tombstones_of
from tests.backend.test_backup import back_up_to


@pytest.fixture
def place(tmp_path: Path, postgresql_url: str) -> Iterator[Settings]:
    with empty_place(ENGINES[1], tmp_path / "instance", postgresql_url) as settings:
        yield settings


def cut(app: Flask) -> None:
    """Close the connections of an application, as a network does that was away."""
    with app.app_context():
        db.engine.dispose()


def test_a_database_is_in_use_as_long_as_anybody_is_connected_to_answer_requests(place: Settings) -> None:
    with served(place) as app:
        other = Use.of(place.database_url)
        assert app.test_client().get("/healthz").status_code == 200
        assert not other.take()
        cut(app)
        assert other.take()
        other.release()


def test_whoever_has_a_database_alone_is_not_written_beside(place: Settings, morning: None) -> None:
    with served(place) as app:
        patient = signed_in(app, "patient")
        cut(app)
        other = Use.of(place.database_url)
        assert other.take()
        answer = patient.put(path_of(NIGHT), night())
        assert (answer.status_code, app.test_client().get("/healthz").status_code) == (503, 503)
        assert answer.headers["Retry-After"]
        other.release()
        assert patient.put(path_of(NIGHT), night()).status_code == 201


def test_a_database_that_another_version_has_taken_over_is_left_alone(place: Settings) -> None:
    with served(place) as app:
        with engine_of(place.database_url).begin() as connection:
            connection.execute(sa.text("UPDATE installation SET program = '9.0.0'"))
        assert app.test_client().get("/healthz").status_code == 503
        with engine_of(place.database_url).connect() as connection:
            assert connection.scalar(sa.text("SELECT pulse FROM installation")) == 0


def test_a_server_that_answers_nobody_just_now_is_found_right_after_postgresql_was_killed(tmp_path: Path) -> None:
    with postgres.server() as database:
        url = database.address.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        place = Settings(url, "k" * 40, "http://localhost", instance_dir=tmp_path)
        start(place)
        file = back_up_to(place, tmp_path / "one.charley")
        use = open_database(url, tombstones_of(place), tmp_path)
        with Pulse(url, tmp_path).kept(use.renew):
            database.kill()
            database.start()
            with pytest.raises(InUseError):
                restore(url, tombstones_of(place), tmp_path, file)
        use.release()


def test_a_claim_that_was_cut_off_in_the_middle_of_a_question_is_made_anew(tmp_path: Path) -> None:
    with postgres.server() as database:
        url = database.address.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        start(Settings(url, "k" * 40, "http://localhost", instance_dir=tmp_path))
        mine, other = Use.of(url), Use.of(url)
        # A connection that has asked nothing but the first question of all.
        assert other.take()
        assert not mine.share()
        other.release()
        database.kill()
        with pytest.raises(DBAPIError):
            mine.share()
        database.start()
        assert mine.renew()
        assert not other.take()
        mine.release()
        other.release()
