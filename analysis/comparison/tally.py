"""Which nights are compared, and what is counted on them."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.comparison.nights import Nights, changes


@dataclass(frozen=True, slots=True)
class Tally:
    """Nights and cramps of the two arms; arrays of shape (patients,).

    Attributes
    ----------
    nights_on, nights_off, cramps_on, cramps_off : ndarray of int
    """

    nights_on: Ints
    nights_off: Ints
    cramps_on: Ints
    cramps_off: Ints

    @property
    def rate_on(self) -> Floats:
        """Cramps a night with stockings, NaN without nights."""
        return _share(self.cramps_on, self.nights_on)

    @property
    def rate_off(self) -> Floats:
        """Cramps a night without stockings, NaN without nights."""
        return _share(self.cramps_off, self.nights_off)

    def enough(self, nights: int, cramps: int) -> Bools:
        """Tell whether each arm has so many nights, and both together so many cramps."""
        return (np.minimum(self.nights_on, self.nights_off) >= nights) & (self.cramps_on + self.cramps_off >= cramps)


def analyzable(nights: Nights, arm: Floats, washout_nights: int) -> Bools:
    """Find the nights that are compared: recorded, arm known, no wash-out.

    Parameters
    ----------
    nights : Nights
    arm : ndarray, shape (patients, nights)
        1 = stockings, 0 = none, NaN where unknown.
    washout_nights : int
        Nights to leave out after each change of arm, beside those that the frame marks.
    """
    return nights.logged & ~np.isnan(arm) & ~nights.washed(arm, washout_nights).washout


def tally(nights: Nights, arm: Floats, used: Bools) -> Tally:
    """Count nights and cramps of the two arms."""
    on, off = used & (arm == 1), used & (arm == 0)
    cramps = (np.where(side, nights.cramps, 0.0).sum(axis=1).astype(np.int64) for side in (on, off))
    return Tally(on.sum(axis=1), off.sum(axis=1), *cramps)


def adherence(nights: Nights) -> Floats:
    """Give the share of recorded nights of known wear on which it was as assigned, NaN where there are none."""
    known = nights.logged & ~np.isnan(nights.assigned) & ~np.isnan(nights.worn)
    return _share((known & (nights.assigned == nights.worn)).sum(axis=1), known.sum(axis=1))


def wear_changes(nights: Nights) -> Floats:
    """Count how often wear changed from one recorded night of known wear to the next."""
    changed = changes(np.where(nights.logged, nights.worn, np.nan))
    return np.asarray(changed.sum(axis=1), dtype=np.float64)


def logging_gap(nights: Nights, arm: Floats) -> Floats:
    """Give the share of nights recorded with stockings less the share without; wash-out nights do not count.

    NaN where an arm has no nights.
    """
    on, off = (~nights.washout & (arm == side) for side in (1, 0))
    on, off = (_share((nights.logged & side).sum(axis=1), side.sum(axis=1)) for side in (on, off))
    gap: Floats = on - off
    return gap


def wear_follows_cramps(nights: Nights, used: Bools) -> Floats:
    """Correlate wear with the cramps of the night before.

    Returns
    -------
    ndarray, shape (patients,)
        Pearson's correlation of wear with log(1 + last night's cramps) over compared nights whose last night is
        recorded, times the root of their number: about standard normal where wear does not follow the cramps. 0 where
        either never varies.
    """
    before = nights.night_before
    known = used & ~np.isnan(before) & ~np.isnan(nights.worn)
    n = np.maximum(known.sum(axis=1, keepdims=True), 1)
    wear, earlier = (
        np.where(known, values - np.where(known, values, 0.0).sum(axis=1, keepdims=True) / n, 0.0)
        for values in (nights.worn, before)
    )
    spread = np.sqrt((wear**2).sum(axis=1) * (earlier**2).sum(axis=1))
    standardized: Floats = (wear * earlier).sum(axis=1) / np.where(spread > 1e-9, spread, np.inf) * np.sqrt(n[:, 0])
    return standardized


def _share(part: Ints, whole: Ints) -> Floats:
    share: Floats = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return share
