"""The schema that migrations build, and what both engines must keep."""

import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Timer

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from backend.accounts.models import Role, User
from backend.audit import AccessEntry, AppendOnlyError, NightRevision
from backend.db import db
from backend.installation import Installation, epoch, is_demo
from backend.operations.engines import engine_of
from tests.backend.apps import make_app, migrated
from tests.backend.nights import night, record
from tests.backend.people import Person, shared

KEPT = {"roles", "installation", "alembic_version", "reminder_clock"}


def test_models_and_migrations_say_the_same(app: Flask) -> None:
    with app.app_context():
        check()


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        before = epoch()
        upgrade()
        assert epoch() == before
        assert sorted(db.session.scalars(select(Role.name))) == ["admin", "patient", "physician"]


def test_the_schema_can_be_taken_down_and_built_again(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path}/charley.sqlite3")
    with migrated(app), app.app_context():
        first = epoch()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert epoch() != first


def test_a_new_database_is_nobodys_and_holds_no_demo_data(app: Flask) -> None:
    with app.app_context():
        assert isinstance(epoch(), uuid.UUID)
        assert is_demo() is False
        assert len(db.session.scalars(select(Installation)).all()) == 1


@pytest.mark.usefixtures("morning")
def test_deleting_a_person_deletes_everything_about_them(app: Flask, patient: Person, physician: Person) -> None:
    record(patient, night())
    shared(patient, physician)
    physician.get(f"/api/patients/{patient.id}/nights")
    with app.app_context():
        for user in db.session.scalars(select(User)).unique():
            db.session.execute(text("DELETE FROM users WHERE id = :id"), {"id": user.id})
        db.session.commit()
        tables = set(inspect(db.engine).get_table_names()) - KEPT
        assert tables >= {"users", "nights", "night_revisions", "diaries", "grants", "access_entries", "share_codes"}
        for table in tables:
            assert db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("model", [NightRevision, AccessEntry])
def test_history_and_access_log_are_only_added_to(
    app: Flask, patient: Person, physician: Person, model: type[NightRevision] | type[AccessEntry]
) -> None:
    record(patient, night())
    shared(patient, physician)
    physician.get(f"/api/patients/{patient.id}/nights")
    with app.app_context():
        row = db.session.scalars(select(model)).one()
        row.at = datetime(2020, 1, 1, tzinfo=UTC)
        with pytest.raises(AppendOnlyError, match=f"{model.__name__} rows are never changed"):
            db.session.commit()


def test_times_are_stored_in_utc_and_read_with_their_zone(app: Flask, patient: Person) -> None:
    paris = datetime(2026, 11, 4, 7, 30, tzinfo=timezone(timedelta(hours=1)))
    with app.app_context():
        db.session.scalars(select(User)).one().created_at = paris
        db.session.commit()
        db.session.expire_all()
        stored = db.session.scalars(select(User)).one().created_at
        assert stored == paris
        assert stored.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(app: Flask, patient: Person) -> None:
    with app.app_context():
        db.session.scalars(select(User)).one().created_at = datetime(2026, 11, 4, 7, 30)  # noqa: DTZ001
        with pytest.raises(StatementError, match="a stored time needs its zone"):
            db.session.commit()


def test_rows_of_nobody_are_refused(app: Flask) -> None:
    entry = {"patient_id": 987654321, "physician_id": 987654321, "what": "nights", "at": datetime.now(UTC)}
    with app.app_context():
        db.session.add(AccessEntry(**entry))
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
            db.session.commit()


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3")) as app, app.app_context():
        pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
        for name, value in pragmas.items():
            assert db.session.execute(text(f"PRAGMA {name}")).scalar_one() == value


def test_a_new_file_in_which_somebody_writes_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself refuses to switch the journal then, without the wait that it grants otherwise."""
    file = tmp_path / "new.sqlite3"
    with closing(sqlite3.connect(file, check_same_thread=False, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE nights (id integer)")
        writer.execute("BEGIN IMMEDIATE")
        ending = Timer(0.3, writer.execute, ["COMMIT"])
        ending.start()
        with engine_of(f"sqlite:///{file}").connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        ending.join()
