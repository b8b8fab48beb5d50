import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal, assert_series_equal

from analysis import compare, compare_cohort
from tests.analysis.makers import cohort, diary

FRAME = cohort(11, 25, rate_ratio=0.6, dispersion=1.0, adherence=0.8)
TABLE = compare_cohort(FRAME)
# A q-value is the one number that depends on the other patients.
OWN = TABLE.drop(columns="q_value")

NIGHTS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 12)), st.one_of(st.none(), st.integers(0, 1))),
    min_size=28,
    max_size=60,
)


def test_the_order_of_rows_changes_nothing() -> None:
    assert_frame_equal(compare_cohort(FRAME.sample(frac=1, random_state=3)), TABLE)


def test_other_patients_change_nothing() -> None:
    for patient in (0, 3, 12, 24):
        alone = compare_cohort(FRAME[FRAME["patient_id"] == patient]).drop(columns="q_value")
        together = OWN[OWN["patient_id"] == patient].reset_index(drop=True)
        assert_frame_equal(alone, together, check_dtype=False, rtol=1e-9)


def test_one_patient_and_many_get_the_same_numbers() -> None:
    for patient in range(5):
        found = compare(FRAME[FRAME["patient_id"] == patient]).to_dict()
        row = OWN[OWN["patient_id"] == patient].iloc[0]
        alone = pd.Series({name: found[name] for name in OWN.columns})
        assert_series_equal(alone.fillna(np.nan), row.fillna(np.nan), check_names=False, check_dtype=False, rtol=1e-9)


def test_a_night_without_a_row_is_a_night_without_cramps_recorded() -> None:
    dropped = FRAME[FRAME["cramps"].notna() | (FRAME["night_date"] == FRAME["night_date"].max())]
    assert len(dropped) < len(FRAME)
    assert_frame_equal(
        compare_cohort(dropped, as_of=FRAME["night_date"].max()), compare_cohort(FRAME, as_of=FRAME["night_date"].max())
    )


def test_a_missing_night_is_not_a_night_without_cramps() -> None:
    zeros = compare_cohort(FRAME.fillna({"cramps": 0.0, "cramp_minutes": 0.0, "worst_pain": 0.0}))
    assert (zeros["nights_on"] + zeros["nights_off"]).sum() > (TABLE["nights_on"] + TABLE["nights_off"]).sum()


def test_patients_of_text_and_of_number_names_get_the_same_numbers() -> None:
    named = compare_cohort(FRAME.assign(patient_id=FRAME["patient_id"].map("{:03}".format)))
    assert_frame_equal(named.drop(columns="patient_id"), TABLE.drop(columns="patient_id"))


def test_the_frame_handed_in_is_left_as_it_was() -> None:
    before = FRAME.copy(deep=True)
    compare_cohort(FRAME)
    assert_frame_equal(FRAME, before)


@settings(max_examples=60)
@given(NIGHTS)
def test_swapping_the_arms_mirrors_help_and_worse(nights: list[tuple[int | None, int | None]]) -> None:
    cramps, worn = zip(*nights, strict=True)
    found = compare(diary(cramps, worn))
    swapped = compare(diary(cramps, [None if arm is None else 1 - arm for arm in worn]))
    mirror = {"help": "worse", "worse": "help", "fewer_unclear": "more_unclear", "more_unclear": "fewer_unclear"}
    assert swapped.grade == found.grade
    if found.rate_ratio is None:
        assert swapped.state == found.state
        return
    assert_allclose([swapped.p_help, swapped.p_worse], [found.p_worse, found.p_help], rtol=1e-7)
    mirrored = [swapped.rate_ratio, swapped.ci_low, swapped.ci_high]
    assert_allclose(mirrored, [1 / found.rate_ratio, 1 / found.ci_high, 1 / found.ci_low], rtol=1e-7)
    assert swapped.state == mirror.get(found.state, found.state)


@settings(max_examples=60)
@given(NIGHTS)
def test_any_diary_gets_a_whole_answer_or_none(nights: list[tuple[int | None, int | None]]) -> None:
    found = compare(diary(*zip(*nights, strict=True)))
    numbers = (found.rate_ratio, found.ci_low, found.ci_high, found.p_help, found.p_worse, found.dispersion)
    assert all(number is None for number in numbers) == (found.state == "insufficient")
    if found.state != "insufficient":
        assert 0 < found.p_help < 1
        assert 0 < found.p_worse < 1
        assert found.p_help + found.p_worse >= 1 - 1e-12
        assert np.isfinite(numbers).all()
