"""The input table of the analysis: one row a patient-night, its columns, units and bounds."""

import re
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Floats, Ints
from analysis.errors import InputError, InputTypeError
from analysis.schedule import DESIGNS

Kind = Literal["key", "date", "number", "whole", "flag", "text"]
Values = npt.NDArray[Any] | pd.api.extensions.ExtensionArray


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the frame.

    Attributes
    ----------
    name : str
    kind : {"key", "date", "number", "whole", "flag", "text"}
        ``whole`` is a whole number, ``flag`` is 0 or 1 (or a bool).
    meaning : str
        Definition, as a data dictionary has it.
    unit : str
        Of a number.
    low, high : float
        Smallest and largest value, both allowed.
    required : bool
        Whether a frame without the column is refused; an absent optional column is the same as an empty one.
    filled : bool
        Whether every row needs a value.
    constant : bool
        Whether the value belongs to the whole trial: rows of a patient may repeat it or leave it out, never differ.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    low: float = 0
    high: float = np.inf
    required: bool = False
    filled: bool = False
    constant: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("patient_id", "key", "who", required=True, filled=True),
    Column("night_date", "date", "date of the evening on which the night starts", required=True, filled=True),
    Column(
        "cramps",
        "whole",
        "cramps from going to bed to getting up; 0 = none, empty = not recorded",
        "cramps",
        required=True,
    ),
    Column("cramp_minutes", "number", "minutes of cramp in all; 0 when there were none", "min"),
    Column("worst_pain", "number", "worst pain, 0-10; 0 when there were no cramps", "0-10", high=10),
    Column("stockings_day", "flag", "stockings worn during the day before the night (0/1)", high=1, required=True),
    Column("stockings_night", "flag", "stockings worn in bed that night (0/1)", high=1, required=True),
    Column(
        "design",
        "text",
        f"design of the trial: {', '.join(DESIGNS)} (the last where the column is absent)",
        constant=True,
    ),
    Column("assigned", "flag", "stockings assigned to the night (0/1)", high=1),
    Column("pair", "whole", "number of the pair of blocks, from 0"),
    Column("block", "whole", "number of the block, from 0"),
    Column("washout", "flag", "night kept in the diary and left out of the comparison (0/1)", high=1),
    Column("planned_nights", "whole", "nights of the trial as planned", "nights", low=1, constant=True),
    Column("n_blocks", "whole", "blocks of the trial", "blocks", low=1, high=366, constant=True),
    Column("max_run", "whole", "most equal blocks in a row (design blocks)", "blocks", low=1, constant=True),
    Column("trial_start", "date", "date of the evening of the first night of the trial", constant=True),
    Column("block_nights", "whole", "nights in a block", "nights", low=1, constant=True),
    Column("schedule", "text", "arm of each block in order, one 0/1 a block", constant=True),
    Column("looks", "text", 'numbers of pairs at which a staged trial is analyzed, such as "6,9,12"', constant=True),
    Column(
        "exposure",
        "text",
        "which wear the trial tests: any, day or night (any where the column is absent)",
        constant=True,
    ),
)
MOST_CRAMPS = 50
# Kinds of mixed columns whose every value is a number.
_NUMBERS = ("integer", "floating", "mixed-integer-float", "boolean", "empty")
EXPOSURES = ("any", "day", "night")
ALLOWED_TEXTS = {
    "design": "|".join(DESIGNS),
    "schedule": "[01]+",
    "looks": r"\d+(,\d+)*",
    "exposure": "|".join(EXPOSURES),
}
_EXPECTED_TEXTS = {
    "design": f"is none of {', '.join(DESIGNS)}",
    "schedule": "is not one 0 or 1 a block",
    "looks": 'is not a list of numbers such as "6,9,12"',
    "exposure": f"is none of {', '.join(EXPOSURES)}",
}


def check_frame(frame: pd.DataFrame, *, most_cramps: float = MOST_CRAMPS) -> pd.DataFrame:
    """Check a table of patient-nights and bring it into one form.

    Parameters
    ----------
    frame : DataFrame, shape (nights, columns)
        Columns of `COLUMNS` in any order; others are ignored. Rows in any order. Missing values are None, NaN, NaT or
        NA.
    most_cramps : float
        Largest number of cramps a night that is believed. The bound is one of data entry, not of the model.

    Returns
    -------
    DataFrame, shape (nights, len(COLUMNS))
        All columns of `COLUMNS`, sorted by patient and night; the index still names the given rows. Dates are
        ``datetime64[s]``, numbers and flags ``float64`` with NaN where missing, texts ``category``.
        ``cramp_minutes`` and ``worst_pain`` are 0 on nights without cramps.

    Raises
    ------
    InputTypeError
        For a value of the wrong type (a `TypeError` and a `ValueError`).
    InputError
        For a missing column, a value out of bounds, a duplicate patient-night, minutes or pain without cramps, or a
        trial constant that differs within a patient. The message names row (by index label), column, value and bound.

    Examples
    --------
    >>> night = {"patient_id": 1, "night_date": "2026-11-03", "cramps": -1, "stockings_day": 1, "stockings_night": 0}
    >>> check_frame(pd.DataFrame([night]))
    Traceback (most recent call last):
    analysis.errors.InputError: row 0, cramps: -1 is not a whole number from 0 to 50
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputTypeError(f"frame: expected a pandas DataFrame, got {type(frame).__name__}")
    _check_columns(frame)
    read = {column.name: _read(frame, column, most_cramps) for column in COLUMNS}
    patient, order = _sorted(read["patient_id"], read["night_date"])
    if order is not None:
        # Column by column, each in the place of the one before: large frames are slow for the memory they take.
        for name in read:
            read[name] = read[name].take(order)
    checked = pd.DataFrame(read, index=frame.index if order is None else frame.index.take(order), copy=False)
    _check_repeats(checked, patient)
    _check_cramp_free_nights(checked)
    for column in COLUMNS:
        if column.constant:
            _check_constant(checked, patient, column.name)
    return checked


def worn(frame: pd.DataFrame, exposure: str) -> Floats:
    """Tell whether stockings were worn, night by night.

    Parameters
    ----------
    frame : DataFrame
        With ``stockings_day`` and ``stockings_night``, as `check_frame` returns it.
    exposure : {"any", "day", "night"}
        ``any`` is day or night; it is unknown only where neither is known to be 1 and one is missing.

    Returns
    -------
    ndarray of float, shape (nights,)
        1, 0, or NaN where unknown.
    """
    day, night = (frame[name].to_numpy(dtype=np.float64) for name in ("stockings_day", "stockings_night"))
    if exposure == "day":
        return day
    if exposure == "night":
        return night
    if exposure != "any":
        raise InputError(f"exposure: {exposure!r} is none of {', '.join(EXPOSURES)}")
    return np.where((day == 1) | (night == 1), 1.0, day + night)


def row_name(frame: pd.DataFrame, position: int) -> str:
    """Name a row in a message: the index label after the index's name, "row" where it has none."""
    return f"{frame.index.name or 'row'} {frame.index[position]}"


def _check_columns(frame: pd.DataFrame) -> None:
    missing = [column.name for column in COLUMNS if column.required and column.name not in frame.columns]
    if missing:
        raise InputError(f"columns missing: {', '.join(missing)}")
    known = frame.columns[frame.columns.isin([column.name for column in COLUMNS])]
    if known.has_duplicates:
        raise InputError(f"column given twice: {known[known.duplicated()][0]}")


def _read(frame: pd.DataFrame, column: Column, most_cramps: float) -> Values:
    if column.name not in frame.columns:
        return _absent(column, len(frame))
    values = frame[column.name]
    if column.filled and values.isna().any():
        raise _problem(frame, column, values.isna().to_numpy(), "is missing")
    if column.kind == "key":
        return _keys(frame, column)
    if column.kind == "date":
        return _dates(frame, column)
    if column.kind == "text":
        return _texts(frame, column)
    high = most_cramps if column.name == "cramps" else column.high
    return _numbers(frame, column, high)


def _absent(column: Column, n: int) -> npt.NDArray[np.generic] | pd.Categorical:
    if column.kind == "date":
        return np.full(n, "NaT", dtype="datetime64[s]")
    if column.kind == "text":
        return pd.Categorical.from_codes(np.full(n, -1), categories=pd.Index([], dtype=object))
    return np.full(n, np.nan)


def _keys(frame: pd.DataFrame, column: Column) -> Values:
    values = frame[column.name]
    kind = pd.api.types.infer_dtype(values, skipna=True)
    if kind.startswith("mixed"):
        raise InputTypeError(f"{column.name}: text and numbers are mixed; use one of them for all patients")
    return values.to_numpy() if isinstance(values.dtype, np.dtype) else values.array


def _numbers(frame: pd.DataFrame, column: Column, high: float) -> Floats:
    values = frame[column.name]
    if values.dtype.kind in "biuf":
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        if pd.api.types.infer_dtype(values, skipna=True) not in _NUMBERS:
            wrong = values.notna() & ~values.map(pd.api.types.is_number).astype(bool)
            if wrong.any():
                raise _problem(frame, column, wrong.to_numpy(), "is not a number", InputTypeError)
        numbers = _as_floats(values)
    outside = (numbers < column.low) | (numbers > min(high, np.finfo(np.float64).max))
    if column.kind in ("whole", "flag"):
        # A missing number is no whole one either, but equals itself as little as its rounding.
        outside |= (numbers != np.floor(numbers)) & (numbers == numbers)
    if outside.any():
        raise _problem(frame, column, outside, f"is not {_expected(column, high)}")
    return numbers


def _as_floats(values: pd.Series) -> Floats:
    try:
        # NumPy takes None for NaN, which is half the work of asking for every kind of missing value.
        return values.to_numpy(dtype=object).astype(np.float64)
    except (TypeError, ValueError):
        return values.astype(object).where(values.notna(), np.nan).to_numpy(dtype=np.float64)


def _expected(column: Column, high: float) -> str:
    if column.kind == "flag":
        return "0 or 1"
    noun = "a whole number" if column.kind == "whole" else "a number"
    return f"{noun} of at least {column.low:g}" if np.isinf(high) else f"{noun} from {column.low:g} to {high:g}"


def _dates(frame: pd.DataFrame, column: Column) -> npt.NDArray[np.datetime64]:
    values = frame[column.name]
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        raise InputTypeError(f"{column.name}: has a time zone; a night is named by a date alone")
    moments = values.to_numpy() if values.dtype.kind == "M" else _moments(frame, column)
    days = moments.astype("datetime64[D]")
    timed = ~np.isnat(moments) & (days != moments)
    if timed.any():
        raise _problem(frame, column, timed, "has a time of day; a night is named by the date of its evening")
    return days.astype("datetime64[s]")


def _moments(frame: pd.DataFrame, column: Column) -> npt.NDArray[np.datetime64]:
    """Read dates and ISO texts, each that occurs once only."""
    codes, different = pd.factorize(frame[column.name])
    given = list(different)
    zoned = [getattr(value, "tzinfo", None) is not None for value in given]
    numbers = [pd.api.types.is_number(value) for value in given]
    for wrong, what in ((zoned, "has a time zone"), (numbers, "is not a date such as 2026-11-03")):
        if any(wrong):
            raise _problem(frame, column, np.isin(codes, np.flatnonzero(wrong)), what, InputTypeError)
    read = pd.to_datetime(pd.Series(given, dtype=object), format="ISO8601", errors="coerce", utc=True)
    moments = read.dt.tz_localize(None).to_numpy()
    unread = np.flatnonzero(np.isnat(moments))
    if len(unread):
        raise _problem(frame, column, np.isin(codes, unread), "is not a date such as 2026-11-03")
    return np.append(moments, np.datetime64("NaT"))[codes]


def _texts(frame: pd.DataFrame, column: Column) -> pd.Categorical:
    codes, texts = pd.factorize(frame[column.name])
    wrong = np.array([not isinstance(text, str) for text in texts], dtype=bool)
    if wrong.any():
        raise _problem(frame, column, np.isin(codes, np.flatnonzero(wrong)), "is not text", InputTypeError)
    allowed = ALLOWED_TEXTS[column.name]
    wrong = np.array([re.fullmatch(allowed, text) is None for text in texts], dtype=bool)
    if wrong.any():
        raise _problem(frame, column, np.isin(codes, np.flatnonzero(wrong)), _EXPECTED_TEXTS[column.name])
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype=object))


def _sorted(ids: Values, dates: Values) -> tuple[Ints, Ints | None]:
    """Number each row's patient, and give the order by patient and night; None where rows stand in it."""
    # The stubs know no union of the two kinds of arrays.
    codes, _ = pd.factorize(cast(npt.NDArray[Any], ids), sort=True)
    days = np.asarray(dates).astype("datetime64[D]").astype(np.int64)
    step = np.diff(codes)
    if np.all((step > 0) | ((step == 0) & (np.diff(days) >= 0))):
        return codes, None
    order = np.lexsort((days, codes))
    return codes[order], order


def _check_repeats(frame: pd.DataFrame, patient: Ints) -> None:
    nights = frame["night_date"].to_numpy()
    repeated = (patient[1:] == patient[:-1]) & (nights[1:] == nights[:-1])
    if repeated.any():
        second = int(np.argmax(repeated)) + 1
        night = np.datetime_as_string(nights[second], "D")
        raise InputError(
            f"{row_name(frame, second)}, night_date: the night of {night} of patient "
            f"{frame['patient_id'].iloc[second]} "
            f"already stands in {row_name(frame, second - 1)}"
        )


def _check_cramp_free_nights(frame: pd.DataFrame) -> None:
    none = frame["cramps"].to_numpy() == 0
    for column in COLUMNS:
        if column.name not in ("cramp_minutes", "worst_pain"):
            continue
        values = frame[column.name].to_numpy()
        wrong = none & (values > 0)
        if wrong.any():
            raise _problem(frame, column, wrong, "must be 0 on a night without cramps")
        frame[column.name] = np.where(none, 0.0, values)


def _check_constant(frame: pd.DataFrame, patient: Ints, name: str) -> None:
    values = frame[name]
    codes = values.cat.codes.to_numpy() if isinstance(values.dtype, pd.CategoricalDtype) else pd.factorize(values)[0]
    known = np.flatnonzero(codes >= 0)
    codes = codes[known]
    differs = (np.diff(patient[known]) == 0) & (np.diff(codes) != 0)
    if differs.any():
        at = int(np.argmax(differs))
        first, second = (_shown(values.iloc[known[at + step]]) for step in (0, 1))
        raise InputError(
            f"{row_name(frame, int(known[at + 1]))}, {name}: {second} differs from {first} in "
            f"{row_name(frame, int(known[at]))}; a patient has one trial"
        )


def _problem(
    frame: pd.DataFrame,
    column: Column,
    wrong: npt.NDArray[np.bool_],
    what: str,
    error: type[InputError] = InputError,
) -> InputError:
    position = int(np.argmax(wrong))
    value = frame[column.name].iloc[position]
    shown = "a value" if column.filled and pd.isna(value) else _shown(value)
    return error(f"{row_name(frame, position)}, {column.name}: {shown} {what}")


def _shown(value: object) -> str:
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64):
        value = value.item()
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else str(value)
    return f"{value:g}" if isinstance(value, float) else repr(value) if isinstance(value, str) else str(value)
