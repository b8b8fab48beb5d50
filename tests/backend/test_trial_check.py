"""The design check: what a plan can show before its trial starts."""

from typing import Any

import pytest

from analysis.design import check_design, draw_schedule
from backend.trials.service import TYPICAL_PER_WEEK
from tests.backend.errors import pointers
from tests.backend.people import Person, read

FIXED = {"design": "blocks", "blocks": 18, "block_nights": 3}
STAGED = {"design": "pairs", "pairs": 12, "block_nights": 3, "looks": [6, 9, 12]}


def checked(person: Person, plan: dict[str, Any]) -> dict[str, Any]:
    response = person.post("/api/trials/check", plan)
    assert response.status_code == 200, response.text
    return read(response)


def test_a_plan_is_checked_for_the_patient_who_asks(patient: Person) -> None:
    typical = checked(patient, FIXED)
    assert (typical["grade"], typical["exact"], typical["planned_nights"]) == ("A", True, 54)
    assert typical["rate"] == pytest.approx(TYPICAL_PER_WEEK / 7, abs=0.005)
    patient.patch("/api/me", {"usual_cramps_per_week": 14.0})
    often = checked(patient, FIXED)
    expected = check_design(draw_schedule(**FIXED, seed="another"), rate=2.0)
    assert (often["rate"], often["expected_power"]) == (2.0, expected.expected_power)
    assert often["expected_power"] > typical["expected_power"]
    assert often["nights_needed"] < typical["nights_needed"]
    assert read(patient.get("/api/trials")) == {"trials": []}


def test_few_pairs_are_not_called_exact(patient: Person) -> None:
    found = checked(patient, {"design": "pairs", "pairs": 4, "block_nights": 7})
    assert (found["grade"], found["exact"], found["smallest_p"]) == ("B", False, 1 / 16)
    assert "not_exact" in [remark["code"] for remark in found["remarks"]]


def test_a_staged_plan_says_that_it_may_finish_early(physician: Person) -> None:
    found = checked(physician, STAGED)
    assert found["expected_nights"] < found["planned_nights"] == 72
    assert "may_finish_early" in [remark["code"] for remark in found["remarks"]]


@pytest.mark.parametrize(("design", "grade"), [("before_after", "D"), ("observational", "C")])
def test_what_is_not_drawn_has_no_smallest_p_value(patient: Person, design: str, grade: str) -> None:
    found = checked(patient, {"design": design, "block_nights": 28})
    assert (found["grade"], found["exact"], found["smallest_p"], found["n_schedules"]) == (grade, False, None, None)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"design": "coin"}, "/design"),
        ({"blocks": 7}, "/blocks"),
        ({"blocks": "8"}, "/blocks"),
        ({"pairs": 4}, "/pairs"),
        ({"block_nights": 0}, "/block_nights"),
        ({"block_nights": 11}, "/block_nights"),
        ({"blocks": 2, "block_nights": 4}, "/block_nights"),
        ({"looks": [6]}, "/looks"),
        ({"expectation": 11}, "/expectation"),
        ({"exposure": "sometimes"}, "/exposure"),
        ({"max_run": 3}, "/max_run"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_field(patient: Person, changes: dict[str, Any], pointer: str) -> None:
    assert pointers(patient.post("/api/trials/check", FIXED | changes)) == [pointer]
