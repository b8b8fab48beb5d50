"""When a reminder falls due: local times, clock changes, and the night that is meant."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reminders.due import instants

ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "UTC")


def due(kind: str, at: str, zone: str, day: str) -> list[tuple[str, str]]:
    """Return what falls due within a day of UTC: local time and night."""
    since = datetime.fromisoformat(f"{day}T00:00:00Z")
    return [
        (instant.isoformat(), night.isoformat())
        for instant, night in instants(kind, at, zone, since, since + timedelta(days=1))
    ]


def test_a_morning_is_about_the_night_that_ends_and_an_evening_about_the_one_that_begins() -> None:
    assert due("morning", "07:30", "Europe/Paris", "2026-11-04") == [("2026-11-04T06:30:00+00:00", "2026-11-03")]
    assert due("evening", "21:00", "Europe/Paris", "2026-11-04") == [("2026-11-04T20:00:00+00:00", "2026-11-04")]


def test_a_morning_after_noon_is_about_the_same_night() -> None:
    assert due("morning", "13:00", "UTC", "2026-11-04") == [("2026-11-04T13:00:00+00:00", "2026-11-03")]


def test_an_evening_past_midnight_is_about_the_night_that_is_open() -> None:
    assert due("evening", "00:30", "UTC", "2026-11-04") == [("2026-11-04T00:30:00+00:00", "2026-11-03")]


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        # Clocks go from 02:00 to 03:00: 02:30 is left out, and rings at what is 03:30.
        ("2026-03-29", "2026-03-29T01:30:00+00:00"),
        # Clocks go from 03:00 back to 02:00: of two 02:30 the first rings.
        ("2026-10-25", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_a_time_that_does_not_exist_or_exists_twice_rings_once(day: str, instant: str) -> None:
    (found,) = due("morning", "02:30", "Europe/Paris", day)
    assert found[0] == instant


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda time: time.strftime("%H:%M")),
    kind=st.sampled_from(("morning", "evening")),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001
    steps=st.lists(st.integers(1, 3000), min_size=1, max_size=40),
)
def test_however_often_one_looks_each_night_rings_once(
    zone: str, at: str, kind: str, start: datetime, steps: list[int]
) -> None:
    """Looks at any distance find together what one look finds, each night once and no night left out."""
    first = start.replace(tzinfo=UTC)
    looks = [first]
    for minutes in steps:
        looks.append(looks[-1] + timedelta(minutes=minutes))
    found = [one for since, now in pairwise(looks) for one in instants(kind, at, zone, since, now)]
    assert found == list(instants(kind, at, zone, first, looks[-1]))
    nights: list[date] = [night for _, night in found]
    assert nights == [nights[0] + timedelta(days=number) for number in range(len(nights))] if nights else True
