"""Staged trials: an exact test at every look, so that a strong effect may end the trial early."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.comparison.effect import wear_effects
from analysis.comparison.nights import Nights
from analysis.comparison.randomization import BATCH, BlockSums, block_sums, recorded_more_completely, unrecorded_as_zero
from analysis.comparison.reference_set import swaps
from analysis.comparison.tally import analyzable, tally
from analysis.comparison.trial import Stretches, Trials
from analysis.comparison.verdict import Rule
from analysis.schedule import look_levels


@dataclass(frozen=True, slots=True)
class Paths:
    """How far staged trials have come; arrays of shape (patients,).

    Attributes
    ----------
    p_help, p_worse : ndarray
        One-sided p-values at the last look taken, NaN where there was none.
    nights : ndarray of int
        Nights up to the look that flagged; the given ones where none did.
    early : ndarray of bool
        Whether a look before the last one flagged and so ended the trial.
    """

    p_help: Floats
    p_worse: Floats
    nights: Ints
    early: Bools


def follow_looks(
    nights: Nights, trials: Trials, stretches: Stretches, patients: Ints, drawable: Bools, rule: Rule
) -> Paths:
    """Replay the looks of staged trials, each on the nights up to it.

    Parameters
    ----------
    nights : Nights
    trials : Trials
    stretches : Stretches
    patients : ndarray of int, shape (patients,)
        Positions in `trials`; trials that are not staged are passed over.
    drawable : ndarray of bool, shape (patients,)
        See `analysis.comparison.randomization.could_be_drawn`; other trials are passed over, too.
    rule : Rule

    Returns
    -------
    Paths

    Notes
    -----
    Each look has a cumulative level (`analysis.schedule.look_levels`). The possible schedules are the drawn one with
    any pairs swapped (`analysis.comparison.reference_set.swaps`). At a look all schedules get their statistic (see
    `analysis.comparison.randomization.exact_p`) from the nights so far; those rejected before stay rejected, and more
    are rejected from the lowest statistic on, ties together, while the total stays within the level. This is done once
    on recorded nights and once with unrecorded ones as nights without cramps. A look says "help" when the drawn
    schedule is rejected by now, in the second run too if at this or an earlier look nights with stockings were recorded
    at least as completely as the others, when data are enough and the rate ratio is low enough; "worse" is the mirror
    image. Which schedules are rejected does not depend on which of them was drawn, so that a share of at most
    ``rule.exact_level`` is ever rejected, whatever the distribution and correlation of the cramps.

    The p-value is the share of the schedules that are rejected before the drawn one or together with it, going on past
    the level where it is not rejected.
    """
    p_help, p_worse = np.full((2, len(patients)), np.nan)
    found = Paths(p_help, p_worse, nights.length.copy(), np.zeros(len(patients), dtype=bool))
    plan, settled = np.where(drawable, trials.plan[patients], 0), stretches.settled[patients]
    for number in np.unique(plan[plan > 0]).tolist():
        levels, own = look_levels(trials.plans[number], rule.exact_level), np.flatnonzero(plan == number)
        ends = 2 * trials.block_nights[patients[own], None].astype(np.int64) * np.array(list(levels), dtype=np.int64)
        taken = (ends <= settled[own, None]).sum(axis=1)
        for looks in np.unique(taken[taken > 0]).tolist():
            at_look = np.flatnonzero(taken == looks)
            done = dict(list(levels.items())[:looks])
            _follow(nights.take(own[at_look]), ends[at_look], done, trials.plans[number], own[at_look], rule, found)
    return found


def _follow(
    nights: Nights, ends: Ints, levels: dict[int, float], plan: tuple[int, ...], members: Ints, rule: Rule, found: Paths
) -> None:
    """Take the looks `levels` (pairs: level) of trials of one plan that have all reached the last of them."""
    everyone = np.ones(len(members), dtype=bool)
    so_far = [
        part.washed(part.assigned, rule.washout_nights)
        for part in (nights.until(ends[:, look]).reached(everyone) for look in range(len(levels)))
    ]
    fuller = np.array([recorded_more_completely(part) for part in so_far])
    doubtful = np.logical_or.accumulate(np.stack((fuller >= 0, fuller <= 0), axis=1), axis=0)
    rejected, p = _rejections(so_far, levels, plan[-1])
    again, p_again = _rejections([unrecorded_as_zero(part) for part in so_far], levels, plan[-1])
    rejected &= again | ~doubtful
    p = np.where(doubtful, np.maximum(p, p_again), p)
    flagged = np.zeros(len(members), dtype=bool)
    for look, (pairs, part) in enumerate(zip(levels, so_far, strict=True)):
        now = ~flagged & _flags(part, rejected[look], rule)
        found.p_help[members[~flagged]], found.p_worse[members[~flagged]] = p[look][:, ~flagged]
        found.nights[members[now]] = ends[now, look]
        found.early[members[now]] = pairs < plan[-1]
        flagged |= now


def _flags(nights: Nights, rejected: Bools, rule: Rule) -> Bools:
    """Tell whom a look flags: the drawn schedule is rejected, data are enough, and the effect is large enough."""
    used = analyzable(nights, nights.assigned, 0)
    enough = tally(nights, nights.assigned, used).enough(rule.minimum_nights, rule.minimum_cramps)
    asked = enough & rejected.any(axis=0)
    ratio = wear_effects(nights, nights.assigned, used, np.full(len(used), "model_trend"), asked).rate_ratio
    fewer, more = rejected & np.stack((ratio <= rule.help_ratio, ratio >= 1 / rule.help_ratio))
    flagged: Bools = fewer | more
    return flagged


def _rejections(so_far: list[Nights], levels: dict[int, float], pairs: int) -> tuple[Bools, Floats]:
    """Reject schedules look by look.

    Parameters
    ----------
    so_far : list of Nights
        Up to each look.
    levels : dict
        Pairs and cumulative level of each look.
    pairs : int
        Pairs of the whole trial.

    Returns
    -------
    rejected : ndarray of bool, shape (looks, 2, patients)
        Whether the drawn schedule is rejected by now, for fewer and for more cramps.
    p : ndarray, shape (looks, 2, patients)
    """
    sums = [
        block_sums(part, analyzable(part, part.assigned, 0), 2 * look)
        for part, look in zip(so_far, levels, strict=True)
    ]
    shape = len(so_far), 2, len(so_far[0].length)
    rejected, p = np.zeros(shape, dtype=bool), np.ones(shape)
    for start in range(0, shape[2], BATCH):
        batch = slice(start, start + BATCH)
        rows = np.zeros((len(sums[0].tie[batch]), 1), dtype=bool)
        for look, (pairs_so_far, level) in enumerate(levels.items()):
            before = np.where(rejected[look - 1, :, batch], p[look - 1, :, batch], np.nan) if look else np.nan
            rows, share = _reject(sums[look].take(batch), rows, swaps(pairs), pairs_so_far, level)
            rejected[look, :, batch] = rows[:, [0, -1]].T
            p[look, :, batch] = np.where(np.isnan(before), share, before)
    return rejected, p


def _reject(sums: BlockSums, rejected: Bools, code: Floats, pairs: int, level: float) -> tuple[Bools, Floats]:
    """Reject more schedules at a look.

    Swaps that agree so far share a row. The first row is the drawn schedule; the last swaps all pairs, which changes
    the sign of the statistic, so that it is to more cramps what the drawn one is to fewer.

    Returns
    -------
    rejected : ndarray of bool, shape (patients, rows)
    p : ndarray, shape (2, patients)
        Share of schedules rejected before and with the drawn one and its mirror image.
    """
    rows = min(2**pairs, len(code))
    weight = len(code) // rows
    rejected = np.repeat(rejected, rows // rejected.shape[1], axis=1)
    statistic = np.where(rejected, np.inf, _statistics(sums, code[::weight, :pairs]))
    tie = (4 * sums.tie / np.maximum(sums.nights.sum(axis=1), 1))[:, None]
    spent = rejected.sum(axis=1) * weight
    at_most = [(statistic <= statistic[:, [row]] + tie).sum(axis=1) for row in (0, -1)]
    allowed = ((level * len(code) - spent) // weight).astype(np.int64)
    lowest = np.sort(np.partition(statistic, allowed.max(), axis=1)[:, : allowed.max() + 1], axis=1)
    first_beyond = np.take_along_axis(lowest, allowed[:, None], axis=1)
    return rejected | (statistic < first_beyond - tie), (spent + weight * np.array(at_most)) / len(code)


def _statistics(sums: BlockSums, swapped: Floats) -> Floats:
    """Give the difference of means under each row of swaps, −∞ where an arm has no nights; (patients, rows)."""
    on, on_nights = (_pairs(values * sums.arms) for values in (sums.residuals, sums.nights))
    off, off_nights = (_pairs(values * (1 - sums.arms)) for values in (sums.residuals, sums.nights))
    total = sums.nights.sum(axis=1, keepdims=True)
    with_stockings = on.sum(axis=1, keepdims=True) + (off - on) @ swapped.T
    count = on_nights.sum(axis=1, keepdims=True) + (off_nights - on_nights) @ swapped.T
    product = count * (total - count)
    # The product is a whole number, so that the bound of 1 touches nothing but empty arms.
    return np.where(product > 0, with_stockings * total / np.maximum(product, 1.0), -np.inf)


def _pairs(values: Floats) -> Floats:
    sums: Floats = values.reshape(len(values), -1, 2).sum(axis=2)
    return sums
