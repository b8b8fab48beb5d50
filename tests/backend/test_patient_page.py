"""What the physician's page of one patient reads beside the result."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from analysis.charts import PANELS
from backend.diary import service as diary
from backend.diary.night_fields import PROBLEMS
from backend.diary.signs import STOP_SIGNS
from backend.results.schemas import TIMELINE_PANELS
from tests.backend.conftest import SetClock
from tests.backend.diaries import diary as diary_of
from tests.backend.diaries import keep
from tests.backend.errors import pointers
from tests.backend.nights import NIGHT, cramp, night, path_of, record
from tests.backend.people import Person, read, shared


def back(nights: int) -> date:
    return NIGHT - timedelta(days=nights)


@pytest.fixture
def page(patient: Person, physician: Person, clock_at: SetClock) -> Any:
    """Read a part of the patient's page, on the afternoon after ``NIGHT``."""
    clock_at(datetime(2026, 11, 4, 15, tzinfo=UTC))
    shared(patient, physician)
    address = f"/api/patients/{patient.id}"
    return lambda part: read(physician.get(f"{address}/{part}"))


def axis_titles(figure: dict[str, Any]) -> list[str]:
    axes = (axis for name, axis in figure["layout"].items() if name.startswith("yaxis"))
    return [axis["title"]["text"] for axis in axes if "title" in axis]


def test_the_timeline_shows_what_is_asked_for(page: Any, patient: Person) -> None:
    record(patient, night(), night(back(1), rls_urge=True), night(back(3), symptoms={"burning": 2}))
    assert axis_titles(page("charts/timeline")) == ["cramps", "minutes"]
    asked = page("charts/timeline?show=pain&show=urge&show=aching&show=burning")
    assert axis_titles(asked) == ["cramps", "worst pain", "aching", "burning"]
    assert asked["layout"]["yaxis2"]["ticktext"] == ["urge to move"]
    burning = [trace for trace in asked["data"] if trace.get("yaxis") == "y5"]
    assert [trace["x"] for trace in burning[:2]] == [[f"{back(3)}"], [f"{back(1)}", f"{NIGHT}"]]
    assert axis_titles(page("charts/timeline?show=cramps")) == ["cramps"]
    assert axis_titles(page("charts/timeline?show=soreness")) == ["cramps"]


def test_the_timeline_refuses_what_it_cannot_show(patient: Person, physician: Person) -> None:
    shared(patient, physician)
    assert pointers(physician.get(f"/api/patients/{patient.id}/charts/timeline?show=pain&show=mood")) == ["/show/1"]
    assert TIMELINE_PANELS == PANELS


def test_problems_for_which_stockings_come_off_stand_first(page: Any, patient: Person) -> None:
    record(
        patient,
        night(problems=["itch"]),
        night(back(1), problems=["itch", "numb"]),
        night(back(14), problems=["skin"]),
        night(back(15), problems=["skin"]),
    )
    rows = page("nights")["problems"]
    assert [(row["problem"], row["nights"], row["last_night"]) for row in rows] == [
        ("skin", 2, f"{back(14)}"),
        ("numb", 1, f"{back(1)}"),
        ("itch", 2, f"{NIGHT}"),
    ]
    assert [(row["stop"], row["recent"]) for row in rows] == [(True, False), (True, True), (False, False)]
    assert set(PROBLEMS) > STOP_SIGNS.keys()


def test_contributors_are_counted_beside_the_cramps_of_other_nights(page: Any, patient: Person) -> None:
    record(
        patient,
        night(contributors=["travel"], cramps=[cramp(1), cramp(2), cramp(3)]),
        night(back(1), contributors=["travel", "alcohol"], cramps=[]),
        night(back(3), contributors=["travel"], cramps=[cramp(4)]),
    )
    travel, alcohol = page("nights")["contributors"]
    assert (travel["contributor"], travel["nights_with"], travel["nights_without"]) == ("travel", 3, 0)
    assert (travel["rate_with"], travel["rate_without"]) == (pytest.approx(4 / 3), None)
    assert alcohol == {
        "contributor": "alcohol", "nights_with": 1, "nights_without": 2, "cramps_with": 0, "cramps_without": 4,
        "rate_with": 0, "rate_without": 2,
    }  # fmt: skip


def test_the_history_holds_every_change_of_every_night_newest_first(
    page: Any, patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, _ = record(patient, night(note="first"), night(back(1)))
    patient.put(path_of(), night(note="second"), headers={"If-Match": version})
    patient.put(path_of(), night(note="too late"), headers={"If-Match": version})
    patient.delete(path_of(back(1)), headers={"If-Match": "*"})
    every = page("history")
    assert [(row["action"], row["night_date"]) for row in every["revisions"]] == [
        ("deleted", f"{back(1)}"),
        ("refused", f"{NIGHT}"),
        ("corrected", f"{NIGHT}"),
        ("recorded", f"{back(1)}"),
        ("recorded", f"{NIGHT}"),
    ]
    corrected = every["revisions"][2]
    assert (corrected["old"]["note"], corrected["new"]["note"], corrected["actor"]["role"]) == (
        "first", "second", "patient",
    )  # fmt: skip
    assert (every["total"], every["next"]) == (5, None)
    monkeypatch.setattr(diary, "CHANGES_PAGE", 2)
    first = page("history?corrections=true")
    second = page(f"history?corrections=true&before={first['next']}")
    assert first["revisions"] + second["revisions"] == every["revisions"][:3]
    assert (first["total"], second["next"]) == (3, None)


def test_reading_the_history_is_told_to_the_patient(page: Any, patient: Person) -> None:
    page("history")
    assert [entry["what"] for entry in read(patient.get("/api/access-log"))["entries"]] == ["history"]


def test_a_trial_is_told_with_what_could_have_been_drawn_and_whether_it_is_compared(
    app: Flask, page: Any, patient: Person
) -> None:
    earlier = diary_of(3, design="pairs", pairs=5, block_nights=7, seed="a trial")
    latest = diary_of(0, design="before_after", block_nights=14)
    latest.start = earlier.start + timedelta(days=70)
    for kept in (earlier, latest):
        keep(app, patient, kept)
    newest, oldest = page("trials")["trials"]
    assert (newest["n_schedules"], newest["smallest_p"], newest["compared"]) == (None, None, True)
    assert (oldest["n_schedules"], oldest["smallest_p"], oldest["compared"]) == (32, 1 / 32, False)
