"""Trial schedules: which blocks of nights are stocking nights, drawn once from a stored seed.

Only the standard library is needed here, so that showing a patient tonight's plan loads no numerical package.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import count
from math import comb
from typing import Any, Literal, Self

from analysis.errors import InputError

Design = Literal["pairs", "blocks", "before_after", "observational"]
MOST_NIGHTS = 366
# What patients are asked for: shorter trials can hardly show anything, longer ones few people finish.
SHORTEST_TRIAL, LONGEST_TRIAL = 10, 180
# Above so many possible schedules a test draws from them instead of enumerating them.
MOST_SCHEDULES = 4096
# The one-sided level of an exact test, spent in part at each look of a staged trial.
EXACT_LEVEL = 0.05
# At that level a test can only reject where one schedule is at most a twentieth of all: 5 pairs or 8 blocks.
EXACT_SCHEDULES = 20
DESIGNS: tuple[Design, ...] = ("pairs", "blocks", "before_after", "observational")
RANDOMIZED: tuple[Design, ...] = ("pairs", "blocks")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A drawn schedule; never edited afterwards.

    Attributes
    ----------
    design : {"pairs", "blocks", "before_after", "observational"}
    block_nights : int or None
        Nights in a block. For an observational diary the number of nights after which it ends, None without a fixed
        end.
    blocks : tuple of int
        Arm of each block in order, 1 = stockings; empty for an observational diary.
    max_run : int or None
        Most equal blocks in a row (``blocks`` only).
    looks : tuple of int
        Numbers of pairs after which a staged trial is analyzed; empty for one analysis at the planned end.
    seed : str or int or None
        What the allocation was drawn from; None where nothing is drawn.
    """

    design: Design
    block_nights: int | None
    blocks: tuple[int, ...]
    max_run: int | None = None
    looks: tuple[int, ...] = ()
    seed: str | int | None = None

    @property
    def n_blocks(self) -> int:
        """Number of blocks."""
        return len(self.blocks)

    @property
    def n_pairs(self) -> int | None:
        """Number of pairs of blocks, None for other designs."""
        return self.n_blocks // 2 if self.design == "pairs" else None

    @property
    def planned_nights(self) -> int | None:
        """Nights from the first to the planned last one, None for a diary without a fixed end."""
        return self.block_nights if self.block_nights is None or not self.blocks else self.block_nights * self.n_blocks

    @property
    def n_schedules(self) -> int | None:
        """Number of schedules that could have been drawn, None where nothing is drawn."""
        return count_schedules(self.design, self.n_blocks, self.max_run) if self.design in RANDOMIZED else None

    @property
    def text(self) -> str | None:
        """One 0/1 a block, as the column ``schedule`` of a frame has it; None without blocks."""
        return "".join(map(str, self.blocks)) or None

    def assigned(self, start: dt.date, night: dt.date) -> bool | None:
        """Whether the night of a date is a stocking night; None outside the schedule.

        Parameters
        ----------
        start : date
            Evening of the first night.
        night : date
            Evening of the night asked for.
        """
        position = (night - start).days
        if not self.blocks or self.block_nights is None or not 0 <= position < self.block_nights * self.n_blocks:
            return None
        return bool(self.blocks[position // self.block_nights])

    def nights(self, start: dt.date) -> dict[str, list[Any]]:
        """Give the schedule's columns of a frame (`analysis.frame`), one element a planned night.

        Parameters
        ----------
        start : date
            Evening of the first night.

        Returns
        -------
        dict of list
            ``night_date`` and all schedule columns and trial constants; one element a night of ``planned_nights``,
            empty lists for a diary without a fixed end. Make a DataFrame of it, or pick columns.
        """
        n = self.planned_nights or 0
        block = [night // self.block_nights for night in range(n)] if self.blocks and self.block_nights else [None] * n
        return {
            "night_date": [start + dt.timedelta(days=night) for night in range(n)],
            "assigned": [None if b is None else self.blocks[b] for b in block],
            "pair": [None if b is None or self.design != "pairs" else b // 2 for b in block],
            "block": block,
            "washout": [0] * n,
            **{name: [value] * n for name, value in self.constants(start).items()},
        }

    def constants(self, start: dt.date) -> dict[str, Any]:
        """Give the frame's columns that are the same on every night of the trial; None where there is none."""
        return {
            "design": self.design,
            "planned_nights": self.planned_nights,
            "n_blocks": self.n_blocks or None,
            "max_run": self.max_run,
            "trial_start": start,
            "block_nights": self.block_nights if self.blocks else None,
            "schedule": self.text,
            "looks": ",".join(map(str, self.looks)) or None,
        }

    def to_json(self) -> str:
        """Write the schedule as JSON text, which `from_json` reads back."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        stored = json.loads(text)
        return cls(**stored | {"blocks": tuple(stored["blocks"]), "looks": tuple(stored["looks"])})


def draw_schedule(
    design: Design,
    *,
    pairs: int | None = None,
    blocks: int | None = None,
    block_nights: int | None = None,
    max_run: int = 2,
    looks: Sequence[int] | None = None,
    seed: str | int | None = None,
) -> Schedule:
    """Draw a schedule; the same seed gives the same schedule on any machine and version.

    Parameters
    ----------
    design : {"pairs", "blocks", "before_after", "observational"}
        ``pairs``: in each pair of blocks a coin flip decides which comes first. ``blocks``: one of all balanced
        sequences with at most `max_run` equal blocks in a row, all equally likely. ``before_after``: a block without,
        then one with stockings. ``observational``: nothing is assigned.
    pairs, blocks : int, optional
        Number of pairs (``pairs``) or of blocks (``blocks``, even).
    block_nights : int or None
        Nights in a block; for ``observational`` the nights until the fixed end, None without one.
    max_run : int
        See ``blocks``.
    looks : sequence of int, optional
        Staged trials: increasing numbers of pairs, the last one all of them.
    seed : str or int
        Needed for ``pairs`` and ``blocks``; store it.

    Raises
    ------
    InputError
        Naming the argument and its bound.

    Notes
    -----
    The bits are those of SHA-256 of ``"seed:0"``, ``"seed:1"`` and so on, first bit first.

    Examples
    --------
    >>> draw_schedule("pairs", pairs=3, block_nights=3, seed="an example").text
    '011010'
    >>> draw_schedule("before_after", block_nights=7).blocks
    (0, 1)
    """
    _check_arguments(design, pairs, blocks, block_nights, looks, seed)
    if design == "pairs" and pairs is not None:
        drawn = tuple(arm for bit in _first(pairs, _bits(seed)) for arm in (bit, 1 - bit))
        return Schedule(design, block_nights, drawn, looks=tuple(looks or ()), seed=seed)
    if design == "blocks" and blocks is not None:
        _check_at_least("max_run", max_run, 1)
        drawn = sequence(_below(count_schedules("blocks", blocks, max_run), _bits(seed)), blocks, max_run)
        return Schedule(design, block_nights, drawn, max_run=max_run, seed=seed)
    return Schedule(design, block_nights, (0, 1) if design == "before_after" else ())


def default_schedule(seed: str | int, *, staged: bool = False, rare: bool = False) -> Schedule:
    """Draw the trial that is offered unless somebody asks for another one.

    Parameters
    ----------
    seed : str or int
        As for `draw_schedule`.
    staged : bool
        Whether the trial may finish early: pairs with looks after 6, 9 and 12 of them. Otherwise 18 balanced blocks, at
        most two equal ones in a row. Blocks have 3 nights in both.
    rare : bool
        Whether cramps are rare, so that a staged trial needs more nights: looks after 10 and 14 pairs.

    Examples
    --------
    >>> default_schedule("an example").planned_nights
    54
    >>> default_schedule("an example", staged=True).looks
    (6, 9, 12)
    """
    if not staged:
        return draw_schedule("blocks", blocks=18, block_nights=3, max_run=2, seed=seed)
    looks = (10, 14) if rare else (6, 9, 12)
    return draw_schedule("pairs", pairs=looks[-1], block_nights=3, looks=looks, seed=seed)


def check_length(schedule: Schedule) -> None:
    """Refuse a trial that is shorter or longer than patients are asked for; a diary without a fixed end passes.

    Raises
    ------
    InputError
        Naming the bounds, 10 and 180 nights.
    """
    nights = schedule.planned_nights
    if nights is not None and not SHORTEST_TRIAL <= nights <= LONGEST_TRIAL:
        raise InputError(f"planned_nights: {nights} is not from {SHORTEST_TRIAL} to {LONGEST_TRIAL}")


def count_schedules(design: Design, n_blocks: int, max_run: int | None = None) -> int:
    """Count the schedules that could have been drawn.

    Parameters
    ----------
    design : {"pairs", "blocks"}
    n_blocks : int
        Even; two blocks a pair.
    max_run : int, optional
        Most equal blocks in a row (``blocks``); None for no limit.

    Examples
    --------
    >>> count_schedules("pairs", 12), count_schedules("blocks", 12, 2)
    (64, 208)
    """
    if design == "pairs":
        return int(2 ** (n_blocks // 2))
    half = n_blocks // 2
    limit = half if max_run is None else min(max_run, half)
    return 2 * completions(half - 1, half, 1, limit) if half else 1


def smallest_p(schedule: Schedule) -> float | None:
    """Give the smallest p-value that an exact test over the possible schedules can reach; None where nothing is drawn.

    Above 4,096 schedules the test is a Monte Carlo one over 4,096 of them.

    Examples
    --------
    >>> smallest_p(draw_schedule("pairs", pairs=5, block_nights=3, seed=1))
    0.03125
    """
    return None if schedule.n_schedules is None else 1 / min(schedule.n_schedules, MOST_SCHEDULES)


def is_exact(n_schedules: int | None) -> bool:
    """Tell whether an exact test over so many possible schedules can reach one-sided 5 %.

    Parameters
    ----------
    n_schedules : int or None
        As `count_schedules` gives it; None where nothing is drawn.

    Examples
    --------
    >>> [is_exact(count_schedules("pairs", 2 * pairs)) for pairs in (4, 5)]
    [False, True]
    """
    return n_schedules is not None and n_schedules >= EXACT_SCHEDULES


def look_levels(looks: Sequence[int], level: float) -> dict[int, float]:
    """Give the cumulative one-sided level of each look of a staged trial.

    Parameters
    ----------
    looks : sequence of int
        Increasing numbers of pairs; the last one is all of them.
    level : float
        Level at the last look.

    Returns
    -------
    dict
        Pairs to level, `level` times (pairs / all pairs) to the power of 1.5. Looks at which no schedule could be
        rejected, the level lying below one in all schedules so far, are left out.

    Examples
    --------
    >>> {pairs: round(level, 4) for pairs, level in look_levels((3, 6, 9, 12), 0.05).items()}
    {6: 0.0177, 9: 0.0325, 12: 0.05}
    """
    levels = {pairs: level * (pairs / looks[-1]) ** 1.5 for pairs in looks}
    return {pairs: spent for pairs, spent in levels.items() if spent >= 2.0**-pairs}


def answers_after(schedule: Schedule) -> tuple[int, ...]:
    """Give the numbers of nights after which a trial can give its answer.

    Parameters
    ----------
    schedule : Schedule

    Returns
    -------
    tuple of int
        Ascending. Nights up to each look of a staged trial that can reject a schedule (`look_levels`), else the planned
        nights; empty for a diary without a fixed end.

    Examples
    --------
    >>> answers_after(default_schedule("an example", staged=True))
    (36, 54, 72)
    >>> answers_after(draw_schedule("pairs", pairs=9, block_nights=3, looks=(5, 7, 9), seed="an example"))
    (42, 54)
    >>> answers_after(default_schedule("an example"))
    (54,)
    """
    looks = look_levels(schedule.looks, EXACT_LEVEL) if schedule.looks and schedule.block_nights else {}
    if looks:
        return tuple(2 * pairs * (schedule.block_nights or 0) for pairs in looks)
    return () if schedule.planned_nights is None else (schedule.planned_nights,)


@cache
def completions(same: int, other: int, run: int, max_run: int) -> int:
    """Count the ways to go on after `run` equal blocks, so many blocks of the same and of the other arm being left."""
    if run + same <= max_run and other <= max_run:
        return comb(same + other, other)
    longer = completions(same - 1, other, run + 1, max_run) if same and run < max_run else 0
    switched = completions(other - 1, same, 1, max_run) if other else 0
    return longer + switched


def sequence(rank: int, n_blocks: int, max_run: int) -> tuple[int, ...]:
    """Give the admissible sequence of that rank, 0 = off before 1 = on at each block."""
    left, run, drawn = [n_blocks // 2, n_blocks // 2], 0, list[int]()
    for _ in range(n_blocks):
        for arm in (0, 1):
            length = run + 1 if drawn and drawn[-1] == arm else 1
            if not left[arm] or length > max_run:
                continue
            ways = completions(left[arm] - 1, left[1 - arm], length, max_run)
            if rank < ways:
                break
            rank -= ways
        left[arm] -= 1
        run = length
        drawn.append(arm)
    return tuple(drawn)


def _bits(seed: str | int | None) -> Iterator[int]:
    for number in count():
        for byte in hashlib.sha256(f"{seed}:{number}".encode()).digest():
            yield from ((byte >> shift) & 1 for shift in range(7, -1, -1))


def _first(n: int, bits: Iterator[int]) -> list[int]:
    return [next(bits) for _ in range(n)]


def _below(bound: int, bits: Iterator[int]) -> int:
    """Draw a whole number below `bound`, all equally likely, by rejection."""
    while True:
        drawn = int("0" + "".join(map(str, _first((bound - 1).bit_length(), bits))), 2)
        if drawn < bound:
            return drawn


def _check_arguments(
    design: str,
    pairs: int | None,
    blocks: int | None,
    block_nights: int | None,
    looks: Sequence[int] | None,
    seed: str | int | None,
) -> None:
    if design not in DESIGNS:
        raise InputError(f"design: {design!r} is none of {', '.join(DESIGNS)}")
    for name, value, belongs_to in (("pairs", pairs, "pairs"), ("blocks", blocks, "blocks"), ("looks", looks, "pairs")):
        if value is not None and design != belongs_to:
            raise InputError(f"{name}: given as {value!r}, but the design is {design!r}")
    if design == "pairs":
        _check_at_least("pairs", pairs, 1)
    if design == "blocks" and _check_at_least("blocks", blocks, 2) % 2:
        raise InputError(f"blocks: {blocks} is odd; half of the blocks are stocking blocks")
    if design != "observational" or block_nights is not None:
        n_blocks = {"pairs": 2 * (pairs or 0), "blocks": blocks or 0, "before_after": 2}.get(design, 1)
        nights = n_blocks * _check_at_least("block_nights", block_nights, 1)
        if nights > MOST_NIGHTS:
            raise InputError(f"block_nights: {block_nights} makes a trial of {nights} nights, more than {MOST_NIGHTS}")
    if design in RANDOMIZED and seed in (None, ""):
        raise InputError("seed: missing; a drawn schedule stores the seed it came from")
    for look in looks or ():
        _check_at_least("looks", look, 1)
    if looks and (sorted(set(looks)) != list(looks) or looks[-1] != pairs):
        raise InputError(f"looks: {list(looks)} must increase from at least 1 and end at pairs = {pairs}")


def _check_at_least(name: str, value: int | None, bound: int) -> int:
    if value is None or isinstance(value, bool) or not isinstance(value, int) or value < bound:
        raise InputError(f"{name}: {value!r} is not a whole number of at least {bound}")
    return value
