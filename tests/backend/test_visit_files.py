"""The data dictionary says what the tables hold, field for field, and one zip has all there is for a visit."""

import csv
import io
import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from frictionless import Package

from backend.exports.dictionary import datapackage
from tests.backend.conftest import SetClock
from tests.backend.diaries import START, diary, keep
from tests.backend.errors import pointers
from tests.backend.nights import night, record, whole_night
from tests.backend.people import Person, read, shared, signed_in

DIALECTS = {"comma": ",", "semicolon": ";"}
PLANS: dict[str, dict[str, Any]] = {
    "pairs": {"design": "pairs", "pairs": 9, "block_nights": 3, "seed": "a trial"},
    "staged": {"design": "pairs", "pairs": 12, "block_nights": 3, "looks": (6, 9, 12), "seed": "a staged trial"},
    "no plan": {},
}


@pytest.fixture
def sharing(patient: Person, physician: Person, clock_at: SetClock) -> Person:
    """A patient who shares, on the afternoon after `NIGHT`."""
    clock_at("2026-11-04T15:00:00+00:00")
    shared(patient, physician)
    return patient


def visit_zip(physician: Person, patient: Person, dialect: str = "comma") -> ZipFile:
    response = physician.get(f"/api/patients/{patient.id}/visit.zip?dialect={dialect}")
    assert (response.status_code, response.content_type) == (200, "application/zip")
    return ZipFile(io.BytesIO(response.get_data()))


def unpacked(physician: Person, patient: Person, folder: Path, dialect: str = "comma") -> Path:
    with visit_zip(physician, patient, dialect) as archive:
        archive.extractall(folder)
    return folder


def errors_of(folder: Path) -> list[tuple[Any, ...]]:
    """Return what frictionless finds wrong with the tables of a folder: table, row, column and kind."""
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.errors == []
    found = [(task.name, *error) for task in report.tasks for error in task.flatten(["rowNumber", "fieldName", "type"])]
    assert report.valid is not bool(found)
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_tables_hold_what_the_dictionary_says(
    app: Flask, physician: Person, clock_at: SetClock, tmp_path: Path, dialect: str
) -> None:
    clock_at(datetime.combine(START + timedelta(days=81), time(15), UTC))
    for name, plan in PLANS.items():
        patient = signed_in(app, "patient", f"{name.replace(' ', '-')}@example.org")
        shared(patient, physician)
        assert errors_of(unpacked(physician, patient, tmp_path / name / "empty", dialect)) == []
        keep(app, patient, diary(70, **plan))
        record(patient, whole_night(START + timedelta(days=80), note="=" + "x" * 1998 + "\n"))
        assert errors_of(unpacked(physician, patient, tmp_path / name / "kept", dialect)) == []


WRONG = {
    "no number": ("nights", "cramps", "two", (2, "cramps", "type-error")),
    "too many": ("nights", "cramps", "51", (2, "cramps", "constraint-error")),
    "neither yes nor no": ("nights", "stockings_day", "2", (2, "stockings_day", "type-error")),
    "no date": ("nights", "woke_on", "4.11.2026", (2, "woke_on", "type-error")),
    "no such exposure": ("nights", "exposure", "both", (2, "exposure", "constraint-error")),
    "no such trouble": ("nights", "problems", "itch cold", (2, "problems", "constraint-error")),
    "nobody's": ("nights", "patient_id", "", (2, "patient_id", "constraint-error")),
    "too painful": ("cramps", "pain_nrs", "11", (2, "pain_nrs", "constraint-error")),
    "no such place": ("cramps", "site", "neck", (2, "site", "constraint-error")),
    "no time": ("cramps", "onset_local", "10 past 3", (2, "onset_local", "type-error")),
    "a night that is not there": ("cramps", "night_date", "2026-12-24", (2, None, "foreign-key")),
}


@pytest.mark.parametrize(("table", "column", "cell", "error"), WRONG.values(), ids=WRONG)
def test_a_table_that_holds_something_else_is_refused(
    sharing: Person, physician: Person, tmp_path: Path, table: str, column: str, cell: str, error: tuple[Any, ...]
) -> None:
    record(sharing, night())
    file = unpacked(physician, sharing, tmp_path) / f"{table}.csv"
    header, row = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    row[header.index(column)] = cell
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([header, row])
    assert (table, *error) in errors_of(tmp_path)


def test_a_night_that_stands_twice_or_a_column_of_another_name_is_refused(
    sharing: Person, physician: Person, tmp_path: Path
) -> None:
    record(sharing, night(cramps=[]))
    file = unpacked(physician, sharing, tmp_path) / "nights.csv"
    whole = file.read_bytes()
    file.write_bytes(whole + whole.split(b"\r\n")[1] + b"\r\n")
    assert errors_of(tmp_path) == [("nights", 3, None, "primary-key")]
    file.write_bytes(whole.replace(b"rls_urge", b"urge", 1))
    assert [found[3] for found in errors_of(tmp_path)] == ["incorrect-label"]


def test_every_column_has_a_meaning_and_every_measure_a_unit(sharing: Person, physician: Person) -> None:
    package = read(sharing.get("/api/datapackage.json"))
    assert package == datapackage("comma")
    record(sharing, night())
    for table in package["resources"]:
        rows = physician.get(f"/api/patients/{sharing.id}/{table['path']}").get_data().decode("utf-8-sig")
        fields = table["schema"]["fields"]
        assert [field["name"] for field in fields] == next(csv.reader(io.StringIO(rows)))
        assert all(field["title"] and field["description"] for field in fields)
        measures = [field for field in fields if field["type"] == "number"]
        assert len(measures) == {"nights": 4, "cramps": 1}[table["name"]]
        assert all(field["unit"] for field in measures)
    assert str(sharing.id) not in json.dumps(package)


def test_the_dictionary_of_the_other_dialect_knows_its_separators(sharing: Person) -> None:
    package = read(sharing.get("/api/datapackage.json?dialect=semicolon"))
    assert {table["dialect"]["delimiter"] for table in package["resources"]} == {";"}
    assert pointers(sharing.get("/api/datapackage.json?dialect=tabs")) == ["/dialect"]


@pytest.mark.parametrize(("language", "page"), [("en", "README.txt"), ("es", "LEAME.txt")])
def test_one_zip_has_all_files_and_a_page_in_the_physicians_language(
    sharing: Person, physician: Person, language: str, page: str
) -> None:
    record(sharing, night())
    physician.patch("/api/me", {"language": language})
    with visit_zip(physician, sharing) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    reports = ["report.html", "for-patient.html"]
    assert list(files) == [page, *reports, "nights.csv", "cramps.csv", "datapackage.json", "fhir.json"]
    for name, query in zip(reports, (f"reader=physician&lang={language}", "reader=patient"), strict=True):
        shown = physician.get(f"/api/patients/{sharing.id}/report?{query}")
        # A file leads nowhere; for the rest it is the page.
        assert b"href" not in files[name]
        assert files[name].decode().partition("<main>")[2] == shown.get_data(as_text=True).partition("<main>")[2]
    for name, address in (("nights.csv", "nights.csv"), ("cramps.csv", "cramps.csv"), ("fhir.json", "fhir")):
        assert files[name] == physician.get(f"/api/patients/{sharing.id}/{address}").get_data()
    told = files[page].decode("utf-8-sig")
    assert all(name in told for name in files if name != page)
    assert "LOINC is copyright" in " ".join(told.split())
    logged = [look["what"] for look in read(sharing.get("/api/access-log"))["entries"]]
    assert logged == ["fhir", "cramps.csv", "nights.csv", "patient report", "report", "visit.zip"]


def test_the_zip_comes_in_the_language_that_is_asked_for(sharing: Person, physician: Person) -> None:
    answer = physician.get(f"/api/patients/{sharing.id}/visit.zip?lang=es")
    assert ZipFile(io.BytesIO(answer.get_data())).namelist()[0] == "LEAME.txt"
    assert pointers(physician.get(f"/api/patients/{sharing.id}/visit.zip?lang=fr")) == ["/lang"]
