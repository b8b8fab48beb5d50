"""How often is the comparison wrong? Patients on whom stockings have no effect, and some whom they help."""

from functools import partial

import pytest

from analysis import Rule
from tests.analysis.measuring import SCENARIOS, error, measured_now

NULL, POWER = SCENARIOS["null"], SCENARIOS["power"]
of_null, of_power = (partial(measured_now, table) for table in ("null", "power"))
# Three standard errors of a share of 5 %.
SLACK = 3 * error(0.05)
GRADES = {
    "randomized": "A",
    "staged": "A",
    "few_blocks": "B",
    "unplanned": "C",
    "alternating": "C",
    "milestones": "C",
    "before_after": "D",
}
# Where the model does not hold: the coverage that the specification measured, less 2 points.
COVERAGE = {
    ("randomized", "overdispersed"): 0.923,
    ("randomized", "strongly_overdispersed"): 0.905,
    ("randomized", "zero_inflated"): 0.923,
    ("randomized", "correlated"): 0.904,
    ("randomized", "strongly_correlated"): 0.904,
    ("randomized", "calm_nights_off_unlogged"): 0.789,
    ("staged", "overdispersed"): 0.923,
    ("staged", "strongly_correlated"): 0.904,
    ("staged", "calm_nights_off_unlogged"): 0.789,
    ("few_blocks", "strongly_correlated"): 0.899,
    ("unplanned", "overdispersed"): 0.916,
    ("unplanned", "strongly_overdispersed"): 0.881,
    ("unplanned", "zero_inflated"): 0.916,
    ("unplanned", "correlated"): 0.916,
    ("unplanned", "strongly_correlated"): 0.916,
    ("unplanned", "wear_after_a_bad_night"): 0.92,
    ("unplanned", "wear_after_a_bad_spell"): 0.92,
    ("unplanned", "wear_stopped_in_a_bad_spell"): 0.92,
    ("alternating", "strongly_correlated"): 0.90,
    ("milestones", "strongly_correlated"): 0.916,
    ("before_after", "started_after_a_bad_spell"): 0.87,
}  # What the specification measured in patients whom stockings help: share found, and nights until a flag or the end.
MEASURED_POWER = {
    "randomized poisson pairs 9x3 1.5 a night 0.3": 0.88,
    "randomized poisson pairs 9x3 1.5 a night 0.5": 0.59,
    "randomized poisson pairs 9x3 1.5 a night 0.7": 0.26,
    "randomized poisson pairs 14x2 1.5 a night 0.5": 0.64,
    "randomized poisson pairs 14x3 1.5 a night 0.5": 0.78,
    "randomized poisson blocks 14x4 1.5 a night 0.5": 0.60,
    "staged poisson pairs 12x3 6-9-12 1.5 a night 0.3": 0.93,
    "staged poisson pairs 12x3 6-9-12 1.5 a night 0.5": 0.66,
    "staged poisson pairs 12x3 6-9-12 1.5 a night 0.7": 0.30,
    "staged poisson pairs 14x3 10-14 1.5 a night 0.5": 0.76,
    "staged poisson pairs 18x3 9-12-15-18 1.5 a night 0.5": 0.83,
    "few_blocks poisson pairs 4x7 1.5 a night 0.5": 0.59,
    "unplanned poisson observational 28 1.5 a night 0.5": 0.28,
    "unplanned poisson observational 56 1.5 a night 0.5": 0.57,
}
MEASURED_NIGHTS = {
    "staged poisson pairs 12x3 6-9-12 1.5 a night 0.3": 52,
    "staged poisson pairs 12x3 6-9-12 1.5 a night 0.5": 61,
    "staged poisson pairs 12x3 6-9-12 1.5 a night 0.7": 68,
    "staged poisson pairs 14x3 10-14 1.5 a night 0.5": 71,
    "staged poisson pairs 18x3 9-12-15-18 1.5 a night 0.5": 79,
}
# Elsewhere time, wear that follows the cramps or uneven logging moves the estimate, or there are too few nights.
UNBIASED = [
    name
    for name in NULL
    if name.startswith(("randomized", "staged", "few_blocks", "alternating", "unplanned"))
    and "off_unlogged" not in name
    and "bad" not in name
]

pytestmark = pytest.mark.slow


def named(family: str, scenario: str, table: dict[str, object] = NULL) -> list[str]:
    return [name for name in table if name.startswith(f"{family} {scenario} ")]


def test_there_are_enough_kinds_of_patients() -> None:
    assert len(NULL) >= 40


@pytest.mark.parametrize("name", NULL)
def test_without_an_effect_at_most_one_patient_in_twenty_is_flagged(name: str) -> None:
    found = of_null(name)
    assert found["help"] <= 0.05 + SLACK
    assert found["worse"] <= 0.05 + SLACK


@pytest.mark.parametrize("name", NULL)
def test_the_interval_holds_the_truth_as_often_as_it_says(name: str) -> None:
    found = of_null(name)
    least = COVERAGE.get((found["family"], found["scenario"]), 0.93)
    # Before-and-after intervals are wider than they need to be; the others are not to be.
    most = 1.0 if found["grade"] == "D" else 0.98
    assert least - SLACK <= found["coverage"] <= most + SLACK


@pytest.mark.parametrize("name", NULL)
def test_each_family_has_the_grade_that_its_plan_earns(name: str) -> None:
    found = of_null(name)
    assert found["grade"] == GRADES[found["family"]]


@pytest.mark.parametrize("name", [name for name in NULL if name.startswith(("randomized", "staged"))])
def test_an_exact_test_gives_no_hints(name: str) -> None:
    assert of_null(name)["unclear"] == 0


@pytest.mark.parametrize("name", [name for name in NULL if name.startswith("before_after")])
def test_before_and_after_is_never_flagged(name: str) -> None:
    found = of_null(name)
    assert found["help"] == found["worse"] == 0


@pytest.mark.parametrize("name", named("before_after", "improvement") + named("before_after", "flare_at_the_start"))
def test_cramps_that_go_away_by_themselves_are_called_unclear(name: str) -> None:
    assert 0.12 <= of_null(name)["unclear"] <= 0.36


@pytest.mark.parametrize("name", named("before_after", "poisson"))
def test_steady_cramps_are_seldom_called_unclear(name: str) -> None:
    assert of_null(name)["unclear"] <= 0.056 + SLACK


@pytest.mark.parametrize(
    "name", named("unplanned", "weekday_wear_weekend_cramps") + named("unplanned", "wear_grows_while_cramps_fall")
)
def test_a_difference_that_weekdays_or_trend_explain_is_called_unclear(name: str) -> None:
    assert of_null(name)["unclear"] >= 0.06


@pytest.mark.parametrize("name", UNBIASED)
def test_without_an_effect_the_ratio_is_one(name: str) -> None:
    assert of_null(name)["median_ratio"] == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("name", [name for name in POWER if not name.startswith("staged")])
def test_the_ratio_is_the_one_that_was_simulated(name: str) -> None:
    found = of_power(name)
    assert found["median_ratio"] == pytest.approx(found["rate_ratio"], rel=0.06)
    assert 0.93 - SLACK <= found["coverage"] <= 0.98 + SLACK


@pytest.mark.parametrize(("name", "power"), MEASURED_POWER.items())
def test_patients_whom_stockings_help_are_found_as_often_as_the_specification_measured(name: str, power: float) -> None:
    # The specification's own figures come from as few patients.
    assert of_power(name)["help"] == pytest.approx(power, abs=4 * error(power) * 2**0.5)


@pytest.mark.parametrize(("name", "nights"), MEASURED_NIGHTS.items())
def test_staged_trials_take_as_many_nights_as_the_specification_measured(name: str, nights: float) -> None:
    assert of_power(name)["nights_used"] == pytest.approx(nights, abs=2)


@pytest.mark.parametrize("name", SCENARIOS["biased"])
def test_uneven_logging_of_an_unplanned_diary_misleads_and_the_table_says_so(name: str) -> None:
    found = measured_now("biased", name)
    assert found["median_ratio"] < 0.85
    assert found["help"] > 0.03


def test_two_milestones_find_nearly_as_many_as_one_look_at_their_end() -> None:
    looked_twice, once = (
        of_power(name)["help"]
        for name in (
            "milestones poisson observational 1.5 a night 0.5",
            "unplanned poisson observational 56 1.5 a night 0.5",
        )
    )
    assert 0.46 - SLACK <= looked_twice < once


def test_the_levels_and_bounds_are_those_that_were_measured() -> None:
    rule = Rule()
    assert rule.exact_level == 0.05
    assert (rule.flag_level, rule.hint_level) == (0.03, 0.025)
    assert (rule.milestones, rule.milestone_flag_level, rule.milestone_hint_level) == ((28, 56), 0.015, 0.0125)
    assert (rule.help_ratio, rule.minimum_nights, rule.minimum_cramps) == (0.80, 4, 5)
    assert (rule.minimum_changes, rule.washout_nights) == (3, 0)
