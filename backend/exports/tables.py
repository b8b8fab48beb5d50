"""Tables of nights and of cramps as people have them, read cell by cell: what cannot be read is told by its line.

Encodings, separators, dates, decimal commas, yes and no are those of ``analysis.io``; pandas is imported on first use.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from backend.diary.night_fields import CRAMP_FIELDS, NIGHT_FIELDS, SYMPTOM_FIELDS, NightField
from backend.exports.errors import DiaryFileError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.reading.cells import Sheet

TableName = Literal["nights", "cramps"]

# How columns are read: kinds of ``analysis.frame.Column``, and three more, "words" parted by spaces, a local "minute"
# without a zone, and "free" text that is taken as it is.
_READ_AS = {"choice": "free", "text": "free", "zone": "free", "instant": "free"}


def _kinds(fields: Iterable[NightField]) -> dict[str, str]:
    return {field.name: _READ_AS.get(field.kind, field.kind) for field in fields}


_NIGHT = {"patient_id": "key", "night_date": "date"}
_TOTALS = {"cramps": "whole", "cramp_minutes": "number", "worst_pain": "whole"}
NIGHT_KINDS = {
    **_NIGHT,
    **_TOTALS,
    **_kinds(field for field in (*NIGHT_FIELDS, *SYMPTOM_FIELDS) if field.kind != "group"),
}
CRAMP_KINDS = {**_NIGHT, "cramp": "whole", **_kinds(CRAMP_FIELDS)}
_OTHER_NAMES = dict.fromkeys(("notes", "nota", "notas", "comment", "comments", "comentario", "notiz"), "note")
# In a table of cramps these mean one cramp, not the night.
_CRAMP_NAMES = {"cramp_minutes": "duration_min", "worst_pain": "pain_nrs"}
# Derived or of the trial: they say nothing that a night needs.
_UNNEEDED = frozenset(
    {"late", "woke_on", "design", "assigned", "pair", "block", "washout", "planned_nights", "n_blocks", "max_run"}
    | {"trial_start", "block_nights", "schedule", "looks", "exposure"}
)
# Spreadsheets write a time with its seconds, or with a space before it.
_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::00(?:\.0+)?)?", re.ASCII)
_REASONS = {"date": "date", "number": "number", "whole": "number", "flag": "yes_no"}

LINES_MAX = 200_000
UNREADABLE_MAX = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line that is not taken, and why.

    ``reason`` is a code for programs, ``detail`` a sentence for people; ``low`` and ``high`` are the bounds of the
    column where they are the reason, ``other_line`` the line that says something else of the same night.
    """

    line: int
    table: TableName
    column: str | None
    reason: str
    detail: str
    low: float | None = None
    high: float | None = None
    other_line: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line, with what its cells say; empty cells are left out."""

    line: int
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, the lines that cannot be read, and the headings that mean nothing here."""

    columns: frozenset[str]
    rows: list[Row]
    refused: list[Refusal]
    ignored: list[str]


def read_table(content: bytes) -> tuple[TableName, Table]:
    """Read a table, and tell which one it is: that of cramps numbers them, that of nights counts them.

    Raises
    ------
    DiaryFileError
        The file is no table, or too much of it cannot be read.

    """
    sheet = _sheet(content)
    plain = _plain_names(sheet)
    name: TableName = "cramps" if "cramps" not in plain and "cramp" in plain else "nights"
    names = [_CRAMP_NAMES.get(column, column) for column in plain] if name == "cramps" else plain
    return name, _read(name, sheet, names, CRAMP_KINDS if name == "cramps" else NIGHT_KINDS)


def _sheet(content: bytes) -> "Sheet":
    from analysis.errors import InputError
    from analysis.reading.cells import Notes
    from analysis.reading.sheet import read_sheet

    if content.count(b"\n") + content.count(b"\r") > 2 * LINES_MAX:
        raise DiaryFileError("too_many_nights", f"A table may have at most {LINES_MAX} lines.")
    try:
        return read_sheet(content, Notes())
    except InputError as error:
        raise DiaryFileError("unreadable", _sentence(error), _line_of(error)) from None


def _plain_names(sheet: "Sheet") -> list[str]:
    from analysis.reading.cells import plain_name

    plain = [plain_name(heading) for heading in sheet.header]
    return [_OTHER_NAMES.get(name, name) for name in plain]


def _read(name: TableName, sheet: "Sheet", names: list[str], kinds: Mapping[str, str]) -> Table:
    columns: dict[str, list[Any]] = {}
    refused: dict[int, Refusal] = {}
    ignored = []
    for at, (column, heading) in enumerate(zip(names, sheet.header, strict=True)):
        if column in columns:
            raise DiaryFileError("column_twice", f"Two columns mean {column}.", 1)
        if column in kinds:
            columns[column] = _values(name, column, kinds[column], sheet, at, refused)
        elif column not in _UNNEEDED and heading.strip():
            ignored.append(heading.strip())
    lines = sheet.rows.tolist()
    rows = [
        Row(line, {column: values[at] for column, values in columns.items() if values[at] is not None})
        for at, line in enumerate(lines)
        if line not in refused
    ]
    return Table(frozenset(columns), rows, list(refused.values()), ignored)


def _values(name: TableName, column: str, kind: str, sheet: "Sheet", at: int, refused: dict[int, Refusal]) -> list[Any]:
    """Read a column; a line that cannot be read is refused for its first such cell."""
    from analysis.errors import InputError
    from analysis.frame import Column
    from analysis.reading.cells import Cells, Notes, parse_readable

    cells = sheet.column(at)
    if not isinstance(cells, Cells):
        raise DiaryFileError("unreadable", "The file is no text (CSV).")
    if kind in ("free", "words", "key", "minute"):
        read = [(_minute(text) if kind == "minute" else text) or None for text in cells.texts]
        parted = [text and tuple(dict.fromkeys(text.lower().split())) for text in read] if kind == "words" else read
        return [parted[code] if code >= 0 else None for code in cells.codes.tolist()]
    wanted = Column(column, kind, "")  # type: ignore[arg-type]  # the other kinds are gone by now
    try:
        found = parse_readable(wanted, cells, sheet.rows, Notes(), most=UNREADABLE_MAX)
    except InputError as error:
        raise DiaryFileError("too_many_refused", _sentence(error), _line_of(error)) from None
    for line, wrong in found.unreadable.items():
        detail = f"Line {line}, {column}: {wrong}."
        refused.setdefault(line, Refusal(line, name, column, _REASONS[kind], detail))
    return _plain_values(kind, found.values)


def _minute(text: str) -> str:
    found = _MINUTE.fullmatch(text)
    return "T".join(found.groups()) if found else text


def _plain_values(kind: str, values: "pd.Series") -> list[Any]:
    known = values.notna().tolist()
    if kind == "date":
        return [value.date() if there else None for value, there in zip(values.dt.to_pydatetime(), known, strict=True)]
    return [_plain(kind, value) if there else None for value, there in zip(values.tolist(), known, strict=True)]


def _plain(kind: str, value: float) -> float:
    if kind == "flag":
        return bool(value)
    # A number that should be whole and is not is left for the diary to refuse.
    return int(value) if kind == "whole" and value.is_integer() else value


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _line_of(error: Exception) -> int | None:
    found = re.match(r"line (\d+)", str(error))
    return int(found[1]) if found else None
