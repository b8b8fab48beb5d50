"""Secondary outcomes, which never flag: cramp-free nights, minutes of cramp, worst pain, nonoverlap of all pairs."""

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from analysis.arrays import Bools, Floats, Ints
from analysis.comparison.effect import wear_effects
from analysis.comparison.intervals import wilson
from analysis.comparison.nights import Nights


@dataclass(frozen=True, slots=True)
class Secondary:
    """Secondary outcomes; arrays of shape (patients,), NaN where there is no answer.

    Attributes
    ----------
    cramp_free_diff, cramp_free_low, cramp_free_high : ndarray
        Share of cramp-free nights with stockings less the share without, −1 to 1, and its 95 % interval.
    minutes_ratio, minutes_low, minutes_high : ndarray
        Minutes of cramp per night with over without stockings, and its 95 % interval.
    pain_nap, pain_se : ndarray
        Nonoverlap of all pairs for worst pain on all nights, 0-1, above 0.5 where it is lower with stockings, and its
        standard error.
    cramps_nap, cramps_se : ndarray
        The same for cramps.
    pain_mean_on, pain_mean_off : ndarray
        Mean worst pain, 0-10, of nights with cramps, with and without stockings.
    """

    cramp_free_diff: Floats
    cramp_free_low: Floats
    cramp_free_high: Floats
    minutes_ratio: Floats
    minutes_low: Floats
    minutes_high: Floats
    pain_nap: Floats
    pain_se: Floats
    cramps_nap: Floats
    cramps_se: Floats
    pain_mean_on: Floats
    pain_mean_off: Floats


# The columns that secondary outcomes add to a result, in order.
SECONDARY = tuple(field.name for field in fields(Secondary))


def secondary_outcomes(
    nights: Nights,
    arm: Floats,
    used: Bools,
    method: npt.NDArray[np.str_],
    who: Bools,
    *,
    minimum_nights: int,
) -> Secondary:
    """Compare nights with and without stockings by all secondary outcomes.

    Parameters
    ----------
    nights : Nights
        With minutes and pain.
    arm : ndarray of float, shape (patients, nights)
        1 = stockings, 0 = none, NaN where unknown.
    used : ndarray of bool, shape (patients, nights)
        Analyzable nights.
    method : ndarray of str, shape (patients,)
        What model M adjusts minutes for, see `analysis.comparison.effect.ADJUSTMENTS`.
    who : ndarray of bool, shape (patients,)
        Patients with enough nights and cramps to be compared. The others get mean pain only.
    minimum_nights : int
        Analyzable nights that each arm needs. Minutes and pain are missing on some nights with cramps, so the minimum
        applies to each of them again.

    Returns
    -------
    Secondary

    Notes
    -----
    An outcome that is missing is not zero: the night drops out of that outcome alone. Where it is missing on more than
    half of an arm's nights with cramps there is no answer, for the nights without cramps would give it.
    """
    on, off = used & (arm == 1), used & (arm == 0)
    free = nights.cramps == 0
    difference, low, high = cramp_free_difference(
        (free & on).sum(axis=1), on.sum(axis=1), (free & off).sum(axis=1), off.sum(axis=1)
    )
    minutes, minutes_low, minutes_high = minutes_ratio(nights, arm, used, method, who, minimum_nights=minimum_nights)
    cramps_share, cramps_se = nap(nights.cramps, arm, used)
    pain = nights.pain
    pain_share, pain_se = nap(pain, arm, used)
    pained = who & _told(nights, pain, arm, used) & _enough(arm, used & ~np.isnan(pain), minimum_nights)
    return Secondary(
        cramp_free_diff=np.where(who, difference, np.nan),
        cramp_free_low=np.where(who, low, np.nan),
        cramp_free_high=np.where(who, high, np.nan),
        minutes_ratio=minutes,
        minutes_low=minutes_low,
        minutes_high=minutes_high,
        pain_nap=np.where(pained, pain_share, np.nan),
        pain_se=np.where(pained, pain_se, np.nan),
        cramps_nap=np.where(who, cramps_share, np.nan),
        cramps_se=np.where(who, cramps_se, np.nan),
        pain_mean_on=_mean(pain, on & (nights.cramps > 0)),
        pain_mean_off=_mean(pain, off & (nights.cramps > 0)),
    )


def cramp_free_difference(
    free_on: npt.ArrayLike, nights_on: npt.ArrayLike, free_off: npt.ArrayLike, nights_off: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Give the difference of two shares of cramp-free nights with its 95 % interval.

    Parameters
    ----------
    free_on, nights_on : array_like of int
        Cramp-free nights and all nights with stockings.
    free_off, nights_off : array_like of int
        The same without stockings.

    Returns
    -------
    difference, low, high : ndarray
        Share with stockings less share without; NaN where an arm has no nights.

    Notes
    -----
    Newcombe's hybrid score interval [1]_, method 10: the distances of the two Wilson limits from their shares, squared
    and added. Assumes nights that do not depend on each other.

    References
    ----------
    .. [1] Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
       (1998) 873-890.

    Examples
    --------
    >>> difference, low, high = cramp_free_difference(56, 70, 48, 80)
    >>> round(float(difference), 4), round(float(low), 4), round(float(high), 4)
    (0.2, 0.0524, 0.3339)
    """
    (on, on_low, on_high), (off, off_low, off_high) = (
        _share_with_limits(free, nights) for free, nights in ((free_on, nights_on), (free_off, nights_off))
    )
    low = on - off - np.hypot(on - on_low, off_high - off)
    high = on - off + np.hypot(on_high - on, off - off_low)
    return on - off, low, high


def minutes_ratio(
    nights: Nights,
    arm: Floats,
    used: Bools,
    method: npt.NDArray[np.str_],
    who: Bools,
    *,
    minimum_nights: int,
) -> tuple[Floats, Floats, Floats]:
    """Give the ratio of minutes of cramp per night by model M, which takes the minutes for its counts.

    Parameters
    ----------
    nights, arm, used, method, who, minimum_nights
        As for `secondary_outcomes`.

    Returns
    -------
    ratio, low, high : ndarray, shape (patients,)
        Minutes per night with over without stockings, and the 95 % interval. NaN for patients not in `who`, with fewer
        nights of known minutes in an arm than the minimum, without any minutes, or whose minutes scatter so widely that
        the interval has no end.

    Notes
    -----
    The night before enters by its minutes, too. The unit matters: the floor and the raise of the dispersion, the ridge
    and the half that is added where an arm has none belong to minutes. With half a minute added the estimate says
    "next to none", and only the limit on the other side tells how much.
    """
    recorded = np.where(nights.logged, nights.minutes, np.nan)
    timed = used & ~np.isnan(recorded)
    compared = (
        who
        & _told(nights, recorded, arm, used)
        & _enough(arm, timed, minimum_nights)
        & (np.where(timed, recorded, 0.0).sum(axis=1) > 0)
    )
    # One night of many hours among nights of seconds leaves so little information that limits overflow.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        effects = wear_effects(replace(nights, cramps=recorded), arm, timed, method, compared)
    ends = np.isfinite(effects.rate_ratio) & np.isfinite(effects.ci_low) & np.isfinite(effects.ci_high)
    ratio, low, high = (
        np.where(ends, values, np.nan) for values in (effects.rate_ratio, effects.ci_low, effects.ci_high)
    )
    return ratio, low, high


def nap(values: Floats, arm: Floats, used: Bools) -> tuple[Floats, Floats]:
    """Give the nonoverlap of all pairs for a decrease, with its standard error.

    Parameters
    ----------
    values : ndarray, shape (patients, nights)
        Any numbers; NaN where not recorded, and such nights drop out.
    arm : ndarray, shape (patients, nights)
        1 = stockings, 0 = none, NaN where unknown.
    used : ndarray of bool, shape (patients, nights)
        Analyzable nights.

    Returns
    -------
    nap : ndarray, shape (patients,)
        Share of the pairs of one night with and one without stockings in which the night with stockings has the lower
        value, ties half. NaN where an arm has no nights. Tau is 2·NAP − 1.
    standard_error : ndarray, shape (patients,)
        NaN where an arm has fewer than two nights.

    Notes
    -----
    With m nights without and n nights with stockings, h the score of a pair (1, ½ or 0), r and c its sums over the
    nights with and over those without stockings, the variance is

        [(Σr² + Σc² − Σh²)/(mn) − (m + n − 1)·NAP²] / [(m − 1)(n − 1)],

    unbiased for nights that are independent and alike within an arm [1]_ [2]_. It vanishes where the arms do not
    overlap, so it is at least t(1 − t)/[(m − 1)(n − 1)] with t = 1/(2mn), as in the R package SingleCaseES.

    References
    ----------
    .. [1] Sen, A note on asymptotically distribution-free confidence bounds for P{X < Y}, based on two independent
       samples, Sankhyā A 29 (1967) 95-102.
    .. [2] Mee, Confidence intervals for probabilities and tolerance regions based on a generalization of the
       Mann-Whitney statistic, J. Am. Stat. Assoc. 85 (1990) 793-800.
    .. [3] Parker & Vannest, An improved effect size for single-case research: nonoverlap of all pairs, Behavior
       Therapy 40 (2009) 357-367.

    Examples
    --------
    >>> without, with_stockings = [12.0, 14, 9, 10], [10.0, 6, 4, 5, 3, 4]
    >>> values, arm = np.array([without + with_stockings]), np.array([[0.0] * 4 + [1.0] * 6])
    >>> share, error = nap(values, arm, np.ones_like(arm, dtype=bool))
    >>> float(share[0]), round(float(error[0]), 4)
    (0.9375, 0.0625)
    """
    known = used & ~np.isnan(values)
    order = np.argsort(np.where(known, values, np.inf), axis=1)
    ranked, on, off = (
        np.take_along_axis(each, order, axis=1)
        for each in (np.where(known, values, np.inf), known & (arm == 1), known & (arm == 0))
    )
    n, m = on.sum(axis=1), off.sum(axis=1)
    lower_on, _ = _lower(ranked, on)
    lower_off, tied_off = _lower(ranked, off)
    rows, columns = np.where(off, lower_on, 0.0), np.where(on, m[:, None] - lower_off, 0.0)
    wins, ties = rows.sum(axis=1), np.where(on, tied_off, 0).sum(axis=1)
    # A tie scores a half, whose square is a quarter.
    squares = (rows**2).sum(axis=1) + (columns**2).sum(axis=1) - (wins - ties / 4)
    pairs, free = _positive(n * m), _positive((n - 1) * (m - 1))
    share = wins / pairs
    variance = (squares / pairs - (m + n - 1) * share**2) / free
    least = (1 - 0.5 / pairs) * (0.5 / pairs) / free
    return share, np.sqrt(np.maximum(variance, least))


def _share_with_limits(part: npt.ArrayLike, whole: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    n = _positive(whole)
    share = np.asarray(part) / n
    return share, *wilson(share, n)


def _lower(ranked: Floats, counted: Bools) -> tuple[Floats, Ints]:
    """Count, for each of the ranked nights, the counted ones that are lower, ties half; and the ties."""
    differs = ranked[:, 1:] != ranked[:, :-1]
    edge = np.ones((len(ranked), 1), dtype=bool)
    first, last = np.concatenate((edge, differs), axis=1), np.concatenate((differs, edge), axis=1)
    upto = np.cumsum(counted, axis=1)
    below = np.maximum.accumulate(np.where(first, upto - counted, 0), axis=1)
    within = np.minimum.accumulate(np.where(last, upto, upto[:, -1:])[:, ::-1], axis=1)[:, ::-1]
    return (below + within) / 2, within - below


def _told(nights: Nights, values: Floats, arm: Floats, used: Bools) -> Bools:
    """Tell whose values are known on at least half of the nights with cramps, in each arm."""
    cramps = used & (nights.cramps > 0)
    sides = (cramps & (arm == side) for side in (1, 0))
    told = [2 * (side & ~np.isnan(values)).sum(axis=1) >= side.sum(axis=1) for side in sides]
    both: Bools = told[0] & told[1]
    return both


def _enough(arm: Floats, used: Bools, minimum: int) -> Bools:
    enough: Bools = np.minimum(*((used & (arm == side)).sum(axis=1) for side in (1, 0))) >= minimum
    return enough


def _mean(values: Floats, where: Bools) -> Floats:
    known = where & ~np.isnan(values)
    mean: Floats = np.where(known, values, 0.0).sum(axis=1) / _positive(known.sum(axis=1))
    return mean


def _positive(count: npt.ArrayLike) -> Floats:
    """Give counts that can be divided by, NaN for those that cannot."""
    count = np.asarray(count, dtype=np.float64)
    return np.where(count > 0, count, np.nan)
