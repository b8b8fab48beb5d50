"""A person's own copy of everything: nothing is missing, nothing is secret, and every file opens."""

import csv
import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from backend.accounts.models import User
from backend.db import SECRET, db
from backend.exports.columns import CRAMP_COLUMNS
from tests.backend.conftest import SetClock
from tests.backend.diaries import diary, keep
from tests.backend.errors import pointers, refusal
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import Person, enroll, read, shared, signed_in

# Columns of keys: they mean nothing outside the database.
KEYS = {"id", "patient_id", "physician_id", "actor_id", "user_id"}


@pytest.fixture
def owner(app: Flask, patient: Person, physician: Person, clock_at: SetClock) -> Person:
    """Somebody with a diary, a trial, a correction, a share and a visitor."""
    clock_at("2026-11-04T15:00:00+00:00")
    patient.patch("/api/me", {"display_name": "Zoë Müller", "zone": "Europe/Paris", "reminder_morning": "07:30"})
    keep(app, patient, diary(20, design="blocks", blocks=6, block_nights=3, seed="the draw"))
    (version,) = record(patient, night(note="=before"))
    assert patient.put(path_of(), night(note="=after"), headers={"If-Match": version}).status_code == 200
    shared(patient, physician)
    assert physician.get(f"/api/patients/{patient.id}/nights").status_code == 200
    return patient


def data_of(person: Person) -> dict[str, Any]:
    response = person.get("/api/me/data.json")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == "attachment; filename=charley-2026-11-04.json"
    data: dict[str, Any] = read(response)
    return data


def test_the_copy_tells_who_one_is_and_every_night_with_what_it_was_before(owner: Person) -> None:
    data = data_of(owner)
    assert data["format"] == "charley-data-1"
    me = read(owner.get("/api/me"))
    assert {name: data["person"][name] for name in data["person"] if name in me} == {
        name: value for name, value in me.items() if name in data["person"]
    }
    assert data["person"]["public_id"] == me["id"]
    stored = read(owner.get("/api/nights"))["nights"]
    assert [row["document"] for row in data["nights"]] == stored
    told = [change for change in data["history"] if change["night_date"] == NIGHT.isoformat()]
    assert [(change["action"], change["new"]["note"]) for change in told] == [
        ("recorded", "=before"),
        ("corrected", "=after"),
    ]
    assert told[1]["old"]["note"] == "=before"


def test_the_copy_tells_the_trial_with_its_draw_and_who_looked_with_what_consent(owner: Person) -> None:
    data = data_of(owner)
    (trial,) = data["trials"]
    assert trial["schedule"]["seed"] == "the draw"
    (share,) = data["shares"]
    assert share["physician"] == "Dr. Elena Park"
    assert "I let Dr. Elena Park see my diary" in share["consent_text"]
    assert [(look["physician"], look["what"]) for look in data["access_log"]] == [("Dr. Elena Park", "nights")]


def test_the_copy_holds_every_row_and_every_column_of_the_person(app: Flask, owner: Person) -> None:
    """Each stored value that is neither a key nor a secret stands somewhere in the copy, in its table's list."""
    data = data_of(owner)
    with app.app_context():
        person = db.session.scalars(select(User).where(User.email == owner.email)).unique().one()
        for table in db.metadata.sorted_tables:
            owners = [c for c in table.columns if c.references(User.__table__.c.id)]
            columns = {c.name for c in table.columns if c.info != SECRET} - KEYS
            if not owners or not columns:
                continue
            rows = db.session.execute(select(table).where(owners[0] == person.id)).all()
            titles = {"night_revisions": "history", "grants": "shares", "access_entries": "access_log"}
            copied = data[titles.get(table.name, table.name)]
            assert len(copied) == len(rows), table.name
            assert all(columns <= set(row) for row in copied), table.name


def test_the_copy_holds_no_secret_and_nothing_of_others(app: Flask, owner: Person, other_patient: Person) -> None:
    record(other_patient, night(note="somebody else's"))
    text = owner.get("/api/me/data.json").get_data(as_text=True)
    with app.app_context():
        for user in db.session.scalars(select(User)).unique():
            assert user.password not in text
            assert user.fs_uniquifier not in text
            assert (user.email in text) is (user.email == owner.email)
    assert "somebody else's" not in text


def test_secrets_are_marked_where_they_are_defined() -> None:
    marked = {f"{t.name}.{c.name}" for t in db.metadata.sorted_tables for c in t.columns if c.info == SECRET}
    assert marked >= {"users.password", "users.fs_uniquifier", "users.fs_webauthn_user_handle"}
    assert marked >= {"passkeys.credential_id", "passkeys.public_key"}
    assert marked >= {f"push_subscriptions.{name}" for name in ("endpoint", "p256dh", "auth")}


def test_the_tables_are_those_the_physician_gets(owner: Person, physician: Person) -> None:
    for name, saved_as in (("nights.csv", "charley-nights.csv"), ("cramps.csv", "charley-episodes.csv")):
        for query in ("", "?dialect=semicolon"):
            mine = owner.get(f"/api/me/{name}{query}")
            theirs = physician.get(f"/api/patients/{owner.id}/{name}{query}")
            assert mine.get_data() == theirs.get_data()
            assert mine.content_type == "text/csv; charset=utf-8"
            assert mine.headers["Content-Disposition"] == f'attachment; filename="{saved_as}"'
        assert pointers(owner.get(f"/api/me/{name}?dialect=tabs")) == ["/dialect"]


def test_reading_ones_own_files_is_no_look_of_a_physician(owner: Person) -> None:
    before = read(owner.get("/api/access-log"))
    for name in ("nights.csv", "cramps.csv", "data.json", "data.zip"):
        assert owner.get(f"/api/me/{name}").status_code == 200
    assert read(owner.get("/api/access-log")) == before


@pytest.mark.parametrize(("language", "page"), [("en", "README.txt"), ("es", "LEAME.txt")])
def test_the_zip_holds_all_of_it_with_a_page_in_the_persons_language(owner: Person, language: str, page: str) -> None:
    owner.patch("/api/me", {"language": language})
    response = owner.get("/api/me/data.zip")
    assert response.content_type == "application/zip"
    assert response.headers["Content-Disposition"] == "attachment; filename=charley-2026-11-04.zip"
    with ZipFile(io.BytesIO(response.get_data())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [page, "nights.csv", "cramps.csv", "datapackage.json", "data.json", "fhir.json"]
        assert archive.read("nights.csv") == owner.get("/api/me/nights.csv").get_data()
        assert archive.read("cramps.csv") == owner.get("/api/me/cramps.csv").get_data()
        assert json.loads(archive.read("data.json"))["nights"] == data_of(owner)["nights"]
        assert json.loads(archive.read("datapackage.json")) == read(owner.get("/api/datapackage.json"))
        assert owner.id.urn in {entry["fullUrl"] for entry in json.loads(archive.read("fhir.json"))["entry"]}
        told = archive.read(page).decode("utf-8-sig")
        assert all(name in told for name in archive.namelist() if name != page)


def test_a_person_who_told_nothing_gets_files_too(app: Flask, clock_at: SetClock) -> None:
    clock_at("2026-11-04T15:00:00+00:00")
    person = signed_in(app, "patient", "new@example.org")
    data = data_of(person)
    assert data["nights"] == data["shares"] == data["trials"] == []
    with ZipFile(io.BytesIO(person.get("/api/me/data.zip").get_data())) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("cramps.csv").decode("utf-8-sig"))))
    assert rows == [[column.name for column in CRAMP_COLUMNS]]


def test_a_copy_larger_than_memory_allows_is_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.exports.files.IN_MEMORY_BYTES", 1000)
    monkeypatch.setattr("backend.exports.personal.ROWS_AT_ONCE", 7)
    enroll(app, "rose@example.org", "patient")
    person = Person(app, "rose@example.org")
    person.sign_in()
    keep(app, person, diary(60))
    assert len(read(person.get("/api/me/data.json"))["nights"]) == len(read(person.get("/api/nights"))["nights"])


@pytest.mark.parametrize("name", ["nights.csv", "cramps.csv", "data.json", "data.zip"])
def test_physicians_have_no_diary_to_download(physician: Person, name: str) -> None:
    refusal(physician.get(f"/api/me/{name}"), "forbidden")
