"""Files for the visit: what was not recorded stays empty, what was none stays 0, and nothing runs in a spreadsheet."""

import csv
import io
import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from analysis.frame import COLUMNS
from backend.cli import main
from tests.backend.conftest import SetClock
from tests.backend.diaries import START, Diary, diary, keep
from tests.backend.errors import pointers
from tests.backend.nights import NIGHT, cramp, night, record
from tests.backend.people import Person, read, shared
from tests.backend.test_results import DIARIES, same

DETAILS = (
    "day_wear_h", "rls_urge", "awake_min", "note", "tz", "edited_at", "aching", "heaviness", "soreness", "burning",
    "problems", "contributors", "late", "woke_on",
)  # fmt: skip
CRAMP_COLUMNS = (
    "patient_id", "night_date", "cramp", "onset_local", "duration_min", "pain_nrs", "site", "side", "relief",
)  # fmt: skip


def download(physician: Person, patient: Person, name: str, dialect: str | None = None) -> bytes:
    query = f"?dialect={dialect}" if dialect else ""
    response = physician.get(f"/api/patients/{patient.id}/{name}{query}")
    assert response.status_code == 200
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    return response.get_data()


def table(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def nights_table(physician: Person, patient: Person) -> dict[str, dict[str, str]]:
    return {row["night_date"]: row for row in table(download(physician, patient, "nights.csv"))}


@pytest.fixture
def sharing(patient: Person, physician: Person, clock_at: SetClock) -> Person:
    """A patient who shares, on the afternoon after `NIGHT`."""
    clock_at("2026-11-04T15:00:00+00:00")
    shared(patient, physician)
    return patient


def test_a_night_has_one_row_and_the_columns_of_the_analysis_come_first(sharing: Person, physician: Person) -> None:
    record(sharing, night())
    (row,) = table(download(physician, sharing, "nights.csv"))
    assert tuple(row) == (*(column.name for column in COLUMNS), *DETAILS)
    told = {name: value for name, value in row.items() if value}
    assert told == {
        "patient_id": str(sharing.id),
        "night_date": "2026-11-03",
        "cramps": "1",
        "cramp_minutes": "4.5",
        "worst_pain": "6",
        "stockings_day": "1",
        "stockings_night": "0",
        "exposure": "any",
        "day_wear_h": "9.5",
        "rls_urge": "0",
        "awake_min": "20",
        "note": "The right calf again.",
        "tz": "Europe/Paris",
        "edited_at": "2026-11-04T06:20:00Z",
        "aching": "3",
        "heaviness": "4",
        "burning": "0",
        "problems": "itch",
        "contributors": "caffeine walking",
        "late": "0",
        "woke_on": "2026-11-04",
    }


def test_none_stays_0_and_not_recorded_stays_empty(sharing: Person, physician: Person) -> None:
    record(sharing, night(NIGHT - timedelta(days=2), cramps=[]), night())
    rows = nights_table(physician, sharing)
    assert list(rows) == ["2026-11-01", "2026-11-02", "2026-11-03"]
    none, missing = rows["2026-11-01"], rows["2026-11-02"]
    assert [none[name] for name in ("cramps", "cramp_minutes", "worst_pain")] == ["0", "0", "0"]
    assert {name for name, value in missing.items() if value} == {"patient_id", "night_date", "exposure"}


def test_nights_up_to_the_last_one_that_has_passed_have_a_row(sharing: Person, physician: Person) -> None:
    record(sharing, night(NIGHT - timedelta(days=3)))
    assert list(nights_table(physician, sharing)) == ["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"]


def test_a_total_is_told_only_when_every_part_of_it_is(sharing: Person, physician: Person) -> None:
    cramps = [cramp(1, duration_min=3, pain_nrs=8), cramp(2, duration_min=None, pain_nrs=None)]
    record(sharing, night(cramps=cramps), night(NIGHT - timedelta(days=1), cramps=[cramp(1), cramp(2, pain_nrs=9)]))
    rows = nights_table(physician, sharing)
    told = [[rows[day][name] for name in ("cramps", "cramp_minutes", "worst_pain")] for day in sorted(rows)]
    assert told == [["2", "9", "9"], ["2", "", ""]]


def test_a_total_of_tenths_is_told_in_tenths(sharing: Person, physician: Person) -> None:
    record(sharing, night(cramps=[cramp(number, duration_min=minutes) for number, minutes in enumerate((1.1, 2.2), 1)]))
    assert nights_table(physician, sharing)[NIGHT.isoformat()]["cramp_minutes"] == "3.3"


def test_every_cramp_has_one_row(sharing: Person, physician: Person) -> None:
    bare = cramp(2, duration_min=None, pain_nrs=None, site=None, side=None, relief=[])
    whole = cramp(1, onset_local="2026-11-04T03:10")
    record(sharing, night(cramps=[whole, bare]), night(NIGHT - timedelta(days=1), cramps=[]))
    rows = table(download(physician, sharing, "cramps.csv"))
    first = ("2026-11-04T03:10", "4.5", "6", "calf", "left", "stretch walk")
    assert [tuple(row.values())[1:] for row in rows] == [
        ("2026-11-03", "1", *first),
        ("2026-11-03", "2", *("",) * 6),
    ]
    assert tuple(rows[0]) == CRAMP_COLUMNS
    assert {row["patient_id"] for row in rows} == {str(sharing.id)}


def test_an_empty_diary_gives_files_with_headings_only(sharing: Person, physician: Person) -> None:
    assert table(download(physician, sharing, "cramps.csv")) == []
    content = download(physician, sharing, "cramps.csv").decode("utf-8-sig")
    assert content == ",".join(CRAMP_COLUMNS) + "\r\n"
    assert download(physician, sharing, "nights.csv").decode("utf-8-sig").startswith("patient_id,night_date,")


def noted(*notes: str) -> list[dict[str, Any]]:
    """Return a night a note, the last one that of `NIGHT`."""
    return [night(NIGHT - timedelta(days=back), note=note) for back, note in enumerate(reversed(notes))][::-1]


def test_no_note_becomes_a_formula(sharing: Person, physician: Person) -> None:
    notes = [f'{begins}HYPERLINK("http://example.org","look")' for begins in ("=", "+", "-", "@", "'", "\t", "\r")]
    record(sharing, *noted(*notes))
    rows = table(download(physician, sharing, "nights.csv"))
    assert [row["note"] for row in rows] == [f"'{note}" for note in notes]
    for row in rows:
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(("dialect", "delimiter"), [("comma", ","), ("semicolon", ";")])
def test_every_note_survives_the_file(sharing: Person, physician: Person, dialect: str, delimiter: str) -> None:
    notes = ["one\ntwo", 'she said "ouch", twice', "a;b,c\td", "Zoë 🌙 · ¿qué?", " padded "]
    record(sharing, *noted(*notes))
    rows = table(download(physician, sharing, "nights.csv", dialect), delimiter)
    assert [row["note"] for row in rows] == notes


def test_semicolons_come_with_decimal_commas(sharing: Person, physician: Person) -> None:
    record(sharing, night(cramps=[cramp(duration_min=4.5)]))
    (row,) = table(download(physician, sharing, "nights.csv", "semicolon"), ";")
    assert (row["cramp_minutes"], row["day_wear_h"]) == ("4,5", "9,5")
    (row,) = table(download(physician, sharing, "cramps.csv", "semicolon"), ";")
    assert row["duration_min"] == "4,5"


def test_there_are_two_dialects(sharing: Person, physician: Person) -> None:
    for name in ("nights.csv", "cramps.csv"):
        assert pointers(physician.get(f"/api/patients/{sharing.id}/{name}?dialect=tabs")) == ["/dialect"]


def analyze(path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["analyze", str(path), "--json"])
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)["results"][0]
    return found


@pytest.mark.parametrize("name", DIARIES)
def test_the_command_line_says_of_the_file_what_the_page_says(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock, tmp_path: Path, name: str
) -> None:
    kept = DIARIES[name]
    clock_at(datetime.combine(max(kept.nights) + timedelta(days=3), time(15), UTC))
    keep(app, patient, kept)
    shared(patient, physician)
    page = read(patient.get("/api/result"))
    file = tmp_path / "nights.csv"
    for dialect in ("comma", "semicolon"):
        file.write_bytes(download(physician, patient, "nights.csv", dialect))
        found = analyze(file)
        assert same({field: page[field] for field in found}, found)
        assert set(page) - set(found) == {"nights_recorded", "last_entry", "wear"}


def test_notes_like_formulas_do_not_disturb_the_analysis_of_the_file(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock, tmp_path: Path
) -> None:
    plain = diary(58, design="pairs", pairs=9, block_nights=3, seed="a trial")
    odd = ("=1+1", "'quoted", "-5", "\tindented", 'a "quote", and\nlines', "NA", "0")
    nights = {day: body | {"note": odd[at % len(odd)]} for at, (day, body) in enumerate(plain.nights.items())}
    clock_at(datetime.combine(START + timedelta(days=60), time(15), UTC))
    keep(app, patient, Diary(nights, plain.schedule))
    shared(patient, physician)
    file = tmp_path / "nights.csv"
    file.write_bytes(download(physician, patient, "nights.csv"))
    page = read(patient.get("/api/result"))
    found = analyze(file)
    assert same({field: page[field] for field in found}, found)
