from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import compare_cohort
from analysis.errors import InputError
from analysis.io import write_nights
from analysis.scale.folder import WorkerError, compare_folder, write_folder
from tests.analysis.makers import cohort

EXACT = ["patient_id", "state", "grade", "method", "nights_on", "nights_off", "cramps_on", "cramps_off", "wear_changes"]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """Forty patients of all designs."""
    return cohort(5, 40, rate_ratio=0.4)


@pytest.fixture
def folder(frame: pd.DataFrame, tmp_path: Path) -> Path:
    """These patients' nights in four files."""
    write_folder(frame, tmp_path / "nights", patients_per_file=10)
    return tmp_path / "nights"


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert_frame_equal(found[EXACT], expected[EXACT])
    exact = expected["method"] == "exact"
    assert exact.sum() > 10
    for name in ("p_help", "p_worse"):
        assert found.loc[exact, name].tolist() == expected.loc[exact, name].tolist()
    assert_frame_equal(found, expected, rtol=1e-9)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_is_compared_as_one_frame(workers: int, folder: Path, frame: pd.DataFrame) -> None:
    steps = list[tuple[int, int]]()
    found = compare_folder(folder, workers=workers, progress=lambda done, total: steps.append((done, total)))
    assert_same(found.table, compare_cohort(frame))
    assert found.notes == ()
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_files_may_lie_in_folders_of_a_folder_and_may_be_empty(folder: Path, frame: pd.DataFrame) -> None:
    (folder / "more").mkdir()
    (folder / "patients-00003.parquet").rename(folder / "more" / "last.parquet")
    write_nights(frame.iloc[:0], folder / "more" / "none.parquet")
    assert_same(compare_folder(folder).table, compare_cohort(frame))


def test_what_was_understood_of_the_files_is_said_once(folder: Path, frame: pd.DataFrame) -> None:
    for number, file in enumerate(sorted(folder.iterdir())):
        of_file = frame["patient_id"] // 10 == number
        write_nights(frame[of_file].assign(mood="fine"), file)
    assert compare_folder(folder).notes == ("columns ignored: mood",)


def test_a_patient_in_two_files_is_refused_with_both(folder: Path, frame: pd.DataFrame) -> None:
    later = frame[frame["patient_id"] == 13].assign(
        night_date=lambda nights: nights["night_date"] + pd.Timedelta(days=99)
    )
    write_nights(later, folder / "late.parquet")
    expected = "patient 13 has nights in .*late.parquet and .*patients-00001.parquet; they belong in one file"
    with pytest.raises(InputError, match=expected):
        compare_folder(folder)


def test_patients_named_by_text_in_one_file_and_by_number_in_another_are_refused(
    folder: Path, frame: pd.DataFrame
) -> None:
    write_nights(frame[frame["patient_id"] == 1].assign(patient_id="x"), folder / "text.parquet")
    with pytest.raises(InputError, match=r"patient_id: text in .*text.parquet, numbers in .*patients-00000.parquet"):
        compare_folder(folder)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_file_cannot_say_is_refused_with_its_name(workers: int, folder: Path, frame: pd.DataFrame) -> None:
    bad = frame[frame["patient_id"] == 0].assign(patient_id=99, cramps=-1)
    write_nights(bad, folder / "bad.parquet")
    with pytest.raises(InputError, match=r"bad.parquet: row 0, cramps: -1 is not a whole number from 0 to 50"):
        compare_folder(folder, workers=workers)


def test_a_worker_that_takes_too_much_memory_is_told_with_its_file(folder: Path) -> None:
    with pytest.raises(WorkerError, match=r"patients-0000\d.parquet: the process that compared it died"):
        compare_folder(folder, workers=2, memory_limit=120_000_000)


def test_a_folder_without_nights_is_refused(tmp_path: Path, frame: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="has no Parquet files"):
        compare_folder(tmp_path)
    write_nights(frame.iloc[:0], tmp_path / "none.parquet")
    with pytest.raises(InputError, match="has no nights"):
        compare_folder(tmp_path)


def test_no_workers_are_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="workers: 0 is not a whole number of at least 1"):
        compare_folder(folder, workers=0)


def test_a_folder_with_files_is_not_written_into(folder: Path, frame: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="nights: is not empty"):
        write_folder(frame, folder)
    assert len(list(folder.iterdir())) == 4
