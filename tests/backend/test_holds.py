"""A stop sign stands until somebody says that it is gone, or that a clinician agreed; nothing else ends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from backend.db import db
from backend.diary.models import NightSign
from backend.diary.night_fields import PROBLEMS
from backend.diary.signs import STOP_SIGNS
from backend.health import gate
from tests.backend.conftest import SetClock
from tests.backend.errors import pointers, refusal
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import Person, read, shared
from tests.backend.screenings import screened
from tests.backend.test_import import bring_in

pytestmark = pytest.mark.usefixtures("morning")
TODAY = NIGHT + timedelta(days=1)


def hold_of(patient: Person, day: date = TODAY) -> Any:
    (planned,) = read(patient.get(f"/api/plan?from={day}&to={day}"))
    return planned["hold"]


def code_of(patient: Person) -> str | None:
    hold = hold_of(patient)
    return hold and hold["code"]


def holds(patient: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(patient.get("/api/holds"))["holds"]
    return found


def end(patient: Person, code: str, how: str, *, on: date = TODAY, night_date: date | None = NIGHT) -> Any:
    sign = {"night_date": night_date and night_date.isoformat(), "code": code}
    return patient.post("/api/holds/ends", {"signs": [sign], "how": how, "on": on.isoformat()})


def correct(patient: Person, **changes: Any) -> None:
    assert patient.put(path_of(), night(**changes), headers={"If-Match": "*"}).status_code in {200, 201}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_stop_sign_holds_the_plan_from_its_night_on_and_other_problems_do_not(patient: Person, problem: str) -> None:
    record(patient, night(problems=[problem]))
    expected = {"code": problem, "since": NIGHT.isoformat()} if problem in STOP_SIGNS else None
    assert [hold_of(patient, NIGHT + timedelta(days=day)) for day in (-1, 0, 1, 90)] == [None, *[expected] * 3]


@pytest.mark.parametrize("code", STOP_SIGNS)
def test_what_stockings_did_to_the_skin_may_be_gone_and_all_else_needs_somebody_who_was_asked(
    patient: Person, code: str
) -> None:
    record(patient, night(problems=[code]))
    may_be_gone = code in {"pain", "swelling", "skin"}
    assert holds(patient)[0]["ends"] == (["gone", "asked"] if may_be_gone else ["asked"])
    gone = end(patient, code, "gone")
    assert (gone.status_code, code_of(patient)) == ((200, None) if may_be_gone else (422, code))
    assert end(patient, code, "asked").status_code == 200
    assert hold_of(patient) is None
    (told,) = holds(patient)
    assert (told["ends"], told["ended"]["how"], told["ended"]["on"]) == (
        [], "gone" if may_be_gone else "asked", TODAY.isoformat(),
    )  # fmt: skip


def test_a_later_night_a_correction_and_a_deletion_end_nothing(patient: Person, clock_at: SetClock) -> None:
    record(patient, night(problems=["numb", "cold_or_color"]))
    clock_at("2026-11-05T06:30:00+00:00")
    record(patient, night(NIGHT + timedelta(days=1), problems=[]))
    assert code_of(patient) == "numb"
    correct(patient, problems=["itch"])
    assert code_of(patient) == "numb"
    patient.delete(path_of(), headers={"If-Match": "*"})
    assert [code_of(patient), len(holds(patient))] == ["numb", 2]


def test_what_was_entered_by_mistake_ends_once_the_night_no_longer_says_it(patient: Person) -> None:
    record(patient, night(problems=["numb"]))
    refusal(end(patient, "numb", "mistake"), "conflict")
    assert code_of(patient) == "numb"
    correct(patient, problems=[])
    assert holds(patient)[0]["ends"] == ["asked", "mistake"]
    assert end(patient, "numb", "mistake").status_code == 200
    assert hold_of(patient) is None


def test_a_problem_that_comes_again_holds_again(patient: Person, clock_at: SetClock) -> None:
    record(patient, night(problems=["pain"]))
    assert end(patient, "pain", "gone").status_code == 200
    correct(patient, problems=["pain"], note="the same again changes nothing")
    assert hold_of(patient) is None
    correct(patient, problems=[])
    clock_at("2026-11-04T06:31:00+00:00")
    correct(patient, problems=["pain"])
    assert code_of(patient) == "pain"


def test_of_two_phones_the_stricter_counts(patient: Person, clock_at: SetClock) -> None:
    record(patient, night(problems=["pain"]))
    clock_at("2026-11-05T06:30:00+00:00")
    record(patient, night(TODAY, problems=["numb"]))
    # The other phone knew of the pain only.
    assert end(patient, "pain", "asked").status_code == 200
    assert hold_of(patient, TODAY + timedelta(days=1)) == {"code": "numb", "since": TODAY.isoformat()}


def test_of_several_signs_the_gravest_that_stands_on_a_day_is_said(patient: Person, clock_at: SetClock) -> None:
    record(patient, night(problems=["skin", "pain"]))
    clock_at("2026-11-05T06:30:00+00:00")
    record(patient, night(TODAY, problems=["breathless"]))
    assert [hold_of(patient, NIGHT + timedelta(days=day))["code"] for day in range(3)] == [
        "pain", "breathless", "breathless",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("yes", "flags", "code"),
    [
        *(((block,), (), block) for block in gate.BLOCKS),
        *(((), (flag,), "red_flag") for flag in (*gate.EMERGENCY, *gate.SAME_DAY)),
        *(((), (flag,), None) for flag in gate.SOON),
        (("diabetes",), (), None),
        (("claudication",), (), "abi_unknown"),
    ],
)
def test_a_screen_that_blocks_holds_the_plan(
    patient: Person, yes: tuple[str, ...], flags: tuple[str, ...], code: str | None
) -> None:
    screened(patient, *yes, red_flags=list(flags))
    assert hold_of(patient) == (code and {"code": code, "since": TODAY.isoformat()})


def test_other_answers_to_the_screen_end_nothing_by_themselves(patient: Person, clock_at: SetClock) -> None:
    screened(patient, "acute_dvt")
    assert end(patient, "acute_dvt", "gone", night_date=None).status_code == 422
    refusal(end(patient, "acute_dvt", "mistake", night_date=None), "conflict")
    clock_at("2026-11-06T09:00:00+00:00")
    assert screened(patient)["outcome"] == "free"
    assert code_of(patient) == "acute_dvt"
    assert holds(patient)[0]["ends"] == ["asked", "mistake"]
    assert end(patient, "acute_dvt", "asked", night_date=None, on=date(2026, 11, 5)).status_code == 200
    assert hold_of(patient) is None
    clock_at("2026-11-07T09:00:00+00:00")
    screened(patient, "acute_dvt")
    assert code_of(patient) is None
    assert hold_of(patient, date(2026, 11, 7)) == {"code": "acute_dvt", "since": "2026-11-07"}


def test_what_a_clinician_agreed_to_stays_agreed_when_the_screen_is_answered_again(
    patient: Person, clock_at: SetClock
) -> None:
    screened(patient, "leg_shape")
    assert end(patient, "leg_shape", "asked", night_date=None).status_code == 200
    clock_at("2026-11-06T09:00:00+00:00")
    screened(patient, "leg_shape", "acute_dvt")
    assert hold_of(patient, date(2026, 11, 6))["code"] == "acute_dvt"
    assert end(patient, "acute_dvt", "asked", night_date=None, on=date(2026, 11, 6)).status_code == 200
    assert hold_of(patient, date(2026, 11, 6)) is None


@pytest.mark.parametrize("on", [NIGHT - timedelta(days=1), TODAY + timedelta(days=1)])
def test_the_day_of_an_end_lies_between_the_sign_and_today(patient: Person, on: date) -> None:
    record(patient, night(problems=["pain"]))
    response = end(patient, "pain", "gone", on=on)
    assert pointers(response) == ["/on"]
    assert f"from {NIGHT}" in read(response)["errors"][0]["detail"]
    assert code_of(patient) == "pain"


def test_signs_end_all_or_none(patient: Person) -> None:
    record(patient, night(problems=["pain", "numb"]))
    signs = [{"night_date": NIGHT.isoformat(), "code": code} for code in ("pain", "numb")]
    told = {"signs": signs, "how": "gone", "on": TODAY.isoformat()}
    assert pointers(patient.post("/api/holds/ends", told)) == ["/how"]
    assert [hold["ended"] for hold in holds(patient)] == [None, None]
    assert patient.post("/api/holds/ends", told | {"how": "asked"}).status_code == 200
    assert hold_of(patient) is None


def test_an_end_that_is_sent_twice_ends_once_and_one_of_an_unknown_sign_is_refused(patient: Person) -> None:
    record(patient, night(problems=["pain"]))
    for _ in range(2):
        assert end(patient, "pain", "asked").status_code == 200
    assert len(holds(patient)) == 1
    refusal(end(patient, "skin", "gone"), "not-found")


def test_a_sign_that_was_corrected_before_it_was_sent_is_told_by_itself(patient: Person) -> None:
    record(patient, night(problems=[]))
    sign = {"night_date": NIGHT.isoformat(), "code": "numb"}
    for _ in range(2):
        assert patient.post("/api/holds", sign).status_code == 200
    (told,) = holds(patient)
    assert (told["code"], told["since"], told["ends"]) == ("numb", NIGHT.isoformat(), ["asked", "mistake"])
    late = {"night_date": (TODAY + timedelta(days=1)).isoformat(), "code": "numb"}
    assert pointers(patient.post("/api/holds", late)) == ["/night_date"]


def test_nobody_else_s_signs_are_read_or_ended(patient: Person, other_patient: Person) -> None:
    record(patient, night(problems=["pain"]))
    assert holds(other_patient) == []
    refusal(end(other_patient, "pain", "asked"), "not-found")
    assert code_of(patient) == "pain"


def test_a_physician_reads_every_sign_and_how_it_ended(patient: Person, physician: Person) -> None:
    record(patient, night(problems=["pain", "numb"]))
    end(patient, "pain", "gone")
    path = f"/api/patients/{patient.id}/holds"
    refusal(physician.get(path), "not-found")
    shared(patient, physician)
    assert read(physician.get(path))["holds"] == holds(patient)
    assert [hold["ended"] and hold["ended"]["how"] for hold in holds(patient)] == [None, "gone"]
    assert [entry["what"] for entry in read(patient.get("/api/access-log"))["entries"]] == ["health"]


def test_nights_from_a_file_hold_as_well(patient: Person, clock_at: SetClock) -> None:
    clock_at("2026-11-04T15:00:00+00:00")
    assert bring_in(patient, "night_date,cramps,problems\n2026-11-02,1,numb\n")["counts"]["add"] == 1
    assert hold_of(patient) == {"code": "numb", "since": "2026-11-02"}


def test_signs_of_nights_recorded_before_there_were_holds_are_found_by_the_migration(
    app: Flask, patient: Person
) -> None:
    record(patient, night(problems=["itch", "skin", "numb"]), night(NIGHT - timedelta(days=1), problems=[]))
    with app.app_context():
        downgrade(revision="0007")
        upgrade()
        found = db.session.scalars(select(NightSign).order_by(NightSign.id)).all()
        assert [(sign.night_date, sign.code) for sign in found] == [(NIGHT, "numb"), (NIGHT, "skin")]
    assert code_of(patient) == "numb"
