"""Confidence intervals: Wilson's for a share, and a rate ratio's from the share of cramps on worn nights."""

import numpy as np
import numpy.typing as npt

from analysis.arrays import Floats


def wilson(
    share: npt.ArrayLike, n: npt.ArrayLike, quantile: npt.ArrayLike = 1.959963984540054
) -> tuple[Floats, Floats]:
    """Give Wilson's score interval for a share, without continuity correction.

    Parameters
    ----------
    share : array_like
        Observed share, 0-1.
    n : array_like
        Count behind it, an effective count that need not be whole.
    quantile : array_like
        Two-sided quantile of the reference distribution.

    Returns
    -------
    low, high : ndarray

    References
    ----------
    .. [1] Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998) 857-872.

    Examples
    --------
    >>> low, high = wilson(81 / 263, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    share, n, quantile = np.asarray(share, dtype=float), np.asarray(n, dtype=float), np.asarray(quantile, dtype=float)
    square = quantile**2 / n
    center = (share + square / 2) / (1 + square)
    half = quantile / (1 + square) * np.sqrt(share * (1 - share) / n + square / (4 * n))
    return np.clip(center - half, 0.0, 1.0), np.clip(center + half, 0.0, 1.0)


def ratio_interval(
    on: Floats, off: Floats, exposure_ratio: Floats, n: Floats, quantile: Floats
) -> tuple[Floats, Floats, Floats]:
    """Give a rate ratio with the interval of the share of counts that fall on worn nights.

    Parameters
    ----------
    on, off : ndarray
        Cramps on worn and on other nights; not both 0.
    exposure_ratio : ndarray
        Expected cramps of the worn nights over those of the others, were there no effect.
    n : ndarray
        Effective count of cramps.
    quantile : ndarray
        Two-sided quantile of the reference distribution.

    Returns
    -------
    ratio, low, high : ndarray

    Notes
    -----
    A share p belongs to the ratio p/(1 − p) over `exposure_ratio`. Where an arm has no cramps, one half is added to
    both counts, for the estimate and for the share alike, so that the interval is finite, contains the estimate and
    mirrors when arms are swapped.
    """
    half = np.where((on == 0) | (off == 0), 0.5, 0.0)
    share = (on + half) / (on + off + 2 * half)
    low, high = wilson(share, n, quantile)
    ratio, ratio_low, ratio_high = (p / (1 - p) / exposure_ratio for p in (share, low, high))
    return ratio, ratio_low, ratio_high
