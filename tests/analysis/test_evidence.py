"""The stored table of error rates: complete, fresh, and what a physician may be shown."""

import json
import math
from pathlib import Path

import pytest

from analysis import evidence
from analysis.evidence import BATCH, TABLES, measure, measured
from analysis.scenarios import NULL
from tests.analysis.measuring import SCENARIOS, error, label, measured_now

SHARES = ("help", "worse", "unclear", "coverage")
STORED = measured()
ROWS = {name: {label(row): row for row in STORED[name]} for name in TABLES}
EACH = [(table, name) for table, scenarios in SCENARIOS.items() for name in scenarios]


def test_every_scenario_is_in_the_table_once() -> None:
    for name, scenarios in SCENARIOS.items():
        assert list(ROWS[name]) == list(scenarios)
        assert len(STORED[name]) == len(TABLES[name]) == len(scenarios)


def test_the_table_says_how_it_was_made() -> None:
    assert STORED["patients"] >= 20_000
    assert isinstance(STORED["seed"], int)
    assert {row["patients"] for name in TABLES for row in STORED[name]} == {STORED["patients"]}


def test_the_table_has_no_flag_rate_above_five_percent() -> None:
    assert max(max(row["help"], row["worse"]) for row in STORED["null"]) <= 0.05


def test_the_limits_are_told_in_words() -> None:
    codes = [each["code"] for each in STORED["limits"]]
    assert codes == list(evidence.LIMITS)
    assert codes[:4] == ["simulated", "model", "constant_effect", "serial_correlation"]
    assert all(each["text"].endswith(".") for each in STORED["limits"])


def test_every_number_is_finite_and_short() -> None:
    numbers = [value for name in TABLES for row in STORED[name] for value in row.values() if isinstance(value, float)]
    assert all(math.isfinite(number) and round(number, 4) == number for number in numbers)


@pytest.mark.slow
@pytest.mark.parametrize(("table", "name"), EACH)
def test_the_table_is_what_the_comparison_does_today(table: str, name: str) -> None:
    stored, fresh = ROWS[table][name], measured_now(table, name)
    assert fresh["grade"] == stored["grade"]
    for share in SHARES:
        # Both are measured on samples; in so many comparisons one beyond four standard errors would be news.
        slack = 4 * math.hypot(error(stored[share]), error(stored[share], stored["patients"]))
        assert fresh[share] == pytest.approx(stored[share], abs=slack), share
    assert fresh["median_ratio"] == pytest.approx(stored["median_ratio"], rel=0.05)
    assert fresh["nights_used"] == pytest.approx(stored["nights_used"], abs=2)


def test_patients_beyond_one_batch_are_other_patients() -> None:
    scenario = next(each for each in NULL if each.family == "before_after")
    once, thrice = (measure(scenario, patients=patients, seed=1) for patients in (BATCH, 3 * BATCH))
    assert once["coverage"] != thrice["coverage"]
    assert measure(scenario, patients=BATCH, seed=1) == once
    assert measure(scenario, patients=BATCH, seed=2) != once


def test_measuring_anew_writes_a_file_that_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evidence, "FILE", tmp_path / "evidence.json")
    monkeypatch.setattr(evidence, "PATIENTS", 40)
    monkeypatch.setattr(evidence, "TABLES", {"null": TABLES["null"][-2:], "power": TABLES["power"][-1:]})
    evidence.main()
    found = measured()
    assert found["patients"] == 40
    assert [len(found["null"]), len(found["power"])] == [2, 1]
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line) for line in lines] == found["null"] + found["power"]
