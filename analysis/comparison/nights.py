"""Nights of many patients side by side: padded arrays, patients × nights."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from analysis.arrays import Bools, Floats, Ints
from analysis.comparison.trial import Stretches, Trials
from analysis.errors import InputError
from analysis.frame import worn as worn_nights
from analysis.schedule import DESIGNS

# About 2 MB an array: small enough for the processor's cache, large enough that the loop over chunks costs nothing.
CELLS = 1 << 18
_SECONDARY = {"minutes": "cramp_minutes", "pain": "worst_pain"}


@dataclass(frozen=True, slots=True)
class Nights:
    """Nights of the compared stretch, from the trial's start to the last night that has passed.

    Arrays have shape (patients, nights); a night that is not recorded, lies beyond the stretch or has not passed is NaN
    in ``cramps``.

    Attributes
    ----------
    cramps, assigned, worn : ndarray of float
        Cramps of the night; arms, 1 = stockings, NaN where unknown.
    washout : ndarray of bool
        Nights marked as wash-out in the frame, and those without a row that would be.
    block : ndarray of float
        Number of the night's block, from 0; NaN outside a schedule of blocks.
    minutes, pain : ndarray of float
        Minutes of cramp in all and worst pain, 0-10; NaN where not recorded or not asked for.
    start : ndarray of int, shape (patients,)
        First night, days since 1970-01-01.
    length : ndarray of int, shape (patients,)
        Nights of the stretch.
    """

    cramps: Floats
    assigned: Floats
    worn: Floats
    washout: Bools
    block: Floats
    minutes: Floats
    pain: Floats
    start: Ints
    length: Ints

    def take(self, patients: Ints) -> "Nights":
        """Pick patients by position."""
        return Nights(*(getattr(self, field.name)[patients] for field in fields(self)))

    def until(self, length: Ints) -> "Nights":
        """Cut each patient's stretch to so many nights; later nights count as not recorded and not assigned."""
        if np.array_equal(length, self.length):
            return self
        width = int(length.max(initial=0))
        beyond = np.arange(width) >= length[:, None]
        cut = {
            name: np.where(beyond, np.nan, getattr(self, name)[:, :width])
            for name in ("cramps", "assigned", "worn", "block", "minutes", "pain")
        }
        return replace(self, **cut, washout=self.washout[:, :width] & ~beyond, length=length)

    def washed(self, arm: Floats, nights: int) -> "Nights":
        """Mark the first nights after each change of arm as wash-out, too; see `after_changes`."""
        return replace(self, washout=self.washout | after_changes(arm, nights)) if nights else self

    def reached(self, patients: Bools) -> "Nights":
        """Cut the assignment of some patients to the blocks that their recorded and assigned nights reach."""
        kept = self.logged & ~np.isnan(self.assigned)
        last = np.where(kept, self.block, -1.0).max(axis=1, initial=-1.0)
        given_up = patients[:, None] & ~(self.block <= last[:, None])
        return replace(self, assigned=np.where(given_up, np.nan, self.assigned)) if given_up.any() else self

    @property
    def logged(self) -> Bools:
        """Whether the night was recorded."""
        return ~np.isnan(self.cramps)

    @property
    def night_before(self) -> Floats:
        """Log(1 + last night's cramps), NaN where last night is not recorded or not in the stretch."""
        before = np.full_like(self.cramps, np.nan)
        before[:, 1:] = np.log1p(self.cramps[:, :-1])
        return before

    @property
    def weekend(self) -> Bools:
        """Whether the night starts on a Saturday or Sunday evening."""
        # 1970-01-01 was a Thursday, weekday 3 where Monday is 0.
        return (self.start[:, None] + 3 + np.arange(self.cramps.shape[1])) % 7 >= 5


def chunks(
    frame: pd.DataFrame, trials: Trials, stretches: Stretches, exposure: str, *, secondary: bool
) -> Iterator[tuple[Ints, Nights]]:
    """Spread a checked frame into arrays, some patients at a time, patients of like length together.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.frame.check_frame` returns it.
    trials, stretches : Trials, Stretches
        Read from this frame.
    exposure : {"any", "day", "night"}
    secondary : bool
        Whether minutes and pain are asked for.

    Yields
    ------
    patients : ndarray of int, shape (patients,)
        Positions in `trials`.
    nights : Nights
    """
    names = ("cramps", "assigned", "block", "washout", *(_SECONDARY.values() if secondary else ()))
    columns = {name: frame[name].to_numpy() for name in names}
    columns["worn"] = worn_nights(frame, exposure)
    day = frame["night_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    for patients in _by_length(stretches.nights):
        count = np.diff(trials.rows)[patients]
        who = np.repeat(np.arange(len(patients)), count)
        rows = np.arange(count.sum()) + np.repeat(trials.rows[patients] - np.cumsum(count) + count, count)
        at = day[rows] - trials.start[patients][who]
        inside = (at >= 0) & (at < stretches.passed[patients][who])
        shape = (len(patients), int(stretches.nights[patients].max()))
        cell = who[inside] * shape[1] + at[inside]
        spread = {name: _spread(values[rows[inside]], cell, shape) for name, values in columns.items()}
        released = (spread["washout"] == 1) & np.isnan(spread["assigned"])
        block, assigned = _scheduled(spread["block"], spread["assigned"], released, trials, stretches, patients)
        asked = {name: spread.get(column, np.broadcast_to(np.nan, shape)) for name, column in _SECONDARY.items()}
        yield (
            patients,
            Nights(
                cramps=spread["cramps"],
                assigned=assigned,
                worn=spread["worn"],
                washout=_washout(spread["washout"], assigned),
                block=block,
                start=trials.start[patients],
                length=stretches.nights[patients],
                **asked,
            ),
        )


def after_changes(arm: Floats, nights: int) -> Bools:
    """Find the first nights after each real change of arm, an analysis wash-out.

    Parameters
    ----------
    arm : ndarray, shape (patients, nights)
        Arm of each night in order; NaN where unknown. The first known arm is no change.
    nights : int
        Calendar nights from a change, the night of the change included.
    """
    changed = changes(arm)
    found = np.zeros_like(changed)
    for shift in range(min(nights, arm.shape[1])):
        found[:, shift:] |= changed[:, : arm.shape[1] - shift]
    return found


def changes(arm: Floats) -> Bools:
    """Find the nights whose known arm differs from the last known one before; `arm` as in `after_changes`."""
    known = ~np.isnan(arm)
    night = np.arange(arm.shape[1])
    last = np.maximum.accumulate(np.where(known, night, -1), axis=1)
    before = np.concatenate((np.full((len(arm), 1), -1), last[:, :-1]), axis=1)
    earlier = np.take_along_axis(arm, np.maximum(before, 0), axis=1)
    changed: Bools = known & (before >= 0) & (arm != earlier)
    return changed


def _by_length(lengths: Ints) -> Iterator[Ints]:
    order = np.argsort(lengths, kind="stable")
    at = 0
    while at < len(order):
        # The last patient of a chunk is its longest, and the cells of a chunk grow with every patient.
        cells = lengths[order[at:]] * np.arange(1, len(order) - at + 1)
        size = max(1, int(np.searchsorted(cells, CELLS, side="right")))
        yield order[at : at + size]
        at += size


def _spread(values: Floats, cell: Ints, shape: tuple[int, int]) -> Floats:
    spread = np.full(shape, np.nan)
    spread.ravel()[cell] = values
    return spread


def _scheduled(
    block: Floats, assigned: Floats, released: Bools, trials: Trials, stretches: Stretches, patients: Ints
) -> tuple[Floats, Floats]:
    """Complete blocks and assigned arms of nights without a row, up to the last night that has passed.

    `released` are wash-out nights without an arm, as after a stop: no arm is completed there.
    """
    fixed, randomized = trials.fixed[patients], trials.randomized[patients]
    beyond = np.arange(block.shape[1]) >= stretches.passed[patients][:, None]
    if (fixed | randomized).any():
        by_length = _block(trials, patients, block.shape[1])
        block = np.where(np.isnan(trials.block_nights[patients, None]), block, by_length)
        arms = _arms(assigned, block, trials, stretches, patients)
        at = np.where(np.isnan(block), 0, block).astype(np.int64)
        by_block = np.where(np.isnan(block), np.nan, np.take_along_axis(arms, at, axis=1))
        completed = fixed[:, None] | (randomized[:, None] & np.isnan(assigned))
        assigned = np.where(completed & ~released, by_block, assigned)
    return block, np.where(beyond, np.nan, assigned)


def _arms(assigned: Floats, block: Floats, trials: Trials, stretches: Stretches, patients: Ints) -> Floats:
    """Give the arm of each block: as the column ``schedule`` says, else as the rows do."""
    n_blocks = max(int(np.fmax.reduce(block, axis=None, initial=0.0)) + 1, trials.arms.shape[1])
    arms = np.full((len(patients), n_blocks), np.nan)
    arms[:, : trials.arms.shape[1]] = trials.arms[patients]
    rest = np.flatnonzero(trials.randomized[patients] & ~trials.fixed[patients])
    if len(rest):
        arms[rest] = _arms_of_rows(assigned[rest], block[rest], n_blocks, trials, stretches, patients[rest])
    return arms


def _washout(marked: Floats, assigned: Floats) -> Bools:
    """Complete the marks on nights without a row: so many nights after each change as are marked elsewhere."""
    found: Bools = marked == 1
    people = np.flatnonzero(found.any(axis=1))
    night = np.arange(marked.shape[1])
    changed = np.maximum.accumulate(np.where(changes(assigned[people]), night, -1), axis=1)
    longest = np.where(found[people] & (changed >= 0), night - changed + 1, 0).max(axis=1, initial=0)
    for nights in np.unique(longest[longest > 0]).tolist():
        own = people[longest == nights]
        found[own] |= np.isnan(marked[own]) & after_changes(assigned[own], nights)
    return found


def _block(trials: Trials, patients: Ints, nights: int) -> Floats:
    block = np.arange(nights) // trials.block_nights[patients, None]
    return np.where(block < trials.n_blocks[patients, None], block, np.nan)


def _arms_of_rows(
    assigned: Floats, block: Floats, n_blocks: int, trials: Trials, stretches: Stretches, patients: Ints
) -> Floats:
    """Read the arm of each block from the nights that have a row, a pair's second block also from its first."""
    who, night = np.nonzero(~np.isnan(assigned) & ~np.isnan(block))
    low, high = np.full((2, len(patients), n_blocks), np.nan)
    at = who, block[who, night].astype(np.int64)
    np.fmin.at(low, at, assigned[who, night])
    np.fmax.at(high, at, assigned[who, night])
    pairs = trials.design[patients] == DESIGNS.index("pairs")
    partner = np.arange(n_blocks) ^ 1
    other = np.where((partner < n_blocks)[None] & pairs[:, None], 1 - low[:, np.minimum(partner, n_blocks - 1)], np.nan)
    arms = np.where(np.isnan(low), other, low)
    number = np.arange(n_blocks)
    first_night = number * np.nan_to_num(trials.block_nights[patients, None])
    needed = (number < trials.n_blocks[patients, None]) & (first_night < stretches.settled[patients, None])
    for wrong, what in ((low < high, "has nights of both arms"), (np.isnan(arms) & needed, "has no arm")):
        if wrong.any():
            patient, found = np.argwhere(wrong)[0]
            raise InputError(f"patient {trials.patient_ids[patients[patient]]}, assigned: block {found} {what}")
    return arms
