"""Where the marks of a report's pictures stand; the template draws them. Lengths are units of each drawing's viewBox.

One language of marks as everywhere: cramps are orange bars, no cramps a small ring, not recorded a dotted gap;
stockings on is blue and filled, off an outline. Filled and empty differ in gray, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import log

from analysis.figures.labels import Labels
from backend.exports.report.facts import Day

MOST_NIGHTS = 180
NIGHTS_A_ROW = 92
# Fewer nights than these do not fill a row, so that a night keeps its width.
NIGHTS_IN_VIEW = 42
WIDTH, LEFT, RIGHT = 720.0, 56.0, 4.0
TOP, BASELINE = 8.0, 60.0
STRIP_HEIGHT = 9.0
TICK_ROOM = 62.0


@dataclass(frozen=True, slots=True)
class Strip:
    """Equal nights in a row: ``kind`` is ``on``, ``off`` or ``gap``."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class NightsRow:
    """One row of the picture of nights.

    Attributes
    ----------
    bars : left edge, top and width of each night with cramps.
    rings : middle of each night without.
    gaps : both ends of each stretch that is not recorded.
    strips : by name, ``worn`` and ``assigned``.
    ticks, levels : place and words along the axes.

    """

    bars: list[tuple[float, float, float]]
    rings: list[float]
    gaps: list[tuple[float, float]]
    strips: dict[str, list[Strip]]
    ticks: list[tuple[float, str]]
    levels: list[tuple[float, int]]

    @property
    def height(self) -> float:
        """Height of the drawing."""
        return BASELINE + 24 + (STRIP_HEIGHT + 4) * len(self.strips)

    def strip_top(self, number: int) -> float:
        """Top of a strip, counted from 0."""
        return BASELINE + 8 + (STRIP_HEIGHT + 4) * number


def nights_rows(days: Sequence[Day], words: Labels, *, scheduled: bool) -> list[NightsRow]:
    """Lay out nights in one row, or in two where one would be too dense to read."""
    if not days:
        return []
    in_row = len(days) if len(days) <= NIGHTS_A_ROW else -(-len(days) // 2)
    top = _even(max((day.cramps or 0 for day in days), default=0))
    return [
        _row(days[first : first + in_row], max(in_row, NIGHTS_IN_VIEW), top, words, scheduled)
        for first in range(0, len(days), in_row)
    ]


def _even(cramps: int) -> int:
    return max(2, cramps + cramps % 2)


def _row(days: Sequence[Day], in_view: int, top: int, words: Labels, scheduled: bool) -> NightsRow:
    step = (WIDTH - LEFT - RIGHT) / in_view
    at = [LEFT + step * number for number in range(len(days))]
    height = (BASELINE - TOP) / top
    strips = {"worn": [day.worn for day in days]} | ({"assigned": [day.assigned for day in days]} if scheduled else {})
    return NightsRow(
        bars=[
            (x + step * 0.16, BASELINE - height * day.cramps, step * 0.68)
            for x, day in zip(at, days, strict=True)
            if day.cramps
        ],
        rings=[x + step / 2 for x, day in zip(at, days, strict=True) if day.cramps == 0],
        gaps=[(x, x + width) for x, width, kind in _runs([day.cramps is None for day in days], step) if kind],
        strips={name: list(_strips(name, values, step)) for name, values in strips.items()},
        ticks=list(_ticks([day.night for day in days], at, step, words)),
        levels=[(BASELINE - height * level, level) for level in (0, top // 2, top)],
    )


def _runs(values: Sequence[bool | None], step: float) -> Iterator[tuple[float, float, bool | None]]:
    """Give the left edge, the width and the value of each run of equal values."""
    position = 0
    for value, run in groupby(values):
        length = len(list(run))
        yield LEFT + step * position, step * length, value
        position += length


def _strips(name: str, values: Sequence[bool | None], step: float) -> Iterator[Strip]:
    # Where nothing was assigned nothing is missing.
    inset = min(0.8, step * 0.12)
    for x, width, value in _runs(values, step):
        if value is not None or name == "worn":
            yield Strip(x + inset, width - 2 * inset, "gap" if value is None else "on" if value else "off")


def _ticks(nights: Sequence[date], at: Sequence[float], step: float, words: Labels) -> Iterator[tuple[float, str]]:
    every = 7 * max(1, -(-int(TICK_ROOM) // int(7 * step)))
    last = None
    for night, x in zip(nights, at, strict=True):
        if night.weekday() == 0 and (last is None or (night - last).days >= every) and x < WIDTH - TICK_ROOM / 2:
            last = night
            yield x + step / 2, words.brief(night)


@dataclass(frozen=True, slots=True)
class Interval:
    """A rate ratio and its interval on an axis from a quarter to four times as many, places from 0 to 1."""

    point: float
    low: float
    high: float
    low_beyond: bool
    high_beyond: bool


EDGE = 4.0


def interval(ratio: float, low: float, high: float) -> Interval:
    """Lay out a rate ratio with its interval; an end beyond the axis is drawn as going on."""
    return Interval(place(ratio), place(low), place(high), low < 1 / EDGE, high > EDGE)


def place(ratio: float) -> float:
    """Give the place of a ratio on the axis."""
    if ratio <= 0:
        return 0.0
    return min(1.0, max(0.0, (log(ratio) / log(EDGE) + 1) / 2))
