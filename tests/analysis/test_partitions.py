import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import check_frame, compare_cohort
from analysis.scale import partitions
from analysis.scale.partitions import compare_trials, partition
from tests.analysis.makers import cohort


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "NIGHTS_A_PART", 150)


@pytest.mark.usefixtures("small_parts")
def test_a_cohort_in_parts_is_compared_as_the_whole_cohort() -> None:
    frame = check_frame(cohort(4, 20, rate_ratio=0.4))
    steps = list[tuple[int, int]]()
    found = compare_trials(frame, progress=lambda done, total: steps.append((done, total)))
    assert_frame_equal(found, compare_cohort(frame), rtol=1e-9)
    assert steps == [(done, len(steps)) for done in range(1, len(steps) + 1)]
    assert len(steps) > 5


@pytest.mark.usefixtures("small_parts")
def test_parts_hold_every_night_once_and_whole_patients() -> None:
    frame = check_frame(cohort(4, 20))
    parts = [part for part, _ in partition(frame)]
    assert sorted(label for part in parts for label in part.index) == sorted(frame.index)
    assert sum(part["patient_id"].nunique() for part in parts) == 20


def test_patients_are_parted_by_the_wear_that_their_trials_test() -> None:
    frame = cohort(4, 3)
    frame["exposure"] = frame["patient_id"].map({0: "night", 1: "day"})
    checked = check_frame(frame)
    assert {kind: set(part["patient_id"]) for part, kind in partition(checked)} == {
        "any": {2},
        "day": {1},
        "night": {0},
    }
    assert [kind for _, kind in partition(checked, "day")] == ["day"]


def test_no_nights_are_no_parts() -> None:
    nothing = check_frame(cohort(4, 1).iloc[:0])
    assert partition(nothing) == []
    assert compare_trials(nothing).empty


def test_secondary_outcomes_come_when_they_are_asked_for() -> None:
    frame = check_frame(cohort(4, 3))
    assert_frame_equal(compare_trials(frame, secondary=True), compare_cohort(frame, secondary=True))
    assert isinstance(compare_trials(frame), pd.DataFrame)
