"""Model M: the rate ratio of cramps with and without stockings, its interval and a test, patient by patient."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from analysis.arrays import Bools, Floats
from analysis.comparison.intervals import ratio_interval
from analysis.comparison.nights import Nights
from analysis.comparison.poisson import PoissonFit, fit_poisson, information, solve

RIDGE_NUISANCE = 0.5
RIDGE_WEAR = 0.05
WEEKEND_SHARE = 0.28
LAGS = 7
LAG_DECAY = 0.75
PRIOR_CORRELATION = 0.05
PRIOR_NIGHTS = 15
MOST_CORRELATION = 0.8


# What each method adjusts for beside the constant.
ADJUSTMENTS: dict[str, tuple[str, ...]] = {
    "model_crude": (),
    "model_trend": ("trend",),
    "model_adjusted": ("trend", "weekend", "night_before"),
}


@dataclass(frozen=True, slots=True)
class Effects:
    """Results of model M; arrays of shape (patients,).

    Attributes
    ----------
    rate_ratio, ci_low, ci_high : ndarray
        Cramps per night with over without stockings, and its 95 % interval.
    p_help, p_worse : ndarray
        One-sided p-values of fewer and of more cramps with stockings.
    dispersion : ndarray
        Pearson's statistic over its degrees of freedom, at least 1.
    """

    rate_ratio: Floats
    ci_low: Floats
    ci_high: Floats
    p_help: Floats
    p_worse: Floats
    dispersion: Floats

    @classmethod
    def empty(cls, n: int) -> "Effects":
        """Make room for `n` patients, NaN until filled."""
        return cls(*(np.full(n, np.nan) for _ in fields(cls)))

    def put(self, where: npt.NDArray[np.int64], effects: "Effects") -> None:
        """Fill the results of some patients."""
        for field in fields(self):
            getattr(self, field.name)[where] = getattr(effects, field.name)


def wear_effects(nights: Nights, arm: Floats, used: Bools, method: npt.NDArray[np.str_], who: Bools) -> Effects:
    """Compare nights by model M, each patient adjusted as a method says.

    Parameters
    ----------
    nights : Nights
    arm : ndarray of float, shape (patients, nights)
        1 = stockings, 0 = none, NaN where unknown.
    used : ndarray of bool, shape (patients, nights)
        Analyzable nights.
    method : ndarray of str, shape (patients,)
        Of `ADJUSTMENTS`.
    who : ndarray of bool, shape (patients,)
        Patients to compare; the others get NaN.
    """
    effects = Effects.empty(len(who))
    for name in np.unique(method[who]):
        patients = np.flatnonzero(who & (method == name))
        part, those = nights.take(patients), used[patients]
        columns = nuisance_columns(part, those, ADJUSTMENTS[str(name)])
        effects.put(patients, wear_effect(part.cramps, arm[patients], those, columns))
    return effects


def nuisance_columns(nights: Nights, used: Bools, names: tuple[str, ...]) -> Floats:
    """Build the columns that model M adjusts for.

    Parameters
    ----------
    nights : Nights
    used : ndarray of bool, shape (patients, nights)
        Analyzable nights.
    names : tuple of str
        Of ``trend`` (−1 on the stretch's first night to 1 on its last), ``weekend`` (1 on Saturday and Sunday evenings,
        less 0.28) and ``night_before`` (log(1 + last night's cramps) less the patient's mean; 0 where last night is not
        recorded).

    Returns
    -------
    ndarray, shape (patients, 1 + len(names), nights)
        The constant first; 0 on nights that are not used.
    """
    columns = [np.ones_like(nights.cramps)] + [_column(name, nights, used) for name in names]
    return np.stack([np.where(used, column, 0.0) for column in columns], axis=1)


def wear_effect(cramps: Floats, arm: Floats, used: Bools, columns: Floats) -> Effects:
    """Compare nights with and without stockings by model M.

    Parameters
    ----------
    cramps : ndarray, shape (patients, nights)
        Any value where not used.
    arm : ndarray, shape (patients, nights)
        1 = stockings, 0 = none; any value where not used.
    used : ndarray of bool, shape (patients, nights)
        Analyzable nights: recorded, arm known, no wash-out. Each patient needs nights in both arms, at least one cramp,
        and two nights more than there are columns.
    columns : ndarray, shape (patients, k, nights)
        See `nuisance_columns`.

    Returns
    -------
    Effects

    Notes
    -----
    Quasi-Poisson with log link and ridge on the nuisance coefficients; a score test under the fit without wear;
    Wilson's interval for the share of cramps on worn nights. The correlation of neighboring nights and the excess of
    the variance over the mean widen both. Assumes a linear trend on the log scale, an effect that is the same on all
    nights and a correlation that fades by a quarter a night.
    """
    y, x = np.where(used, cramps, 0.0), np.where(used, arm, 0.0)
    mask = used.astype(np.float64)
    n, k = mask.sum(axis=1), columns.shape[1]
    ridge = np.array([0.0] + [RIDGE_NUISANCE] * (k - 1))
    null = fit_poisson(y, columns, mask, ridge)
    contrast = _contrast(x, columns, null.mean, ridge)
    full = _fit_with_wear(y, x, columns, mask, ridge, null)
    residual = np.divide(y - full.mean, np.sqrt(full.mean), out=np.zeros_like(y), where=used)
    df = n - k - 1
    observed = (residual**2).sum(axis=1) / df
    dispersion = np.maximum(observed, 1.0)
    raised = dispersion + 2 * (dispersion - 1) / np.sqrt(n)
    serial = _serial_inflation(contrast * np.sqrt(null.mean), residual, mask, k)
    p_help, p_worse = _p_values(contrast, y - null.mean, null.mean, serial, observed, raised, df)
    without_wear = full.mean * np.exp(-full.coefficients[:, -1:] * x)
    on, off = (y * x).sum(axis=1), (y * (1 - x)).sum(axis=1)
    spread = _weighted_variance(x, null.mean) / _weighted_variance(contrast, null.mean)
    ratio, low, high = ratio_interval(
        on,
        off,
        (without_wear * x).sum(axis=1) / (without_wear * (1 - x)).sum(axis=1),
        (on + off) / (raised * serial * spread),
        np.where(observed > 1, stdtrit(df, 0.975), ndtri(0.975)),
    )
    return Effects(ratio, low, high, p_help, p_worse, dispersion)


def _column(name: str, nights: Nights, used: Bools) -> Floats:
    if name == "trend":
        last = np.maximum(nights.length - 1, 1)[:, None]
        return 2.0 * np.arange(used.shape[1]) / last - 1.0
    if name == "weekend":
        return nights.weekend.astype(np.float64) - WEEKEND_SHARE
    before = nights.night_before
    known = used & ~np.isnan(before)
    total = np.where(known, before, 0.0).sum(axis=1, keepdims=True)
    mean = total / np.maximum(known.sum(axis=1, keepdims=True), 1)
    return np.where(known, before - mean, 0.0)


def _contrast(x: Floats, columns: Floats, mean: Floats, ridge: Floats) -> Floats:
    """Take from wear its mean-weighted regression on the nuisance columns.

    The regression carries the ridge of the fit: the penalized score of wear has just this contrast for its influence,
    and it stays defined where a column is constant or equals wear.
    """
    cross = np.matmul(columns, (x * mean)[:, :, None])[:, :, 0]
    slopes = solve(information(columns, mean, ridge), cross)
    explained: Floats = np.matmul(slopes[:, None, :], columns)[:, 0]
    return np.where(columns[:, 0] != 0, x - explained, 0.0)


def _fit_with_wear(y: Floats, x: Floats, columns: Floats, mask: Floats, ridge: Floats, null: PoissonFit) -> PoissonFit:
    start = np.concatenate((null.coefficients, np.zeros((len(y), 1))), axis=1)
    with_wear = np.concatenate((columns, x[:, None, :]), axis=1)
    return fit_poisson(y, with_wear, mask, np.append(ridge, RIDGE_WEAR), start)


def _serial_inflation(contrast: Floats, residual: Floats, mask: Floats, k: int) -> Floats:
    """Give the factor by which correlation of neighboring nights raises the variance of the wear effect."""
    n = mask.sum(axis=1)
    power = (contrast**2).sum(axis=1)
    lagged = [
        (contrast[:, lag:] * contrast[:, :-lag]).sum(axis=1) / power if lag < contrast.shape[1] else np.zeros_like(n)
        for lag in range(1, LAGS + 1)
    ]
    pairs = (mask[:, 1:] * mask[:, :-1]).sum(axis=1)
    products = (residual[:, 1:] * residual[:, :-1]).sum(axis=1)
    squares = (residual**2).sum(axis=1)
    # Counts that the fit meets exactly leave rounding errors, whose correlation means nothing.
    raw = np.where(squares > 1e-12 * n, products / np.maximum(squares, 1e-300), 0.0) * n / np.maximum(pairs, 1)
    first = raw + (1 + lagged[0] + 0.8 * (k - 1)) / n
    shrunk = np.clip((n * first + PRIOR_NIGHTS * PRIOR_CORRELATION) / (n + PRIOR_NIGHTS), 0.0, MOST_CORRELATION)
    fading = sum((LAG_DECAY ** (lag - 1) * lagged[lag - 1] for lag in range(1, LAGS + 1)), start=np.zeros_like(n))
    inflation: Floats = np.maximum(1 + 2 * shrunk * fading, 1.0)
    return inflation


def _p_values(
    contrast: Floats, error: Floats, mean: Floats, serial: Floats, observed: Floats, raised: Floats, df: Floats
) -> tuple[Floats, Floats]:
    """Give one-sided p-values of fewer and of more cramps: the score test of wear."""
    score = (contrast * error).sum(axis=1)
    variance = (contrast**2 * mean).sum(axis=1) * serial
    z, t = score / np.sqrt(variance), score / np.sqrt(variance * raised)
    p_help, p_worse = (
        np.where(observed <= 1, ndtr(sign * z), np.maximum(ndtr(sign * z), stdtr(df, sign * t))) for sign in (1.0, -1.0)
    )
    return p_help, p_worse


def _weighted_variance(values: Floats, weights: Floats) -> Floats:
    total = weights.sum(axis=1, keepdims=True)
    center = (weights * values).sum(axis=1, keepdims=True) / total
    variance: Floats = (weights * (values - center) ** 2).sum(axis=1) / total[:, 0]
    return variance
