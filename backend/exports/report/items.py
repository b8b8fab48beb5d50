"""The shape of the physician's report: sections of items, each with its number in the CENT 2015 checklist."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist.

    Attributes
    ----------
    number : as in the checklist; its heading stands in the catalog.
    lines : its sentences.
    part : what the template draws below them: ``chart``, ``table``, ``flow`` or ``baseline``.

    """

    number: str
    lines: list[str] = field(default_factory=list)
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Items under a heading of the catalog."""

    name: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, a heading for each column, and rows that begin with theirs."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and what is told of it."""

    name: str
    told: str


Answers = dict[str, Any]
