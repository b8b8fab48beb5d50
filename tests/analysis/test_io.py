import io
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import check_frame, compare, compare_cohort
from analysis.errors import InputError
from analysis.io import NightTable, read_nights, write_nights, write_table
from tests.analysis.makers import cohort

HEADER = "patient_id,night_date,cramps,stockings_day,stockings_night,cramp_minutes\n"


def read(text: str | bytes) -> NightTable:
    return read_nights(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


def nights(*lines: str) -> NightTable:
    return read(HEADER + "\n".join(lines) + "\n")


def refused(text: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_a_plain_file_needs_hardly_a_note() -> None:
    table = nights("a,2026-11-03,2,1,0,3.5", "a,2026-11-04,0,0,0,0", "a,2026-11-05,,,,")
    assert table.frame["cramps"].tolist()[:2] == [2.0, 0.0]
    assert np.isnan(table.frame["cramps"].tolist()[2])
    assert table.frame.index.tolist() == [2, 3, 4]
    assert [note for note in table.notes if "design" not in note] == []


def test_a_byte_order_mark_semicolons_decimal_commas_and_german_dates_are_understood_and_said() -> None:
    table = read("\ufeffDatum;Krämpfe;Minuten;stockings day;stockings night\r\n03.11.2026;2;3,5;ja;nein\r\n")
    row = table.frame.iloc[0]
    assert (row["night_date"], row["cramp_minutes"]) == (pd.Timestamp("2026-11-03"), 3.5)
    assert (row["stockings_day"], row["stockings_night"]) == (1.0, 0.0)
    for note in (
        "cells are parted by semicolons",
        "column 'Datum' is read as night_date, the date of the evening",
        "column 'Krämpfe' is read as cramps",
        "night_date: dates with points are read as day.month.year",
        "cramp_minutes: commas are read as decimal points",
        "stockings_day: 'ja' is read as 1",
        "no column patient_id: all nights are taken as one patient's",
    ):
        assert note in table.notes


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("yes", "no"),
        ("Y", "N"),
        ("TRUE", "FALSE"),
        ("sí", "no"),
        ("ja", "nein"),
        ("oui", "non"),
        ("1.0", "0,0"),
        ("1", "0"),
    ],
)
def test_yes_and_no_are_understood_in_four_languages(yes: str, no: str) -> None:
    frame = nights(f'a,2026-11-03,1,"{yes}","{no}",3').frame
    assert frame[["stockings_day", "stockings_night"]].to_numpy().tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize("word", ["NA", "n/a", "NaN", "null", "-", "?", "#N/A"])
def test_words_for_missing_are_missing_and_said(word: str) -> None:
    table = nights(f"a,2026-11-03,{word},1,0,")
    assert np.isnan(table.frame["cramps"].iloc[0])
    assert f"cramps: {word!r} is read as missing" in table.notes


def test_a_blank_cell_is_missing_and_a_zero_is_zero() -> None:
    frame = nights("a,2026-11-03, ,1,0,", "a,2026-11-04,0,1,0,").frame
    assert frame["cramps"].isna().tolist() == [True, False]
    assert frame["cramps"].iloc[1] == 0


def test_one_date_that_shows_the_order_tells_it_for_the_column() -> None:
    by_day = nights("a,3/11/2026,1,1,0,", "a,14/11/2026,1,1,0,")
    by_month = nights("a,11/3/2026,1,1,0,", "a,11/14/2026,1,1,0,")
    assert by_day.frame["night_date"].tolist() == by_month.frame["night_date"].tolist()
    assert "night_date: dates are read as day/month/year, as '14/11/2026' shows" in by_day.notes
    assert "night_date: dates are read as month/day/year, as '11/14/2026' shows" in by_month.notes


@pytest.mark.parametrize("word", ["2026-11-03", "2026/11/03", "2026-11-03 00:00:00", "3.11.2026", "03.11.2026 00:00"])
def test_dates_that_can_be_read_one_way_only_are_read(word: str) -> None:
    assert nights(f"a,{word},1,1,0,").frame["night_date"].iloc[0] == pd.Timestamp("2026-11-03")


def test_stray_columns_are_ignored_and_said() -> None:
    table = read(HEADER.replace("cramp_minutes", "Mood,") + "a,2026-11-03,1,1,0,fine,\n")
    assert "columns ignored: Mood, number 7, without a heading" in table.notes


def test_a_night_that_stands_twice_in_the_same_words_is_one_night_and_said() -> None:
    table = nights("a,2026-11-03,1,yes,0,3", "a,2026-11-03,1,1,0,3.0", "b,2026-11-03,1,1,0,3")
    assert len(table.frame) == 2
    assert "lines that repeat a night word for word are passed over: 3" in table.notes


def test_empty_lines_and_short_lines_are_understood_and_said() -> None:
    table = nights("a,2026-11-03,1,1,0,3", "", ",,,,,", "a,2026-11-04,1,1")
    assert table.frame.index.tolist() == [2, 5]
    assert "empty lines are passed over: 2" in table.notes
    assert "lines that end early are read as if their last cells were empty" in table.notes


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = HEADER.replace("cramp_minutes", "note") + 'a,2026-11-03,1,1,0,"two\nlines"\na,2026-11-04,x,1,0,\n'
    refused(text, "line 4, cramps: 'x' is not a number")


def test_utf_16_and_windows_1252_are_read() -> None:
    text = "fecha;calambres;medias día;medias noche\n2026-11-03;1;sí;no\n"
    assert read(text.encode("utf-16")).frame["stockings_day"].tolist() == [1.0]
    table = read(text.encode("cp1252"))
    assert table.frame["stockings_day"].tolist() == [1.0]
    assert table.notes[0] == "the file is no UTF-8; read as Windows-1252 (Western European)"


def test_the_separator_line_of_a_spreadsheet_is_understood() -> None:
    table = read("sep=;\n" + HEADER.replace(",", ";") + "a;2026-11-03;x;1;0;\n".replace("x", "1"))
    assert table.frame.index.tolist() == [3]


def test_one_missing_wear_column_is_unknown_wear_and_said() -> None:
    table = read("night_date,cramps,stockings_night\n2026-11-03,1,1\n")
    assert np.isnan(table.frame["stockings_day"].iloc[0])
    assert "no column stockings_day: that wear is taken as unknown" in table.notes


def test_zeros_that_a_spreadsheet_took_from_a_schedule_are_put_back() -> None:
    head = HEADER.replace("cramp_minutes", "design,schedule,n_blocks,block_nights")
    table = read(head + "a,2026-11-03,1,1,0,pairs,1011,6,3\n")
    assert table.frame["schedule"].tolist() == ["001011"]
    assert "schedule: zeros missing at its start are put back, by n_blocks" in table.notes


@pytest.mark.parametrize(
    "saved",
    ["1.00110011001E+17", "1,0011E+17", "1.0011001100101E+017", "100110011001010000"],
)
def test_a_schedule_that_a_spreadsheet_rounded_is_passed_over_and_the_nights_tell_their_arms(saved: str) -> None:
    drawn = "100110011001010101"
    head = HEADER.replace("cramp_minutes", "design,assigned,block,n_blocks,block_nights,schedule")

    def table(schedule: str) -> str:
        lines = [
            f"a,{date(2026, 9, 1) + timedelta(days=at)},{at * at % 3},{arm},0,blocks,{arm},{at // 3},18,3"
            for at, arm in enumerate("".join(3 * arm for arm in drawn))
        ]
        return head + "".join(f'{line},"{schedule}"\n' for line in lines)

    whole, rounded = read(table(drawn)), read(table(saved))
    assert not any("schedule" in note for note in whole.notes)
    assert f"schedule: {saved!r} was rounded by a spreadsheet; arms are read from the nights" in rounded.notes
    assert compare(rounded.frame) == compare(whole.frame)


def test_a_schedule_that_ends_in_zeros_by_its_draw_is_left_alone() -> None:
    head = HEADER.replace("cramp_minutes", "design,schedule,n_blocks,block_nights")
    table = read(head + "a,2026-11-03,1,1,0,blocks,110101101010110100,18,3\n")
    assert table.frame["schedule"].tolist() == ["110101101010110100"]
    assert not any("schedule" in note for note in table.notes)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a,2026-11-03,many,1,0,", "line 2, cramps: 'many' is not a number"),
        ("a,2026-11-03,1 cramp,1,0,", "line 2, cramps: '1 cramp' is not a number"),
        ("a,2026-11-03,51,1,0,", "line 2, cramps: 51 is not a whole number from 0 to 50"),
        ("a,2026-11-03,-1,1,0,", "line 2, cramps: -1 is not a whole number"),
        ("a,2026-11-03,0,1,0,7", "line 2, cramp_minutes: 7 must be 0 on a night without cramps"),
        ("a,2026-11-03,1,maybe,0,", r"line 2, stockings_day: 'maybe' is neither yes nor no \(0 or 1\)"),
        ("a,2026-11-03,1,2,0,", "line 2, stockings_day: '2' is neither yes nor no"),
        ("a,2026-02-30,1,1,0,", "line 2, night_date: '2026-02-30' is no day of the calendar"),
        ("a,last Monday,1,1,0,", "line 2, night_date: 'last Monday' is not a date"),
        ("a,46329,1,1,0,", "line 2, night_date: '46329' is not a date"),
        ("a,2026-11-03 23:10,1,1,0,", "line 2, night_date: '2026-11-03 23:10' is not a date"),
        ("a,3.11.26,1,1,0,", "line 2, night_date: '3.11.26' is not a date"),
        ("a,3/11/2026,1,1,0,", "line 2, night_date: '3/11/2026' may be day/month or month/day"),
        (",2026-11-03,1,1,0,", "line 2, patient_id: a value is missing"),
        ("a,,1,1,0,", "line 2, night_date: a value is missing"),
        ("a,2026-11-03,1,1,0,3,5", "line 2: has 7 cells, the header has 6"),
        ('"a,2026-11-03,1,1,0,3', "line 2: unexpected end of data"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_line_column_cell_and_reason(line: str, message: str) -> None:
    refused(HEADER + line + "\n", message)


def test_two_rows_that_differ_about_a_night_are_refused_with_both_lines() -> None:
    refused(
        HEADER + "a,2026-11-03,1,1,0,\nb,2026-11-03,2,1,0,\na,2026-11-03,2,1,0,\n",
        "line 4, cramps: 2 differs from 1 in line 2, which has the same night, 2026-11-03",
    )


def test_dates_of_both_orders_in_one_column_are_refused() -> None:
    refused(
        HEADER + "a,13/11/2026,1,1,0,\na,11/14/2026,1,1,0,\n",
        "line 3, night_date: '11/14/2026' has the month first, but '13/11/2026'",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (b"PK\x03\x04\x00\x00", "the file is no text"),
        (b"\xff\xfea", "the file is marked as utf-16, but does not decode"),
        (b"night_date\x81\x8d,cramps", "the file is neither UTF-8 nor Windows-1252"),
        ("a,b\n1,2\n", "line 1: columns missing: night_date, cramps, stockings_day, stockings_night; found: a, b"),
        ("date,night,cramps\n", "line 1: columns 'date' and 'night' both mean night_date"),
    ],
)
def test_files_that_are_no_table_of_nights_are_refused(text: str | bytes, message: str) -> None:
    refused(text, message)


@pytest.mark.parametrize("dialect", ["comma", "semicolon"])
def test_what_is_written_is_read_back_exactly(dialect: str, tmp_path: Path) -> None:
    frame = cohort(3, 12, rate_ratio=0.5).assign(remark="=1+1")
    frame["patient_id"] = frame["patient_id"].map(lambda number: f'-{number}\'; "é"')
    write_nights(frame, tmp_path / "nights.csv", dialect=dialect)
    found = read_nights(tmp_path / "nights.csv").frame
    expected = check_frame(frame)
    assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_categorical=False, check_dtype=False
    )
    assert_frame_equal(compare_cohort(found), compare_cohort(frame))


def written(frame: pd.DataFrame, dialect: str = "comma") -> list[str]:
    target = io.BytesIO()
    write_table(frame, target, dialect=dialect)
    content = target.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return content.decode("utf-8-sig").split("\r\n")


def test_cells_that_a_spreadsheet_would_run_are_made_safe() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "'x", "\tx", "\rx", "plain"]
    assert written(pd.DataFrame({"note": texts})) == [
        "note", "'=1+1", "'+1", "'-1", "'@x", "''x", "'\tx", '"\'\rx"', "plain", "",
    ]  # fmt: skip


def test_missing_is_empty_zero_is_zero_and_flags_are_digits() -> None:
    frame = pd.DataFrame(
        {
            "a": pd.Series([0.0, np.nan, 3.5]),
            "b": pd.Series([True, False, None], dtype=object),
            "c": pd.to_datetime(pd.Series(["2026-11-03", None, "2026-11-05"])),
            "d": pd.Series([-2, 0, 7], dtype="Int64"),
        }
    )
    assert written(frame) == ["a,b,c,d", "0,1,2026-11-03,-2", ",0,,0", "3.5,,2026-11-05,7", ""]
    assert written(frame, "semicolon")[3] == "3,5;;2026-11-05;7"


def test_columns_of_the_frame_are_written_first() -> None:
    target = io.BytesIO()
    write_nights(pd.DataFrame({"note": ["x"], "cramps": [1], "patient_id": ["a"]}), target)
    assert target.getvalue().decode("utf-8-sig").splitlines()[0] == "patient_id,cramps,note"


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(InputError, match="dialect: 'tabs' is neither comma nor semicolon"):
        write_table(pd.DataFrame(), io.BytesIO(), dialect="tabs")


@settings(max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0 \u00a0"), min_size=1))
def test_any_patient_name_survives_a_file(name: str) -> None:
    target = io.BytesIO()
    frame = pd.DataFrame(
        {
            "patient_id": [name],
            "night_date": ["2026-11-03"],
            "cramps": [1],
            "stockings_day": [1],
            "stockings_night": [0],
        }
    )
    write_nights(frame, target)
    target.seek(0)
    if name.lower() in {"na", "n/a", "#n/a", "nan", "null", "-", "–", "—", ".", "?"}:
        return
    assert read_nights(target).frame["patient_id"].tolist() == [name]
