import json
import os
import pty
import subprocess
import sys
import termios
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest

from analysis import compare, compare_cohort
from analysis.__main__ import main
from analysis.io import write_nights
from analysis.scale.folder import WorkerError, write_folder
from analysis.telling.report import LISTED
from tests.analysis.makers import cohort, diary, trial


@pytest.fixture
def one(tmp_path: Path) -> str:
    """A file of one patient whose stockings clearly help."""
    path = tmp_path / "one.csv"
    write_nights(trial(2, rate=3.0, rate_ratio=0.2), path)
    return str(path)


@pytest.fixture
def many(tmp_path: Path) -> str:
    """A file of ten patients of all designs."""
    path = tmp_path / "many.csv"
    write_nights(cohort(2, 10), path)
    return str(path)


def test_one_patient_is_told_in_full(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", one]) == 0
    told = capsys.readouterr().out
    for words in ("Stockings seem to help.", "95 % interval", "fewer cramps", "grade A", "as worn", "no diagnosis"):
        assert words in told


def test_a_running_trial_tells_counts_and_when_it_opens(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", one, "--as-of", "2026-11-20"]) == 0
    told = capsys.readouterr().out
    assert "The comparison opens after the night of 2026-12-25." in told
    for word in ("ratio", "p-value", "grade", "a night "):
        assert word not in told


def test_too_little_data_tells_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_nights(diary([1] * 3 + [None] * 25, [1, 0, 1] + [None] * 25), tmp_path / "few.csv")
    assert main(["analyze", str(tmp_path / "few.csv")]) == 0
    told = capsys.readouterr().out
    assert "Too little data for an answer." in told
    assert "Recorded nights without stockings: 1 of at least 4." in told


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A folder of the same ten patients in three files."""
    write_folder(cohort(2, 10), tmp_path / "folder", patients_per_file=4)
    return str(tmp_path / "folder")


def test_many_patients_are_a_list_for_referral_and_counts(many: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", many]) == 0
    lines = capsys.readouterr().out.splitlines()
    heading = "patient state grade q ratio 95 % interval nights on/off cramps on/off"
    assert lines[0].split() == heading.split()
    assert "10 patients:" in lines
    assert lines[-1].startswith("Flagged with q of at most 0.10, for referral: ")


def test_a_list_for_referral_has_the_flagged_first_by_q_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = cohort(3, 40, rate=3.0, rate_ratio=0.4)
    write_nights(frame, tmp_path / "nights.csv")
    assert main(["analyze", str(tmp_path / "nights.csv")]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:41]]
    states = [row[1] for row in rows]
    assert [state for state, _ in groupby(states)] == [state for state in LISTED if state in states]
    flagged = [float(row[3]) for row in rows if row[1] == "help"]
    assert len(flagged) > 5
    assert flagged == sorted(flagged)
    found = compare_cohort(frame)
    assert flagged == pytest.approx(sorted(found.loc[found["state"] == "help", "q_value"]), abs=0.0005)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_table_of_a_cohort_is_written_as_well(kind: str, many: str, tmp_path: Path) -> None:
    target = tmp_path / f"table.{kind}"
    assert main(["analyze", many, "--output", str(target), "--secondary"]) == 0
    written = pd.read_csv(target) if kind == "csv" else pd.read_parquet(target)
    expected = compare_cohort(cohort(2, 10), secondary=True)
    written["patient_id"] = written["patient_id"].astype(int)
    pd.testing.assert_frame_equal(written, expected, check_dtype=False, rtol=1e-9)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_one_patient_is_told_secondary_outcomes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "one.csv"
    frame = trial(3)
    write_nights(frame, file)
    assert main(["analyze", str(file)]) == 0
    said, found = capsys.readouterr().out, compare(frame)
    assert f"Nights without cramps: {100 * found.cramp_free_diff:+.0f} percentage points" in said
    assert f"Minutes of cramp a night: ratio {found.minutes_ratio:.2f} (between {found.minutes_low:.2f} and" in said
    assert f"Worst pain lower with stockings: in {found.pain_nap:.0%} of pairs of nights" in said


def test_a_folder_is_told_as_a_file_is(folder: str, many: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for source in (folder, many):
        assert main(["analyze", source]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_a_folder_on_two_workers_gives_the_same_json(folder: str, many: str, capfd: pytest.CaptureFixture[str]) -> None:
    found = []
    for arguments in ([folder, "--workers", "2"], [many]):
        assert main(["analyze", *arguments, "--json"]) == 0
        told = capfd.readouterr()
        assert told.err == ""
        found.append(json.loads(told.out, parse_constant=lambda name: pytest.fail(name))["results"])
    for one, other in zip(*found, strict=True):
        assert int(one.pop("patient_id")) == int(other.pop("patient_id"))
        for name, value in one.items():
            assert value == (pytest.approx(other[name], rel=1e-9) if isinstance(value, float) else other[name]), name


def test_json_holds_the_same_comparison_as_the_library(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", one, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    expected = compare(trial(2, rate=3.0, rate_ratio=0.2)).to_dict() | {"patient_id": "0"}
    assert told == {"notes": [], "results": [json.loads(json.dumps(expected))]}


def test_the_wear_that_a_trial_tests_is_read_from_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = cohort(2, 2)
    first = min(frame["patient_id"])
    frame["exposure"] = frame["patient_id"].map({first: "night"})
    file = tmp_path / "nights.csv"
    write_nights(frame, file)
    assert main(["analyze", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["results"]
    assert [one["exposure"] for one in found] == ["night", "any"]
    assert main(["analyze", str(file), "--json", "--exposure", "day"]) == 0
    assert {one["exposure"] for one in json.loads(capsys.readouterr().out)["results"]} == {"day"}


def test_json_of_many_patients_has_no_nan(many: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", many, "--json"]) == 0
    told = json.loads(capsys.readouterr().out, parse_constant=lambda name: pytest.fail(name))
    assert len(told["results"]) == 10


def test_what_was_understood_of_a_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Datum;Krämpfe;stockings day;stockings night\n03.11.2026;2;ja;nein\n")
    assert main(["analyze", str(path)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("How the nights were read:\n  cells are parted by semicolons\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["analyze", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["analyze"], "the following arguments are required: FILE|FOLDER"),
        (["analyze", "{one}", "--workers", "2"], "argument --workers: {one} is no folder"),
        (["analyze", "{folder}", "--workers", "0"], "workers: 0 is not a whole number of at least 1"),
        (["analyze", "{folder}", "--workers", "two"], "argument --workers: invalid int value: 'two'"),
        (["analyze", "{one}", "--output", "a.xlsx"], "argument --output: a.xlsx ends neither in .csv nor in .parquet"),
        (["analyze", "{one}", "--output", "nowhere/a.csv"], "No such file or directory"),
        (["analyze", "{one}", "--exposure", "both"], "argument --exposure: invalid choice: 'both'"),
        (["analyze", "{one}", "--as-of", "soon"], "as_of: 'soon' is not a date"),
        (["analyze", "{one}", "--fast"], "unrecognized arguments: --fast"),
        (["guess"], "invalid choice: 'guess'"),
        ([], "the following arguments are required: analyze"),
    ],
)
def test_wrong_input_ends_with_one_line_and_status_2(
    arguments: list[str], message: str, one: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([argument.format(one=one, folder=folder) for argument in arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("charley analyze: ")
    assert message.format(one=one) in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "night_date,cramps,stockings_day,stockings_night\n2026-11-03,many,1,0\n",
            "line 2, cramps: 'many' is not a number",
        ),
        ("night_date,cramps,stockings_day,stockings_night\n", "the file has no nights"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_reason(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(content)
    assert main(["analyze", str(path)]) == 2
    assert capsys.readouterr().err == f"charley analyze: {message}\n"


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["analyze", "--help"])
    assert "--exposure" in capsys.readouterr().out


def run(code: str) -> subprocess.CompletedProcess[str]:
    top = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", code], cwd=top, env=os.environ, capture_output=True, text=True, check=False
    )


def test_a_reader_that_leaves_early_is_no_error(many: str) -> None:
    closed = "import os, sys; r, w = os.pipe(); os.close(r); os.dup2(w, 1); from analysis.__main__ import main; "
    done = run(closed + f"sys.exit(main(['analyze', {many!r}, '--json']))")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_worker_that_dies_ends_with_one_line_and_status_1(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def die(*arguments: object, **named: object) -> None:
        raise WorkerError("a.parquet: the process that compared it died")

    monkeypatch.setattr("analysis.__main__.compare_folder", die)
    assert main(["analyze", folder, "--output", f"{folder}/table.csv"]) == 1
    assert capsys.readouterr().err == "charley analyze: a.parquet: the process that compared it died\n"
    assert not Path(folder, "table.csv").exists()


@pytest.mark.parametrize("size", [(24, 80), (0, 0)])
def test_a_terminal_sees_how_far_reading_and_comparing_are(many: str, size: tuple[int, int]) -> None:
    terminal, end = pty.openpty()
    termios.tcsetwinsize(end, size)
    command = [sys.executable, "-m", "analysis", "analyze", many]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=end, check=True)
    os.set_blocking(terminal, False)
    told = os.read(terminal, 1 << 16).decode()
    os.close(end)
    os.close(terminal)
    assert "reading: 100%" in told
    assert "comparing: 100%" in told
    assert b"10 patients:" in done.stdout


def test_a_schedule_alone_loads_no_numerical_package() -> None:
    large = "{'numpy', 'pandas', 'scipy', 'plotly'}"
    done = run(f"import sys, analysis, analysis.design; print({large} & set(sys.modules))")
    assert done.stdout.strip() == "set()", done.stderr


def test_a_comparison_loads_neither_charts_nor_the_large_part_of_scipy() -> None:
    large = "{'plotly', 'pyarrow.parquet', 'dask', 'tqdm', 'scipy.stats'}"
    done = run(f"import sys; from analysis import compare; print({large} & set(sys.modules))")
    assert done.stdout.strip() == "set()", done.stderr
