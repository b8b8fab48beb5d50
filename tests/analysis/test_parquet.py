import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal
from pyarrow import parquet

from analysis import check_frame, compare_cohort
from analysis.errors import InputError
from analysis.io import NightTable, read_nights, read_patients, write_nights
from tests.analysis.makers import cohort

NIGHT = {
    "patient_id": ["a", "b"],
    "night_date": [dt.date(2026, 11, 3), dt.date(2026, 11, 4)],
    "cramps": [2, None],
    "stockings_day": [True, None],
    "stockings_night": [False, None],
}


def stored(**columns: object) -> bytes:
    target = io.BytesIO()
    parquet.write_table(pa.table(NIGHT | columns), target)
    return target.getvalue()


def read(content: bytes) -> NightTable:
    return read_nights(io.BytesIO(content))


def test_what_is_written_is_read_back_exactly(tmp_path: Path) -> None:
    frame = cohort(3, 12, rate_ratio=0.5).assign(remark="=1+1")
    write_nights(frame, tmp_path / "nights.parquet")
    found = read_nights(tmp_path / "nights.parquet")
    assert_frame_equal(found.frame, check_frame(frame), check_categorical=False, check_names=False)
    assert found.notes == ("columns ignored: remark",)
    assert_frame_equal(compare_cohort(found.frame), compare_cohort(frame))


def test_csv_and_parquet_of_the_same_nights_give_the_same_comparison(tmp_path: Path) -> None:
    frame = cohort(3, 12, rate_ratio=0.5)
    frame["patient_id"] = "P" + frame["patient_id"].astype(str)
    for name in ("nights.csv", "nights.parquet"):
        write_nights(frame, tmp_path / name)
    tables = [read_nights(tmp_path / name).frame for name in ("nights.csv", "nights.parquet")]
    assert_frame_equal(*[table.reset_index(drop=True) for table in tables], check_categorical=False)
    assert_frame_equal(*[compare_cohort(table) for table in tables])


def test_missing_values_numbers_and_flags_of_any_type_are_understood() -> None:
    frame = read(stored(cramp_minutes=[Decimal("3.5"), None], block=pa.array([1, 2], pa.uint8()))).frame
    assert frame["cramps"].iloc[0] == 2
    assert np.isnan(frame["cramps"].iloc[1])
    assert frame["cramp_minutes"].iloc[0] == 3.5
    assert frame[["stockings_day", "stockings_night"]].iloc[0].tolist() == [1.0, 0.0]
    assert frame["block"].tolist() == [1.0, 2.0]


def test_texts_are_read_as_cells_are() -> None:
    table = read(
        stored(
            night_date=pa.array(["03.11.2026", "04.11.2026"]).dictionary_encode(),
            stockings_day=["ja", None],
            cramp_minutes=["3,5", "n/a"],
        )
    )
    assert table.frame["night_date"].tolist() == [pd.Timestamp("2026-11-03"), pd.Timestamp("2026-11-04")]
    assert table.frame["cramp_minutes"].iloc[0] == 3.5
    assert "stockings_day: 'ja' is read as 1" in table.notes
    assert "cramp_minutes: 'n/a' is read as missing" in table.notes


def test_columns_are_found_under_other_names() -> None:
    target = io.BytesIO()
    parquet.write_table(pa.table(NIGHT).rename_columns(["Patient", "Datum", "Krämpfe", "day stockings", "x"]), target)
    table = read(target.getvalue())
    assert "column 'Krämpfe' is read as cramps" in table.notes
    assert "columns ignored: x" in table.notes


def test_patients_are_read_alone_and_once() -> None:
    assert read_patients(io.BytesIO(stored(patient_id=[7, 7]))).tolist() == [7]
    with pytest.raises(InputError, match="column missing: patient_id; found: cramps"):
        read_patients(io.BytesIO(b"cramps\n1\n"))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"cramps": [2, -1]}, "row 1, cramps: -1 is not a whole number"),
        ({"cramps": ["2", "many"]}, "row 1, cramps: 'many' is not a number"),
        ({"cramps": [[1], [2]]}, "cramps: holds list<.*>; expected numbers, dates or texts"),
        ({"night_date": [1, 2]}, "row 0, night_date: 1 is not a date"),
        ({"night_date": [pd.Timestamp("2026-11-03 23:10"), None]}, "row 1, night_date: a value is missing"),
        ({"night_date": [pd.Timestamp("2026-11-03 23:10")] * 2}, "row 0, night_date: .* has a time of day"),
        ({"patient_id": ["a", None]}, "row 1, patient_id: a value is missing"),
        (
            {"patient_id": ["a", "a"], "night_date": [dt.date(2026, 11, 3)] * 2},
            "row 1, cramps: nothing differs from 2 in row 0, which has the same night, 2026-11-03",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_with_row_column_value_and_reason(
    columns: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read(stored(**columns))


@pytest.mark.parametrize("kept", [6, 200, -100])
def test_a_damaged_file_is_refused(kept: int) -> None:
    with pytest.raises(InputError, match="the file is no whole Parquet file"):
        read(stored()[:kept])


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a column cannot be stored as Parquet"):
        write_nights(pd.DataFrame({"patient_id": ["a"], "note": [object()]}), tmp_path / "nights.parquet")
    assert list(tmp_path.iterdir()) == []
