"""Cells as people write them: names of columns, dates, numbers, yes and no, and nothing."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Ints
from analysis.errors import InputError
from analysis.frame import Column

if TYPE_CHECKING:
    import pyarrow as pa


# Other names of columns, after `plain_name`; English, Spanish, German, French.
OTHER_NAMES = {
    "patient_id": ("patient", "id", "patientid", "subject", "participant", "paciente", "patient_in", "patientin"),
    "night_date": ("date", "night", "night_of", "fecha", "noche", "datum", "nacht", "nuit"),
    "cramps": ("cramp_count", "n_cramps", "number_of_cramps", "calambres", "krämpfe", "kraempfe", "crampes"),
    "cramp_minutes": ("minutes", "cramp_min", "minutes_of_cramp", "minutos", "minuten"),
    "worst_pain": ("pain", "pain_nrs", "dolor", "schmerz", "schmerzen", "douleur"),
    "stockings_day": ("day_stockings", "stockings_by_day", "medias_de_día", "medias_día", "strümpfe_tag", "bas_jour"),
    "stockings_night": (
        "night_stockings",
        "stockings_by_night",
        "medias_de_noche",
        "medias_noche",
        "strümpfe_nacht",
        "bas_nuit",
    ),
}
_NAMES = {other: name for name, others in OTHER_NAMES.items() for other in others}
# A cell that starts with one of these is run as a formula by spreadsheets, unless a ' protects it.
RISKY = ("=", "+", "-", "@", "'", "\t", "\r")
_MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "-", "–", "—", ".", "?"})
_YES = frozenset({"1", "yes", "y", "true", "t", "sí", "si", "s", "verdadero", "ja", "j", "wahr", "oui", "o", "vrai"})
_NO = frozenset({"0", "no", "n", "false", "f", "falso", "nein", "falsch", "non", "faux"})
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?")


@dataclass(slots=True)
class Notes:
    """What was understood in a file, in words, in the order of finding."""

    found: list[str] = field(default_factory=list)

    def add(self, note: str) -> None:
        """Say something once."""
        if note not in self.found:
            self.found.append(note)


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of cells.

    Attributes
    ----------
    codes : ndarray of int, shape (rows,)
        Position in `texts` of each row's cell, -1 for a row without one.
    texts : list of str
        The different cells, in the order of their first rows.
    """

    codes: Ints
    texts: list[str]

    @classmethod
    def of(cls, column: "pa.DictionaryArray") -> "Cells":
        """Take a column of pyarrow."""
        plain = Plain()
        codes = column.indices.cast("int64").fill_null(-1).to_numpy()
        return cls(codes, [plain[text or ""] for text in column.dictionary.to_pylist()])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a file holds it.

    Attributes
    ----------
    header : list of str
    rows : Index, shape (rows,)
        Names the rows in messages: its name is "line" or "row", its labels are numbers.
    column : callable
        Gives the column at a position of the header: cells where the file holds texts, else values.
    """

    header: list[str]
    rows: pd.Index
    column: Callable[[int], Cells | pd.Series]


class Plain(dict[str, str]):
    """Cells without what protects them in spreadsheets and without spaces around them, each different one kept once."""

    def __missing__(self, cell: str) -> str:
        """Make a cell plain when it is met for the first time."""
        protected = cell[:1] == "'" and cell[1:].startswith(RISKY)
        plain = self[cell] = cell[1:] if protected else cell.strip(" ")
        return plain


def plain_name(header: str) -> str:
    """Bring a column's heading into the form of the frame's names.

    Examples
    --------
    >>> plain_name(" Worst pain (0-10)"), plain_name("Date")
    ('worst_pain', 'night_date')
    """
    without_unit = re.sub(r"\(.*?\)|\[.*?\]", "", header)
    name = re.sub(r"[\s\-./]+", "_", without_unit.strip().lower()).strip("_")
    return _NAMES.get(name, name)


def parse(column: Column, cells: Cells, row_names: pd.Index, notes: Notes) -> pd.Series:
    """Read a column's cells.

    Parameters
    ----------
    column : Column
    cells : Cells
    row_names : Index, shape (rows,)
        Its name and labels name the rows in messages, such as "line 2".
    notes : Notes
        Gets what was understood.

    Returns
    -------
    Series, shape (rows,)
        Dates as ``datetime64[s]``, numbers and flags as ``float64``, keys as ``object``, other texts as categories;
        missing where a cell is.

    Raises
    ------
    InputError
        Naming row, column, cell and reason.
    """
    return parse_readable(column, cells, row_names, notes, most=0).values


class Readable(NamedTuple):
    """What could be read of a column, and what could not.

    Attributes
    ----------
    values : Series, shape (rows,)
        As `parse` gives them; missing where a cell could not be read.
    unreadable : dict of int to str
        By the label of its row, what is wrong with a cell.
    """

    values: pd.Series
    unreadable: dict[int, str]


def parse_readable(column: Column, cells: Cells, row_names: pd.Index, notes: Notes, *, most: int) -> Readable:
    """Read a column's cells, and tell those that cannot be read instead of stopping at the first.

    Parameters
    ----------
    column, cells, row_names, notes
        As `parse` takes them.
    most : int
        How many different unreadable cells are told; with one more the column is refused.

    Raises
    ------
    InputError
        Naming row, column, cell and reason of the cell that is one too many.
    """
    texts = [text.strip(" \u00a0") for text in cells.texts]
    gone = [text.lower() in _MISSING for text in texts]
    _say_missing(column, texts, gone, notes)
    bad: dict[str, str] = {}
    while True:
        known = [text for text, without in zip(texts, gone, strict=True) if not without and text not in bad]
        try:
            values = _READERS.get(column.kind, _numbers)(column, known, notes)
            break
        except _CellError as error:
            if len(bad) == most:
                row = row_names[int(np.argmax(cells.codes == texts.index(error.cell)))]
                place = f"{row_names.name} {row}, {column.name}"
                raise InputError(f"{place}: {error.cell!r} {error.reason}") from None
            bad[error.cell] = error.reason
    nothing, dtype = _NOTHING.get(column.kind, (np.nan, np.float64))
    # The last element stands for rows without a cell, whose code is -1.
    by_text = np.full(len(texts) + 1, nothing, dtype=dtype)
    read = np.array([not without and text not in bad for text, without in zip(texts, gone, strict=True)], dtype=bool)
    by_text[:-1][read] = np.array(values, dtype=dtype)
    return Readable(_by_row(column, by_text, cells.codes, row_names), _by_label(bad, texts, cells.codes, row_names))


def _by_label(bad: dict[str, str], texts: Sequence[str], codes: Ints, row_names: pd.Index) -> dict[int, str]:
    wrong = {code: f"{text!r} {bad[text]}" for code, text in enumerate(texts) if text in bad}
    return {int(row_names[row]): wrong[code] for row, code in enumerate(codes.tolist()) if code in wrong} if bad else {}


def _by_row(column: Column, by_text: npt.NDArray[Any], codes: Ints, row_names: pd.Index) -> pd.Series:
    if column.kind != "text":
        # Keys stay Python's own texts, of which rows of a patient share one: these compare fast.
        return pd.Series(by_text[codes], index=row_names, dtype=by_text.dtype)
    text_codes, different = pd.factorize(by_text)
    categories = pd.Index(different, dtype=object)
    return pd.Series(pd.Categorical.from_codes(text_codes[codes], categories=categories), index=row_names)


class _CellError(Exception):
    """A cell that cannot be read; the caller knows its line."""

    def __init__(self, cell: str, reason: str) -> None:
        super().__init__(cell, reason)
        self.cell, self.reason = cell, reason


def _say_missing(column: Column, texts: Iterable[str], missing: Sequence[bool], notes: Notes) -> None:
    for text, gone in zip(texts, missing, strict=True):
        if gone and text:
            notes.add(f"{column.name}: {text!r} is read as missing")


def _numbers(column: Column, texts: Sequence[str], notes: Notes) -> list[float]:
    for text in texts:
        if not _NUMBER.fullmatch(text):
            raise _CellError(text, "is not a number")
    if any("," in text for text in texts):
        notes.add(f"{column.name}: commas are read as decimal points")
    return [float(text.replace(",", ".")) for text in texts]


def _flags(column: Column, texts: Sequence[str], notes: Notes) -> list[float]:
    values = [_flag(text) for text in texts]
    for text, value in zip(texts, values, strict=True):
        if not text[0].isdigit():
            notes.add(f"{column.name}: {text!r} is read as {value:.0f}")
    return values


def _flag(text: str) -> float:
    if text.lower() in _YES | _NO:
        return float(text.lower() in _YES)
    if re.fullmatch(r"[01][.,]0+", text):
        return float(text[0])
    raise _CellError(text, "is neither yes nor no (0 or 1)")


def _dates(column: Column, texts: Sequence[str], notes: Notes) -> list[dt.date]:
    day_first = _day_first(column, texts, notes)
    return [_date(text, day_first) for text in texts]


def _day_first(column: Column, texts: Sequence[str], notes: Notes) -> bool:
    """Decide from a whole column whether days or months come first; points always part days from months."""
    found = [(text, match) for text in texts if (match := _YEAR_LAST.fullmatch(text))]
    if any(match[2] == "." for _, match in found):
        notes.add(f"{column.name}: dates with points are read as day.month.year")
    open_ones = [(text, int(match[1]), int(match[3])) for text, match in found if match[2] != "."]
    if not open_ones:
        return True
    day_proof = next((text for text, first, _ in open_ones if first > 12), None)
    month_proof = next((text for text, _, second in open_ones if second > 12), None)
    if day_proof and month_proof:
        raise _CellError(month_proof, f"has the month first, but {day_proof!r} in the same column has the day first")
    if not day_proof and not month_proof:
        reason = "may be day/month or month/day, and no date of the column tells which; write it like 2026-11-03"
        raise _CellError(open_ones[0][0], reason)
    order = "day/month/year" if day_proof else "month/day/year"
    notes.add(f"{column.name}: dates are read as {order}, as {day_proof or month_proof!r} shows")
    return day_proof is not None


_NOTHING: dict[str, tuple[Any, type[np.generic] | str]] = {
    "date": (np.datetime64("NaT"), "datetime64[s]"),
    "key": (None, np.object_),
    "text": (None, np.object_),
}
_READERS: dict[str, Callable[[Column, Sequence[str], Notes], Sequence[Any]]] = {
    "date": _dates,
    "flag": _flags,
    "key": lambda _column, texts, _notes: texts,
    "text": lambda _column, texts, _notes: texts,
}


def _date(text: str, day_first: bool) -> dt.date:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _YEAR_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day, month = (first, second) if day_first or match[2] == "." else (second, first)
    else:
        raise _CellError(text, "is not a date such as 2026-11-03 or 03.11.2026")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _CellError(text, "is no day of the calendar") from None
