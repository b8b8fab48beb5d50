"""Randomization tests written out schedule by schedule, as the specification words them: slow, plain, independent."""

import itertools
import math

Cramps = list[float | None]


def admissible(design: str, n_blocks: int, max_run: int | None = None) -> list[tuple[int, ...]]:
    """List every schedule of a shape."""
    if design == "pairs":
        flips = itertools.product((0, 1), repeat=n_blocks // 2)
        return [tuple(arm for bit in bits for arm in (bit, 1 - bit)) for bits in flips]
    return [
        arms
        for arms in itertools.product((0, 1), repeat=n_blocks)
        if sum(arms) == n_blocks // 2
        and (max_run is None or max(len(list(run)) for _, run in itertools.groupby(arms)) <= max_run)
    ]


def detrended(cramps: Cramps) -> dict[int, float]:
    """Take the straight line over nights from the cramps of the recorded nights."""
    nights = [night for night, count in enumerate(cramps) if count is not None]
    y = [float(cramps[night]) for night in nights]
    mean_t, mean_y = sum(nights) / len(nights), sum(y) / len(y)
    spread = sum((night - mean_t) ** 2 for night in nights)
    slope = sum((n - mean_t) * (v - mean_y) for n, v in zip(nights, y, strict=True)) / spread
    return {n: v - mean_y - slope * (n - mean_t) for n, v in zip(nights, y, strict=True)}


def difference(residuals: dict[int, float], arms: tuple[int, ...], block_nights: int) -> float:
    """Give the mean with less the mean without stockings; NaN where an arm has no night."""
    on, off = ([value for night, value in residuals.items() if arms[night // block_nights] == arm] for arm in (1, 0))
    return sum(on) / len(on) - sum(off) / len(off) if on and off else math.nan


def tails(
    cramps: Cramps, arms: tuple[int, ...], block_nights: int, schedules: list[tuple[int, ...]]
) -> tuple[float, float]:
    """Give the shares of schedules at least as low and at least as high."""
    residuals = detrended(cramps)
    drawn = difference(residuals, arms, block_nights)
    others = [difference(residuals, schedule, block_nights) for schedule in schedules]
    low = sum(math.isnan(each) or each <= drawn + 1e-9 for each in others)
    high = sum(math.isnan(each) or each >= drawn - 1e-9 for each in others)
    return low / len(schedules), high / len(schedules)


def recorded_shares(cramps: Cramps, arms: tuple[int, ...], block_nights: int) -> tuple[float, float]:
    on, off = (
        [count is not None for night, count in enumerate(cramps) if arms[night // block_nights] == arm]
        for arm in (1, 0)
    )
    return sum(on) / len(on), sum(off) / len(off)


def cut(cramps: Cramps, block_nights: int) -> Cramps:
    """Leave out the blocks after the last recorded night."""
    last = max(night for night, count in enumerate(cramps) if count is not None)
    return cramps[: (last // block_nights + 1) * block_nights]


def exact_p(
    cramps: Cramps, arms: tuple[int, ...], block_nights: int, schedules: list[tuple[int, ...]]
) -> tuple[float, float]:
    """Test a fixed trial, with the missing-night check."""
    cramps = cut(cramps, block_nights)
    p_help, p_worse = tails(cramps, arms, block_nights, schedules)
    zero_help, zero_worse = tails([count or 0.0 for count in cramps], arms, block_nights, schedules)
    on, off = recorded_shares(cramps, arms, block_nights)
    if on > off + 1e-12:
        p_help = max(p_help, zero_help)
    if off > on + 1e-12:
        p_worse = max(p_worse, zero_worse)
    return p_help, p_worse


def staged(
    cramps: Cramps, arms: tuple[int, ...], block_nights: int, looks: tuple[int, ...]
) -> list[tuple[bool, bool, float, float]]:
    """Follow the looks of a staged trial: rejected for fewer, for more cramps, and both p-values, at each look."""
    swaps = list(itertools.product((0, 1), repeat=looks[-1]))
    states = {(zero, side): set() for zero in (False, True) for side in (1, -1)}
    ranks: dict[tuple[bool, int], float] = {}
    doubtful, answers = {1: False, -1: False}, []
    for pairs in looks:
        level = 0.05 * (pairs / looks[-1]) ** 1.5
        if level < 2.0**-pairs:
            continue
        recorded = cut(cramps[: 2 * pairs * block_nights], block_nights)
        on, off = recorded_shares(recorded, arms, block_nights)
        doubtful[1] |= on >= off - 1e-12
        doubtful[-1] |= on <= off + 1e-12
        for (zero, side), rejected in states.items():
            residuals = detrended([count or 0.0 for count in recorded] if zero else recorded)
            ordered = _by_statistic(residuals, arms, block_nights, swaps, side)
            _reject(ordered, rejected, level * len(swaps), ranks, (zero, side), len(swaps))
        drawn = swaps[0]
        both = [
            drawn in states[False, side] and (not doubtful[side] or drawn in states[True, side]) for side in (1, -1)
        ]
        p = [max(ranks[False, side], ranks[True, side] if doubtful[side] else 0.0) for side in (1, -1)]
        answers.append((*both, *p))
    return answers


def _by_statistic(residuals, arms, block_nights, swaps, side):
    """List (statistic, swap) from the lowest statistic on, more cramps having the sign turned."""
    listed = []
    for swap in swaps:
        swapped = tuple(arm ^ swap[block // 2] for block, arm in enumerate(arms[: 2 * len(swap)]))
        value = side * difference(residuals, swapped, block_nights)
        listed.append((-math.inf if math.isnan(value) else value, swap))
    return sorted(listed)


def _reject(ordered, rejected, most, ranks, key, size):
    """Reject groups of ties while they fit; remember the drawn schedule's share of all."""
    left = [(value, swap) for value, swap in ordered if swap not in rejected]
    seen, fits = len(rejected), True
    while left:
        tied = [swap for value, swap in left if value <= left[0][0] + 1e-9 or value == left[0][0]]
        left = left[len(tied) :]
        seen += len(tied)
        fits = fits and seen <= most
        drawn_here = any(not any(swap) for swap in tied)
        if drawn_here:
            ranks[key] = seen / size
        if fits:
            rejected.update(tied)
