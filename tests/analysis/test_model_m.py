import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from analysis import Rule, compare, compare_cohort
from analysis.comparison.effect import wear_effect
from analysis.comparison.poisson import fit_poisson, solve
from tests.analysis.makers import cohort, diary, free_diary, pairs, trial
from tests.analysis.straight import model_m

NUMBERS = ("rate_ratio", "ci_low", "ci_high", "p_help", "p_worse", "dispersion")


def straight(frame: pd.DataFrame, grade: str, nights: int, arm: str) -> dict[str, float]:
    """Run the plain loop on the first nights of a simulated frame; it starts on a Monday."""
    part = frame.iloc[:nights].astype(object).where(frame.iloc[:nights].notna(), None)
    adjusted = grade in "CD"
    return model_m(list(part["cramps"]), list(part[arm]), 0, adjusted=True, weekend_too=adjusted)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("dispersion", [np.inf, 0.8])
def test_a_randomized_trial_agrees_with_the_plain_loop(seed: int, dispersion: float) -> None:
    frame = trial(seed, schedule=pairs(4, 7, seed), rate_ratio=0.6, dispersion=dispersion, correlation=0.4, logged=0.7)
    found = compare(frame)
    expected = straight(frame, "B", 56, "assigned")
    assert found.grade == "B"
    assert_allclose([getattr(found, name) for name in NUMBERS], [expected[name] for name in NUMBERS], rtol=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_the_estimate_beside_an_exact_test_is_that_of_the_model_with_trend(seed: int) -> None:
    frame = trial(seed, rate_ratio=0.6, logged=0.7)
    found = compare(frame)
    expected = straight(frame, "A", 54, "assigned")
    assert found.grade == "A"
    names = ("rate_ratio", "ci_low", "ci_high", "dispersion")
    assert_allclose([getattr(found, name) for name in names], [expected[name] for name in names], rtol=1e-9)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("nights", [28, 56])
def test_an_unplanned_diary_agrees_with_the_plain_loop(seed: int, nights: int) -> None:
    frame = free_diary(seed, nights, rate_ratio=0.6, dispersion=1.5, weekend=0.5, trend=-0.5)
    found = compare(frame)
    expected = straight(frame, "C", nights, "stockings_day")
    assert found.grade == "C"
    assert_allclose([getattr(found, name) for name in NUMBERS], [expected[name] for name in NUMBERS], rtol=1e-9)


@pytest.mark.parametrize("arm_without", [0, 1])
def test_an_arm_without_cramps_has_a_finite_interval_around_its_estimate(arm_without: int) -> None:
    worn = [0, 1] * 14
    cramps = [0 if arm == arm_without else 2 for arm in worn]
    found = compare(diary(cramps, worn))
    expected = model_m(cramps, worn, 0, adjusted=True, weekend_too=True)
    assert 0 < found.ci_low < found.rate_ratio < found.ci_high < np.inf
    assert_allclose([getattr(found, name) for name in NUMBERS], [expected[name] for name in NUMBERS], rtol=1e-8)


def test_without_adjustment_the_estimate_is_the_ratio_of_rates() -> None:
    cramps = np.array([[3.0, 4, 2, 5, 2, 1, 0, 2, 1]])
    arm = np.array([[0.0, 0, 0, 0, 0, 1, 1, 1, 1]])
    effect = wear_effect(cramps, arm, np.ones_like(arm, dtype=bool), np.ones((1, 1, 9)))
    assert_allclose(effect.rate_ratio, [(4 / 4) / (16 / 5)], rtol=1e-9)


def test_wear_that_equals_a_nuisance_column_still_has_an_answer() -> None:
    frame = free_diary(3, 28)
    weekend = pd.to_datetime(frame["night_date"]).dt.day_of_week >= 5
    frame["stockings_day"] = weekend.astype(float)
    found = compare(frame)
    assert found.ci_low < found.rate_ratio < found.ci_high
    assert found.state == "no_clear_difference"


def test_the_same_count_every_night_has_an_answer() -> None:
    found = compare(diary([1] * 28, [0, 1] * 14))
    assert found.rate_ratio == pytest.approx(1.0)
    assert found.dispersion == 1.0


def test_systems_of_many_patients_are_solved_as_numpy_solves_them() -> None:
    rng = np.random.default_rng(4)
    roots = rng.normal(size=(20, 5, 7))
    matrices, right = roots @ roots.transpose(0, 2, 1), rng.normal(size=(20, 5))
    assert_allclose(solve(matrices, right), np.linalg.solve(matrices, right[:, :, None])[:, :, 0], rtol=1e-9)


def test_a_fit_from_a_far_start_finds_the_same_maximum() -> None:
    rng = np.random.default_rng(5)
    x = rng.integers(0, 2, size=(8, 40)).astype(float)
    columns = np.stack([np.ones_like(x), x], axis=1)
    counts = rng.poisson(2.0, size=x.shape).astype(float)
    near = fit_poisson(counts, columns, np.ones_like(x), np.array([0.0, 0.5]))
    far = fit_poisson(counts, columns, np.ones_like(x), np.array([0.0, 0.5]), np.tile([-6.0, 5.0], (8, 1)))
    assert_allclose(near.coefficients, far.coefficients, atol=1e-8)


def test_a_large_mixed_cohort_has_an_answer_for_everybody() -> None:
    table = compare_cohort(cohort(8, 400, dispersion=0.3, spread=0.8, rate=3.0))
    known = table[~table["state"].isin(["running", "insufficient"])]
    assert len(known) > 300
    assert np.isfinite(known[list(NUMBERS)].to_numpy(dtype=float)).all()
    assert ((known["ci_low"] < known["rate_ratio"]) & (known["rate_ratio"] < known["ci_high"])).all()


def test_a_wash_out_leaves_out_the_first_night_after_each_change() -> None:
    frame = trial(3, logged=1.0)
    with_washout = compare(frame, rule=Rule(washout_nights=1))
    arm = frame["assigned"].to_numpy()
    kept = np.concatenate(([True], arm[1:] == arm[:-1]))
    assert with_washout.nights_on + with_washout.nights_off == kept.sum()
    assert compare(frame).washout_sensitivity.rate_ratio == with_washout.rate_ratio
