import json
from dataclasses import FrozenInstanceError, asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import compare_cohort
from analysis.design import Schedule, check_design, default_schedule, draw_schedule, expected_power, nights_needed
from analysis.errors import InputError
from tests.analysis.makers import cohort, plans


def plan(design: str, **arguments: int | None) -> Schedule:
    return draw_schedule(design, **{"block_nights": 3, **arguments}, seed="any")


def codes(schedule: Schedule, rate: float = 1.5) -> list[str]:
    return [remark.code for remark in check_design(schedule, rate=rate, patients=50).remarks]


PLANS = {
    "A": [plan("pairs", pairs=5), plan("blocks", blocks=8), default_schedule("s"), default_schedule("s", staged=True)],
    "B": [plan("pairs", pairs=4, block_nights=7), plan("blocks", blocks=6, block_nights=4)],
    "C": [plan("observational", block_nights=40), plan("observational", block_nights=None)],
    "D": [plan("before_after", block_nights=5)],
}
GRADED = [(grade, schedule) for grade, schedules in PLANS.items() for schedule in schedules]


@pytest.mark.parametrize(("grade", "schedule"), GRADED)
def test_the_grade_is_that_of_the_design_and_only_a_is_exact(grade: str, schedule: Schedule) -> None:
    check = check_design(schedule, rate=1.5, patients=20)
    assert check.grade == grade
    assert check.exact == (grade == "A")
    assert check.planned_nights == schedule.planned_nights
    assert check.n_schedules == schedule.n_schedules
    assert check.smallest_p == (None if check.n_schedules is None else 1 / min(check.n_schedules, 4096))


@pytest.mark.parametrize(("grade", "schedule"), GRADED)
def test_the_comparison_gives_the_grade_that_the_check_announced(grade: str, schedule: Schedule) -> None:
    frame = cohort(5, 20, schedules=[schedule] * 20, rate=1.5, rate_ratio=0.5)
    assert set(compare_cohort(frame)["grade"].dropna()) == {grade}


@settings(max_examples=40, deadline=None)
@given(plans(), st.sampled_from([0.01, 0.4, 1.5, 8.0, 50.0]), st.sampled_from([None, 0.3]))
def test_every_plan_of_10_to_180_nights_can_be_checked(schedule: Schedule, rate: float, k: float | None) -> None:
    check = check_design(schedule, rate=rate, dispersion=k, patients=8)
    assert 0 <= check.expected_power <= 1
    assert 0 < check.expected_nights <= check.planned_nights
    assert check.nights_needed > 0


def test_a_staged_plan_may_finish_early() -> None:
    check = check_design(default_schedule("s", staged=True), rate=1.5)
    assert check.expected_nights < check.planned_nights == 72
    assert check.remarks[0].code == "may_finish_early"
    assert f"takes {check.expected_nights:.0f} of 72 nights" in check.remarks[0].text


def test_fewer_than_five_pairs_or_eight_blocks_are_not_called_exact() -> None:
    assert "not_exact" in codes(plan("pairs", pairs=4))
    assert "not_exact" not in codes(plan("pairs", pairs=5))
    assert "not_exact" in codes(plan("blocks", blocks=6))
    assert "not_exact" not in codes(plan("blocks", blocks=8))
    remark = check_design(plan("pairs", pairs=4), rate=1.5, patients=20).remarks[0]
    assert remark.text.startswith("Only 16 schedules are possible; an exact test needs 20 or more")
    assert "5 pairs of blocks or 8 balanced blocks" in remark.text


def test_before_and_after_has_no_power_and_says_why() -> None:
    check = check_design(plan("before_after", block_nights=7), rate=1.5)
    assert (check.grade, check.expected_power, check.power_error, check.expected_nights) == ("D", 0, 0, 14)
    assert [remark.code for remark in check.remarks] == ["before_after"]
    assert "never flagged" in check.remarks[0].text


def test_unplanned_wear_is_named_as_such() -> None:
    assert codes(plan("observational", block_nights=40))[0] == "unplanned"


def test_a_short_or_rarely_cramping_trial_hears_about_its_low_power() -> None:
    few = check_design(default_schedule("s"), rate=2.6 / 7, patients=100)
    assert [remark.code for remark in few.remarks] == ["low_power", "rare_cramps"]
    assert f"80% takes more than {few.nights_needed} nights" in few.remarks[0].text
    assert "more than the 180" in few.remarks[1].text
    assert codes(plan("pairs", pairs=30), rate=5.0) == []


def test_the_formula_is_not_quoted_for_a_plan_that_is_longer_and_yet_too_weak() -> None:
    check = check_design(plan("pairs", pairs=11), rate=1.5, patients=200)
    assert check.nights_needed < 66
    assert check.expected_power < 0.8
    assert check.remarks[0].text.endswith("80% is the usual aim.")


def test_the_check_is_the_same_for_every_draw_of_a_plan_and_at_every_view() -> None:
    assert check_design(default_schedule("a"), rate=1.5, patients=50) == check_design(
        default_schedule("b"), rate=1.5, patients=50
    )


def test_power_and_nights_needed_are_those_for_half_as_many_cramps() -> None:
    known = {"rate": 0.8, "dispersion": 2.0, "logged_share": 0.7}
    check = check_design(default_schedule("s"), **known, patients=200)
    assert check.nights_needed == nights_needed(**known, rate_ratio=0.5)
    assert check.expected_power == expected_power(default_schedule("s"), **known, rate_ratio=0.5, rng=0, patients=200)


def test_a_check_is_frozen_and_can_be_written_as_json() -> None:
    check = check_design(default_schedule("s", staged=True), rate=1.5, patients=20)
    with pytest.raises(FrozenInstanceError, match="grade"):
        check.grade = "B"
    assert json.loads(json.dumps(asdict(check), allow_nan=False))["grade"] == "A"


@pytest.mark.parametrize(
    "schedule", [plan("pairs", pairs=1), plan("before_after", block_nights=2), plan("pairs", pairs=31)]
)
def test_a_plan_of_fewer_than_10_or_more_than_180_nights_is_refused(schedule: Schedule) -> None:
    with pytest.raises(InputError, match=r"planned_nights: \d+ is not from 10 to 180"):
        check_design(schedule, rate=1.5)


def test_a_rate_that_nobody_has_is_refused() -> None:
    with pytest.raises(InputError, match=r"rate: -1 is not above 0 and at most 50"):
        check_design(default_schedule("s"), rate=-1)
