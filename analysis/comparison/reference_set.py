"""The schedules that a randomization test compares with the drawn one."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.arrays import Floats
from analysis.schedule import MOST_SCHEDULES, Design, completions, count_schedules, sequence


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """Schedules of one shape.

    Attributes
    ----------
    arms : ndarray, shape (schedules, blocks)
        1 = stockings.
    complete : bool
        True: `arms` are the half of all possible schedules whose first block is without stockings; the other half
        swaps the arms. False: random draws from all possible schedules.
    """

    arms: Floats
    complete: bool

    @property
    def size(self) -> int:
        """Number of schedules that a p-value is a share of; among random draws the drawn schedule counts as one."""
        return 2 * len(self.arms) if self.complete else len(self.arms) + 1


@lru_cache(maxsize=256)
def reference_set(design: Design, n_blocks: int, max_run: int | None) -> ReferenceSet:
    """Give the schedules of a shape: all of them, above 4,096 a fixed draw of 4,095.

    Parameters
    ----------
    design : {"pairs", "blocks"}
    n_blocks : int
        Even.
    max_run : int or None
        Most equal blocks in a row (``blocks``); None for no limit.

    Notes
    -----
    The draws come from SHAKE-256 of the shape, so that a trial has the same p-value on any machine and version.

    Examples
    --------
    >>> reference_set("pairs", 4, None).arms.astype(int).tolist()
    [[0, 1, 0, 1], [0, 1, 1, 0]]
    """
    if count_schedules(design, n_blocks, max_run) <= MOST_SCHEDULES:
        return ReferenceSet(_all_without_first(design, n_blocks, max_run), complete=True)
    numbers = uniform(f"{design}:{n_blocks}:{max_run}", MOST_SCHEDULES - 1, n_blocks)
    if design == "pairs":
        first = (numbers[:, : n_blocks // 2] < 0.5).astype(np.float64)
        return ReferenceSet(_interleaved(first), complete=False)
    return ReferenceSet(balanced(numbers, max_run or n_blocks), complete=False)


@lru_cache(maxsize=64)
def swaps(pairs: int) -> Floats:
    """Give a group of swaps of pairs: all of them, above 4,096 a linear code of 4,096.

    Parameters
    ----------
    pairs : int

    Returns
    -------
    ndarray, shape (swaps, pairs)
        1 = the blocks of the pair change places. Row 0 swaps nothing, the last row every pair. Rows count in binary
        over the first 12 pairs, the first pair being the highest digit, so that rows with equal beginnings stand
        together.

    Notes
    -----
    Applying the swaps of a group to any of its schedules gives the same set of schedules, which makes the test over a
    subgroup exact. Parity pairs beyond the twelfth are fixed random sums modulo 2 of the first twelve, of an odd number
    of them so that swapping all pairs belongs to the code.
    """
    digits = min(pairs, MOST_SCHEDULES.bit_length() - 1)
    rows = np.arange(2**digits)[:, None] >> np.arange(digits - 1, -1, -1) & 1
    parity = (uniform(f"swaps:{pairs}", digits, pairs - digits) < 0.5).astype(np.int64)
    parity[0] ^= (parity.sum(axis=0) + 1) % 2
    return np.concatenate((rows, rows @ parity % 2), axis=1).astype(np.float64)


def _all_without_first(design: Design, n_blocks: int, max_run: int | None) -> Floats:
    if design == "pairs":
        first = swaps(n_blocks // 2)
        return _interleaved(first[: len(first) // 2])
    half = count_schedules(design, n_blocks, max_run) // 2
    # Sequences are ranked with 0 before 1, so that the lower half begins without stockings.
    return np.array([sequence(rank, n_blocks, max_run or n_blocks) for rank in range(half)], dtype=np.float64)


def _interleaved(first: Floats) -> Floats:
    return np.stack((first, 1 - first), axis=2).reshape(len(first), -1)


def balanced(numbers: Floats, max_run: int) -> Floats:
    """Draw balanced sequences, all of them equally likely.

    Parameters
    ----------
    numbers : ndarray, shape (draws, blocks)
        Uniform from 0 to 1.
    max_run : int
        Most equal blocks in a row.

    Returns
    -------
    ndarray of 0.0 and 1.0, shape (draws, blocks)

    Notes
    -----
    Block by block; an arm goes on with the chance that the counts of completions give.
    """
    draws, n_blocks = numbers.shape
    arms = np.zeros((draws, n_blocks))
    arms[:, 0] = numbers[:, 0] < 0.5
    same, other, run = (np.full(draws, count) for count in (n_blocks // 2 - 1, n_blocks // 2, 1))
    for block in range(1, n_blocks):
        _, first, inverse = np.unique(
            (same * n_blocks + other) * n_blocks + run, return_index=True, return_inverse=True
        )
        states = zip(same[first].tolist(), other[first].tolist(), run[first].tolist(), strict=True)
        repeat = np.array([_chance_of_repeat(*state, max_run) for state in states])[inverse]
        repeats = numbers[:, block] < repeat
        arms[:, block] = np.where(repeats, arms[:, block - 1], 1 - arms[:, block - 1])
        same, other = np.where(repeats, (same - 1, other), (other - 1, same))
        run = np.where(repeats, run + 1, 1)
    return arms


def _chance_of_repeat(same: int, other: int, run: int, max_run: int) -> float:
    longer = completions(same - 1, other, run + 1, max_run) if same and run < max_run else 0
    return longer / completions(same, other, run, max_run)


def uniform(seed: str, rows: int, columns: int) -> Floats:
    """Draw numbers from 0 to 1 from a text by SHAKE-256, the same on any machine; shape (rows, columns)."""
    bits = np.frombuffer(hashlib.shake_256(seed.encode()).digest(8 * rows * columns), dtype="<u8")
    return (bits >> np.uint64(11)).astype(np.float64).reshape(rows, columns) * 2.0**-53
