"""The exact test: the drawn schedule among all that could have been drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from analysis.arrays import Bools, Floats, Ints
from analysis.comparison.nights import Nights
from analysis.comparison.reference_set import ReferenceSet, reference_set
from analysis.comparison.trial import Trials
from analysis.schedule import DESIGNS, MOST_SCHEDULES, Design

# Differences below this share of the cramps are rounding: ties stay ties whatever the order of summation.
TIE = 1e-9
# Patients at a time, so that their schedules stay in the processor's cache.
BATCH = 64


@dataclass(frozen=True, slots=True)
class BlockSums:
    """Cramps less their trend, and nights, of each block; arrays of shape (patients, blocks).

    Attributes
    ----------
    residuals : ndarray
        Sum over the block's compared nights of cramps less the patient's straight line; sums to 0 over all blocks.
    nights : ndarray
        Compared nights.
    arms : ndarray of 0.0 and 1.0
        Drawn arms; 0 for blocks without compared nights.
    tie : ndarray, shape (patients,)
        Largest difference of two sums that counts as none.
    """

    residuals: Floats
    nights: Floats
    arms: Floats
    tie: Floats

    def take(self, patients: slice) -> "BlockSums":
        """Pick patients by position."""
        return BlockSums(self.residuals[patients], self.nights[patients], self.arms[patients], self.tie[patients])

    def statistic(self) -> Floats:
        """Give the drawn schedule's difference of means, with less without stockings; shape (patients,)."""
        total, on = self.nights.sum(axis=1), (self.nights * self.arms).sum(axis=1)
        difference: Floats = (self.residuals * self.arms).sum(axis=1) * total / (on * (total - on))
        return difference


def exact_p(nights: Nights, used: Bools, trials: Trials, patients: Ints, who: Bools) -> tuple[Floats, Floats]:
    """Give one-sided p-values of fewer and of more cramps with stockings, by randomization.

    Parameters
    ----------
    nights : Nights
        With the assignment cut to the blocks reached, see `Nights.reached`.
    used : ndarray of bool, shape (patients, nights)
        Analyzable nights.
    trials : Trials
    patients : ndarray of int, shape (patients,)
        Positions in `trials`.
    who : ndarray of bool, shape (patients,)
        Patients to test, all of them randomized; the others get NaN.

    Returns
    -------
    p_help, p_worse : ndarray, shape (patients,)

    Notes
    -----
    The statistic is the mean of the nights with less the mean of the nights without stockings, of cramps less the
    patient's straight line over time; p is the share of possible schedules whose statistic is at least as extreme. The
    line does not look at the arms, so that the test is exact whatever the distribution and correlation of the cramps. A
    schedule under which an arm has no compared night counts as extreme.

    Where nights with stockings are recorded more completely than nights without, the test is repeated with unrecorded
    assigned nights as nights without cramps, and the larger `p_help` stands; `p_worse` is its mirror image. This
    protects against patients who record only bad nights when they wear no stockings.

    Above 4,096 possible schedules p is (hits + 1)/4,096 of 4,095 fixed random ones.

    Wash-out nights, where there are any, are left out under every schedule as under the drawn one. The size is then no
    longer exact by proof; simulated false flags stayed at 1.2-4.2 % with one night on blocks of two and three.

    References
    ----------
    .. [1] Edgington & Onghena, Randomization Tests, 4th ed., 2007.
    .. [2] Bulté & Onghena, Behavior Research Methods 40 (2008) 467-478.
    """
    p = np.full((2, len(patients)), np.nan)
    as_zero = unrecorded_as_zero(nights)
    fuller = recorded_more_completely(nights)
    for shape, members in shapes(trials, patients, who):
        reference = reference_set(*shape)
        part = nights.take(members)
        p[:, members] = _shares(part, used[members], reference)
        checked = fuller[members] != 0
        if checked.any():
            doubtful = members[checked]
            filled = _shares(as_zero.take(doubtful), np.isfinite(as_zero.cramps[doubtful]), reference)
            side = (fuller[doubtful] < 0).astype(np.int64), doubtful
            p[side] = np.maximum(p[side], filled[side[0], np.arange(len(doubtful))])
    return p[0], p[1]


def could_be_drawn(nights: Nights, trials: Trials, patients: Ints) -> Bools:
    """Tell whose schedule is one that its design draws.

    Parameters
    ----------
    nights : Nights
    trials : Trials
    patients : ndarray of int, shape (patients,)

    Returns
    -------
    ndarray of bool, shape (patients,)
        Of the blocks that have passed: pairs have one block of each arm; balanced blocks have no more than half of all
        blocks in an arm and no longer run than allowed. False where nothing was drawn.
    """
    drawable = np.zeros(len(patients), dtype=bool)
    for (design, n_blocks, max_run), members in shapes(trials, patients, trials.randomized[patients]):
        arms = _arms(nights, members, n_blocks)
        if design == "pairs":
            drawable[members] = ~((arms[:, ::2] == arms[:, 1::2]) & (arms[:, ::2] != 0)).any(axis=1)
        else:
            most = np.maximum((arms > 0).sum(axis=1), (arms < 0).sum(axis=1))
            drawable[members] = (2 * most <= n_blocks) & (_longest_run(arms) <= (max_run or n_blocks))
    return drawable


def _arms(nights: Nights, members: Ints, n_blocks: int) -> Floats:
    """Give the arm of each block of some patients, 1 or −1; 0 where no night is assigned."""
    assigned, block = nights.assigned[members], nights.block[members]
    patient, night = np.nonzero(~np.isnan(assigned))
    arms = np.zeros((len(members), n_blocks))
    arms[patient, block[patient, night].astype(np.int64)] = 2 * assigned[patient, night] - 1
    return arms


def _longest_run(arms: Floats) -> Ints:
    """Give the most equal known arms in a row; arms are −1 and 1, 0 where unknown."""
    run, longest = np.zeros((2, len(arms)), dtype=np.int64)
    for block in range(arms.shape[1]):
        same = (arms[:, block] == arms[:, max(block - 1, 0)]) & (block > 0)
        run = np.where(arms[:, block] == 0, 0, np.where(same, run + 1, 1))
        longest = np.maximum(longest, run)
    return longest


def smallest_shares(nights: Nights, trials: Trials, patients: Ints, n_schedules: Floats) -> Floats:
    """Give the smallest p-value that an exact test can reach.

    Parameters
    ----------
    nights : Nights
        With the assignment cut to the blocks reached.
    trials : Trials
    patients : ndarray of int, shape (patients,)
    n_schedules : ndarray, shape (patients,)
        Schedules that could have been drawn, NaN where none was.

    Returns
    -------
    ndarray, shape (patients,)
        The share of the possible schedules that agree with the drawn one on the blocks reached: one of them where all
        are reached. NaN where nothing was drawn.
    """
    smallest = 1 / np.minimum(n_schedules, MOST_SCHEDULES)
    reached = np.where(np.isnan(nights.assigned), -1.0, nights.block).max(axis=1, initial=-1.0) + 1
    stopped = trials.randomized[patients] & (reached < trials.n_blocks[patients])
    for shape, members in shapes(trials, patients, stopped):
        if shape[0] == "pairs":
            smallest[members] = 1 / np.minimum(2.0 ** np.ceil(reached[members] / 2), MOST_SCHEDULES)
            continue
        reference = reference_set(*shape)
        alike = _arms(nights, members, shape[1]) @ (2 * reference.arms - 1).T
        agree = (alike == reached[members, None]).sum(axis=1)
        agree += (-alike == reached[members, None]).sum(axis=1) if reference.complete else 1
        smallest[members] = agree / reference.size
    return smallest


def shapes(trials: Trials, patients: Ints, who: Bools) -> Iterator[tuple[tuple[Design, int, int | None], Ints]]:
    """Group randomized patients by the shape of their schedule: design, blocks, longest run.

    Yields
    ------
    shape : tuple
    members : ndarray of int
        Positions in `patients`.
    """
    chosen = np.flatnonzero(who)
    columns = (trials.design, trials.n_blocks, np.nan_to_num(trials.max_run, nan=0.0))
    keys = np.column_stack([column[patients[chosen]] for column in columns]).astype(np.int64)
    unique, inverse = np.unique(keys, axis=0, return_inverse=True)
    for number, (design, n_blocks, max_run) in enumerate(unique.tolist()):
        yield (DESIGNS[design], n_blocks, max_run or None), chosen[inverse == number]


def unrecorded_as_zero(nights: Nights) -> Nights:
    """Take assigned nights that are not recorded for nights without cramps, and leave out all others."""
    compared = ~np.isnan(nights.assigned) & ~nights.washout
    return replace(nights, cramps=np.where(compared, np.where(nights.logged, nights.cramps, 0.0), np.nan))


def recorded_more_completely(nights: Nights) -> Ints:
    """Tell which assigned nights are recorded more completely: 1 = with, −1 = without stockings, 0 = neither."""
    compared = ~nights.washout
    on, off = (compared & (nights.assigned == arm) for arm in (1, 0))
    recorded_on, recorded_off = ((arm & nights.logged).sum(axis=1) for arm in (on, off))
    # Shares as products of whole numbers, so that equal ones are equal.
    more: Ints = np.sign(recorded_on * off.sum(axis=1) - recorded_off * on.sum(axis=1))
    return more


def block_sums(nights: Nights, used: Bools, n_blocks: int) -> BlockSums:
    """Take from the cramps of the used nights each patient's straight line, and add up by block."""
    mask = used.astype(np.float64)
    cramps = np.where(used, nights.cramps, 0.0)
    count = np.maximum(mask.sum(axis=1, keepdims=True), 1.0)
    time = np.arange(used.shape[1], dtype=np.float64)
    centered = mask * (time - (mask @ time)[:, None] / count)
    spread = (centered**2).sum(axis=1, keepdims=True)
    slope = (centered * cramps).sum(axis=1, keepdims=True) / np.where(spread > 0, spread, 1.0)
    total = cramps.sum(axis=1, keepdims=True)
    residual = cramps - mask * total / count - slope * centered
    sums, sizes, on = (_by_block(values, used, nights.block, n_blocks) for values in (residual, mask, nights.assigned))
    return BlockSums(sums, sizes, (on > 0).astype(np.float64), TIE * total[:, 0])


def _by_block(values: Floats, used: Bools, block: Floats, n_blocks: int) -> Floats:
    """Add up the used nights of each block; shape (patients, blocks)."""
    patient, night = np.nonzero(used)
    cell = patient * n_blocks + block[patient, night].astype(np.int64)
    sums = np.bincount(cell, values[patient, night], minlength=len(used) * n_blocks)
    return sums.reshape(-1, n_blocks).astype(np.float64, copy=False)


def _shares(nights: Nights, used: Bools, reference: ReferenceSet) -> Floats:
    """Give the shares of schedules at least as low and at least as high as the drawn one; shape (2, patients)."""
    sums = block_sums(nights, used, reference.arms.shape[1])
    shares = np.empty((2, len(used)))
    for start in range(0, len(used), BATCH):
        batch = slice(start, start + BATCH)
        shares[:, batch] = count_extreme(sums.take(batch), reference)
    return shares / reference.size


def count_extreme(sums: BlockSums, reference: ReferenceSet) -> Ints:
    """Count the schedules that are at least as extreme as the drawn one.

    Parameters
    ----------
    sums : BlockSums
    reference : ReferenceSet
        Of the shape of the drawn schedules.

    Returns
    -------
    ndarray of int, shape (2, patients)
        Schedules whose difference of means is at most, and at least, the drawn one's. Ties, the drawn schedule and
        schedules with an arm without nights count as both.

    Notes
    -----
    As residuals add up to zero, the difference of means is sum(on)·n/(n(on)·n(off)); it is compared without division.
    """
    total = sums.nights.sum(axis=1, keepdims=True)
    on = sums.nights @ reference.arms.T
    left = sums.residuals @ reference.arms.T
    left *= total
    right = on * (total - on)
    right *= sums.statistic()[:, None]
    tie = sums.tie[:, None] * total
    low, high = right + tie, right - tie
    count = np.stack((_number(left <= low), _number(left >= high)))
    if not reference.complete:
        return count + 1
    # Swapping all arms changes the sign of the difference.
    return count + np.stack((_number(-left <= low), _number(-left >= high)))


def _number(found: Bools) -> Ints:
    number: Ints = found.view(np.uint8).sum(axis=1, dtype=np.uint16).astype(np.int64)
    return number
