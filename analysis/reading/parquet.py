"""Tables in Parquet files."""

from collections.abc import Callable
from typing import IO, TYPE_CHECKING, TypeVar

import pandas as pd

from analysis.errors import InputError, InputTypeError
from analysis.reading.cells import Cells, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")

# The first bytes of every Parquet file.
MAGIC = b"PAR1"


def read_parquet(file: IO[bytes]) -> Sheet:
    """Open a table whose columns are read from the file one by one, when they are asked for.

    Rows count from 0, as in the frame that was stored.

    Raises
    ------
    InputTypeError
        For a column that is asked for and holds neither numbers, dates nor texts.
    InputError
        For a file that is damaged.
    """
    from pyarrow import parquet

    stored = _whole(parquet.ParquetFile, file)
    header = stored.schema_arrow.names

    def column(at: int) -> Cells | pd.Series:
        return _values(header[at], _whole(stored.read, columns=[header[at]]).column(0), rows)

    rows = pd.RangeIndex(stored.metadata.num_rows, name="row")
    return Sheet(header, rows, column)


def write_parquet(frame: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a table, without its index.

    Raises
    ------
    InputTypeError
        For a column of which values differ in type.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = pa.Table.from_pandas(frame, preserve_index=False)
    except pa.ArrowException as error:
        raise InputTypeError(f"a column cannot be stored as Parquet: {error}") from None
    parquet.write_table(table, file)


def _whole(call: Callable[..., T], *arguments: object, **named: object) -> T:
    import pyarrow as pa

    try:
        return call(*arguments, **named)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"the file is no whole Parquet file: {str(error).splitlines()[0]}") from None


def _values(name: str, values: "pa.ChunkedArray", rows: pd.Index) -> Cells | pd.Series:
    from pyarrow import types

    kind = values.type.value_type if types.is_dictionary(values.type) else values.type
    if types.is_null(kind) or types.is_string(kind) or types.is_large_string(kind):
        return Cells.of(values.cast("string").dictionary_encode().unify_dictionaries().combine_chunks())
    if types.is_decimal(kind):
        values = values.cast("float64")
    elif not any(
        holds(kind)
        for holds in (types.is_integer, types.is_floating, types.is_boolean, types.is_date, types.is_timestamp)
    ):
        raise InputTypeError(f"{name}: holds {kind}; expected numbers, dates or texts")
    return pd.Series(values.to_pandas(date_as_object=False).set_axis(rows))
