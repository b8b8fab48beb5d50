"""The trial of each patient, read from the frame, and the stretch of nights that is compared."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Bools, Floats, Ints
from analysis.errors import InputError
from analysis.schedule import DESIGNS, RANDOMIZED, count_schedules, look_levels

_NO_DATE = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Trials:
    """Constants of the trials of many patients; arrays have one element a patient, NaN where there is none.

    Attributes
    ----------
    patient_ids : ndarray, shape (patients,)
    rows : ndarray of int, shape (patients + 1,)
        Rows of patient ``i`` in the checked frame are ``rows[i]`` to ``rows[i + 1] - 1``.
    design : ndarray of int
        Position in `analysis.schedule.DESIGNS`.
    scheduled : ndarray of bool
        Whether nights are assigned; the arm is then ``assigned``, otherwise as worn.
    start, last_row : ndarray of int
        First night of the trial and last night with a row, days since 1970-01-01.
    planned_nights, block_nights, n_blocks, max_run : ndarray of float
    arms : ndarray of float, shape (patients, most blocks)
        Arm of each block as the column ``schedule`` gives it, NaN elsewhere.
    plan : ndarray of int
        Position in `plans`; 0 for a trial with one look at its end.
    plans : tuple of tuple of int
        Looks of staged trials, in pairs; the first plan is empty.
    """

    patient_ids: npt.NDArray[np.generic]
    rows: Ints
    design: Ints
    scheduled: Bools
    start: Ints
    last_row: Ints
    planned_nights: Floats
    block_nights: Floats
    n_blocks: Floats
    max_run: Floats
    arms: Floats
    plan: Ints
    plans: tuple[tuple[int, ...], ...]

    @property
    def randomized(self) -> Bools:
        """Whether the schedule was drawn at random."""
        return np.isin(self.design, [DESIGNS.index(design) for design in RANDOMIZED])

    @property
    def fixed(self) -> Bools:
        """Whether the arms of all blocks are given by the column ``schedule``."""
        return np.asarray(np.isfinite(self.arms).any(axis=1))

    @property
    def before_after(self) -> Bools:
        """Whether the design is one change from nights without to nights with stockings."""
        return np.asarray(self.design == DESIGNS.index("before_after"))

    def n_schedules(self, patients: Ints) -> Floats:
        """Count the schedules that could have been drawn for some patients, NaN where none was."""
        counts = np.full(len(patients), np.nan)
        drawn = np.flatnonzero(self.randomized[patients])
        shapes = np.column_stack((self.design, self.n_blocks, np.nan_to_num(self.max_run, nan=-1)))[patients[drawn]]
        unique, inverse = np.unique(shapes, axis=0, return_inverse=True)
        known = [
            count_schedules(DESIGNS[int(design)], int(n_blocks), None if max_run < 0 else int(max_run))
            for design, n_blocks, max_run in unique
        ]
        counts[drawn] = np.array(known, dtype=np.float64)[inverse]
        return counts


@dataclass(frozen=True, slots=True)
class Stretches:
    """Nights under comparison; arrays have one element a patient.

    Attributes
    ----------
    nights : ndarray of int
        Length of the stretch from the trial's start that is (or, while running, will be) compared; of a staged trial up
        to its next look, or its last one.
    passed : ndarray of int
        How many of its nights have passed.
    settled : ndarray of int
        Nights up to the last look whose time has come, 0 before it.
    milestone : ndarray of bool
        Whether the patient is looked at at milestones, having no planned end.
    staged : ndarray of bool
        Whether an exact test at several looks decides.
    """

    nights: Ints
    passed: Ints
    settled: Ints
    milestone: Bools
    staged: Bools

    @property
    def running(self) -> Bools:
        """Whether the end is not reached, by the calendar."""
        return self.passed < self.nights


def read_trials(frame: pd.DataFrame) -> Trials:
    """Read each patient's trial from a checked frame.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.frame.check_frame` returns it.

    Raises
    ------
    InputError
        Where design, start, length or blocks cannot be told; names patient and column.

    Notes
    -----
    ``trial_start``, ``block_nights`` and ``schedule`` win over the per-night columns. Without ``trial_start`` the trial
    starts at the patient's first row; without any number of blocks they are counted on the rows.
    """
    ids = frame["patient_id"].to_numpy()
    new = np.flatnonzero(ids[1:] != ids[:-1]) + 1
    rows = np.concatenate(([0], new, [len(ids)])) if len(ids) else np.zeros(1, dtype=np.int64)
    first = rows[:-1]
    days = frame["night_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    trial_start = _constant_day(frame, "trial_start", first)
    arms, n_arms = _schedule_arms(frame, first)
    assigned = _most(frame["assigned"].to_numpy(), first)
    block_nights, n_blocks, planned_nights = _lengths(
        _most(frame["block_nights"].to_numpy(), first),
        np.where(n_arms > 0, n_arms, _most(frame["n_blocks"].to_numpy(), first)),
        _most(frame["planned_nights"].to_numpy(), first),
        n_arms > 0,
    )
    last_block = _most(frame["block"].to_numpy(), first)
    seen = np.fmax(2 * _most(frame["pair"].to_numpy(), first) + 2, last_block + 1)
    n_blocks = np.where(np.isnan(n_blocks), seen, n_blocks)
    trials = Trials(
        patient_ids=ids[first],
        rows=rows,
        design=_constant_codes(frame["design"].cat.set_categories(DESIGNS), first),
        scheduled=(n_arms > 0) | ~np.isnan(assigned),
        start=np.where(trial_start == _NO_DATE, days[first], trial_start),
        last_row=days[rows[1:] - 1],
        planned_nights=planned_nights,
        block_nights=block_nights,
        n_blocks=n_blocks,
        max_run=_most(frame["max_run"].to_numpy(), first),
        arms=arms,
        plan=_constant_codes(frame["looks"], first) + 1,
        plans=((), *(tuple(map(int, text.split(","))) for text in frame["looks"].cat.categories)),
    )
    return _checked(trials, numbered=~np.isnan(last_block))


def stretches_of(trials: Trials, milestones: tuple[int, ...], as_of: int | None, level: float) -> Stretches:
    """Tell which nights of each patient are compared.

    Parameters
    ----------
    trials : Trials
    milestones : tuple of int
        Increasing numbers of nights at which a diary without a planned end is looked at.
    as_of : int or None
        Last night that has passed, in days since 1970-01-01; None for each patient's last row.
    level : float
        Level of a staged trial's last look, see `analysis.schedule.look_levels`.
    """
    seen = (trials.last_row if as_of is None else as_of) - trials.start + 1
    milestone = np.isnan(trials.planned_nights)
    steps = np.array(milestones)
    reached = np.clip(np.searchsorted(steps, seen, side="right") - 1, 0, None)
    nights = np.where(milestone, steps[reached], np.nan_to_num(trials.planned_nights)).astype(np.int64)
    settled = np.where(seen >= nights, nights, 0)
    with_looks = np.zeros_like(milestone)
    for number, looks in enumerate(trials.plans):
        staged = np.flatnonzero(trials.plan == number)
        ends = 2 * trials.block_nights[staged, None] * np.array(list(look_levels(looks, level)))
        if ends.size:
            with_looks[staged] = True
            past = (ends <= seen[staged, None]).sum(axis=1, keepdims=True)
            nights[staged] = np.take_along_axis(ends, np.minimum(past, ends.shape[1] - 1), axis=1)[:, 0]
            ends = np.concatenate((np.zeros((len(staged), 1)), ends), axis=1)
            settled[staged] = np.take_along_axis(ends, past, axis=1)[:, 0]
    return Stretches(nights, np.clip(seen, 0, nights), settled, milestone, with_looks)


def _most(values: Floats, first: Ints) -> Floats:
    return np.fmax.reduceat(values, first) if len(first) else values


def _constant_day(frame: pd.DataFrame, name: str, first: Ints) -> Ints:
    days = frame[name].to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.maximum.reduceat(days, first) if len(first) else days


def _constant_codes(values: pd.Series, first: Ints) -> Ints:
    codes = values.cat.codes.to_numpy().astype(np.int64)
    return np.maximum.reduceat(codes, first) if len(first) else codes


def _schedule_arms(frame: pd.DataFrame, first: Ints) -> tuple[Floats, Ints]:
    """Unpack the texts of the column ``schedule`` into arms (patients × blocks) and the number of blocks."""
    texts = list(frame["schedule"].cat.categories)
    codes = _constant_codes(frame["schedule"], first)
    lengths = np.array([len(text) for text in texts] + [0])[codes]
    arms = np.full((len(first), max(lengths, default=0)), np.nan)
    starts = np.cumsum([0] + [len(text) for text in texts])
    bits = np.frombuffer("".join(texts).encode(), dtype=np.uint8) - ord("0")
    block = np.arange(arms.shape[1])
    inside = block < lengths[:, None]
    arms[inside] = bits[(starts[codes][:, None] + block)[inside]]
    return arms, lengths


def _lengths(block_nights: Floats, n_blocks: Floats, planned: Floats, fixed: Bools) -> tuple[Floats, Floats, Floats]:
    """Complete nights a block, blocks and planned nights, any two of which give the third."""
    even = planned / n_blocks
    block_nights = np.where(np.isnan(block_nights) & (even == np.floor(even)), even, block_nights)
    n_blocks = np.where(np.isnan(n_blocks), np.ceil(planned / block_nights), n_blocks)
    planned = np.where(fixed | np.isnan(planned), block_nights * n_blocks, planned)
    return block_nights, n_blocks, planned


def _checked(trials: Trials, numbered: Bools) -> Trials:
    undesigned = trials.design < 0
    _refuse(trials, undesigned & trials.scheduled, "design", "is missing, yet nights are assigned: no design")
    trials.design[undesigned] = DESIGNS.index("observational")
    randomized = trials.randomized
    observational = trials.design == DESIGNS.index("observational")
    _refuse(trials, ~observational & np.isnan(trials.planned_nights), "planned_nights", "is missing: no length")
    _refuse(trials, randomized & ~trials.scheduled, "assigned", "is missing: no arms for a randomized trial")
    _refuse(
        trials,
        trials.fixed & np.isnan(trials.block_nights),
        "block_nights",
        "is missing: no nights for the schedule's blocks",
    )
    _refuse(trials, randomized & np.isnan(trials.n_blocks), "n_blocks", "is missing: no blocks for a randomized trial")
    _refuse(
        trials, randomized & (trials.n_blocks % 2 == 1), "n_blocks", "is odd; half of the blocks are stocking blocks"
    )
    without = np.isnan(trials.block_nights) & ~numbered
    _refuse(trials, randomized & without, "block", "is missing: no blocks of a randomized trial")
    staged = trials.plan > 0
    _refuse(trials, staged & np.isnan(trials.block_nights), "block_nights", "is missing: no nights of the looks")
    wrong = trials.design != DESIGNS.index("pairs")
    _refuse(trials, staged & wrong, "looks", "are given, but the design is not pairs")
    last = np.array([looks[-1] if looks else 0 for looks in trials.plans])[trials.plan]
    _refuse(trials, staged & (2 * last != trials.n_blocks), "looks", "do not end at the number of pairs")
    increasing = np.array([sorted(set(looks)) == list(looks) for looks in trials.plans])[trials.plan]
    _refuse(trials, ~increasing, "looks", "do not increase")
    return trials


def _refuse(trials: Trials, wrong: Bools, column: str, what: str) -> None:
    if wrong.any():
        raise InputError(f"patient {trials.patient_ids[int(np.argmax(wrong))]}, {column}: {what}")
