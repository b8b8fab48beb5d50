"""An account that is deleted is gone: from every table, from every device, and from copies that are put back."""

import shutil
import stat
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from backend import server
from backend.accounts.models import User
from backend.accounts.tombstones import FILE_NAME, Tombstones
from backend.config import Settings
from backend.db import db
from tests.backend.apps import make_app, migrated
from tests.backend.diaries import diary, keep
from tests.backend.errors import pointers, refusal
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import PASSWORD, Person, enroll, read, shared, signed_in

NAME, WORDS = "Rosalind Quillfeather", "a word nobody else has ever written"
# Cleared by hand: these tell of the installation, not of a person.
IMPERSONAL = {"roles", "installation"}


def delete_account(person: Person, password: str = PASSWORD) -> TestResponse:
    return person.delete("/api/me", json={"password": password})


def everything(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all tables."""
    with app.app_context():
        return {
            table.name: [tuple(row) for row in db.session.execute(select(table))]
            for table in db.metadata.sorted_tables
            if table.name not in IMPERSONAL
        }


def live_fully(app: Flask, patient: Person, physician: Person) -> None:
    """Keep a diary with a trial, correct it, share it, be looked at."""
    patient.patch("/api/me", {"display_name": NAME, "country": "FR", "zone": "Europe/Paris"})
    keep(app, patient, diary(20, design="blocks", blocks=6, block_nights=3, seed="seed"))
    (version,) = record(patient, night(note=WORDS))
    assert patient.put(path_of(), night(note=f"{WORDS}, twice"), headers={"If-Match": version}).status_code == 200
    refusal(patient.put(path_of(), night(note=f"{WORDS}, refused")), "precondition-required")
    shared(patient, physician)
    for path in ("patients", f"patients/{patient.id}/nights", f"patients/{patient.id}/nights.csv"):
        assert physician.get(f"/api/{path}").status_code == 200


@pytest.mark.usefixtures("morning")
def test_no_table_holds_a_row_an_id_or_a_word_of_a_deleted_person(
    app: Flask, patient: Person, other_patient: Person, physician: Person
) -> None:
    live_fully(app, patient, physician)
    record(other_patient, night(note="still here"))
    shared(other_patient, physician)
    public_id = patient.id
    before = everything(app)
    assert delete_account(patient).status_code == 204
    after = everything(app)
    told = repr(after)
    for trace in (str(public_id), public_id.hex, patient.email, NAME, WORDS):
        assert trace in repr(before) or trace == public_id.hex
        assert trace not in told
    with app.app_context():
        left = {user.id for user in db.session.scalars(select(User)).unique()}
        for table in db.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column is User.__table__.c.id:
                    assert set(db.session.scalars(select(key.parent)).unique()) <= {*left, None}, table.name
    assert [patient["id"] for patient in read(physician.get("/api/patients"))["patients"]] == [str(other_patient.id)]
    assert read(other_patient.get(path_of()))["note"] == "still here"


def test_whatever_table_tells_of_a_person_goes_with_them() -> None:
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is User.__table__.c.id:
                wanted = "SET NULL" if key.parent.name == "actor_id" else "CASCADE"
                assert key.ondelete == wanted, f"{table.name}.{key.parent.name}"


@pytest.mark.usefixtures("morning")
def test_the_file_of_a_database_keeps_no_byte_of_what_was_deleted(tmp_path: Path) -> None:
    file = tmp_path / "charley.sqlite3"
    with migrated(make_app(f"sqlite:///{file}", instance_dir=tmp_path)) as app:
        patient, physician = signed_in(app, "patient"), signed_in(app, "physician")
        live_fully(app, patient, physician)
        assert delete_account(patient).status_code == 204
        content = b"".join(path.read_bytes() for path in tmp_path.glob("charley.sqlite3*"))
        for trace in (NAME, WORDS, patient.email):
            assert trace.encode() not in content


@pytest.mark.usefixtures("morning")
def test_sessions_end_at_once_on_every_device(app: Flask, patient: Person) -> None:
    tablet = Person(app)
    assert tablet.sign_in(patient.email).status_code == 200
    assert delete_account(patient).status_code == 204
    for device in (patient, tablet):
        for path in ("me", "nights", "shares", "trials"):
            refusal(device.get(f"/api/{path}"), "unauthorized")
    refusal(tablet.put(path_of(), night()), "unauthorized")
    refusal(tablet.sign_in(), "validation", 400)


def test_the_address_is_free_for_a_new_account_that_starts_empty(app: Flask, patient: Person) -> None:
    old = patient.id
    delete_account(patient)
    enroll(app, patient.email, "patient")
    assert patient.sign_in().status_code == 200
    assert patient.id != old
    assert read(patient.get("/api/nights"))["nights"] == []


@pytest.mark.usefixtures("morning")
def test_a_wrong_password_deletes_nothing_and_signs_nobody_out(patient: Person) -> None:
    record(patient, night())
    for password in ("a wrong password", PASSWORD.upper(), f"{PASSWORD} ", "x" * 128):
        body = refusal(delete_account(patient, password), "validation")
        assert body["detail"] == "This is not the password of this account."
    assert read(patient.get(path_of()))["night_date"] == NIGHT.isoformat()


@pytest.mark.parametrize("body", [{}, {"password": None}, {"password": ""}, {"password": "x" * 129}, {"password": 1}])
def test_a_deletion_needs_a_password_within_its_bounds(patient: Person, body: dict[str, Any]) -> None:
    assert pointers(patient.delete("/api/me", json=body)) == ["/password"]
    assert patient.get("/api/me").status_code == 200


def test_an_accent_may_be_typed_in_either_of_its_forms(app: Flask) -> None:
    composed, decomposed = "una contraseña larga", "una contrasen\u0303a larga"
    with app.app_context():
        from backend.accounts.service import create_user

        create_user("rosa@example.org", composed, "patient")
    person = Person(app, "rosa@example.org")
    assert person.sign_in(password=decomposed).status_code == 200
    assert delete_account(person, decomposed).status_code == 204


@pytest.mark.parametrize("role", ["physician", "admin"])
def test_only_patients_delete_themselves(app: Flask, role: str) -> None:
    person = signed_in(app, role)
    refusal(delete_account(person), "forbidden")
    assert person.get("/api/me").status_code == 200


def test_tries_at_the_password_are_limited_as_at_sign_in(tmp_path: Path) -> None:
    settings = {"login_limits": ("3/minute", "100/minute"), "instance_dir": tmp_path}
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3", **settings)) as app:
        rose, other = signed_in(app, "patient", "rose@example.org"), signed_in(app, "patient", "other@example.org")
        for _ in range(3):
            refusal(delete_account(rose, "a wrong password"), "validation")
        response = delete_account(rose)
        refusal(response, "rate-limited")
        assert int(response.headers["Retry-After"]) > 0
        assert rose.get("/api/me").status_code == 200
        assert delete_account(other).status_code == 204


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path}/charley.sqlite3",
        secret_key="a key for tests " * 2,
        public_url="http://localhost",
        instance_dir=tmp_path,
    )


def test_a_copy_that_is_put_back_does_not_bring_the_account_back(place: Settings) -> None:
    file, copy = place.instance_dir / "charley.sqlite3", place.instance_dir / "copy.sqlite3"
    with migrated(server.ready_app(place)) as app:
        leaving, staying = signed_in(app, "patient", "leaving@example.org"), signed_in(app, "patient")
    shutil.copy(file, copy)
    with migrated(server.ready_app(place)) as app:
        assert leaving.sign_in().status_code == 200
        leaving.app = staying.app = app
        assert Person(app).sign_in("leaving@example.org").status_code == 200
        goner = Person(app, "leaving@example.org")
        goner.sign_in()
        assert delete_account(goner).status_code == 204
    shutil.copy(copy, file)
    with migrated(server.ready_app(place)) as app:
        refusal(Person(app).sign_in("leaving@example.org"), "validation", 400)
        assert Person(app).sign_in(staying.email).status_code == 200


def test_a_tombstone_tells_an_id_and_a_day_to_the_operator_alone(
    app: Flask, patient: Person, clock_at: Any, tmp_path: Path
) -> None:
    clock_at("2026-11-04T06:30:00+00:00")
    path = tmp_path / FILE_NAME
    first, second = uuid.uuid4(), uuid.uuid4()
    Tombstones(path).add(first)
    Tombstones(path).add(second)
    assert path.read_text() == f"{first} {date(2026, 11, 4)}\n{second} {date(2026, 11, 4)}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Tombstones(path).ids() == [first, second]


@pytest.mark.parametrize("torn", ["", "12345678-", "12345678-1234-", "\n", "no id at all\n", "\ufffd\n"])
def test_a_line_torn_by_a_power_cut_hides_no_other(tmp_path: Path, torn: str) -> None:
    path = tmp_path / FILE_NAME
    first, second = uuid.uuid4(), uuid.uuid4()
    path.write_text(f"{first} 2026-11-03\n{torn}")
    Tombstones(path).add(second)
    assert Tombstones(path).ids() == [first, second]


def test_without_a_tombstone_nobody_is_removed(tmp_path: Path) -> None:
    assert Tombstones(tmp_path / "nowhere" / FILE_NAME).ids() == []


def test_a_deletion_that_cannot_be_written_down_does_not_take_place(
    app: Flask, patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("no space left on the device")

    monkeypatch.setattr(Tombstones, "add", fail)
    refusal(delete_account(patient), "internal")
    assert patient.get("/api/me").status_code == 200
