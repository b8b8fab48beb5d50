"""Any night the contract allows comes back as it was sent."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.calendar import FIRST_NIGHT
from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, RELIEF
from tests.backend.conftest import SetClock
from tests.backend.nights import path_of
from tests.backend.people import Person, read, signed_in

DATES = st.dates(FIRST_NIGHT, date(2026, 11, 2))
# What JSON can carry and a database can keep: no NUL, no half of a surrogate pair.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=2000)
SCORES = st.none() | st.integers(0, 10)
TRUTHS = st.none() | st.booleans()
ZONES = st.sampled_from(["UTC", "Europe/Paris", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Etc/GMT+12"])


def numbers(low: float, high: float) -> st.SearchStrategy[float | int | None]:
    whole = st.integers(int(low) + 1, int(high))
    return st.none() | whole | st.floats(low, high, allow_nan=False).map(lambda number: number + 0.0)


def choices(allowed: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(allowed), unique=True)


def cramps_of(night_date: date) -> st.SearchStrategy[list[dict[str, Any]]]:
    opening = datetime.combine(night_date, datetime.min.time()) + timedelta(hours=12)
    onsets = st.integers(0, 24 * 60 - 1).map(
        lambda minute: (opening + timedelta(minutes=minute)).isoformat(timespec="minutes")
    )
    one = st.fixed_dictionaries(
        {
            "id": st.uuids().map(str),
            "onset_local": st.none() | onsets,
            "duration_min": numbers(0.1, 120),
            "pain_nrs": SCORES,
            "site": st.sampled_from([None, "calf", "foot", "thigh"]),
            "side": st.sampled_from([None, "left", "right", "both"]),
            "relief": choices(RELIEF),
        }
    )
    return st.lists(one, max_size=5, unique_by=lambda cramp: cramp["id"])


@st.composite
def nights(draw: st.DrawFn) -> dict[str, Any]:
    night_date = draw(DATES)
    zone_name = draw(ZONES)
    instant = draw(st.datetimes(datetime(2000, 1, 2), datetime(2030, 1, 1)))  # noqa: DTZ001
    return {
        "night_date": night_date.isoformat(),
        "cramps": draw(cramps_of(night_date)),
        "stockings_day": draw(TRUTHS),
        "day_wear_h": draw(numbers(0, 24)),
        "stockings_night": draw(TRUTHS),
        "rls_urge": draw(TRUTHS),
        "awake_min": draw(numbers(0, 600)),
        "symptoms": {name: draw(SCORES) for name in ("aching", "heaviness", "soreness", "burning")},
        "problems": draw(choices(PROBLEMS)),
        "contributors": draw(choices(CONTRIBUTORS)),
        "note": draw(st.none() | TEXTS),
        "tz": zone_name,
        "edited_at": instant.replace(tzinfo=ZoneInfo(zone_name)).isoformat(),
    }


@pytest.fixture
def writer(app: Flask, clock_at: SetClock) -> Person:
    clock_at("2026-11-04T06:30:00+00:00")
    return signed_in(app, "patient")


# One patient serves all examples: every example stores another night or corrects one.
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=nights())
def test_every_allowed_night_comes_back_as_it_was_sent(writer: Person, body: dict[str, Any]) -> None:
    path = path_of(body["night_date"])
    stored = writer.put(path, body, headers={"If-Match": "*"})
    assert stored.status_code in (200, 201), stored.get_data(as_text=True)
    assert read(stored) == body
    seen = writer.get(path)
    assert read(seen) == body
    assert seen.headers["ETag"] == stored.headers["ETag"]
    assert writer.put(path, read(seen)).status_code == 200
    assert read(writer.get(f"{path}/history"))["revisions"][-1]["new"] == body
