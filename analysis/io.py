"""Tables in files: nights as people keep them are read, tables for spreadsheets are written. The only file access."""

import codecs
import csv
import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
import pandas as pd

from analysis.cells import Notes, parse, plain_name
from analysis.errors import InputError
from analysis.frame import COLUMNS, check_frame

Dialect = Literal["comma", "semicolon"]
Source = str | Path | IO[bytes] | IO[str]
Target = str | Path | IO[bytes]

_RISKY = ("=", "+", "-", "@", "'", "\t", "\r")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_ENCODINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL = 1 << 20


@dataclass(frozen=True, slots=True)
class NightTable:
    """Nights read from a file.

    Attributes
    ----------
    frame : DataFrame
        As `analysis.frame.check_frame` returns it; the index, named "line", holds the line of each row in the file.
    notes : tuple of str
        What was understood that the file does not say in so many words, for the reader to check.
    """

    frame: pd.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    header: list[str]
    rows: list[list[str]]
    lines: list[int]


def read_nights(source: Source) -> NightTable:
    """Read a table of nights, Charley's own or one kept by hand.

    Parameters
    ----------
    source : path or file object
        CSV in UTF-8, UTF-16 with byte-order mark, or Windows-1252; cells parted by commas, semicolons or tabs; columns
        of `analysis.frame` under their names or common others, in any order.

    Returns
    -------
    NightTable

    Raises
    ------
    InputError
        For whatever cannot be understood; names line, column, cell and reason. No row is dropped silently.
    OSError
        If the file cannot be read.

    Notes
    -----
    Dates are ISO or day.month.year; dates with slashes need one that shows which comes first. Decimal commas, yes and
    no in four languages and words for "missing" are understood. Two rows that say the same of a night are one; two that
    differ are refused.
    """
    notes = Notes()
    sheet = _sheet(_text(_bytes(source), notes), notes)
    index = pd.Index(sheet.lines, name="line")
    names = _names(sheet, notes)
    columns = {column.name: column for column in COLUMNS}
    read = {
        name: parse(columns[name], np.array([row[at] for row in sheet.rows], dtype=object), sheet.lines, notes)
        for name, at in names.items()
    }
    frame = pd.DataFrame({name: np.asarray(values) for name, values in read.items()}, index=index)
    frame = _restore_zeros(_complete(frame, sheet, notes), notes)
    return NightTable(frame=check_frame(_without_repeats(frame, notes)), notes=tuple(notes.found))


def write_nights(frame: pd.DataFrame, target: Target, *, dialect: Dialect = "comma") -> None:
    """Write nights as `read_nights` reads them back: the columns of `analysis.frame` first, others after.

    Parameters
    ----------
    frame : DataFrame
        Columns of `analysis.frame` and any others.
    target : path or binary file object
    dialect : {"comma", "semicolon"}
        See `write_table`.
    """
    known = [column.name for column in COLUMNS if column.name in frame.columns]
    others = [name for name in frame.columns if name not in known]
    write_table(frame[known + others], target, dialect=dialect)


def write_table(frame: pd.DataFrame, target: Target, *, dialect: Dialect = "comma") -> None:
    """Write a table that spreadsheets open rightly: UTF-8 with byte-order mark, lines ended by CR LF.

    Parameters
    ----------
    frame : DataFrame
        Written without its index.
    target : path or binary file object
    dialect : {"comma", "semicolon"}
        ``semicolon`` also writes decimal commas, as spreadsheets expect where the comma is the decimal sign.

    Notes
    -----
    Missing values are empty cells, flags 0 or 1, dates ISO. A text that begins with = + - @ ' tab or CR gets a leading
    ', so that no spreadsheet runs it as a formula; `read_nights` takes it off again.
    """
    if dialect not in ("comma", "semicolon"):
        raise InputError(f"dialect: {dialect!r} is neither comma nor semicolon")
    decimal = "," if dialect == "semicolon" else "."
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dialect == "semicolon" else ",", lineterminator="\r\n")
    writer.writerow([_cell(str(name), decimal) for name in frame.columns])
    columns = [[_cell(value, decimal) for value in frame.iloc[:, at].astype(object)] for at in range(frame.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    content = codecs.BOM_UTF8 + text.getvalue().encode()
    if isinstance(target, str | Path):
        Path(target).write_bytes(content)
    else:
        target.write(content)


def _cell(value: Any, decimal: str) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RISKY) else value
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-").replace(".", decimal)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _bytes(source: Source) -> bytes:
    if isinstance(source, str | Path):
        return Path(source).read_bytes()
    content = source.read()
    return content.encode() if isinstance(content, str) else content


def _text(content: bytes, notes: Notes) -> str:
    for mark, encoding in _ENCODINGS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise InputError(f"the file is marked as {encoding}, but does not decode") from None
    if b"\0" in content:
        raise InputError("the file is no text (CSV): it holds zero bytes")
    try:
        return content.decode()
    except UnicodeDecodeError:
        notes.add("the file is no UTF-8; read as Windows-1252 (Western European)")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(f"the file is neither UTF-8 nor Windows-1252: byte {error.start}") from None


def _sheet(text: str, notes: Notes) -> _Sheet:
    first, _, rest = text.partition("\n")
    offset = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text, offset = first.strip()[-1], rest, 1
    else:
        delimiter = _delimiter(text)
    if delimiter != ",":
        notes.add(f"cells are parted by {_DELIMITERS.get(delimiter, repr(delimiter))}")
    rows, lines = _rows(text, delimiter, offset)
    if not rows:
        raise InputError("the file is empty")
    header, blank = rows[0], sum(not any(row) for row in rows[1:])
    if blank:
        notes.add(f"empty lines are passed over: {blank}")
    kept = [(row, line) for row, line in zip(rows[1:], lines[1:], strict=True) if any(row)]
    full = [_fitted(row, line, len(header), notes) for row, line in kept]
    return _Sheet(header=header, rows=full, lines=[line for _, line in kept])


def _delimiter(text: str) -> str:
    """Take the delimiter that parts the most cells of the header."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    counts = {delimiter: len(next(csv.reader([header], delimiter=delimiter))) for delimiter in _DELIMITERS}
    return max(counts, key=lambda delimiter: counts[delimiter])


def _rows(text: str, delimiter: str, offset: int) -> tuple[list[list[str]], list[int]]:
    """Part the text into rows, from the header on, and give the line on which each starts."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines, line = list[list[str]](), list[int](), 1 + offset
    try:
        for row in reader:
            if rows or any(cell.strip() for cell in row):
                rows.append([_unprotected(cell) for cell in row])
                lines.append(line)
            line = reader.line_num + 1 + offset
    except csv.Error as error:
        raise InputError(f"line {line}: {error}") from None
    return rows, lines


def _unprotected(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_RISKY) else cell.strip(" ")


def _fitted(row: list[str], line: int, width: int, notes: Notes) -> list[str]:
    if any(row[width:]):
        raise InputError(
            f"line {line}: has {len(row)} cells, the header has {width}; "
            "a decimal comma or a text with the delimiter in it needs quotes"
        )
    if len(row) < width:
        notes.add("lines that end early are read as if their last cells were empty")
    return (row + [""] * width)[:width]


def _names(sheet: _Sheet, notes: Notes) -> dict[str, int]:
    """Find the frame's columns among the headings."""
    known = {column.name for column in COLUMNS}
    found: dict[str, int] = {}
    ignored = []
    for at, heading in enumerate(sheet.header):
        name = plain_name(heading)
        if name not in known:
            ignored.append(heading.strip() or f"number {at + 1}, without a heading")
            continue
        if name in found:
            raise InputError(f"line 1: columns {sheet.header[found[name]]!r} and {heading!r} both mean {name}")
        if name != heading.strip():
            evening = ", the date of the evening" if name == "night_date" else ""
            notes.add(f"column {heading.strip()!r} is read as {name}{evening}")
        found[name] = at
    if ignored:
        notes.add(f"columns ignored: {', '.join(ignored)}")
    return found


def _complete(frame: pd.DataFrame, sheet: _Sheet, notes: Notes) -> pd.DataFrame:
    """Add columns that a diary of one's own may do without."""
    wear = ("stockings_day", "stockings_night")
    planned = "assigned" in frame or "schedule" in frame
    missing = [name for name in ("night_date", "cramps") if name not in frame]
    if not planned and not any(name in frame for name in wear):
        missing += list(wear)
    if missing:
        raise InputError(f"line 1: columns missing: {', '.join(missing)}; found: {', '.join(sheet.header)}")
    if "patient_id" not in frame:
        notes.add("no column patient_id: all nights are taken as one patient's")
        frame.insert(0, "patient_id", "1")
    for name in wear:
        if name not in frame:
            notes.add(f"no column {name}: that wear is taken as unknown")
            frame[name] = np.nan
    if "design" not in frame and not planned:
        notes.add("no column design: nothing was assigned, stockings were worn as it came (observational)")
    return frame


def _restore_zeros(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Put back the zeros that a spreadsheet takes from the start of a schedule such as 011010."""
    if "schedule" not in frame or "n_blocks" not in frame:
        return frame
    schedule, blocks = frame["schedule"], pd.to_numeric(frame["n_blocks"])
    short = schedule.notna() & (schedule.str.len() < blocks)
    if short.any():
        notes.add("schedule: zeros missing at its start are put back, by n_blocks")
        full = [text.zfill(int(n)) for text, n in zip(schedule[short], blocks[short], strict=True)]
        frame.loc[short, "schedule"] = full
    return frame


def _without_repeats(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    night = ["patient_id", "night_date"]
    repeated = frame.duplicated(night) & frame[night].notna().all(axis=1)
    if not repeated.any():
        return frame
    same = frame.duplicated() & repeated
    differs = frame.index[repeated & ~same]
    if len(differs):
        raise _contradiction(frame, differs[0])
    lines = ", ".join(map(str, frame.index[same][:5])) + (" …" if same.sum() > 5 else "")
    notes.add(f"lines that repeat a night word for word are passed over: {lines}")
    return frame[~same]


def _contradiction(frame: pd.DataFrame, line: int) -> InputError:
    """Say how a line contradicts the first line of the same night."""
    row = frame.loc[line]
    of_night = (frame["patient_id"] == row["patient_id"]) & (frame["night_date"] == row["night_date"])
    first = frame[of_night].iloc[0]
    name = next(str(name) for name in frame if not _alike(row[str(name)], first[str(name)]))
    one, other = (_cell(value, ".") or "nothing" for value in (row[name], first[name]))
    return InputError(
        f"line {line}, {name}: {one} differs from {other} in line {first.name}, "
        f"which has the same night, {row['night_date']}"
    )


def _alike(one: Any, other: Any) -> bool:
    return bool(one == other or (pd.isna(one) and pd.isna(other)))
