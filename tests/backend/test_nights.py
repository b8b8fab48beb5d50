"""The story of one night: recorded, corrected, refused, deleted, and what its history keeps."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.backend.conftest import SetClock
from tests.backend.errors import refusal
from tests.backend.nights import NIGHT, cramp, night, path_of, record
from tests.backend.people import Person, read

pytestmark = pytest.mark.usefixtures("morning")


def history(patient: Person, night_date: date = NIGHT) -> list[dict[str, Any]]:
    revisions: list[dict[str, Any]] = read(patient.get(f"{path_of(night_date)}/history"))["revisions"]
    return revisions


def actions(patient: Person) -> list[str]:
    return [revision["action"] for revision in history(patient)]


def change(patient: Person, version: str | None, **changes: Any) -> TestResponse:
    headers = {} if version is None else {"If-Match": version}
    return patient.put(path_of(), night(**changes), headers=headers)


def test_the_story_of_a_night(patient: Person) -> None:
    first = patient.put(path_of(), night())
    assert first.status_code == 201
    assert read(first) == night()
    version = first.headers["ETag"]

    again = patient.put(path_of(), night())
    assert (again.status_code, again.headers["ETag"]) == (200, version)
    assert read(again) == night()

    seen = patient.get(path_of())
    assert (seen.status_code, seen.headers["ETag"]) == (200, version)
    assert read(seen) == night()
    assert patient.get(path_of(), headers={"If-None-Match": version}).status_code == 304

    refusal(change(patient, None, note="without a version"), "precondition-required")
    accepted = change(patient, version, note="corrected")
    assert (accepted.status_code, read(accepted)) == (200, night(note="corrected"))
    newer = accepted.headers["ETag"]
    assert newer != version

    refused = change(patient, version, note="from an old copy")
    body = refusal(refused, "precondition-failed")
    assert body["current"] == night(note="corrected")
    assert body["current_received_at"] == "2026-11-04T06:30:00+00:00"
    assert refused.headers["ETag"] == newer
    assert patient.get(path_of(), headers={"If-None-Match": version}).status_code == 200

    refusal(patient.delete(path_of()), "precondition-required")
    stale = refusal(patient.delete(path_of(), headers={"If-Match": version}), "precondition-failed")
    assert stale["current"] == night(note="corrected")
    assert patient.delete(path_of(), headers={"If-Match": newer}).status_code == 204
    assert patient.delete(path_of(), headers={"If-Match": newer}).status_code == 204
    assert patient.delete(path_of()).status_code == 204
    refusal(patient.get(path_of()), "not-found")

    back = patient.put(path_of(), night(), headers={"If-Match": newer})
    assert (back.status_code, back.headers["ETag"]) == (201, version)
    assert actions(patient) == ["recorded", "refused", "corrected", "refused", "deleted", "recorded"]


@pytest.mark.parametrize("headers", [{}, {"If-Match": '"stale"'}, {"If-Match": "*"}, {"If-None-Match": "*"}])
def test_the_same_night_is_accepted_whatever_the_headers(patient: Person, headers: dict[str, str]) -> None:
    (version,) = record(patient, night())
    again = patient.put(path_of(), night(), headers=headers)
    assert (again.status_code, again.headers["ETag"], read(again)) == (200, version, night())
    assert actions(patient) == ["recorded"]


def test_the_order_of_keys_and_the_way_numbers_are_written_make_no_other_night(patient: Person) -> None:
    (version,) = record(patient, night(day_wear_h=9))
    backwards = dict(reversed(night(day_wear_h=9.0).items()))
    again = patient.put(path_of(), backwards)
    assert (again.status_code, again.headers["ETag"]) == (200, version)


def test_absent_answers_mean_null_or_none_chosen(patient: Person) -> None:
    bare = {"cramps": [{"id": cramp()["id"]}], "tz": "Europe/Paris", "edited_at": "2026-11-04T06:20:00Z"}
    stored = read(patient.put(path_of(), bare))
    assert stored == {
        **dict.fromkeys(night(), None),
        **bare,
        "night_date": NIGHT.isoformat(),
        "cramps": [{**dict.fromkeys(cramp(), None), "id": cramp()["id"], "relief": []}],
        "symptoms": {"aching": None, "heaviness": None, "soreness": None, "burning": None},
        "problems": [],
        "contributors": [],
    }
    again = patient.put(path_of(), stored)
    assert again.status_code == 200


def test_no_cramps_is_an_answer_of_its_own(patient: Person) -> None:
    record(patient, night(cramps=[]))
    assert read(patient.get(path_of()))["cramps"] == []


def test_any_version_may_be_named_by_a_star(patient: Person) -> None:
    record(patient, night())
    assert change(patient, "*", note="corrected").status_code == 200
    assert patient.delete(path_of(), headers={"If-Match": "*"}).status_code == 204


def test_a_version_that_a_proxy_marked_weak_still_names_the_night(patient: Person) -> None:
    (version,) = record(patient, night())
    assert patient.get(path_of(), headers={"If-None-Match": f"W/{version}"}).status_code == 304
    assert change(patient, f"W/{version}", note="corrected").status_code == 200


def test_a_version_is_the_nights_own_so_a_restored_server_agrees(
    app: Flask, patient: Person, other_patient: Person
) -> None:
    assert record(patient, night()) == record(other_patient, night())
    assert record(other_patient, night(date(2026, 11, 2))) != record(patient, night(date(2026, 11, 1)))


def test_the_date_in_the_body_is_that_of_the_address(patient: Person) -> None:
    response = patient.put(path_of("2026-11-02"), night())
    assert refusal(response, "validation")["errors"] == [
        {"pointer": "/night_date", "detail": "Must be 2026-11-02, the date in the address."}
    ]


def test_history_tells_who_when_and_both_values(patient: Person, clock_at: SetClock) -> None:
    (version,) = record(patient, night())
    clock_at("2026-11-04T18:00:00+00:00")
    change(patient, version, cramps=[], edited_at="2026-11-04T17:59:00Z")
    recorded, corrected = history(patient)
    assert recorded == {
        "at": "2026-11-04T06:30:00+00:00",
        "actor": {"id": str(patient.id), "display_name": "Rose Miller", "role": "patient"},
        "action": "recorded",
        "edited_at": "2026-11-04T06:20:00Z",
        "late": False,
        "woke_on": "2026-11-04",
        "old": None,
        "new": night(),
    }
    assert (corrected["at"], corrected["edited_at"]) == ("2026-11-04T18:00:00+00:00", "2026-11-04T17:59:00Z")
    assert corrected["old"] == night()
    assert corrected["new"] == night(cramps=[], edited_at="2026-11-04T17:59:00Z")


def test_history_keeps_a_refused_night_once_however_often_it_is_sent(patient: Person) -> None:
    (version,) = record(patient, night())
    for _ in range(3):
        refusal(change(patient, None, note="typed on the other phone"), "precondition-required")
        refusal(change(patient, '"stale"', note="typed on the other phone"), "precondition-failed")
    change(patient, None, note="and another thing")
    refused = [revision for revision in history(patient) if revision["action"] == "refused"]
    assert [revision["new"]["note"] for revision in refused] == ["typed on the other phone", "and another thing"]
    assert all(revision["old"] == night() for revision in refused)
    assert patient.get(path_of()).headers["ETag"] == version


def test_history_outlives_the_night(patient: Person) -> None:
    (version,) = record(patient, night())
    patient.delete(path_of(), headers={"If-Match": version})
    deleted = history(patient)[-1]
    assert (deleted["action"], deleted["old"], deleted["new"], deleted["edited_at"]) == ("deleted", night(), None, None)


def test_a_night_that_never_was_has_no_history(patient: Person) -> None:
    refusal(patient.get(f"{path_of()}/history"), "not-found")
    patient.delete(path_of())
    refusal(patient.get(f"{path_of()}/history"), "not-found")


@pytest.mark.parametrize("headers", [{"If-Match": ""}, {"If-Match": "stale"}, {"If-Match": '"a", "b"'}])
def test_what_is_no_version_of_the_night_does_not_change_it(patient: Person, headers: dict[str, str]) -> None:
    record(patient, night())
    response = patient.put(path_of(), night(note="changed"), headers=headers)
    assert response.status_code in (412, 428)
    assert read(patient.get(path_of())) == night()
