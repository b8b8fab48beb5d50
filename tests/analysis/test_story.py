"""What is said first of a result, and how a plan and what was worn stand side by side."""

from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import charts, compare, compare_cohort
from analysis.cohort import compare_each
from analysis.figures.labels import labels
from analysis.results import Comparison, Estimate
from analysis.story import FAVORABLE, STORIES, story_of
from analysis.telling.report import AGAINST, HEADLINES, cohort_report, patient_report
from tests.analysis.makers import cohort, diary, free_diary, pairs, trial

ESTIMATE = [field.name for field in fields(Estimate)]


def story(state: str, grade: str | None = "A", low: float | None = 0.5, high: float | None = 1.5) -> str:
    return story_of({"state": state, "grade": grade, "ci_low": low, "ci_high": high})


@pytest.mark.parametrize("state", ["help", "worse"])
def test_a_flag_without_a_draw_is_not_told_as_that_of_a_trial(state: str) -> None:
    assert [story(state, grade) for grade in "ABC"] == [state, state, f"{state}_unplanned"]


@pytest.mark.parametrize("state", ["fewer_unclear", "more_unclear", "running", "insufficient"])
def test_other_states_are_told_as_such_whatever_the_grade(state: str) -> None:
    assert {story(state, grade) for grade in (*"ABCD", None)} == {state}


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.4, 1.2, "no_clear_difference"),
        (0.79, 1.1, "no_clear_difference"),
        (0.9, 1.26, "no_clear_difference"),
        (0.8, 1.25, "much_alike"),
        (0.9, 1.1, "much_alike"),
        (None, None, "no_clear_difference"),
        (np.nan, np.nan, "no_clear_difference"),
    ],
)
def test_much_alike_is_said_only_of_an_interval_within_the_floors_of_a_flag(
    low: float | None, high: float | None, told: str
) -> None:
    assert story("no_clear_difference", "A", low, high) == told


def test_every_story_has_a_headline_and_a_name_in_the_charts() -> None:
    assert set(HEADLINES) == {*STORIES, "running", "insufficient"}
    for language in ("en", "es"):
        assert {name for name, _ in labels(language).states} == set(STORIES)


def flagged_diary() -> tuple[pd.DataFrame, Comparison]:
    frame = free_diary(6, rate=3.0, rate_ratio=0.2, logged=1.0)
    found = compare(frame)
    assert (found.state, found.grade) == ("help", "C")
    return frame, found


def test_the_command_says_at_once_that_a_diary_is_no_trial() -> None:
    frame, found = flagged_diary()
    told = patient_report(found)
    assert told.splitlines()[2] == "A diary, no trial: chance did not pick the nights. Fewer cramps with stockings."
    listed = cohort_report(compare_cohort(frame))
    for text in (told, listed):
        assert "seem to help" not in text


def test_what_speaks_against_the_veins_stands_beside_every_sign_of_help() -> None:
    for found in (flagged_diary()[1], compare(trial(2, rate=3.0, rate_ratio=0.2))):
        assert found.story in FAVORABLE
        assert "\n".join(AGAINST) in patient_report(found)
    more = compare(trial(2, rate=1.0, rate_ratio=3.0))
    assert AGAINST[0] not in patient_report(more)
    frame = cohort(3, 40, rate=3.0, rate_ratio=0.4)
    assert cohort_report(compare_cohort(frame)).count(AGAINST[0]) == 1
    for source in ("BMJ 1999;318:353", "71 %", "Rev Assoc Med Bras", "NCT04694417", "No finished\nstudy"):
        assert source in "\n".join(AGAINST)


def test_ranges_of_estimates_have_one_form() -> None:
    told = patient_report(compare(trial(2, rate=3.0, rate_ratio=0.2, adherence=0.8)))
    assert told.count("between ") == 6
    assert " to " not in "".join(line for line in told.splitlines() if "interval" in line or "anything" in line)
    listed = cohort_report(compare_cohort(cohort(2, 10)))
    assert "between 0." in listed


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("habits", [{"rate_ratio": 0.3}, {"rate_ratio": 2.5, "logged": 0.8}, {"rate": 0.05}])
def test_where_every_compared_night_was_worn_as_assigned_there_is_one_estimate(
    seed: int, habits: dict[str, float]
) -> None:
    found = compare(trial(seed, **habits))
    assert found.wear_unknown == 0
    assert found.as_worn is not None
    assert [getattr(found.as_worn, name) for name in ESTIMATE] == [getattr(found, name) for name in ESTIMATE]
    assert not found.as_worn_differs


def test_wear_on_nights_that_are_not_compared_splits_no_estimate() -> None:
    frame = trial(3, logged=0.8)
    unlogged = frame["cramps"].isna()
    frame.loc[unlogged, "stockings_day"] = 1 - frame.loc[unlogged, "assigned"]
    frame.loc[unlogged & (frame.index % 2 == 0), "stockings_day"] = np.nan
    assert not compare(frame).as_worn_differs


def test_one_night_worn_otherwise_makes_another_estimate_of_the_same_nights() -> None:
    frame = trial(3, logged=1.0)
    frame.loc[frame.index[7], "stockings_day"] = 1 - frame["assigned"].iloc[7]
    frame.loc[frame.index[20:22], ["stockings_day", "stockings_night"]] = np.nan
    found = compare(frame)
    assert found.wear_unknown == 2
    assert found.as_worn is not None
    assert found.as_worn_differs
    assert found.as_worn.nights_on + found.as_worn.nights_off == found.nights_on + found.nights_off - 2
    straight = compare(trial(3, logged=1.0))
    for name in ("p_help", "p_worse", "rate_ratio", "ci_low", "ci_high", "state"):
        assert getattr(found, name) == getattr(straight, name), name
    told = patient_report(found)
    assert "wear was not as assigned on 2% of nights of known\n" in told
    assert "nights of unknown wear left out: 2." in told


def test_nobody_elses_wear_moves_an_estimate() -> None:
    frame = cohort(5, 6, schedules=[pairs(seed=seed) for seed in range(6)], logged=1.0)
    frame.loc[frame.index[3], "stockings_day"] = 1 - frame["assigned"].iloc[3]
    together = compare_each(frame)
    alone = [compare(each) for _, each in frame.groupby("patient_id")]
    assert [found.as_worn_differs for found in together] == [True] + [False] * 5
    for one, other in zip(together, alone, strict=True):
        for name in ESTIMATE:
            assert getattr(one.as_worn, name) == pytest.approx(getattr(other.as_worn, name), rel=1e-9)


def test_without_a_schedule_or_an_answer_no_wear_is_counted_against_a_plan() -> None:
    for frame in (free_diary(3), trial(3).iloc[:9]):
        found = compare(frame)
        assert (found.wear_unknown, found.as_worn_differs) == (0, False)
        assert "s worn:" not in patient_report(found)


def rows_of(frame: pd.DataFrame, language: str = "en") -> list[str]:
    figure: Any = charts.comparison(frame, compare(frame), language=language)
    return list(figure.layout.yaxis.ticktext)


def test_the_chart_draws_one_estimate_once() -> None:
    kept, left = trial(2, rate=3.0), trial(2, rate=3.0, adherence=0.7)
    assert rows_of(kept) == ["As assigned<br>and worn"]
    assert rows_of(kept, "es") == ["Según el plan<br>y el uso"]
    assert rows_of(left) == ["As assigned", "As worn"]
    assert rows_of(free_diary(3)) == ["As worn"]


def test_an_overview_whose_arrows_go_on_says_so() -> None:
    frame = diary([0, 0, 0, 0, 0, 8, 9, 9, 8, 9] * 3, [1, 1, 1, 1, 1, 0, 0, 0, 0, 0] * 3)
    table = compare_cohort(frame)
    text = charts.overview(frame, table).layout.xaxis.title.text
    assert text.endswith("Arrow: the interval goes on beyond the picture. The patient's mark tells how far.")
    assert "Arrow" not in charts.overview(frame, table.assign(ci_low=0.2)).layout.xaxis.title.text


def test_an_overview_keeps_diaries_and_trials_apart() -> None:
    frame = pd.concat([trial(2, rate=3.0, rate_ratio=0.2), flagged_diary()[0].assign(patient_id=7)])
    table = compare_cohort(frame)
    assert list(table["state"]) == ["help", "help"]
    points = [trace for trace in charts.overview(frame, table).data if trace.ids is not None]
    assert [trace.name for trace in points] == ["Stockings seem to help", "Own diary, no trial: fewer cramps"]
    assert len({trace.marker.symbol for trace in points}) == 2


def test_charts_write_ratios_as_readers_of_a_language_do() -> None:
    assert [labels("en").ratio(ratio) for ratio in (0.714, 33.76)] == ["0.71", "33.8"]
    assert [labels("es").ratio(ratio) for ratio in (0.714, 33.76)] == ["0,71", "33,8"]
