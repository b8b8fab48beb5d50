"""A drawn trial may be moved once before it begins; nobody draws twice; and what it promises has dates that hold."""

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from analysis.design import draw_schedule
from backend.audit import AppendOnlyError
from backend.db import db
from backend.trials.models import Trial
from backend.trials.service import answers_on
from tests.backend.conftest import SetClock
from tests.backend.errors import pointers, refusal
from tests.backend.people import Person, read, shared
from tests.backend.screenings import screened
from tests.backend.test_trials import (
    FIXED,
    QUICK_LOOK,
    STAGED,
    TODAY,
    TOMORROW,
    assigned,
    at_once,
    begun,
    keep,
    noon_after,
    plan,
    stop,
)

pytestmark = pytest.mark.usefixtures("morning")
LATER = TODAY + timedelta(days=20)


def move(patient: Person, trial: dict[str, Any], start: date | str = LATER) -> TestResponse:
    return patient.post(f"/api/trials/{trial['id']}/move", {"start_date": str(start)})


def staged(start: date = TOMORROW, **changes: Any) -> dict[str, Any]:
    return {**STAGED, "start_date": start.isoformat(), "expectation": 6, **changes}


def test_a_trial_that_lies_ahead_is_moved_with_its_arms_its_plan_and_its_promises(
    patient: Person, physician: Person
) -> None:
    shared(patient, physician)
    screened(patient)
    trial = begun(patient, staged(TODAY + timedelta(days=5)))
    arms = assigned(patient, TODAY + timedelta(days=5), TODAY + timedelta(days=76))
    response = move(patient, trial)
    moved = read(response)
    assert response.status_code == 200
    kept = {"id", "seed", "blocks", "looks", "created_at", "expectation", "planned_nights", "active", "compared"}
    assert {name: moved[name] for name in kept} == {name: trial[name] for name in kept}
    assert (moved["start_date"], moved["end_date"]) == (str(LATER), str(LATER + timedelta(days=71)))
    assert (trial["moved_from"], trial["moved_at"]) == (None, None)
    assert (moved["moved_from"], moved["moved_at"]) == (trial["start_date"], trial["created_at"])
    assert moved["answers_on"] == [str(LATER + timedelta(days=nights)) for nights in (36, 54, 72)]
    assert assigned(patient, LATER, LATER + timedelta(days=71)) == arms
    assert set(assigned(patient, TOMORROW, LATER - timedelta(days=1))) == {None}
    assert read(patient.get("/api/trials")) == {"trials": [moved]}
    assert read(physician.get(f"/api/patients/{patient.id}/trials")) == {"trials": [moved]}
    (stored,) = json.loads(patient.get("/api/me/data.json").data)["trials"]
    assert (stored["start_date"], stored["moved_from"]) == (str(LATER), trial["start_date"])


@pytest.mark.parametrize("days", [-400, -1, 0, 5, 91])
def test_a_start_moves_to_another_day_within_ninety(patient: Person, days: int) -> None:
    screened(patient)
    trial = begun(patient, plan(TODAY + timedelta(days=5)))
    response = move(patient, trial, TODAY + timedelta(days=days))
    assert pointers(response) == ["/start_date"]
    detail = read(response)["errors"][0]["detail"]
    for bound in (TOMORROW, TODAY + timedelta(days=90), trial["start_date"]):
        assert str(bound) in detail
    assert read(patient.get("/api/trials"))["trials"] == [trial]
    assert move(patient, trial, TODAY + timedelta(days=90)).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"start_date": None}, {"start_date": "soon"}, {"start_date": "2026-12-01", "x": 1}]
)
def test_a_move_names_a_day(patient: Person, body: dict[str, Any]) -> None:
    screened(patient)
    trial = begun(patient)
    assert refusal(patient.post(f"/api/trials/{trial['id']}/move", body), "validation")


def test_a_start_moves_once(patient: Person, other_patient: Person) -> None:
    screened(patient)
    trial = begun(patient)
    refusal(move(other_patient, trial), "not-found")
    refusal(move(patient, {"id": uuid4()}), "not-found")
    moved = read(move(patient, trial))
    refusal(move(patient, trial, LATER + timedelta(days=1)), "conflict")
    refusal(move(patient, trial, TOMORROW), "conflict")
    assert read(patient.get("/api/trials"))["trials"] == [moved]


def test_a_trial_that_was_stopped_stays_where_it_is(patient: Person) -> None:
    screened(patient)
    trial = begun(patient)
    stop(patient, trial)
    refusal(move(patient, trial), "conflict")


@pytest.mark.parametrize(("zone", "status"), [("Pacific/Auckland", 409), ("America/Los_Angeles", 200)])
def test_a_trial_has_begun_where_the_patient_is(patient: Person, clock_at: SetClock, zone: str, status: int) -> None:
    screened(patient)
    trial = begun(patient)
    patient.patch("/api/me", {"zone": zone})
    # In the evening of the day before in London, the first day has begun in Auckland and is far in California.
    clock_at(datetime.combine(TODAY, time(20), UTC))
    assert move(patient, trial).status_code == status


def test_of_several_moves_at_once_one_is_kept(app: Flask, patient: Person) -> None:
    screened(patient)
    trial = begun(patient)
    assert at_once(app, patient, lambda phone: move(phone, trial)) == Counter({409: 3, 200: 1})
    assert read(patient.get("/api/trials"))["trials"][0]["moved_from"] == trial["start_date"]


DAY = timedelta(days=1)
WHOLE = {
    "start_date": LATER,
    "end_date": LATER + 53 * DAY,
    "moved_from": TOMORROW,
    "moved_at": datetime(2026, 11, 4, tzinfo=UTC),
}


@pytest.mark.parametrize(
    "change",
    [
        {"start_date": LATER},
        {name: WHOLE[name] for name in ("start_date", "end_date")},
        {name: WHOLE[name] for name in ("start_date", "end_date", "moved_from")},
        {**WHOLE, "moved_from": TODAY},
        {**WHOLE, "end_date": LATER + 60 * DAY},
        {**WHOLE, "expectation": 3},
    ],
)
def test_nothing_but_a_whole_move_is_stored(app: Flask, patient: Person, change: dict[str, Any]) -> None:
    screened(patient)
    begun(patient)
    with app.app_context():
        trial = db.session.scalars(select(Trial)).one()
        for name, value in change.items():
            setattr(trial, name, value)
        with pytest.raises(AppendOnlyError, match="a stored trial is never edited"):
            db.session.commit()


def test_a_move_is_stored_once(app: Flask, patient: Person) -> None:
    screened(patient)
    move(patient, begun(patient))
    with app.app_context():
        trial = db.session.scalars(select(Trial)).one()
        trial.moved_from, trial.start_date, trial.end_date = trial.start_date, TOMORROW, TOMORROW + 53 * DAY
        trial.moved_at = datetime(2026, 11, 5, tzinfo=UTC)
        with pytest.raises(AppendOnlyError):
            db.session.commit()


def test_a_moved_trial_can_still_be_stopped(patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    moved = read(move(patient, begun(patient)))
    clock_at(datetime.combine(LATER + 3 * DAY, time(9), UTC))
    stopped = read(stop(patient, moved))
    assert (stopped["stopped_on"], stopped["moved_from"]) == (str(LATER + 3 * DAY), str(TOMORROW))


def test_the_roster_notices_a_move_at_once(app: Flask, patient: Person, physician: Person, clock_at: SetClock) -> None:
    shared(patient, physician)
    screened(patient)
    trial = begun(patient, {**QUICK_LOOK, "start_date": str(TODAY + 5 * DAY)})
    keep(app, TODAY - 30 * DAY, [2] * 30, [False] * 14 + [True] * 16)
    assert read(physician.get("/api/patients"))["patients"][0]["state"] == "running"
    move(patient, trial, TOMORROW)
    (row,) = read(physician.get("/api/patients"))["patients"]
    found = read(patient.get("/api/result"))
    assert (row["state"], found["first_night"]) == ("running", str(TOMORROW))


@pytest.mark.parametrize("design", [FIXED, STAGED])
def test_whoever_calls_a_trial_off_before_its_first_night_draws_no_other(
    patient: Person, clock_at: SetClock, design: dict[str, Any]
) -> None:
    screened(patient)
    first = begun(patient, {**design, "start_date": str(TODAY + 40 * DAY)})
    stop(patient, first)
    second = begun(patient, {**design, "start_date": str(TOMORROW)})
    assert (second["seed"], second["blocks"]) == (first["seed"], first["blocks"])
    # What goes on stands first, although the other was planned for a later day.
    assert [trial["id"] for trial in read(patient.get("/api/trials"))["trials"]] == [second["id"], first["id"]]
    clock_at(datetime.combine(TOMORROW, time(9), UTC))
    stop(patient, second)
    # On the first day, before its night, nothing has begun either: only the plan was seen.
    assert begun(patient, {**design, "start_date": str(TOMORROW + DAY)})["seed"] == first["seed"]


def test_another_plan_in_between_brings_no_other_draw(patient: Person) -> None:
    screened(patient)
    first = begun(patient)
    stop(patient, first)
    stop(patient, begun(patient, {**QUICK_LOOK, "start_date": str(TOMORROW)}))
    other = begun(patient, staged())
    assert other["blocks"] == list(draw_schedule(**STAGED, seed=first["seed"]).blocks)
    stop(patient, other)
    assert begun(patient)["blocks"] == first["blocks"]


def test_a_trial_after_one_that_began_is_a_new_draw(patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    called_off = begun(patient)
    stop(patient, called_off)
    ran = begun(patient)
    clock_at(datetime.combine(TOMORROW + 5 * DAY, time(9), UTC))
    stop(patient, ran)
    third = begun(patient, plan(TOMORROW + 6 * DAY))
    assert ran["seed"] == called_off["seed"] != third["seed"]


@pytest.mark.parametrize(
    ("design", "nights"),
    [
        (STAGED, [36, 54, 72]),
        ({"design": "pairs", "pairs": 9, "block_nights": 3, "looks": [5, 7, 9]}, [42, 54]),
        ({"design": "pairs", "pairs": 4, "block_nights": 3, "looks": [2, 4]}, [24]),
        ({"design": "pairs", "pairs": 9, "block_nights": 3}, [54]),
        (FIXED, [54]),
        (QUICK_LOOK, [28]),
    ],
)
def test_an_answer_is_promised_for_the_days_on_which_the_comparison_opens(
    app: Flask, patient: Person, clock_at: SetClock, design: dict[str, Any], nights: list[int]
) -> None:
    screened(patient)
    check = read(patient.post("/api/trials/check", design))
    assert check["answers_after"] == nights
    trial = begun(patient, {**design, "start_date": str(TOMORROW)})
    promised = [date.fromisoformat(day) for day in trial["answers_on"]]
    assert promised == [TOMORROW + timedelta(days=each) for each in nights]
    # With nothing recorded no look can tell, so that each is awaited in turn: from noon of the day of one, the next.
    for day, awaited in zip([TOMORROW + DAY, *promised[:-1]], promised, strict=True):
        clock_at(noon_after(day - DAY))
        found = read(patient.get("/api/result"))
        assert (found["state"], found["last_night"]) == ("running", str(awaited - DAY))
    clock_at(noon_after(promised[-1] - DAY) - timedelta(seconds=1))
    assert read(patient.get("/api/result"))["state"] == "running"
    clock_at(noon_after(promised[-1] - DAY))
    assert read(patient.get("/api/result"))["state"] == "insufficient"
    with app.app_context():
        assert answers_on(db.session.scalars(select(Trial)).one()) == promised
