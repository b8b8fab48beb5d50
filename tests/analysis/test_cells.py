"""Columns with cells that cannot be read: the others are read all the same."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.frame import Column, Kind
from analysis.reading.cells import Cells, Notes, Readable, parse, parse_readable


def column(kind: Kind, *texts: str, most: int = 10) -> Readable:
    codes, different = pd.factorize(np.array(texts, dtype=object))
    rows = pd.Index(range(2, len(texts) + 2), name="line")
    return parse_readable(Column("it", kind, "whatever"), Cells(codes, list(different)), rows, Notes(), most=most)


def test_a_cell_that_cannot_be_read_is_missing_and_told_with_every_line_it_stands_on() -> None:
    found = column("number", "1,5", "many", "", "3", "many", "few")
    np.testing.assert_array_equal(found.values, [1.5, np.nan, np.nan, 3, np.nan, np.nan])
    not_a_number = "is not a number"
    assert found.unreadable == {3: f"'many' {not_a_number}", 6: f"'many' {not_a_number}", 7: f"'few' {not_a_number}"}


def test_a_column_that_can_be_read_has_nothing_to_tell() -> None:
    found = column("flag", "yes", "no", "-")
    np.testing.assert_array_equal(found.values, [1, 0, np.nan])
    assert found.unreadable == {}


def test_a_date_that_is_none_does_not_hide_the_order_of_the_others() -> None:
    found = column("date", "03/11/2026", "someday", "14/11/2026", "31/02/2026")
    assert found.values.dropna().dt.strftime("%Y-%m-%d").tolist() == ["2026-11-03", "2026-11-14"]
    assert sorted(found.unreadable) == [3, 5]


def test_dates_of_which_no_one_shows_the_order_are_all_told() -> None:
    found = column("date", "03/11/2026", "04/11/2026")
    assert found.values.isna().all()
    assert all("may be day/month or month/day" in reason for reason in found.unreadable.values())


def test_one_unreadable_cell_too_many_refuses_the_column() -> None:
    with pytest.raises(InputError, match="line 4, it: 'c' is not a number"):
        column("number", "a", "b", "c", most=2)


def test_reading_a_whole_column_stops_at_its_first_unreadable_cell() -> None:
    with pytest.raises(InputError, match="line 3, it: 'b' is not a number"):
        parse(
            Column("it", "number", "whatever"),
            Cells(np.array([0, 1]), ["1", "b"]),
            pd.Index([2, 3], name="line"),
            Notes(),
        )
