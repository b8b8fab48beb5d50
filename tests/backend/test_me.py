"""What a person tells about themselves."""

from typing import Any

import pytest
from flask import Flask

from tests.backend.conftest import SetClock
from tests.backend.errors import pointers, refusal
from tests.backend.people import Person, read, signed_in

PROFILE = {
    "display_name": "Rose Miller",
    "birth_year": 1953,
    "country": "FR",
    "language": "es",
    "zone": "Europe/Paris",
    "reminder_morning": "07:30",
    "reminder_evening": "21:45",
    "usual_cramps_per_week": 4.5,
}


def test_a_new_patient_has_told_nothing_yet(app: Flask) -> None:
    person = signed_in(app, "patient")
    assert read(person.get("/api/me")) == {
        **dict.fromkeys(PROFILE),
        "id": str(person.id),
        "email": "patient@example.org",
        "role": "patient",
        "language": "en",
        "zone": "UTC",
        "share_code": None,
        "share_link": None,
    }


def test_what_is_told_stays_told(patient: Person) -> None:
    changed = read(patient.patch("/api/me", PROFILE))
    assert {name: changed[name] for name in PROFILE} == PROFILE
    assert read(patient.get("/api/me")) == changed


def test_what_is_not_named_stays_as_it_was(patient: Person) -> None:
    patient.patch("/api/me", PROFILE)
    for name in ("display_name", "birth_year", "country", "reminder_morning", "reminder_evening"):
        before = read(patient.get("/api/me"))
        assert read(patient.patch("/api/me", {name: None})) == before | {name: None}
    assert read(patient.patch("/api/me", {})) == read(patient.get("/api/me"))


BOUNDS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "display_name": ((None, "x", "Zoë 🌙", "x" * 80), ("", "x" * 81, 1, "a\x00b", "\ud800")),
    "birth_year": ((None, 1900, 2026), (1899, 2027, "1953", 1953.5, True)),
    "country": ((None, "ES", "US"), ("", "es", "ESP", "E", "E\n", 1)),
    "language": (("en", "es"), (None, "", "fr", "EN", 1)),
    "zone": (("UTC", "America/New_York"), (None, "", "New York", "america/new_york", 1, "\ud800")),
    "reminder_morning": ((None, "00:00", "23:59"), ("", "24:00", "7:30", "07:60", "07:30:00", "07:30\n", 730)),
    "reminder_evening": ((None, "00:00", "23:59"), ("", "24:00", "7:30", "07:60", "07:30:00", "07:30\n", 730)),
    "usual_cramps_per_week": ((None, 0, 0.5, 350), (-0.1, 350.1, "4", True, [])),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_both_sides_of_every_bound(patient: Person, clock_at: SetClock, name: str) -> None:
    clock_at("2026-11-04T06:30:00+00:00")
    kept, refused = BOUNDS[name]
    for value in kept:
        assert read(patient.patch("/api/me", {name: value}))[name] == value
    for value in refused:
        assert pointers(patient.patch("/api/me", {name: value})) == [f"/{name}"], value
    assert read(patient.get("/api/me"))[name] == kept[-1]


@pytest.mark.parametrize(
    "name", ["id", "email", "role", "roles", "active", "password", "share_code", "share_link", "fs_uniquifier"]
)
def test_nobody_changes_who_they_are(patient: Person, name: str) -> None:
    before = read(patient.get("/api/me"))
    assert pointers(patient.patch("/api/me", {name: "physician"})) == [f"/{name}"]
    assert read(patient.get("/api/me")) == before


def test_a_wrong_value_changes_nothing_at_all(patient: Person) -> None:
    before = read(patient.get("/api/me"))
    refusal(patient.patch("/api/me", {"country": "FR", "language": "fr"}), "validation")
    assert read(patient.get("/api/me")) == before


def test_only_physicians_have_a_code(app: Flask, patient: Person, physician: Person) -> None:
    codes = [read(person.get("/api/me"))["share_code"] for person in (patient, signed_in(app, "admin"), physician)]
    assert codes[:2] == [None, None]
    assert codes[2]
