import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.design import count_schedules
from analysis.effect import wear_effect
from analysis.intervals import wilson
from analysis.nights import after_changes
from analysis.poisson import fit_poisson, information
from tests.analysis import reference


@pytest.mark.parametrize(("x", "n", "low", "high"), reference.WILSON)
def test_wilson_intervals_are_those_newcombe_printed(x: int, n: int, low: float, high: float) -> None:
    assert_allclose(wilson(x / n, n), (low, high), atol=5e-5)


def abab(*columns: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counts = np.array([reference.ABAB_COUNTS], dtype=float)
    used = np.ones_like(counts)
    return counts, np.stack([used, *columns], axis=1), used


def dispersion(counts: np.ndarray, mean: np.ndarray, k: int) -> float:
    return float(((counts - mean) ** 2 / mean).sum() / (counts.size - k))


def test_without_ridge_the_fit_is_that_of_r() -> None:
    counts, columns, used = abab(np.array([reference.ABAB_ARM], dtype=float))
    fit = fit_poisson(counts, columns, used, np.zeros(2))
    assert_allclose(fit.coefficients[0], reference.ABAB_COEFFICIENTS, rtol=1e-7)
    assert dispersion(counts, fit.mean, 2) == pytest.approx(reference.ABAB_DISPERSION, rel=1e-7)


def test_without_ridge_the_fit_with_time_is_that_of_r() -> None:
    arm, time = np.array([reference.ABAB_ARM], dtype=float), np.arange(1.0, 25.0)[None]
    counts, columns, used = abab(arm, time)
    fit = fit_poisson(counts, columns, used, np.zeros(3))
    assert_allclose(fit.coefficients[0], reference.ABAB_WITH_TIME, rtol=1e-7)
    phi = dispersion(counts, fit.mean, 3)
    assert phi == pytest.approx(reference.ABAB_WITH_TIME_DISPERSION, rel=1e-7)
    covariance = np.linalg.inv(information(columns, fit.mean, np.zeros(3))[0]) * phi
    assert_allclose(np.sqrt(np.diag(covariance)), reference.ABAB_WITH_TIME_SE, rtol=1e-6)


@pytest.mark.parametrize(("off", "on", "ratio"), reference.MCKISSICK)
def test_crude_rate_ratios_are_those_of_the_single_case_package(
    off: list[float], on: list[float], ratio: float
) -> None:
    counts, arm = np.array([[*off, *on]]), np.array([[0.0] * len(off) + [1.0] * len(on)])
    used = np.ones_like(arm, dtype=bool)
    effect = wear_effect(counts, arm, used, np.ones((1, 1, counts.size)))
    assert_allclose(effect.rate_ratio, [ratio], rtol=1e-9)


def test_the_crude_rate_ratio_of_two_counts_is_that_of_r() -> None:
    counts = np.array([[1.0] * 4 + [0.0] * 10 + [1.0] * 13 + [0.0]])
    arm = np.array([[1.0] * 14 + [0.0] * 14])
    effect = wear_effect(counts, arm, np.ones_like(arm, dtype=bool), np.ones((1, 1, 28)))
    assert_allclose(effect.rate_ratio, [reference.FOUR_OF_SEVENTEEN], rtol=1e-9)


@pytest.mark.parametrize(("blocks", "count"), reference.BALANCED_MAX_RUN_2.items())
def test_balanced_schedules_with_short_runs_are_counted_as_published(blocks: int, count: int) -> None:
    assert count_schedules("blocks", blocks, 2) == count


@pytest.mark.parametrize(("blocks", "count"), reference.BALANCED_FREE.items())
def test_balanced_schedules_without_limit_are_counted_as_published(blocks: int, count: int) -> None:
    assert count_schedules("blocks", blocks) == count


@pytest.mark.parametrize(("blocks", "count"), reference.PAIRS.items())
def test_pairs_are_counted_as_published(blocks: int, count: int) -> None:
    assert count_schedules("pairs", blocks) == count


def test_the_analysis_wash_out_gives_the_published_means() -> None:
    codes = {name: float(code) for code, name in enumerate(reference.NOF1_MEANS)}
    arm = np.concatenate([np.full(days, codes[name]) for name, days in reference.NOF1_RUNS])
    kept = ~after_changes(arm[None], reference.NOF1_WASHOUT_DAYS)[0]
    counts = np.array(reference.NOF1_COUNTS)
    means = {name: round(float(counts[kept & (arm == code)].mean()), 1) for name, code in codes.items()}
    assert means == reference.NOF1_MEANS
