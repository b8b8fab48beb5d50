"""How people wear stockings when nothing is assigned: synthetic habits, on and off by night."""

import numpy as np

from analysis.arrays import Floats


def unplanned_wear(rng: np.random.Generator, shape: tuple[int, int], share: float = 0.5, run: float = 3.0) -> Floats:
    """Simulate wear that nobody plans: runs of worn and unworn nights.

    Parameters
    ----------
    rng : numpy.random.Generator
    shape : tuple of int
        Patients, nights.
    share : float
        Share of worn nights, above 0 and below 1.
    run : float
        Mean length of the shorter kind of run, in nights, at least 1.

    Returns
    -------
    ndarray of 0.0 and 1.0
    """
    worn = rng.random(shape)
    worn[:, 0] = worn[:, 0] < share
    # A run of the rarer kind lasts `run` nights in the mean; the other kind lasts longer by the ratio of the shares.
    switch = np.array([share, 1 - share]) / (max(share, 1 - share) * run)
    for night in range(1, shape[1]):
        before = worn[:, night - 1].astype(int)
        worn[:, night] = np.where(worn[:, night] < switch[before], 1 - before, before)
    return worn


def growing_wear(rng: np.random.Generator, shape: tuple[int, int], first: float = 0.1, last: float = 0.9) -> Floats:
    """Simulate wear that grows into a habit: the share of worn nights goes in a straight line from `first` to `last`.

    `shape` and the result are as in `unplanned_wear`.
    """
    return (rng.random(shape) < np.linspace(first, last, shape[1])).astype(np.float64)


def weekday_wear(rng: np.random.Generator, shape: tuple[int, int], kept: float = 0.9) -> Floats:
    """Simulate wear on working days, kept up on a share of nights; the first night is a Monday.

    `shape` and the result are as in `unplanned_wear`. The other nights, 1 − `kept` of them, are worn the other way
    round.
    """
    weekday = (np.arange(shape[1]) % 7 < 5).astype(np.float64)
    return np.where(rng.random(shape) < kept, weekday, 1 - weekday)


def alternating_wear(shape: tuple[int, int], periods: int = 4) -> Floats:
    """Give the same periods to all, unworn first (ABAB for 4); `shape` and the result are as in `unplanned_wear`."""
    arms = np.arange(shape[1]) * periods // shape[1] % 2
    return np.tile(arms.astype(np.float64), (shape[0], 1))


def wear_after(rng: np.random.Generator, cramps: Floats, *, nights: int, bad: float, other: float) -> Floats:
    """Simulate wear that follows the symptoms.

    Parameters
    ----------
    rng : numpy.random.Generator
    cramps : ndarray, shape (patients, nights)
    nights : int
        How many nights a patient looks back.
    bad, other : float
        Chance of wear where those nights had more cramps than the patient's usual, and where they had not. The first
        night is an `other` one.

    Returns
    -------
    ndarray of 0.0 and 1.0, shape (patients, nights)
    """
    worse = _recent(cramps, nights) > cramps.mean(axis=1, keepdims=True)
    return (rng.random(cramps.shape) < np.where(worse, bad, other)).astype(np.float64)


def started_after_bad_spell(cramps: Floats, *, nights: int = 3, earliest: int = 7) -> Floats:
    """Start wear after the first spell of cramps well above the usual, and keep it up.

    Parameters
    ----------
    cramps : ndarray, shape (patients, nights)
    nights : int
        Length of the spell.
    earliest : int
        Nights before wear can start; it starts halfway where no spell has come by then.

    Returns
    -------
    ndarray of 0.0 and 1.0, shape (patients, nights)

    Notes
    -----
    A spell is `nights` nights with half as many cramps again as the patient's usual.
    """
    night = np.arange(cramps.shape[1])
    spell = (_recent(cramps, nights) >= 1.5 * cramps.mean(axis=1, keepdims=True)) & (night >= earliest)
    spell |= night >= max(earliest, len(night) // 2)
    return np.maximum.accumulate(spell, axis=1).astype(np.float64)


def _recent(cramps: Floats, nights: int) -> Floats:
    """Average the cramps of the nights before each night, −∞ before the first one."""
    total = np.concatenate((np.zeros((len(cramps), 1)), np.cumsum(cramps, axis=1)), axis=1)[:, :-1]
    night = np.arange(cramps.shape[1])
    back = np.maximum(night - nights, 0)
    recent: Floats = np.where(night > 0, (total[:, night] - total[:, back]) / np.maximum(night - back, 1), -np.inf)
    return recent
