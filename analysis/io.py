"""Tables in files: nights as people keep them are read, results and exports are written. The only file access."""

import csv
import datetime as dt
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.frame import COLUMNS, check_frame, row_name
from analysis.progress import Progress
from analysis.reading.cells import RISKY, Cells, Notes, Sheet, parse, plain_name
from analysis.reading.parquet import MAGIC, read_parquet, write_parquet
from analysis.reading.sheet import read_sheet
from analysis.reading.spreadsheet import mend_schedules

Dialect = Literal["comma", "semicolon"]
Source = str | Path | IO[bytes] | IO[str]
Target = str | Path | IO[bytes]

_WEAR = ("stockings_day", "stockings_night")
_COLUMNS = {column.name: column for column in COLUMNS}


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


def read_nights(source: Source, *, progress: Progress | None = None) -> NightTable:
    """Read a table of nights, Charley's own or one kept by hand.

    Parameters
    ----------
    source : path or file object
        CSV in UTF-8, UTF-16 with byte-order mark, or Windows-1252, cells parted by commas, semicolons or tabs; or
        Parquet, whatever its name. Columns of `analysis.frame` under their names or common others, in any order.
    progress : callable, optional
        Called with the columns read so far and the columns in all.

    Returns
    -------
    NightTable

    Raises
    ------
    InputError
        For whatever cannot be understood; names line (or row, from 0, of Parquet), column, cell and reason. No row is
        dropped silently.
    OSError
        If the file cannot be read.

    Notes
    -----
    Dates are ISO or day.month.year; dates with slashes need one that shows which comes first. Decimal commas, yes and
    no in four languages and words for "missing" are understood, also in texts of Parquet. Two rows that say the same
    of a night are one; two that differ are refused.
    """
    notes = Notes()
    with _opened(source) as file:
        sheet = _sheet(file, notes)
        names = _names(sheet.header, notes)
        _check_header(sheet.header, names)
        read = dict[str, pd.Series]()
        for name, at in names.items():
            read[name] = _column(sheet, name, at, notes)
            if progress:
                progress(len(read), len(names))
    frame = _complete(pd.DataFrame(read, index=sheet.rows, copy=False), notes)
    frame = mend_schedules(frame, notes)
    return NightTable(frame=check_frame(_without_repeats(frame, notes)), notes=tuple(notes.found))


def read_patients(source: Source) -> pd.Series:
    """Read who has nights in a table, each patient once; see `read_nights`."""
    notes = Notes()
    with _opened(source) as file:
        sheet = _sheet(file, notes)
        names = _names(sheet.header, notes)
        if "patient_id" not in names:
            raise InputError(f"column missing: patient_id; found: {', '.join(sheet.header)}")
        return _column(sheet, "patient_id", names["patient_id"], notes).drop_duplicates()


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
    """Write a table that spreadsheets open rightly: CSV in UTF-8 with byte-order mark, lines ended by CR LF.

    Parameters
    ----------
    frame : DataFrame
        Written without its index.
    target : path or binary file object
        A path that ends in ``.parquet`` gets Parquet instead. A file is there whole or not at all.
    dialect : {"comma", "semicolon"}
        ``semicolon`` also writes decimal commas, as spreadsheets expect where the comma is the decimal sign.

    Raises
    ------
    InputError
        For another dialect, or a column that Parquet cannot store.
    OSError
        If the file cannot be written.

    Notes
    -----
    Missing values are empty cells, flags 0 or 1, dates ISO. A text that begins with = + - @ ' tab or CR gets a leading
    ', so that no spreadsheet runs it as a formula; `read_nights` takes it off again.
    """
    if dialect not in ("comma", "semicolon"):
        raise InputError(f"dialect: {dialect!r} is neither comma nor semicolon")
    if isinstance(target, str | Path):
        with _whole(Path(target)) as file:
            if Path(target).suffix == ".parquet":
                write_parquet(frame, file)
            else:
                _write_csv(frame, file, dialect)
    else:
        _write_csv(frame, target, dialect)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name when it is complete, and is gone when it is not."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write_csv(frame: pd.DataFrame, file: IO[bytes], dialect: Dialect) -> None:
    decimal = "," if dialect == "semicolon" else "."
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";" if dialect == "semicolon" else ",", lineterminator="\r\n")
    writer.writerow([_cell(str(name), decimal) for name in frame.columns])
    columns = [_texts(frame.iloc[:, at], decimal) for at in range(frame.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    text.detach()


def _texts(values: pd.Series, decimal: str) -> list[str]:
    """Write each different value once."""
    codes, different = pd.factorize(values)
    texts = [_cell(value, decimal) for value in different.astype(object)]
    return list(np.array([*texts, ""], dtype=object)[codes])


def _cell(value: Any, decimal: str) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-").replace(".", decimal)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            yield file
    else:
        content = source.read()
        yield io.BytesIO(content.encode() if isinstance(content, str) else content)


def _sheet(file: IO[bytes], notes: Notes) -> Sheet:
    magic = file.read(len(MAGIC))
    file.seek(0)
    return read_parquet(file) if magic == MAGIC else read_sheet(file.read(), notes)


def _column(sheet: Sheet, name: str, at: int, notes: Notes) -> pd.Series:
    values = sheet.column(at)
    return parse(_COLUMNS[name], values, sheet.rows, notes) if isinstance(values, Cells) else values


def _names(header: list[str], notes: Notes) -> dict[str, int]:
    """Find the frame's columns among the headings."""
    known = {column.name for column in COLUMNS}
    found: dict[str, int] = {}
    ignored = []
    for at, heading in enumerate(header):
        name = plain_name(heading)
        if name not in known:
            ignored.append(heading.strip() or f"number {at + 1}, without a heading")
            continue
        if name in found:
            raise InputError(f"line 1: columns {header[found[name]]!r} and {heading!r} both mean {name}")
        if name != heading.strip():
            evening = ", the date of the evening" if name == "night_date" else ""
            notes.add(f"column {heading.strip()!r} is read as {name}{evening}")
        found[name] = at
    if ignored:
        notes.add(f"columns ignored: {', '.join(ignored)}")
    return found


def _check_header(header: list[str], names: Collection[str]) -> None:
    missing = [name for name in ("night_date", "cramps") if name not in names]
    if not any(name in names for name in ("assigned", "schedule", *_WEAR)):
        missing += list(_WEAR)
    if missing:
        raise InputError(f"line 1: columns missing: {', '.join(missing)}; found: {', '.join(header)}")


def _complete(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Add columns that a diary of one's own may do without."""
    if "patient_id" not in frame:
        notes.add("no column patient_id: all nights are taken as one patient's")
        frame.insert(0, "patient_id", "1")
    for name in _WEAR:
        if name not in frame:
            notes.add(f"no column {name}: that wear is taken as unknown")
            frame[name] = np.nan
    if not any(name in frame for name in ("design", "assigned", "schedule")):
        notes.add("no column design: nothing was assigned, stockings were worn as it came (observational)")
    return frame


def _without_repeats(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    night = ["patient_id", "night_date"]
    repeated = frame.duplicated(night) & frame[night].notna().all(axis=1)
    if not repeated.any():
        return frame
    same = frame.duplicated() & repeated
    differs = repeated & ~same
    if differs.any():
        raise _contradiction(frame, int(np.argmax(differs)))
    shown = ", ".join(map(str, frame.index[same][:5])) + (" …" if same.sum() > 5 else "")
    notes.add(f"{frame.index.name}s that repeat a night word for word are passed over: {shown}")
    return frame[~same]


def _contradiction(frame: pd.DataFrame, at: int) -> InputError:
    """Say how a row contradicts the first row of the same night."""
    row = frame.iloc[at]
    of_night = (frame["patient_id"] == row["patient_id"]) & (frame["night_date"] == row["night_date"])
    before = int(np.argmax(of_night))
    first = frame.iloc[before]
    name = next(str(name) for name in frame if not _alike(row[str(name)], first[str(name)]))
    one, other = (_cell(value, ".") or "nothing" for value in (row[name], first[name]))
    return InputError(
        f"{row_name(frame, at)}, {name}: {one} differs from {other} in {row_name(frame, before)}, "
        f"which has the same night, {_cell(row['night_date'], '.')}"
    )


def _alike(one: Any, other: Any) -> bool:
    return bool(one == other or (pd.isna(one) and pd.isna(other)))
