"""A trial begins after the safety screen, one at a time, is drawn once, and can be stopped but never edited."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from analysis import compare
from analysis.design import draw_schedule
from analysis.io import read_nights
from backend.audit import AppendOnlyError
from backend.db import db
from backend.diary.schemas import NightSchema
from backend.diary.service import record_many
from backend.health.gate import QUESTIONS
from backend.trials.errors import REASONS
from backend.trials.models import Trial
from tests.backend.conftest import SetClock
from tests.backend.errors import pointers, refusal
from tests.backend.nights import cramp, night
from tests.backend.people import Person, read, shared, signed_in
from tests.backend.screenings import screened
from tests.backend.test_results import same

pytestmark = pytest.mark.usefixtures("morning")
# The tests begin on the morning of this day, in Paris and in UTC.
TODAY = date(2026, 11, 4)
TOMORROW = TODAY + timedelta(days=1)
FIXED = {"design": "blocks", "blocks": 18, "block_nights": 3}
STAGED = {"design": "pairs", "pairs": 12, "block_nights": 3, "looks": [6, 9, 12]}
QUICK_LOOK = {"design": "before_after", "block_nights": 14}


def plan(start: date = TOMORROW, **changes: Any) -> dict[str, Any]:
    return {**FIXED, "start_date": start.isoformat(), "expectation": 6, **changes}


def begun(patient: Person, body: dict[str, Any] | None = None) -> dict[str, Any]:
    response = patient.post("/api/trials", body or plan())
    assert response.status_code == 201, response.text
    trial: dict[str, Any] = read(response)
    return trial


def stop(patient: Person, trial: dict[str, Any], reason: str = "They are too tight.") -> TestResponse:
    return patient.post(f"/api/trials/{trial['id']}/stop", {"reason": reason})


def refused(response: TestResponse) -> tuple[str, list[str]]:
    body = refusal(response, "conflict")
    assert body["detail"] == REASONS[body["reason"]]
    return body["reason"], body["codes"]


def assigned(patient: Person, first: date, last: date) -> list[bool | None]:
    return [planned["assigned"] for planned in read(patient.get(f"/api/plan?from={first}&to={last}"))]


@pytest.mark.parametrize("design", [FIXED, STAGED, {"design": "pairs", "pairs": 5, "block_nights": 7}])
def test_a_trial_is_what_its_seed_draws(patient: Person, design: dict[str, Any]) -> None:
    screened(patient)
    body = {**design, "start_date": TOMORROW.isoformat(), "exposure": "day", "expectation": 6}
    trial = begun(patient, body)
    drawn = draw_schedule(**design, seed=trial["seed"])
    assert len(bytes.fromhex(trial["seed"])) == 16
    assert trial["blocks"] == list(drawn.blocks)
    assert trial["looks"] == list(drawn.looks)
    assert (trial["design"], trial["exposure"], trial["expectation"]) == (design["design"], "day", 6)
    assert trial["planned_nights"] == drawn.planned_nights
    assert trial["start_date"] == TOMORROW.isoformat()
    assert trial["end_date"] == str(TOMORROW + timedelta(days=len(drawn.blocks) * design["block_nights"] - 1))
    assert (trial["active"], trial["stopped_at"], trial["stopped_on"], trial["stop_reason"]) == (True, None, None, None)
    assert read(patient.get("/api/trials")) == {"trials": [trial]}
    last = date.fromisoformat(trial["end_date"])
    arms = [bool(arm) for arm in trial["blocks"] for _ in range(design["block_nights"])]
    assert assigned(patient, TODAY, last + timedelta(days=1)) == [None, *arms, None]


def test_a_quick_look_is_a_trial_without_a_draw(patient: Person) -> None:
    screened(patient)
    trial = begun(patient, {**QUICK_LOOK, "start_date": TOMORROW.isoformat()})
    assert (trial["blocks"], trial["seed"], trial["expectation"]) == ([0, 1], None, None)


def test_every_trial_is_drawn_from_a_seed_of_its_own(app: Flask) -> None:
    people = [signed_in(app, "patient", f"{number}@example.org") for number in range(3)]
    for person in people:
        screened(person)
    seeds = {begun(person)["seed"] for person in people}
    assert len(seeds) == len(people)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"design": "observational", "blocks": None}, "/design"),
        ({"start_date": None}, "/start_date"),
        ({"start_date": "soon"}, "/start_date"),
        ({"start_date": TODAY.isoformat()}, "/start_date"),
        ({"start_date": (TODAY - timedelta(days=400)).isoformat()}, "/start_date"),
        ({"start_date": (TODAY + timedelta(days=91)).isoformat()}, "/start_date"),
        ({"block_nights": 11}, "/block_nights"),
        ({"blocks": 7}, "/blocks"),
        ({"expectation": 11}, "/expectation"),
        ({"exposure": "sometimes"}, "/exposure"),
        ({"seed": "my own"}, "/seed"),
    ],
)
def test_a_trial_that_cannot_be_is_refused_by_field(patient: Person, changes: dict[str, Any], pointer: str) -> None:
    screened(patient)
    assert pointers(patient.post("/api/trials", plan() | changes)) == [pointer]
    assert read(patient.get("/api/trials")) == {"trials": []}


def test_a_trial_begins_within_ninety_days(patient: Person) -> None:
    screened(patient)
    response = patient.post("/api/trials", plan(TODAY + timedelta(days=91)))
    assert refusal(response, "validation")["errors"] == [
        {"pointer": "/start_date", "detail": "Must be from 2026-11-05, tomorrow, to 2027-02-02."}
    ]
    assert begun(patient, plan(TODAY + timedelta(days=90)))["active"] is True


@pytest.mark.parametrize(
    ("zone", "first"),
    [("Etc/GMT+12", "2026-11-04"), ("UTC", "2026-11-05"), ("Pacific/Kiritimati", "2026-11-06")],
)
def test_tomorrow_comes_where_the_patient_is(patient: Person, clock_at: SetClock, zone: str, first: str) -> None:
    clock_at("2026-11-04T11:30:00+00:00")  # 23:30 on the 3rd, 11:30 on the 4th, 01:30 on the 5th
    patient.patch("/api/me", {"zone": zone})
    screened(patient)
    day = date.fromisoformat(first)
    assert pointers(patient.post("/api/trials", plan(day - timedelta(days=1)))) == ["/start_date"]
    assert begun(patient, plan(day))["start_date"] == first


@pytest.mark.parametrize(
    ("yes", "changes", "exposure", "reason", "codes"),
    [
        ((), {"missing": ("ulcer",)}, "any", "screening_incomplete", ["ulcer"]),
        (("gangrene", "diabetes"), {}, "any", "blocked", ["gangrene"]),
        (("claudication",), {"asked": {"claudication": "2026-11-01"}}, "any", "blocked", ["abi_unknown"]),
        ((), {"red_flags": ["one_sided_swelling"]}, "any", "blocked", ["red_flag"]),
        (("diabetes", "ulcer"), {"asked": {"ulcer": "2026-11-01"}}, "any", "ask_first", ["diabetes"]),
        ((), {"abi_left": 1.0, "abi_right": 0.7}, "day", "ask_first", ["abi_borderline"]),
        ((), {}, "night", "ask_first", ["night_wear"]),
    ],
)
def test_the_safety_screen_comes_first(
    patient: Person, yes: tuple[str, ...], changes: dict[str, Any], exposure: str, reason: str, codes: list[str]
) -> None:
    body = plan(exposure=exposure)
    assert refused(patient.post("/api/trials", body)) == ("screening_missing", [])
    screened(patient, *yes, **changes)
    assert refused(patient.post("/api/trials", body)) == (reason, codes)
    assert read(patient.get("/api/trials")) == {"trials": []}
    screened(patient, asked=dict.fromkeys(codes, "2026-11-01") if reason == "ask_first" else {})
    if exposure != "night":
        assert begun(patient, body)["active"] is True


def test_a_trial_of_wear_in_bed_begins_once_a_clinician_agreed(patient: Person) -> None:
    screened(patient, asked={"night_wear": "2026-11-01"})
    assert begun(patient, plan(exposure="night"))["exposure"] == "night"


def test_answers_of_long_ago_do_not_begin_a_trial(patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    clock_at("2027-05-04T06:30:00+00:00")
    later = plan(date(2027, 5, 10))
    assert refused(patient.post("/api/trials", later)) == ("screening_incomplete", list(QUESTIONS))
    screened(patient)
    begun(patient, later)


def test_a_red_flag_during_a_trial_alerts_and_leaves_the_trial_alone(patient: Person, physician: Person) -> None:
    screened(patient)
    shared(patient, physician)
    trial = begun(patient)
    before = assigned(patient, TOMORROW, TOMORROW + timedelta(days=60))
    screened(patient, "acute_dvt", red_flags=["one_sided_swelling"])
    assert read(patient.get("/api/trials"))["trials"] == [trial]
    assert assigned(patient, TOMORROW, TOMORROW + timedelta(days=60)) == before
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert (row["alerts"], row["state"]) == (["red_flag"], "running")


def test_one_trial_at_a_time(patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    trial = begun(patient)
    end = date.fromisoformat(trial["end_date"])
    for day in (TODAY, TOMORROW, end):
        clock_at(datetime.combine(day, time(23), UTC))
        assert refused(patient.post("/api/trials", plan(day + timedelta(days=2)))) == ("trial_running", [])
    clock_at(datetime.combine(end + timedelta(days=1), time(0), UTC))
    assert read(patient.get("/api/trials"))["trials"][0]["active"] is False
    second = begun(patient, plan(end + timedelta(days=2)))
    assert [one["id"] for one in read(patient.get("/api/trials"))["trials"]] == [second["id"], trial["id"]]


def test_a_stop_ends_the_plan_from_that_day_on(patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    trial = begun(patient)
    planned = assigned(patient, TOMORROW, TOMORROW + timedelta(days=53))
    # Half past midnight of the 15th in Madrid: the night of the 14th is under way and keeps its plan.
    patient.patch("/api/me", {"zone": "Europe/Madrid"})
    clock_at("2026-11-14T23:30:00+00:00")
    response = stop(patient, trial, "The skin itches.")
    stopped = read(response)
    assert (response.status_code, stopped["active"], stopped["stop_reason"]) == (200, False, "The skin itches.")
    assert (stopped["stopped_at"], stopped["stopped_on"]) == ("2026-11-14T23:30:00+00:00", "2026-11-15")
    unchanged = set(trial) - {"active", "stopped_at", "stopped_on", "stop_reason"}
    assert {name: stopped[name] for name in unchanged} == {name: trial[name] for name in unchanged}
    assert assigned(patient, TOMORROW, TOMORROW + timedelta(days=53)) == planned[:10] + [None] * 44


def test_after_a_stop_another_trial_may_begin_tomorrow(patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    first = begun(patient)
    planned = assigned(patient, TOMORROW, TOMORROW + timedelta(days=9))
    clock_at("2026-11-14T12:00:00+00:00")
    stop(patient, first)
    start = date(2026, 11, 15)
    second = begun(patient, plan(start, **{**STAGED, "blocks": None}))
    arms = [bool(arm) for arm in second["blocks"] for _ in range(3)]
    assert assigned(patient, TOMORROW, start + timedelta(days=71)) == [*planned[:9], None, *arms]


def test_a_trial_ends_once(patient: Person, other_patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    trial = begun(patient)
    refusal(stop(other_patient, trial), "not-found")
    refusal(stop(patient, {"id": uuid4()}), "not-found")
    assert stop(patient, trial).status_code == 200
    refusal(stop(patient, trial, "Again."), "conflict")
    assert read(patient.get("/api/trials"))["trials"][0]["stop_reason"] == "They are too tight."
    second = begun(patient)
    clock_at(datetime.combine(date.fromisoformat(second["end_date"]) + timedelta(days=1), time(0), UTC))
    refusal(stop(patient, second), "conflict")


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501, "\x00", None, 3])
def test_a_stop_needs_a_reason(patient: Person, reason: Any) -> None:
    screened(patient)
    trial = begun(patient)
    assert pointers(stop(patient, trial, reason)) == ["/reason"]
    assert read(patient.get("/api/trials"))["trials"] == [trial]


@pytest.mark.parametrize(
    "change",
    [
        {"expectation": 3},
        {"schedule": "{}"},
        {"start_date": TODAY},
        {"stop_reason": "another"},
        {"stopped_on": None, "stopped_at": None, "stop_reason": None},
    ],
)
def test_a_stored_trial_is_never_edited(app: Flask, patient: Person, change: dict[str, Any]) -> None:
    screened(patient)
    stop(patient, begun(patient))
    with app.app_context():
        trial = db.session.scalars(select(Trial)).one()
        for name, value in change.items():
            setattr(trial, name, value)
        with pytest.raises(AppendOnlyError, match="a stored trial is never edited"):
            db.session.commit()


def at_once(app: Flask, patient: Person, send: Callable[[Person], TestResponse]) -> Counter[int]:
    """Let four phones of a patient send at the same moment; count the answers."""
    phones = [Person(app, patient.email) for _ in range(4)]
    for phone in phones:
        assert phone.sign_in().status_code == 200
    barrier = Barrier(len(phones))

    def run(phone: Person) -> int:
        barrier.wait(timeout=30)
        return send(phone).status_code

    with ThreadPoolExecutor(len(phones)) as pool:
        return Counter(pool.map(run, phones))


def test_of_several_trials_begun_at_once_one_is_drawn(app: Flask, patient: Person) -> None:
    screened(patient)
    assert at_once(app, patient, lambda phone: phone.post("/api/trials", plan())) == {201: 1, 409: 3}
    assert len(read(patient.get("/api/trials"))["trials"]) == 1


def test_of_several_stops_at_once_one_is_kept(app: Flask, patient: Person) -> None:
    screened(patient)
    trial = begun(patient)
    assert at_once(app, patient, lambda phone: stop(phone, trial)) == {200: 1, 409: 3}


def test_a_physician_reads_the_trial_and_why_it_was_stopped(patient: Person, physician: Person) -> None:
    shared(patient, physician)
    screened(patient)
    stopped = read(stop(patient, begun(patient)))
    assert read(physician.get(f"/api/patients/{patient.id}/trials")) == {"trials": [stopped]}


def keep(app: Flask, first: date, cramps: list[int], worn: list[bool | None]) -> None:
    """Record nights in a row."""
    bodies = {}
    for position, (count, wear) in enumerate(zip(cramps, worn, strict=True)):
        evening = first + timedelta(days=position)
        bodies[evening] = NightSchema().load(
            night(
                evening,
                cramps=[cramp(number) for number in range(count)],
                stockings_day=bool(wear),
                tz="UTC",
                edited_at=f"{evening + timedelta(days=1)}T07:00:00Z",
            )
        )
    with app.app_context():
        record_many(db.session.scalars(select(Trial.patient_id).limit(1)).one(), bodies)


def noon_after(evening: date) -> datetime:
    return datetime.combine(evening + timedelta(days=1), time(12), UTC)


def test_the_comparison_of_a_stopped_trial_opens_at_its_planned_end_without_the_nights_after_the_stop(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock, tmp_path: Path
) -> None:
    shared(patient, physician)
    screened(patient)
    trial = begun(patient)
    end = date.fromisoformat(trial["end_date"])
    planned = assigned(patient, TOMORROW, end)
    stop_day = TOMORROW + timedelta(days=30)
    clock_at(datetime.combine(stop_day, time(9), UTC))
    stop(patient, trial)
    clock_at(noon_after(end))
    helped = [0 if arm else 3 for arm in planned[:30]]
    keep(app, TOMORROW, helped + [4] * 23, planned[:30] + [False] * 23)
    clock_at(noon_after(end) - timedelta(seconds=1))
    result = read(patient.get("/api/result"))
    assert (result["state"], result["rate_ratio"]) == ("running", None)
    clock_at(noon_after(end))
    result = read(patient.get("/api/result"))
    assert (result["nights_on"] + result["nights_off"], result["cramps_on"]) == (30, 0)
    assert (result["cramps_off"], result["adherence"], result["logging_gap"]) == (sum(helped), 1.0, 0.0)
    assert (result["state"], result["nights_recorded"]) == ("help", 53)
    assert [caution["value"] for caution in result["warnings"] if caution["code"] == "stopped_early"] == [30.0]
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert (row["state"], row["rate_ratio"]) == ("help", pytest.approx(result["rate_ratio"]))
    file = tmp_path / "nights.csv"
    file.write_bytes(physician.get(f"/api/patients/{patient.id}/nights.csv").data)
    table = read_nights(file).frame
    assert table["cramps"].notna().sum() == 53
    found = compare(table, exposure="any").to_dict()
    assert same({name: result[name] for name in found}, found)


def test_the_roster_notices_a_stop_at_once(patient: Person, physician: Person, clock_at: SetClock, app: Flask) -> None:
    shared(patient, physician)
    screened(patient)
    trial = begun(patient, {**QUICK_LOOK, "start_date": TOMORROW.isoformat()})
    clock_at(noon_after(TOMORROW + timedelta(days=26)))
    keep(app, TOMORROW, [2] * 27, [False] * 14 + [True] * 13)
    (before,) = read(physician.get("/api/patients"))["patients"]
    stop(patient, trial)
    clock_at(noon_after(TOMORROW + timedelta(days=27)))
    (after,) = read(physician.get("/api/patients"))["patients"]
    assert (before["state"], after["state"]) == ("running", "no_clear_difference")
    assert physician.get(f"/api/patients/{patient.id}/charts/timeline").status_code == 200


def test_a_result_stays_until_the_next_trial_begins(app: Flask, patient: Person, clock_at: SetClock) -> None:
    screened(patient)
    first = begun(patient)
    end = date.fromisoformat(first["end_date"])
    planned = assigned(patient, TOMORROW, end)
    clock_at(noon_after(end))
    keep(app, TOMORROW, [0 if arm else 2 for arm in planned], planned)
    found = read(patient.get("/api/result"))
    assert found["state"] == "help"
    start = end + timedelta(days=10)
    second = begun(patient, plan(start))
    assert read(patient.get("/api/result")) == found
    # At noon of its first day the first night of the next trial opens.
    clock_at(datetime.combine(start, time(11, 59), UTC))
    assert read(patient.get("/api/result"))["state"] == "help"
    clock_at(datetime.combine(start, time(12), UTC))
    running = read(patient.get("/api/result"))
    assert (running["state"], running["first_night"]) == ("running", start.isoformat())
    assert stop(patient, second).status_code == 200


@pytest.mark.parametrize(("helped", "status"), [(True, 201), (False, 409)])
def test_a_staged_trial_that_was_decided_at_a_look_makes_room_for_another(
    app: Flask, patient: Person, clock_at: SetClock, helped: bool, status: int
) -> None:
    screened(patient)
    begun(patient, {**STAGED, "start_date": TOMORROW.isoformat(), "expectation": 6})
    look = TOMORROW + timedelta(days=35)
    planned = assigned(patient, TOMORROW, look)
    clock_at(noon_after(look - timedelta(days=1)))
    keep(app, TOMORROW, [1 if arm and helped else 3 for arm in planned[:-1]], planned[:-1])
    refused(patient.post("/api/trials", plan(look + timedelta(days=5))))
    clock_at(noon_after(look))
    keep(app, look, [1 if planned[-1] and helped else 3], planned[-1:])
    assert patient.post("/api/trials", plan(look + timedelta(days=5))).status_code == status
    with app.app_context():
        trial = db.session.scalars(select(Trial).order_by(Trial.id)).first()
        noted = (look, look + timedelta(days=1)) if helped else (None, None)
        assert trial
        assert (trial.finished_on, trial.looked_on) == noted
        if helped:
            # Whatever is corrected later.
            trial.finished_on = None
            with pytest.raises(AppendOnlyError):
                db.session.commit()


def test_a_noted_look_stands_when_trials_are_asked_for_on_later_days(
    app: Flask, patient: Person, clock_at: SetClock
) -> None:
    screened(patient)
    begun(patient, {**STAGED, "start_date": TOMORROW.isoformat(), "expectation": 6})
    look = TOMORROW + timedelta(days=35)
    planned = assigned(patient, TOMORROW, look)
    clock_at(noon_after(look))
    keep(app, TOMORROW, [1 if arm else 3 for arm in planned], planned)
    second = begun(patient, plan(look + timedelta(days=20)))
    later = plan(look + timedelta(days=25))
    clock_at(noon_after(look + timedelta(days=1)))
    assert refused(patient.post("/api/trials", later))[0] == "trial_running"
    assert stop(patient, second).status_code == 200
    clock_at(noon_after(look + timedelta(days=2)))
    begun(patient, later)
    with app.app_context():
        trial = db.session.scalars(select(Trial).order_by(Trial.id)).first()
        assert trial
        assert (trial.finished_on, trial.looked_on) == (look, look + timedelta(days=1))


def test_the_nights_of_two_trials_are_compared_each_by_their_own_plan(
    app: Flask, patient: Person, clock_at: SetClock
) -> None:
    screened(patient)
    first = begun(patient)
    planned = assigned(patient, TOMORROW, TOMORROW + timedelta(days=8))
    clock_at(datetime.combine(TOMORROW + timedelta(days=9), time(9), UTC))
    stop(patient, first)
    start = TOMORROW + timedelta(days=10)
    second = begun(patient, plan(start))
    end = date.fromisoformat(second["end_date"])
    own = assigned(patient, start, end)
    clock_at(noon_after(end))
    keep(app, TOMORROW, [5] * 10, [*planned, None])
    keep(app, start, [1 if arm else 3 for arm in own], own)
    found = read(patient.get("/api/result"))
    assert (found["first_night"], found["last_night"]) == (start.isoformat(), end.isoformat())
    assert (found["cramps_on"], found["cramps_off"], found["adherence"]) == (27, 81, 1.0)


def test_a_trial_called_off_before_its_first_night_hides_no_result(
    app: Flask, patient: Person, clock_at: SetClock
) -> None:
    screened(patient)
    first = begun(patient)
    end = date.fromisoformat(first["end_date"])
    planned = assigned(patient, TOMORROW, end)
    clock_at(noon_after(end))
    keep(app, TOMORROW, [0 if arm else 2 for arm in planned], planned)
    found = read(patient.get("/api/result"))
    second = begun(patient, plan(end + timedelta(days=3)))
    assert stop(patient, second).status_code == 200
    clock_at(noon_after(end + timedelta(days=40)))
    later = read(patient.get("/api/result"))
    assert (later["state"], later["rate_ratio"]) == (found["state"], found["rate_ratio"])


@pytest.mark.parametrize("recorded", [0, 30])
def test_a_trial_to_come_is_silent(app: Flask, patient: Person, physician: Person, recorded: int) -> None:
    shared(patient, physician)
    screened(patient)
    start = TODAY + timedelta(days=20)
    begun(patient, plan(start))
    keep(app, TODAY - timedelta(days=recorded), [2] * recorded, [True] * recorded)
    result = read(patient.get("/api/result"))
    assert (result["state"], result["rate_ratio"], result["nights_recorded"]) == ("running", None, recorded)
    assert (result["nights_on"], result["nights_off"]) == (0, 0)
    assert [need["have"] for need in result["needs"]] == [0]
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert (row["state"], row["nights_recorded"]) == ("running", recorded)
    for chart in ("timeline", "comparison", "calendar"):
        assert physician.get(f"/api/patients/{patient.id}/charts/{chart}").status_code == 200
