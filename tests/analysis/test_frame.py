import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import check_frame
from analysis.errors import InputError, InputTypeError
from analysis.frame import COLUMNS, worn

NIGHT = {"patient_id": 1, "night_date": "2026-11-03", "cramps": 1, "stockings_day": 1, "stockings_night": 0}


def frame_of(*changes: dict[str, Any]) -> pd.DataFrame:
    """Make nights from the 3rd on, each changed from a plain one."""
    return pd.DataFrame(
        [{**NIGHT, "night_date": f"2026-11-{3 + at:02}", **change} for at, change in enumerate(changes)]
    )


def test_a_plain_frame_gets_all_columns_in_one_form() -> None:
    checked = check_frame(frame_of({}, {"cramps": None}))
    assert list(checked.columns) == [column.name for column in COLUMNS]
    assert checked["night_date"].dtype == "datetime64[s]"
    assert checked["cramps"].tolist()[0] == 1.0
    assert np.isnan(checked["cramps"].tolist()[1])


@pytest.mark.parametrize(
    "given",
    [
        dt.date(2026, 11, 3),
        dt.datetime(2026, 11, 3),  # noqa: DTZ001 - a date in the shape of a time, as spreadsheets give it
        pd.Timestamp("2026-11-03"),
        "2026-11-03",
        "20261103",
        np.datetime64("2026-11-03", "ns"),
    ],
)
def test_dates_of_any_common_type_are_the_same_date(given: object) -> None:
    assert check_frame(frame_of({"night_date": given}))["night_date"].iloc[0] == pd.Timestamp("2026-11-03")


@pytest.mark.parametrize("dtype", ["Int64", "float32", "int8", "object", "boolean"])
def test_numbers_of_any_type_are_the_same_numbers(dtype: str) -> None:
    frame = frame_of({}, {})
    frame["cramps"] = frame["cramps"].astype(dtype)
    assert check_frame(frame)["cramps"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_missing_values_of_any_kind_are_missing(missing: object) -> None:
    checked = check_frame(frame_of({}, {"cramps": missing, "worst_pain": missing, "trial_start": missing}))
    assert checked.iloc[1][["cramps", "worst_pain", "trial_start"]].isna().all()


def test_other_columns_are_ignored_and_absent_ones_are_missing() -> None:
    checked = check_frame(frame_of({"note": "ran"}))
    assert "note" not in checked
    assert checked["assigned"].isna().all()


def test_nights_without_cramps_have_no_minutes_and_no_pain() -> None:
    checked = check_frame(frame_of({"cramps": 0}, {"cramps": None}))
    assert checked["cramp_minutes"].tolist()[0] == 0.0
    assert np.isnan(checked["worst_pain"].tolist()[1])


def test_rows_are_sorted_and_keep_their_names() -> None:
    checked = check_frame(frame_of({}, {}, {}).iloc[::-1])
    assert checked["night_date"].is_monotonic_increasing
    assert checked.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cramps": -1}, r"row 1, cramps: -1 is not a whole number from 0 to 50"),
        ({"cramps": 1.5}, r"row 1, cramps: 1.5 is not a whole number"),
        ({"cramps": 51}, r"row 1, cramps: 51 is not a whole number from 0 to 50"),
        ({"cramps": np.inf}, r"row 1, cramps: inf is not"),
        ({"worst_pain": 11}, r"row 1, worst_pain: 11 is not a number from 0 to 10"),
        ({"cramp_minutes": -0.5}, r"row 1, cramp_minutes: -0.5 is not a number of at least 0"),
        ({"cramps": 0, "cramp_minutes": 3}, r"row 1, cramp_minutes: 3 must be 0 on a night without cramps"),
        ({"cramps": 0, "worst_pain": 2}, r"row 1, worst_pain: 2 must be 0 on a night without cramps"),
        ({"stockings_day": 2}, r"row 1, stockings_day: 2 is not 0 or 1"),
        (
            {"night_date": "2026-11-03"},
            r"row 1, night_date: the night of 2026-11-03 of patient 1 already stands in row 0",
        ),
        ({"night_date": "04.11.2026"}, r"row 1, night_date: '04.11.2026' is not a date such as 2026-11-03"),
        ({"night_date": "2026-02-30"}, r"row 1, night_date: '2026-02-30' is not a date"),
        ({"night_date": pd.Timestamp("2026-11-04 07:00")}, r"row 1, night_date: 2026-11-04 07:00:00 has a time of day"),
        ({"night_date": None}, r"row 1, night_date: a value is missing"),
        ({"patient_id": None}, r"row 1, patient_id: a value is missing"),
        ({"design": "crossover"}, r"row 1, design: 'crossover' is none of pairs, blocks"),
        ({"schedule": "10x1"}, r"row 1, schedule: '10x1' is not one 0 or 1 a block"),
        ({"looks": "6;9"}, r"row 1, looks: '6;9' is not a list of numbers"),
        ({"planned_nights": 0}, r"row 1, planned_nights: 0 is not a whole number of at least 1"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_row_column_and_bound(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_frame(frame_of({}, change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cramps": "two"}, r"row 1, cramps: 'two' is not a number"),
        ({"cramps": "2"}, r"row 1, cramps: '2' is not a number"),
        ({"stockings_night": "yes"}, r"row 1, stockings_night: 'yes' is not a number"),
        ({"night_date": pd.Timestamp("2026-11-04", tz="UTC")}, r"row 1, night_date: .* has a time zone"),
        ({"design": 3}, r"row 1, design: 3 is not text"),
        ({"patient_id": "one"}, r"patient_id: text and numbers are mixed"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_type_error(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputTypeError, match=message):
        check_frame(frame_of({}, change))


def test_type_errors_are_type_errors_and_value_errors() -> None:
    assert issubclass(InputTypeError, TypeError)
    assert issubclass(InputTypeError, ValueError)


def test_a_column_of_moments_in_a_zone_is_refused() -> None:
    frame = frame_of({}, {})
    frame["night_date"] = pd.to_datetime(frame["night_date"]).dt.tz_localize("UTC")
    with pytest.raises(InputTypeError, match="night_date: has a time zone"):
        check_frame(frame)


def test_a_column_of_numbers_is_no_column_of_dates() -> None:
    with pytest.raises(InputTypeError, match="row 0, night_date: 46329 is not a date"):
        check_frame(frame_of({"night_date": 46329}))


def test_missing_columns_are_named() -> None:
    with pytest.raises(InputError, match="columns missing: cramps, stockings_night"):
        check_frame(frame_of({}).drop(columns=["cramps", "stockings_night"]))


def test_a_column_given_twice_is_refused() -> None:
    frame = frame_of({})
    with pytest.raises(InputError, match="column given twice: cramps"):
        check_frame(pd.concat([frame, frame[["cramps"]]], axis=1))


def test_something_else_than_a_frame_is_refused() -> None:
    with pytest.raises(InputTypeError, match="expected a pandas DataFrame, got list"):
        check_frame([NIGHT])


def test_a_constant_of_a_trial_may_be_left_out_on_some_rows_but_not_differ() -> None:
    check_frame(frame_of({"planned_nights": 3}, {}, {"planned_nights": 3}))
    with pytest.raises(InputError, match="row 2, planned_nights: 4 differs from 3 in row 0; a patient has one trial"):
        check_frame(frame_of({"planned_nights": 3}, {}, {"planned_nights": 4}))


def test_the_name_of_the_index_names_rows_in_messages() -> None:
    frame = frame_of({}, {"cramps": -1})
    frame.index = pd.Index([7, 9], name="line")
    with pytest.raises(InputError, match="line 9, cramps: -1"):
        check_frame(frame)


@pytest.mark.parametrize(
    ("day", "night", "any_wear"),
    [(1, 0, 1), (0, 1, 1), (0, 0, 0), (1, None, 1), (None, 1, 1), (0, None, None), (None, 0, None), (None, None, None)],
)
def test_any_wear_is_unknown_only_where_no_wear_is_known_and_one_is_missing(
    day: int | None, night: int | None, any_wear: int | None
) -> None:
    checked = check_frame(frame_of({"stockings_day": day, "stockings_night": night}))
    expected = [np.nan if value is None else float(value) for value in (any_wear, day, night)]
    found = [worn(checked, exposure)[0] for exposure in ("any", "day", "night")]
    np.testing.assert_array_equal(found, expected)


def test_an_unknown_exposure_is_refused() -> None:
    with pytest.raises(InputError, match="exposure: 'both' is none of any, day, night"):
        worn(check_frame(frame_of({})), "both")
