import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.comparison.effect import wear_effect
from analysis.comparison.intervals import wilson
from analysis.comparison.nights import after_changes
from analysis.comparison.poisson import fit_poisson, information
from analysis.comparison.secondary import cramp_free_difference, nap
from analysis.design import count_schedules
from tests.analysis import reference


@pytest.mark.parametrize(("x", "n", "low", "high"), reference.WILSON)
def test_wilson_intervals_are_those_newcombe_printed(x: int, n: int, low: float, high: float) -> None:
    assert_allclose(wilson(x / n, n), (low, high), atol=5e-5)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "low", "high"), reference.NEWCOMBE)
def test_intervals_of_differences_are_those_newcombe_printed(
    x1: int, n1: int, x2: int, n2: int, low: float, high: float
) -> None:
    assert_allclose(cramp_free_difference(x1, n1, x2, n2), (x1 / n1 - x2 / n2, low, high), atol=5e-5)


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
    phi = dispersion(counts, fit.mean, 2)
    assert phi == pytest.approx(reference.ABAB_DISPERSION, rel=1e-7)
    covariance = np.linalg.inv(information(columns, fit.mean, np.zeros(2))[0]) * phi
    assert_allclose(np.sqrt(np.diag(covariance)), reference.ABAB_SE, rtol=1e-7)


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


@pytest.mark.parametrize(
    ("case", "log_ratio"), list(zip(reference.MCKISSICK, reference.MCKISSICK_LOG_RATIOS, strict=True))
)
def test_crude_log_ratios_are_the_log_response_ratios(
    case: tuple[list[float], list[float], float], log_ratio: float
) -> None:
    values, arm = phases(case[0], case[1])
    effect = wear_effect(values, arm, np.ones_like(arm, dtype=bool), np.ones((1, 1, arm.size)))
    assert_allclose(np.log(effect.rate_ratio), [log_ratio], rtol=1e-9)


def test_the_crude_rate_ratio_of_rare_events_is_that_of_r() -> None:
    counts, arm = phases([1.0] * 21 + [0.0] * 2990, [1.0] * 11 + [0.0] * 789)
    effect = wear_effect(counts, arm, np.ones_like(arm, dtype=bool), np.ones((1, 1, arm.size)))
    assert_allclose(effect.rate_ratio, [reference.ELEVEN_IN_800], rtol=1e-9)


def test_the_crude_rate_ratio_of_two_counts_is_that_of_r() -> None:
    counts = np.array([[1.0] * 4 + [0.0] * 10 + [1.0] * 13 + [0.0]])
    arm = np.array([[1.0] * 14 + [0.0] * 14])
    effect = wear_effect(counts, arm, np.ones_like(arm, dtype=bool), np.ones((1, 1, 28)))
    assert_allclose(effect.rate_ratio, [reference.FOUR_OF_SEVENTEEN], rtol=1e-9)


def phases(off: list[float], on: list[float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([[*off, *on]], dtype=float), np.array([[0.0] * len(off) + [1.0] * len(on)])


def fall(off: list[float], on: list[float]) -> tuple[float, float]:
    """Give the nonoverlap of a decrease from `off` to `on`, and its standard error."""
    values, arm = phases(off, on)
    share, error = nap(values, arm, np.ones_like(arm, dtype=bool))
    return float(share[0]), float(error[0])


@pytest.mark.parametrize(("before", "after", "direction", "expected"), reference.NAP)
def test_nonoverlap_is_as_published(before: list[float], after: list[float], direction: int, expected: float) -> None:
    share, _ = fall([-direction * value for value in before], [-direction * value for value in after])
    assert share == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("before", "after", "direction", "tau"), reference.TAU)
def test_tau_is_twice_the_nonoverlap_less_one(
    before: list[float], after: list[float], direction: int, tau: float
) -> None:
    share, _ = fall([-direction * value for value in before], [-direction * value for value in after])
    assert 2 * share - 1 == pytest.approx(tau, rel=1e-12)


@pytest.mark.parametrize(("case", "expected"), list(zip(reference.MCKISSICK, reference.MCKISSICK_NAP, strict=True)))
def test_nonoverlap_and_its_error_are_those_of_the_single_case_package(
    case: tuple[list[float], list[float], float], expected: tuple[float, float, float]
) -> None:
    share, error = fall(case[0], case[1])
    assert_allclose((share, error, 2 * share - 1), expected, rtol=1e-9)


def test_the_error_of_pain_ratings_without_overlap_is_that_of_the_single_case_package() -> None:
    assert_allclose(fall(*reference.PAIN_RATINGS), reference.PAIN_RATINGS_NAP, rtol=1e-9)


def test_nonoverlap_times_pairs_is_the_rank_sum_statistic_of_r() -> None:
    counts, arm = np.array([reference.ABAB_COUNTS], dtype=float), np.array([reference.ABAB_ARM], dtype=float)
    share, _ = nap(counts, arm, np.ones_like(arm, dtype=bool))
    assert share[0] * 12 * 12 == pytest.approx(reference.ABAB_WILCOXON_W, rel=1e-12)


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
