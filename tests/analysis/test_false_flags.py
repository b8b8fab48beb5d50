"""How often is the rule wrong? Null patients of several kinds, and patients whom stockings help."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from analysis import Rule, compare_cohort
from analysis.design import Schedule, draw_schedule
from analysis.simulate import Habits, simulate
from analysis.wear import unplanned_wear
from tests.analysis.makers import START, pairs

PATIENTS = 1500
# Three standard errors of a share of 5 %.
SLACK = 3 * (0.05 * 0.95 / PATIENTS) ** 0.5

Wear = npt.NDArray[np.float64] | None
Plans = list[Schedule]


def table(schedules: Plans, wear: Wear = None, *, seed: int = 20261103, **habits: float) -> pd.DataFrame:
    """Simulate patients of like plans and compare them."""
    frame = simulate(
        np.random.default_rng(seed),
        schedules=schedules,
        start=START,
        wear=wear,
        habits=Habits(**{"rate": 1.5, "spread": 0.4, "logged": 0.85} | habits),
    )
    return compare_cohort(frame.assign(night_date=pd.to_datetime(frame["night_date"])))


def few_pairs() -> tuple[Plans, Wear]:
    return [pairs(4, 7, seed) for seed in range(PATIENTS)], None


def unplanned(nights: int) -> tuple[Plans, Wear]:
    wear = unplanned_wear(np.random.default_rng(3), (PATIENTS, nights))
    return [draw_schedule("observational", block_nights=nights)] * PATIENTS, wear


def fixed_abab() -> tuple[Plans, Wear]:
    wear = np.tile(np.repeat([0.0, 1.0, 0.0, 1.0], 14), (PATIENTS, 1))
    return [draw_schedule("observational", block_nights=56)] * PATIENTS, wear


def milestones() -> tuple[Plans, Wear]:
    return [draw_schedule("observational", block_nights=None)] * PATIENTS, None


def before_after() -> tuple[Plans, Wear]:
    return [draw_schedule("before_after", block_nights=14)] * PATIENTS, None


NULL: list[tuple[Callable[[], tuple[Plans, Wear]], dict[str, float], float]] = [
    (few_pairs, {}, 0.94),
    (few_pairs, {"correlation": 0.6}, 0.90),
    (few_pairs, {"dispersion": 0.3}, 0.93),
    (few_pairs, {"trend": -1.5}, 0.94),
    (lambda: unplanned(28), {}, 0.94),
    (lambda: unplanned(28), {"dispersion": 0.3}, 0.88),
    (lambda: unplanned(56), {"dispersion": 1.0}, 0.92),
    (lambda: unplanned(56), {"correlation": 0.6}, 0.92),
    (fixed_abab, {"correlation": 0.6}, 0.90),
    (milestones, {"correlation": 0.6}, 0.92),
]


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "habits", "coverage"), NULL)
def test_without_an_effect_at_most_one_patient_in_twenty_is_flagged(
    plan: Callable[[], tuple[Plans, Wear]], habits: dict[str, float], coverage: float
) -> None:
    found = table(*plan(), **habits)
    assert set(found["grade"]) <= {"B", "C", "D"}
    for state in ("help", "worse"):
        assert (found["state"] == state).mean() <= 0.05 + SLACK
    known = found[found["rate_ratio"].notna()]
    assert ((known["ci_low"] <= 1) & (known["ci_high"] >= 1)).mean() >= coverage - SLACK


@pytest.mark.slow
def test_before_and_after_never_flags_even_where_cramps_go_away_by_themselves() -> None:
    states = table(*before_after(), trend=-2.0)["state"]
    assert not states.isin(["help", "worse"]).any()
    assert (states == "fewer_unclear").mean() > 0.2


@pytest.mark.slow
def test_milestones_flag_less_often_than_one_look_at_the_full_level() -> None:
    one_look = (table(*unplanned(56))["state"] == "help").mean()
    assert (table(*milestones())["state"] == "help").mean() < one_look


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plan", "power"), [(few_pairs, 0.59), (lambda: unplanned(56), 0.57), (lambda: unplanned(28), 0.28)]
)
def test_half_as_many_cramps_are_found_as_often_as_the_specification_measured(
    plan: Callable[[], tuple[Plans, Wear]], power: float
) -> None:
    found = table(*plan(), rate_ratio=0.5)
    assert (found["state"] == "help").mean() == pytest.approx(power, abs=0.07)
    known = found[found["rate_ratio"].notna()]
    assert 0.93 <= ((known["ci_low"] <= 0.5) & (known["ci_high"] >= 0.5)).mean() <= 0.99
    assert float(np.exp(np.log(known["rate_ratio"]).median())) == pytest.approx(0.5, rel=0.08)


def test_the_levels_and_bounds_are_those_that_were_measured() -> None:
    assert Rule() == Rule(
        flag_level=0.03,
        hint_level=0.025,
        milestones=(28, 56),
        milestone_flag_level=0.015,
        milestone_hint_level=0.0125,
        help_ratio=0.80,
        minimum_nights=4,
        minimum_cramps=5,
        minimum_changes=3,
        washout_nights=0,
    )
