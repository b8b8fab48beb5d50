"""The calendar file: what phones without push messages are reminded by."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Event

from analysis.design import draw_schedule
from backend.accounts.service import find_by_email
from backend.db import db
from backend.trials.service import store_trial
from tests.backend.conftest import SetClock
from tests.backend.errors import refusal
from tests.backend.people import Person

NOW = datetime.fromisoformat("2026-10-20T10:00:00Z")
PATH = "/api/reminders.ics"
HEALTH_WORDS = ("cramp", "leg", "vein", "stocking", "calambre", "media", "pierna", "trial", "prueba")


@pytest.fixture(autouse=True)
def tuesday(clock_at: SetClock) -> None:
    """A Tuesday noon in Paris, five days before the clocks go back."""
    clock_at(NOW)


def choose(patient: Person, **profile: str | None) -> None:
    assert patient.patch("/api/me", {"zone": "Europe/Paris", **profile}).status_code == 200


def start_trial(app: Flask, patient: Person, start: date, exposure: str = "any") -> None:
    """Start a trial of twenty nights."""
    with app.app_context():
        user = find_by_email(patient.email)
        assert user
        store_trial(user.id, draw_schedule("pairs", pairs=5, block_nights=2, seed="a"), start, exposure=exposure)
        db.session.commit()


def events(patient: Person) -> list[Event]:
    response = patient.get(PATH)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="reminders.ics"'
    raw = response.get_data()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "RFC 5545 folds lines at 75 bytes"
    assert [word for word in HEALTH_WORDS if word in raw.decode().lower()] == []
    calendar = Calendar.from_ical(raw)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar.get_missing_tzids() == set()
    return list(calendar.events)


def test_a_morning_rings_every_day_from_tomorrow_in_the_zone_of_the_person(patient: Person) -> None:
    choose(patient, reminder_morning="07:30")
    (morning,) = events(patient)
    assert morning.start.isoformat() == "2026-10-21T07:30:00+02:00"
    assert morning["DTSTART"].params["TZID"] == "Europe/Paris"
    assert morning["RRULE"]["FREQ"] == ["DAILY"]
    assert "UNTIL" not in morning["RRULE"]
    (alarm,) = morning.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert timedelta() == alarm.TRIGGER
    assert morning["SUMMARY"] == alarm["DESCRIPTION"] == "How was last night?"


def test_the_zone_of_the_file_knows_the_change_of_clocks(patient: Person) -> None:
    choose(patient, reminder_morning="07:30")
    calendar = Calendar.from_ical(patient.get(PATH).get_data())
    (zone,) = calendar.timezones
    local = zone.to_tz()
    assert datetime(2026, 10, 24, 7, 30, tzinfo=local).astimezone(UTC).hour == 5
    assert datetime(2026, 10, 26, 7, 30, tzinfo=local).astimezone(UTC).hour == 6


@pytest.mark.parametrize(
    ("exposure", "evening", "first", "last", "summary"),
    [
        ("any", "21:00", "2026-10-22T21:00:00+02:00", "2026-11-10", "Your plan for tonight is ready"),
        ("night", "00:15", "2026-10-23T00:15:00+02:00", "2026-11-11", "Your plan for tonight is ready"),
        ("day", "21:00", "2026-10-21T21:00:00+02:00", "2026-11-09", "Your plan for tomorrow is ready"),
    ],
)
def test_evenings_ring_while_the_trial_lasts(
    app: Flask, patient: Person, exposure: str, evening: str, first: str, last: str, summary: str
) -> None:
    choose(patient, reminder_evening=evening)
    start_trial(app, patient, date(2026, 10, 22), exposure)
    (event,) = events(patient)
    assert event.start.isoformat() == first
    (until,) = event["RRULE"]["UNTIL"]
    assert until.utcoffset() == timedelta()
    assert until.date().isoformat() == last
    assert event["SUMMARY"] == summary


def test_a_trial_that_goes_on_rings_from_today(app: Flask, patient: Person) -> None:
    choose(patient, reminder_evening="21:00")
    start_trial(app, patient, date(2026, 10, 10))
    (event,) = events(patient)
    assert event.start.date() == date(2026, 10, 20)


def test_a_newer_file_changes_the_events_of_an_older_one(app: Flask, patient: Person) -> None:
    choose(patient, reminder_morning="07:30", reminder_evening="21:00")
    start_trial(app, patient, date(2026, 10, 22))
    before = [event["UID"] for event in events(patient)]
    choose(patient, reminder_morning="08:15", language="es")
    after = events(patient)
    assert [event["UID"] for event in after] == before
    assert len(set(before)) == 2
    assert after[0]["SUMMARY"] == "¿Qué tal anoche?"


def test_people_have_events_of_their_own(patient: Person, other_patient: Person) -> None:
    for person in (patient, other_patient):
        choose(person, reminder_morning="07:30")
    assert events(patient)[0]["UID"] != events(other_patient)[0]["UID"]


def test_without_a_time_there_is_no_calendar(app: Flask, patient: Person) -> None:
    refusal(patient.get(PATH), "conflict")
    choose(patient, reminder_evening="21:00")
    refusal(patient.get(PATH), "conflict")
    start_trial(app, patient, date(2026, 9, 1))
    refusal(patient.get(PATH), "conflict")
