import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import check_frame
from analysis.design import draw_schedule
from analysis.errors import InputError
from analysis.simulate import Habits, simulate, split_night
from tests.analysis.makers import START, cohort, pairs, trial


def test_the_same_seed_simulates_the_same_patients() -> None:
    assert_frame_equal(cohort(4, 5), cohort(4, 5))
    assert not cohort(4, 5)["cramps"].equals(cohort(5, 5)["cramps"])


def test_a_simulated_frame_is_a_frame() -> None:
    frame = cohort(4, 20, dispersion=0.5, correlation=0.5, weekend=0.3, trend=-1.0)
    assert len(check_frame(frame)) == len(frame)


def test_rates_are_those_asked_for() -> None:
    frame = cohort(6, 400, schedules=[pairs(seed=seed) for seed in range(400)], rate=1.5, rate_ratio=0.4, logged=0.9)
    means = frame.groupby("assigned")["cramps"].mean()
    # Ten standard errors and more.
    assert means[0] == pytest.approx(1.5, rel=0.03)
    assert means[1] == pytest.approx(0.6, rel=0.04)
    assert frame["cramps"].notna().mean() == pytest.approx(0.9, abs=0.01)


def test_dispersion_raises_the_variance_as_a_negative_binomial_does() -> None:
    frame = cohort(6, 400, schedules=[pairs(seed=seed) for seed in range(400)], rate=2.0, dispersion=1.0)
    assert frame["cramps"].var() == pytest.approx(6.0, rel=0.1)


def test_correlation_ties_neighboring_nights() -> None:
    frame = cohort(6, 300, schedules=[pairs(seed=seed) for seed in range(300)], rate=3.0, correlation=0.9, logged=1.0)
    nights = frame["cramps"].to_numpy().reshape(300, -1)
    assert np.corrcoef(nights[:, 1:].ravel(), nights[:, :-1].ravel())[0, 1] > 0.3


def test_volatility_widens_the_rates_of_a_correlated_diary_and_keeps_their_mean() -> None:
    schedules = [pairs(seed=seed) for seed in range(600)]
    calm, wild = (
        cohort(7, 600, schedules=schedules, rate=2.0, correlation=0.3, volatility=volatility)["cramps"]
        for volatility in (0.2, 0.8)
    )
    assert wild.mean() == pytest.approx(2.0, rel=0.04)
    # A Poisson count of log-normal rates has variance m + m²·(exp(σ²) − 1).
    assert calm.var() == pytest.approx(2 + 4 * np.expm1(0.04), rel=0.08)
    assert wild.var() == pytest.approx(2 + 4 * np.expm1(0.64), rel=0.15)


def test_zero_inflation_adds_nights_without_cramps_and_keeps_the_mean() -> None:
    frame = cohort(6, 400, schedules=[pairs(seed=seed) for seed in range(400)], rate=2.0, zero_inflation=0.4)
    assert frame["cramps"].mean() == pytest.approx(2.0, rel=0.04)
    none = 0.4 + 0.6 * np.exp(-2 / 0.6)
    assert (frame["cramps"].dropna() == 0).mean() == pytest.approx(none, abs=0.015)


def test_a_flare_raises_the_rate_from_its_start_to_its_end() -> None:
    habits = {"rate": 1.0, "flare": np.log(3), "flare_start": 0.0, "flare_end": 0.5, "logged": 1.0}
    frame = cohort(6, 400, schedules=[pairs(seed=seed) for seed in range(400)], **habits)
    by_night = frame["cramps"].to_numpy().reshape(400, -1).mean(axis=0)
    assert by_night[:27] == pytest.approx(np.full(27, 3.0), abs=0.45)
    assert by_night[27:] == pytest.approx(np.full(27, 1.0), abs=0.3)


def test_calm_nights_of_one_arm_can_go_unrecorded() -> None:
    schedules = [pairs(seed=seed) for seed in range(300)]
    even = cohort(6, 300, schedules=schedules, rate=1.0, logged=1.0)
    uneven = cohort(6, 300, schedules=schedules, rate=1.0, logged=1.0, skipped_off=0.8)
    off, missing = even["assigned"] == 0, uneven["cramps"].isna()
    assert not missing[~off].any()
    assert not missing[even["cramps"] > 0].any()
    assert missing[off & (even["cramps"] == 0)].mean() == pytest.approx(0.8, abs=0.03)


def test_wear_can_follow_the_cramps() -> None:
    frame = simulate(
        np.random.default_rng(1),
        schedules=[draw_schedule("observational", block_nights=28)] * 20,
        start=START,
        habits=Habits(logged=1.0),
        wear=lambda _, cramps: (cramps > 1).astype(float),
    )
    assert frame["stockings_day"].tolist() == (frame["cramps"] > 1).astype(float).tolist()


def test_wear_that_follows_the_cramps_cannot_also_change_them() -> None:
    with pytest.raises(InputError, match="must be 1 where wear follows the cramps"):
        simulate(
            np.random.default_rng(1),
            schedules=[draw_schedule("observational", block_nights=28)],
            start=START,
            habits=Habits(rate_ratio=0.5),
            wear=lambda _, cramps: (cramps > 1).astype(float),
        )


def test_adherence_is_the_share_of_nights_worn_as_assigned() -> None:
    frame = cohort(6, 200, schedules=[pairs(seed=seed) for seed in range(200)], adherence=0.8, logged=1.0)
    assert (frame["stockings_day"] == frame["assigned"]).mean() == pytest.approx(0.8, abs=0.015)


def test_stockings_are_worn_when_the_trial_tests_them() -> None:
    frame = simulate(np.random.default_rng(1), schedules=[pairs()], start=START, exposure="night")
    assert frame["stockings_night"].max() == 1
    assert frame["stockings_day"].max() == 0


def test_a_diary_can_be_cut_short_or_run_beyond_its_plan() -> None:
    short, long = cohort(1, 1, schedules=[pairs()], nights=10), cohort(1, 1, schedules=[pairs()], nights=60)
    assert (len(short), len(long)) == (10, 60)
    assert long["assigned"].isna().sum() == 6
    assert set(short["planned_nights"]) == {54}


def test_wear_can_be_given() -> None:
    wear = np.array([[0.0, 1.0] * 14])
    schedules = [draw_schedule("observational", block_nights=None)]
    frame = simulate(
        np.random.default_rng(1), schedules=schedules, start=START, nights=28, wear=wear, habits=Habits(logged=1.0)
    )
    assert frame["stockings_day"].tolist() == wear[0].tolist()
    assert frame["night_date"].iloc[0] == dt.date(2026, 11, 2)


@settings(max_examples=100)
@given(st.integers(0, 12), st.floats(0, 60), st.integers(1, 10), st.integers(0, 2**32))
def test_a_split_night_adds_up(cramps: int, more: float, worst: int, seed: int) -> None:
    minutes = round(0.5 * cramps + more, 1) if cramps else 0.0
    parts = split_night(np.random.default_rng(seed), cramps, minutes, worst)
    assert len(parts) == cramps
    assert sum(duration for duration, _ in parts) == pytest.approx(minutes)
    assert max((pain for _, pain in parts), default=worst) == worst
    assert all(duration >= 0.1 and 0 <= pain <= 10 for duration, pain in parts)


def test_simulated_totals_can_always_be_split() -> None:
    frame = trial(5, rate=4.0, logged=1.0)
    for cramps, minutes, pain in frame[["cramps", "cramp_minutes", "worst_pain"]].to_numpy():
        parts = split_night(np.random.default_rng(1), int(cramps), minutes, pain)
        assert sum(duration for duration, _ in parts) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("habits", "message"),
    [
        ({"logged": 1.2}, "logged: 1.2 is not from 0 to 1"),
        ({"zero_inflation": 1.0}, "zero_inflation: 1.0 is not from 0 to 0.99"),
        ({"skipped_off": -0.1}, "skipped_off: -0.1 is not from 0 to 1"),
        ({"rate": -1.0}, "rate: -1.0 is below 0"),
        ({"volatility": -0.5}, "volatility: -0.5 is below 0"),
        ({"dispersion": float("nan")}, "dispersion: nan is below 0"),
    ],
)
def test_impossible_habits_are_refused(habits: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Habits(**habits)
