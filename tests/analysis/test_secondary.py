from dataclasses import astuple, replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from analysis import compare
from analysis.comparison.nights import Nights
from analysis.comparison.secondary import (
    SECONDARY,
    Secondary,
    cramp_free_difference,
    minutes_ratio,
    nap,
    secondary_outcomes,
)
from analysis.simulate import Habits, simulate
from tests.analysis.makers import START, pairs, trial
from tests.analysis.straight import model_m

Floats = npt.NDArray[np.float64]

METHODS = ("model_crude", "model_trend", "model_adjusted")
# Halves and tenths tie as whole numbers do.
VALUES = st.lists(st.sampled_from([0.0, 0.0, 0.1, 0.5, 1.0, 2.0, 2.5, 3.0, 10.0, 250.0]), min_size=2, max_size=9)
COUNTS = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda pair: (min(pair), pair[1]))


def spread(cramps: npt.ArrayLike, arm: npt.ArrayLike, minutes: npt.ArrayLike, pain: npt.ArrayLike) -> Nights:
    """Write nights from a Monday on, patients × nights."""
    cramps, arm, minutes, pain = (np.atleast_2d(np.array(each, dtype=float)) for each in (cramps, arm, minutes, pain))
    start = np.full(len(cramps), np.datetime64(START, "D").astype(np.int64))
    return Nights(
        cramps=cramps,
        assigned=arm,
        worn=arm,
        washout=np.zeros(cramps.shape, dtype=bool),
        block=np.full(cramps.shape, np.nan),
        minutes=minutes,
        pain=pain,
        start=start,
        length=np.full(len(cramps), cramps.shape[1]),
    )


def simulated(seed: int, n: int, *, n_pairs: int = 9, **habits: float) -> Nights:
    """Simulate trials of pairs of three nights."""
    schedules = [pairs(n_pairs, seed=number) for number in range(n)]
    habit = Habits(**{"spread": 0.4} | habits)
    frame = simulate(np.random.default_rng(seed), schedules=schedules, start=START, habits=habit)
    return spread(*(cells(frame, name, n) for name in ("cramps", "assigned", "cramp_minutes", "worst_pain")))


def cells(frame: pd.DataFrame, name: str, n: int) -> Floats:
    return frame[name].to_numpy(dtype=float).reshape(n, -1)


def outcomes(nights: Nights, *, method: str = "model_trend", minimum: int = 4, **changes: Floats) -> Secondary:
    """Compare all recorded nights of all patients who have enough of them."""
    nights = replace(nights, **changes)
    used = nights.logged & ~np.isnan(nights.worn)
    on, off = ((used & (nights.worn == side)).sum(axis=1) for side in (1, 0))
    who = (np.minimum(on, off) >= minimum) & (np.where(used, nights.cramps, 0).sum(axis=1) >= 5)
    methods = np.full(len(who), method)
    return secondary_outcomes(nights, nights.worn, used, methods, who, minimum_nights=minimum)


def loop_nap(off: list[float], on: list[float]) -> tuple[float, float]:
    """Count pair by pair; the square of the share is estimated from pairs that have no night in common."""
    score = {(i, j): (a > b) + (a == b) / 2 for (i, a), (j, b) in product(enumerate(off), enumerate(on))}
    share = sum(score.values()) / len(score)
    apart = [first * other for (i, j), first in score.items() for (k, m), other in score.items() if i != k and j != m]
    rest = (len(off) - 1) * (len(on) - 1)
    step = 1 / (2 * len(score))
    return share, max(share**2 - sum(apart) / len(apart), step * (1 - step) / rest) ** 0.5


def series(off: list[float], on: list[float]) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    arm = np.array([[0.0] * len(off) + [1.0] * len(on)])
    return np.array([[*off, *on]]), arm, np.ones_like(arm, dtype=bool)


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


NIGHTS = simulated(5, 24, rate_ratio=0.6, dispersion=1.0, logged=0.8)


def test_the_columns_are_those_of_the_specification() -> None:
    specified = ["cramp_free_diff", "cramp_free_low", "cramp_free_high", "minutes_ratio", "minutes_low", "minutes_high"]
    assert list(SECONDARY[:8]) == [*specified, "pain_nap", "pain_se"]
    assert list(SECONDARY[8:]) == ["cramps_nap", "cramps_se", "pain_mean_on", "pain_mean_off"]


@given(VALUES, VALUES)
def test_nonoverlap_and_its_error_are_those_of_a_loop_over_pairs(off: list[float], on: list[float]) -> None:
    share, error = nap(*series(off, on))
    assert_allclose((share[0], error[0]), loop_nap(off, on), rtol=1e-9, atol=1e-12)


@given(VALUES, VALUES, st.randoms(use_true_random=False))
def test_neither_the_order_of_nights_nor_the_scale_changes_nonoverlap(off: list, on: list, random) -> None:
    values, arm, used = series(off, on)
    order = list(range(values.shape[1]))
    random.shuffle(order)
    assert_array_equal(nap(values[:, order], arm[:, order], used), nap(values, arm, used))
    assert_array_equal(nap(np.sqrt(values) + 7, arm, used), nap(values, arm, used))


@given(VALUES, VALUES)
def test_swapped_arms_mirror_nonoverlap(off: list[float], on: list[float]) -> None:
    values, arm, used = series(off, on)
    (share, error), (mirrored, same) = nap(values, arm, used), nap(values, 1 - arm, used)
    assert_allclose(mirrored, 1 - share, atol=1e-12)
    assert_allclose(same, error, rtol=1e-9, atol=1e-12)


def test_nonoverlap_needs_a_night_in_each_arm_and_its_error_two() -> None:
    share, error = nap(*series([3.0, 2.0], [1.0]))
    assert share[0] == 1.0
    assert np.isnan(error[0])
    assert np.isnan(nap(*series([], [1.0, 2.0]))).all()
    assert nap(np.zeros((0, 5)), np.zeros((0, 5)), np.zeros((0, 5), dtype=bool))[0].shape == (0,)


def test_nights_that_are_not_used_or_not_known_do_not_enter_nonoverlap() -> None:
    values, arm, used = series([3.0, 2.0, 0.0, 4.0], [1.0, 2.0, 9.0])
    values[0, 2], used[0, 6] = np.nan, False
    assert_allclose([each[0] for each in nap(values, arm, used)], loop_nap([3.0, 2.0, 4.0], [1.0, 2.0]))


@given(COUNTS, COUNTS)
def test_the_interval_of_a_difference_contains_it_mirrors_and_stays_in_bounds(
    on: tuple[int, int], off: tuple[int, int]
) -> None:
    difference, low, high = cramp_free_difference(*on, *off)
    assert -1 <= low <= difference <= high <= 1
    assert_allclose(cramp_free_difference(*off, *on), (-difference, -high, -low), atol=1e-15)
    assert float(high - low) > float(np.subtract(*cramp_free_difference(*(4 * n for n in (*on, *off)))[:0:-1]))


def test_an_arm_without_nights_has_no_difference_of_shares() -> None:
    assert np.isnan(cramp_free_difference([0, 3], [0, 9], [3, 0], [9, 0])).all()


@pytest.mark.parametrize("method", ["model_trend", "model_adjusted"])
def test_minutes_are_compared_as_the_plain_loop_compares_counts(method: str) -> None:
    found = outcomes(NIGHTS, method=method)
    for patient, (minutes, worn) in enumerate(zip(NIGHTS.minutes, NIGHTS.worn, strict=True)):
        night = [None if np.isnan(value) else value for value in minutes]
        expected = model_m(night, list(worn), 0, adjusted=True, weekend_too=method == "model_adjusted")
        ours = [values[patient] for values in (found.minutes_ratio, found.minutes_low, found.minutes_high)]
        assert_allclose(ours, [expected[name] for name in ("rate_ratio", "ci_low", "ci_high")], rtol=1e-8)


def test_the_other_outcomes_are_those_of_a_loop_over_nights() -> None:
    found = outcomes(NIGHTS)
    for patient, row in enumerate(zip(NIGHTS.cramps, NIGHTS.pain, NIGHTS.worn, strict=True)):
        nights = [night for night in zip(*row, strict=True) if not np.isnan(night[0])]
        on, off = ([night for night in nights if night[2] == side] for side in (1, 0))
        shares = [mean([float(cramps == 0) for cramps, *_ in arm]) for arm in (on, off)]
        assert found.cramp_free_diff[patient] == pytest.approx(shares[0] - shares[1], abs=1e-12)
        for name, at in (("cramps", 0), ("pain", 1)):
            ours = [getattr(found, f"{name}_{part}")[patient] for part in ("nap", "se")]
            assert_allclose(ours, loop_nap([night[at] for night in off], [night[at] for night in on]), rtol=1e-9)
        for arm, values in ((on, found.pain_mean_on), (off, found.pain_mean_off)):
            assert values[patient] == pytest.approx(mean([pain for cramps, pain, _ in arm if cramps]), nan_ok=True)


def test_swapped_arms_mirror_every_outcome() -> None:
    found, swapped = outcomes(NIGHTS), outcomes(NIGHTS, worn=1 - NIGHTS.worn)
    assert_allclose(swapped.cramp_free_diff, -found.cramp_free_diff, atol=1e-12)
    assert_allclose((swapped.cramp_free_low, swapped.cramp_free_high), (-found.cramp_free_high, -found.cramp_free_low))
    assert_allclose(swapped.minutes_ratio, 1 / found.minutes_ratio, rtol=1e-8)
    assert_allclose((swapped.minutes_low, swapped.minutes_high), (1 / found.minutes_high, 1 / found.minutes_low), 1e-8)
    assert_allclose((swapped.pain_nap, swapped.cramps_nap), (1 - found.pain_nap, 1 - found.cramps_nap), atol=1e-12)
    assert_allclose((swapped.pain_se, swapped.cramps_se), (found.pain_se, found.cramps_se), rtol=1e-9)
    assert_array_equal((swapped.pain_mean_on, swapped.pain_mean_off), (found.pain_mean_off, found.pain_mean_on))


def test_other_patients_do_not_change_a_patients_outcomes() -> None:
    together = outcomes(NIGHTS)
    for patient in (0, 7, 23):
        alone = outcomes(NIGHTS.take(np.array([patient])))
        assert_allclose(np.ravel(astuple(alone)), [values[patient] for values in astuple(together)], rtol=1e-9)


def test_missing_minutes_and_pain_drop_nights_of_that_outcome_alone() -> None:
    gaps = np.random.default_rng(2).random(NIGHTS.cramps.shape) < 0.3
    full, fewer = outcomes(NIGHTS), outcomes(NIGHTS, minutes=np.where(gaps, np.nan, NIGHTS.minutes))
    changed = {name for name in SECONDARY if not np.array_equal(getattr(full, name), getattr(fewer, name))}
    assert changed == {"minutes_ratio", "minutes_low", "minutes_high"}
    zeros = outcomes(NIGHTS, minutes=np.where(gaps, 0.0, NIGHTS.minutes))
    assert not np.isclose(fewer.minutes_ratio, zeros.minutes_ratio, rtol=1e-3).any()
    painless = outcomes(NIGHTS, pain=np.where(gaps, np.nan, NIGHTS.pain))
    changed = {name for name in SECONDARY if not np.array_equal(getattr(full, name), getattr(painless, name), True)}
    assert changed == {"pain_nap", "pain_se", "pain_mean_on", "pain_mean_off"}


def test_minutes_of_a_night_without_recorded_cramps_count_nowhere() -> None:
    assert (~NIGHTS.logged).any()
    invented = outcomes(NIGHTS, method="model_adjusted", minutes=np.where(NIGHTS.logged, NIGHTS.minutes, 99.0))
    expected = outcomes(NIGHTS, method="model_adjusted")
    assert_array_equal(invented.minutes_ratio, expected.minutes_ratio)


@pytest.mark.parametrize(("known", "answered"), [(3, False), (4, True)])
def test_minutes_and_pain_need_the_minimum_of_nights_in_each_arm(known: int, answered: bool) -> None:
    cramps, worn = [1.0, 2.0] * 8, [0.0] * 8 + [1.0] * 8
    partly = [5.0, 9.0] * 4 + [4.0, 7.0] * (known // 2) + [6.0] * (known % 2) + [np.nan] * (8 - known)
    found = outcomes(spread(cramps, worn, partly, partly))
    for name in ("minutes_ratio", "minutes_low", "minutes_high", "pain_nap", "pain_se"):
        assert np.isfinite(getattr(found, name)[0]) == answered
    assert np.isfinite([found.cramp_free_diff[0], found.cramps_nap[0], found.pain_mean_on[0]]).all()


def test_patients_who_are_not_compared_get_mean_pain_only() -> None:
    cramps, worn, pain = [1.0, 0.0, 2.0, 1.0, 3.0], [1.0, 1.0, 1.0, 0.0, 0.0], [4.0, 0.0, 6.0, 2.0, 3.0]
    found = outcomes(spread(cramps, worn, pain, pain))
    assert [float(found.pain_mean_on[0]), float(found.pain_mean_off[0])] == [5.0, 2.5]
    assert np.isnan([getattr(found, name)[0] for name in SECONDARY[:10]]).all()


@pytest.mark.parametrize("without", [0.0, 1.0])
def test_an_arm_without_minutes_has_a_finite_interval_around_its_estimate(without: float) -> None:
    worn = [0.0, 1.0] * 14
    minutes = [0.0 if arm == without else 6.0 + night % 3 for night, arm in enumerate(worn)]
    cramps = [float(value > 0) for value in minutes]
    found = outcomes(spread(cramps, worn, minutes, minutes))
    # Half a minute goes to both arms.
    crude = outcomes(spread(cramps, worn, minutes, minutes), method="model_crude").minutes_ratio[0]
    assert crude == pytest.approx((0.5 / (sum(minutes) + 0.5)) ** (1 if without else -1), rel=1e-6)
    assert 0 < found.minutes_low[0] < found.minutes_ratio[0] < found.minutes_high[0] < np.inf
    assert (found.minutes_high[0] < 0.2) if without else (found.minutes_low[0] > 5)


def test_cramps_without_any_minutes_have_no_ratio_of_minutes() -> None:
    nights = spread([1.0] * 20, [0.0, 1.0] * 10, [0.0] * 20, [3.0] * 20)
    found = outcomes(nights)
    assert np.isnan([found.minutes_ratio, found.minutes_low, found.minutes_high]).all()
    assert found.pain_nap[0] == found.cramps_nap[0] == 0.5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 1.0]), st.one_of(st.just(0.0), st.floats(0.1, 1440), st.just(np.nan))),
        min_size=10,
        max_size=60,
    ),
    st.sampled_from(METHODS),
)
def test_any_minutes_get_a_whole_answer_or_none(nights: list[tuple[float, float]], method: str) -> None:
    worn, minutes = np.array(nights).T
    cramps = np.where(minutes == 0, 0.0, 5.0)
    found = outcomes(spread(cramps, worn, minutes, cramps), method=method)
    ratio, low, high = found.minutes_ratio[0], found.minutes_low[0], found.minutes_high[0]
    assert np.isnan([ratio, low, high]).all() or 0 <= low <= ratio <= high < np.inf


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3, 1e6])
def test_one_night_that_holds_all_minutes_stops_nobody(scale: float) -> None:
    minutes = np.where(np.arange(54) == 20, NIGHTS.minutes * scale, 0.0 * NIGHTS.minutes)
    for method in METHODS:
        found = outcomes(NIGHTS, minutes=minutes, method=method)
        known = ~np.isnan(found.minutes_ratio)
        assert known.any()
        assert np.isfinite(found.minutes_high[known]).all()


def test_limits_that_overflow_are_no_answer() -> None:
    nights = simulated(3, 40, n_pairs=5)
    rng = np.random.default_rng(1)
    wild = nights.minutes * np.exp(rng.normal(0, 6, nights.minutes.shape))
    used = nights.logged
    methods, everyone = np.full(40, "model_adjusted"), np.ones(40, dtype=bool)
    found = minutes_ratio(replace(nights, minutes=wild), nights.worn, used, methods, everyone, minimum_nights=4)
    assert np.isnan(found).any()
    assert (np.isnan(found).all(axis=0) | np.isfinite(found).all(axis=0)).all()


@pytest.mark.slow
@pytest.mark.parametrize("rate_ratio", [1.0, 0.5])
@pytest.mark.parametrize(
    ("habits", "least"),
    [({}, 0.95), ({"dispersion": 1.0}, 0.95), ({"dispersion": 0.3}, 0.93), ({"correlation": 0.6}, 0.94)],
)
def test_intervals_of_minutes_cover_the_truth(habits: dict[str, float], least: float, rate_ratio: float) -> None:
    n = 2000
    found = outcomes(simulated(20261122, n, rate_ratio=rate_ratio, **habits))
    known = ~np.isnan(found.minutes_ratio)
    covered = (found.minutes_low <= rate_ratio) & (found.minutes_high >= rate_ratio)
    assert known.mean() > 0.99
    assert least - 3 * (least * (1 - least) / n) ** 0.5 <= covered[known].mean() <= 0.985
    assert np.median(found.minutes_ratio[known]) == pytest.approx(rate_ratio, rel=0.05)


@pytest.mark.slow
def test_intervals_of_cramp_free_nights_and_errors_of_nonoverlap_hold_where_nothing_happens() -> None:
    found = outcomes(simulated(20261122, 2000))
    known = ~np.isnan(found.cramps_nap)
    free = (found.cramp_free_low <= 0) & (found.cramp_free_high >= 0)
    assert 0.93 <= free[known].mean() <= 0.97
    for share, error in ((found.cramps_nap, found.cramps_se), (found.pain_nap, found.pain_se)):
        assert 0.92 <= (np.abs(share - 0.5) <= 1.96 * error)[known].mean() <= 0.97
        assert share[known].mean() == pytest.approx(0.5, abs=0.01)


def test_pain_that_is_told_on_calm_nights_only_is_no_answer() -> None:
    frame = trial(3, logged=1.0).assign(worst_pain=None, cramp_minutes=None)
    found = compare(frame)
    assert found.rate_ratio is not None
    assert (found.pain_nap, found.pain_se, found.minutes_ratio) == (None, None, None)
