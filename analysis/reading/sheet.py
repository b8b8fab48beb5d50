"""Tables of text (CSV), parted into columns of cells whatever their encoding, delimiter and line ends."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import InputError
from analysis.reading.cells import Cells, Notes, Plain, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_ENCODINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL = 1 << 20
_LINE_END = "\r\n|\r|\n"


class _Table(NamedTuple):
    text: str
    delimiter: str
    lines_before: int


def read_sheet(content: bytes, notes: Notes) -> Sheet:
    """Part a file into cells.

    Parameters
    ----------
    content : bytes
        CSV in UTF-8, UTF-16 with byte-order mark, or Windows-1252.
    notes : Notes
        Gets what was understood.

    Raises
    ------
    InputError
        For a file that is no text, is empty, or has a line with more cells than the header; names the line.

    Notes
    -----
    A regular table is parted by pyarrow, 20 times as fast as the rest of this module, which understands or refuses
    irregular ones line by line. Both give the same of a regular one.
    """
    table = _table(_text(content, notes), notes)
    return _regular(table) or _any(table, notes)


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


def _table(text: str, notes: Notes) -> _Table:
    """Find the delimiter: a first line such as "sep=;" names it, or else it parts the most cells of the header."""
    first, _, rest = text.partition("\n")
    named = first.strip()
    if named.lower().startswith("sep=") and len(named) == 5:
        table = _Table(rest, named[-1], 1)
    else:
        header = next((line[0] for line in re.finditer(r"[^\r\n]+", text) if line[0].strip()), "")
        counts = {delimiter: len(next(csv.reader([header], delimiter=delimiter))) for delimiter in _DELIMITERS}
        table = _Table(text, max(counts, key=lambda delimiter: counts[delimiter]), 0)
    if table.delimiter != ",":
        notes.add(f"cells are parted by {_DELIMITERS.get(table.delimiter, repr(table.delimiter))}")
    return table


def _regular(table: _Table) -> Sheet | None:
    """Part a table whose lines all have the header's cells, none of them empty throughout; None for any other."""
    head, _, body = table.text.partition("\n")
    head = head.removesuffix("\r")
    regular = table.delimiter in _DELIMITERS and head.strip() and "\r" not in head and body
    if not regular or not all(_quoted_whole(text, table.delimiter) for text in (head, body)):
        return None
    plain = Plain()
    header = [plain[cell] for cell in next(csv.reader([head], delimiter=table.delimiter))]
    columns = _arrow_columns(body, table.delimiter, len(header))
    if not columns or _has_blank_row(columns):
        return None
    return Sheet(header, _lines(columns, table.lines_before + 2), lambda at: Cells.of(columns[at]))


def _quoted_whole(text: str, delimiter: str) -> bool:
    """Tell whether quotes stand around whole cells only, where all readers of CSV agree what they mean."""
    parts = text.split('"')
    outside = parts[::2]
    opened = all(part == "" or part.endswith((delimiter, "\r", "\n")) for part in outside[:-1])
    closed = all(part == "" or part.startswith((delimiter, "\r", "\n")) for part in outside[1:])
    return len(parts) % 2 == 1 and opened and closed


def _arrow_columns(body: str, delimiter: str, n: int) -> "list[pa.DictionaryArray] | None":
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [str(at) for at in range(n)]
    texts = pa.dictionary(pa.int32(), pa.string())
    try:
        table = arrow.read_csv(
            pa.BufferReader(body.encode()),
            arrow.ReadOptions(column_names=names),
            arrow.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            arrow.ConvertOptions(column_types=dict.fromkeys(names, texts), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    return [column.unify_dictionaries().combine_chunks() for column in table.columns]


def _has_blank_row(columns: "Sequence[pa.DictionaryArray]") -> bool:
    blank = np.ones(len(columns[0]), dtype=bool)
    for column in columns:
        empty = np.array([not text.strip(" ") for text in column.dictionary.to_pylist()], dtype=bool)
        blank &= empty[column.indices.to_numpy()]
        if not blank.any():
            return False
    return True


def _lines(columns: "Sequence[pa.DictionaryArray]", first: int) -> pd.Index:
    """Count the lines on which rows start; a cell may hold line ends."""
    import pyarrow.compute as pc

    lines = np.ones(len(columns[0]), dtype=np.int64)
    for column in columns:
        ends = pc.count_substring_regex(column.dictionary, _LINE_END).to_numpy()
        if ends.any():
            lines += ends[column.indices.to_numpy()]
    starts: npt.NDArray[np.int64] = first + np.cumsum(lines) - lines
    return pd.Index(starts, name="line")


def _any(table: _Table, notes: Notes) -> Sheet:
    """Part any table, line by line."""
    rows, lines = _rows(table)
    if not rows:
        raise InputError("the file is empty")
    header, blank = rows[0], sum(not any(row) for row in rows[1:])
    if blank:
        notes.add(f"empty lines are passed over: {blank}")
    kept = [
        (_fitted(row, line, len(header), notes), line)
        for row, line in zip(rows[1:], lines[1:], strict=True)
        if any(row)
    ]
    full = [row for row, _ in kept]
    return Sheet(header, pd.Index([line for _, line in kept], dtype=np.int64, name="line"), lambda at: _cells(full, at))


def _rows(table: _Table) -> tuple[list[list[str]], list[int]]:
    """Part the text into rows, from the header on, and give the line on which each starts."""
    csv.field_size_limit(_LONGEST_CELL)
    text = io.TextIOWrapper(io.BytesIO(table.text.encode()), encoding="utf-8", newline="")
    reader = csv.reader(text, delimiter=table.delimiter, strict=True)
    rows, lines, line, plain = list[list[str]](), list[int](), 1 + table.lines_before, Plain()
    try:
        for row in reader:
            if rows or any(cell.strip() for cell in row):
                rows.append([plain[cell] for cell in row])
                lines.append(line)
            line = reader.line_num + 1 + table.lines_before
    except csv.Error as error:
        raise InputError(f"line {line}: {error}") from None
    return rows, lines


def _fitted(row: list[str], line: int, width: int, notes: Notes) -> list[str]:
    if any(row[width:]):
        raise InputError(
            f"line {line}: has {len(row)} cells, the header has {width}; "
            "a decimal comma or a text with the delimiter in it needs quotes"
        )
    if len(row) < width:
        notes.add("lines that end early are read as if their last cells were empty")
    return row if len(row) == width else (row + [""] * width)[:width]


def _cells(rows: list[list[str]], at: int) -> Cells:
    codes, texts = pd.factorize(np.array([row[at] for row in rows], dtype=object))
    return Cells(codes=codes, texts=list(texts))
