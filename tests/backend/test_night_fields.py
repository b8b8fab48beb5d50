"""Every field of a night is carried by whatever stores, tells or reads a night, also one that is added tomorrow."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from backend.diary.night_fields import CRAMP_FIELDS, NIGHT_FIELDS, NightField
from backend.diary.schemas import NightSchema
from tests.backend.conftest import SetClock
from tests.backend.nights import MORNING, NIGHT, night, path_of
from tests.backend.people import Person, read, shared
from tests.backend.test_exports import download
from tests.backend.test_import import bring_in

OTHER_SIGNATURE = {"tz": "Europe/Madrid", "edited_at": "2026-11-04T06:25:00Z"}


def told(field: NightField) -> Any:
    """Return something that a field may say, and that no field says by itself."""
    match field.kind:
        case "flag":
            return True
        case "number" | "whole":
            assert field.high is not None
            return field.high - 1
        case "choice":
            return field.choices[-1]
        case "words":
            return list(field.choices[-2:])
        case "minute":
            return f"{NIGHT.isoformat()}T23:15"
        case "text":
            return f"what {field.name} says"
        case "group":
            return all_of(field.members)
        case "zone" | "instant":
            return OTHER_SIGNATURE[field.name]


def all_of(fields: Iterable[NightField]) -> dict[str, Any]:
    return {field.name: told(field) for field in fields}


def full() -> dict[str, Any]:
    """Return a night that says something of every field there is."""
    return night(cramps=[{"id": night()["cramps"][0]["id"], **all_of(CRAMP_FIELDS)}], **all_of(NIGHT_FIELDS))


@pytest.fixture(autouse=True)
def morning(clock_at: SetClock) -> None:
    clock_at(MORNING)


def test_the_table_has_every_field() -> None:
    assert set(NightSchema().fields) == {"night_date", "cramps", *(field.name for field in NIGHT_FIELDS)}
    assert set(full()) == set(NightSchema().fields)


def test_every_field_is_kept_and_stands_in_the_history(patient: Person) -> None:
    assert patient.put(path_of(NIGHT), full()).status_code == 201
    assert read(patient.get(path_of(NIGHT))) == full()
    assert read(patient.get("/api/nights?cursor=0"))["nights"] == [full()]
    assert read(patient.get(f"{path_of(NIGHT)}/history"))["revisions"][0]["new"] == full()


@pytest.mark.parametrize("field", NIGHT_FIELDS, ids=lambda field: field.name)
def test_a_correction_of_any_one_field_is_a_new_version(patient: Person, field: NightField) -> None:
    plain = night(stockings_day=None)
    first = patient.put(path_of(NIGHT), plain)
    corrected = {**plain, field.name: told(field)}
    second = patient.put(path_of(NIGHT), corrected, headers={"If-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert second.headers["ETag"] != first.headers["ETag"]
    assert read(patient.get(path_of(NIGHT))) == corrected


@pytest.mark.parametrize("way", ["tables", "zip"])
def test_every_field_comes_back_from_files(patient: Person, other_patient: Person, physician: Person, way: str) -> None:
    patient.put(path_of(NIGHT), full())
    shared(patient, physician)
    tables = [download(physician, patient, name) for name in ("nights.csv", "cramps.csv")]
    files = tables if way == "tables" else [patient.get("/api/me/data.zip").get_data()]
    assert bring_in(other_patient, *files)["counts"]["refused"] == 0
    back = read(other_patient.get(path_of(NIGHT)))
    for body in (expected := full()), back:
        del body["cramps"][0]["id"]
    assert back == expected


def test_the_form_asks_for_every_field_and_the_responses_answer_it(patient: Person, physician: Person) -> None:
    patient.put(path_of(NIGHT), full())
    shared(patient, physician)
    bundle = json.loads(physician.get(f"/api/patients/{patient.id}/fhir").get_data())
    resources = [entry["resource"] for entry in bundle["entry"]]
    found = {
        kind: _links(one for one in resources if one["resourceType"] == kind)
        for kind in ("Questionnaire", "QuestionnaireResponse")
    }
    asked = {f"cramp.{field.name}" for field in CRAMP_FIELDS} | {
        name
        for field in NIGHT_FIELDS
        if field.kind != "instant"
        for name in (field.name, *(f"{field.name}.{member.name}" for member in field.members))
    }
    assert found["Questionnaire"] >= asked
    assert found["QuestionnaireResponse"] >= asked


def _links(items: Iterable[dict[str, Any]]) -> set[str]:
    return {link for item in items for link in ({item.get("linkId", ""), *_links(item.get("item", []))})}
