"""A patient lets a physician in, sees what they open, and ends it."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from backend.accounts import service as accounts
from backend.accounts.codes import read_code
from backend.care.consent import CONSENT_VERSION
from backend.care.models import Grant
from backend.db import db
from tests.backend.conftest import SetClock
from tests.backend.errors import refusal
from tests.backend.nights import night, record
from tests.backend.people import Person, read, shared

UNKNOWN = "2222-2222"  # its check character fits, and nobody has it


def shares(patient: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(patient.get("/api/shares"))["shares"]
    return found


def looks(patient: Person) -> list[str]:
    """Return what was opened, oldest first."""
    return [entry["what"] for entry in reversed(read(patient.get("/api/access-log"))["entries"])]


def grants(app: Flask) -> list[Grant]:
    with app.app_context():
        return list(db.session.scalars(select(Grant).order_by(Grant.id)))


def test_a_physicians_code_is_made_once_and_reads_well(physician: Person, other_physician: Person) -> None:
    code = physician.code
    assert len(code) == 9
    assert code[4] == "-"
    assert read_code(code)
    assert physician.code == code != other_physician.code


def test_a_code_shows_the_name_and_the_consent_text_before_anything_is_shared(
    patient: Person, physician: Person
) -> None:
    offer = read(patient.get(f"/api/physicians/{physician.code}"))
    assert set(offer) == {"display_name", "consent_version", "consent_text"}
    assert offer["display_name"] == "Dr. Elena Park"
    assert offer["consent_version"] == CONSENT_VERSION
    assert "Dr. Elena Park" in offer["consent_text"]
    assert shares(patient) == []


def test_a_new_code_takes_the_place_of_the_old_one_and_ends_no_share(patient: Person, physician: Person) -> None:
    shared(patient, physician)
    old = physician.code
    renewed = read(physician.post("/api/me/share-code"))
    me = read(physician.get("/api/me"))
    assert renewed == {name: me[name] for name in ("share_code", "share_link")}
    assert renewed["share_code"] != old
    assert renewed["share_link"].endswith(f"/#share={renewed['share_code']}")
    refusal(patient.get(f"/api/physicians/{old}"), "not-found")
    refusal(patient.post("/api/shares", {"code": old}), "not-found")
    assert read(patient.get(f"/api/physicians/{renewed['share_code']}"))["display_name"] == "Dr. Elena Park"
    assert physician.get(f"/api/patients/{patient.id}/nights").status_code == 200


def test_a_first_code_may_be_renewed_before_anybody_saw_it(physician: Person) -> None:
    renewed = read(physician.post("/api/me/share-code"))["share_code"]
    assert renewed == physician.code


def test_the_code_may_be_typed_carelessly(patient: Person, physician: Person) -> None:
    typed = physician.code.lower().replace("-", " ")
    assert read(patient.get(f"/api/physicians/{typed}"))["display_name"] == "Dr. Elena Park"
    assert patient.post("/api/shares", {"code": f"  {typed} "}).status_code == 201


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(patient: Person, physician: Person) -> None:
    mistyped = ("A" if physician.code[0] != "A" else "B") + physician.code[1:]
    for code, slug in ((mistyped, "validation"), ("ABC", "validation"), (UNKNOWN, "not-found")):
        refusal(patient.get(f"/api/physicians/{code}"), slug)
        refusal(patient.post("/api/shares", {"code": code}), slug)
    assert shares(patient) == []


@pytest.mark.parametrize("code", [None, 1, "", "x" * 41, "\ud800", "a\x00b", []])
def test_what_is_no_code_is_refused(patient: Person, code: Any) -> None:
    refusal(patient.post("/api/shares", {"code": code}), "validation")
    refusal(patient.post("/api/shares", {}), "validation")


def test_the_code_of_a_closed_account_opens_nothing(app: Flask, patient: Person, physician: Person) -> None:
    code = physician.code
    with app.app_context():
        accounts.disable_user(physician.email)
    refusal(patient.get(f"/api/physicians/{code}"), "not-found")
    refusal(patient.post("/api/shares", {"code": code}), "not-found")


@pytest.mark.parametrize(
    ("language", "begins"), [("en", "I let Dr. Elena Park see"), ("es", "Permito que Dr. Elena Park vea")]
)
def test_the_consent_is_kept_word_by_word_in_the_language_it_was_read_in(
    app: Flask, patient: Person, physician: Person, language: str, begins: str
) -> None:
    patient.patch("/api/me", {"language": language})
    offer = read(patient.get(f"/api/physicians/{physician.code}"))
    body = {"code": physician.code, "consent_version": offer["consent_version"]}
    assert patient.post("/api/shares", body).status_code == 201
    (grant,) = grants(app)
    assert grant.consent_text == offer["consent_text"]
    assert grant.consent_text.startswith(begins)
    assert (grant.consent_version, grant.consent_language) == (CONSENT_VERSION, language)


def test_a_consent_text_that_was_renewed_meanwhile_must_be_read_again(patient: Person, physician: Person) -> None:
    refusal(patient.post("/api/shares", {"code": physician.code, "consent_version": "2020-01"}), "conflict")
    assert shares(patient) == []


def test_a_share_tells_with_whom_and_since_when(patient: Person, physician: Person, clock_at: SetClock) -> None:
    clock_at("2026-11-04T06:30:00+00:00")
    response = patient.post("/api/shares", {"code": physician.code})
    assert response.status_code == 201
    share = read(response)
    assert UUID(share["id"])
    expected = {"physician_name": "Dr. Elena Park", "granted_at": "2026-11-04T06:30:00+00:00", "revoked_at": None}
    assert share == expected | {"id": share["id"]}
    assert shares(patient) == [share]


def test_sharing_twice_is_sharing_once(app: Flask, patient: Person, physician: Person) -> None:
    assert shared(patient, physician) == shared(patient, physician)
    assert len(shares(patient)) == len(grants(app)) == 1
    assert len(read(physician.get("/api/patients"))["patients"]) == 1


def test_revoking_ends_a_share_once_and_keeps_that_it_was(
    patient: Person, physician: Person, clock_at: SetClock
) -> None:
    share_id = shared(patient, physician)
    for instant in ("2026-11-05T10:00:00+00:00", "2026-11-06T10:00:00+00:00"):
        clock_at(instant)
        assert patient.delete(f"/api/shares/{share_id}").status_code == 204
    assert [share["revoked_at"] for share in shares(patient)] == ["2026-11-05T10:00:00+00:00"]
    assert read(physician.get("/api/patients")) == {"patients": []}


def test_sharing_again_after_revoking_is_a_new_share(patient: Person, physician: Person) -> None:
    first = shared(patient, physician)
    patient.delete(f"/api/shares/{first}")
    second = shared(patient, physician)
    assert first != second
    assert [share["id"] for share in shares(patient)] == [second, first]
    assert len(read(physician.get("/api/patients"))["patients"]) == 1


def test_an_unknown_share_cannot_be_revoked(patient: Person) -> None:
    refusal(patient.delete(f"/api/shares/{UUID(int=1)}"), "not-found")
    refusal(patient.delete("/api/shares/1"), "not-found")


def test_every_look_of_a_physician_stands_in_the_log(patient: Person, physician: Person, clock_at: SetClock) -> None:
    shared(patient, physician)
    base = f"/api/patients/{patient.id}"
    views = {
        "nights": "nights",
        "trials": "trials",
        "result": "result",
        "charts/timeline": "chart timeline",
        "charts/comparison": "chart comparison",
        "charts/calendar": "chart calendar",
        "nights.csv": "nights.csv",
        "cramps.csv": "cramps.csv",
    }
    clock_at("2026-11-04T06:30:00+00:00")
    for path in views:
        assert physician.get(f"{base}/{path}").status_code == 200
    assert looks(patient) == list(views.values())
    for path in ("nights", "charts/calendar"):
        physician.get(f"{base}/{path}")
    assert looks(patient) == [*views.values(), "nights", "chart calendar"]
    assert read(patient.get("/api/access-log"))["entries"][0] == {
        "at": "2026-11-04T06:30:00+00:00",
        "physician_name": "Dr. Elena Park",
        "what": "chart calendar",
    }


def test_what_a_physician_did_not_get_to_see_is_not_in_the_log(
    patient: Person, physician: Person, other_physician: Person
) -> None:
    shared(patient, physician)
    refusal(other_physician.get(f"/api/patients/{patient.id}/nights"), "not-found")
    refusal(physician.get(f"/api/patients/{patient.id}/charts/unheard-of"), "not-found")
    refusal(physician.get(f"/api/patients/{patient.id}/nights.csv?dialect=tabs"), "validation")
    assert looks(patient) == []


def test_the_roster_is_logged_once_a_patient_and_day(
    patient: Person, other_patient: Person, physician: Person, other_physician: Person, clock_at: SetClock
) -> None:
    shared(patient, physician)
    shared(other_patient, physician)
    shared(patient, other_physician)
    for instant in ("2026-11-04T08:00:00+00:00", "2026-11-04T23:59:00+00:00", "2026-11-05T00:01:00+00:00"):
        clock_at(instant)
        assert physician.get("/api/patients").status_code == 200
    assert looks(patient) == looks(other_patient) == ["roster", "roster"]
    other_physician.get("/api/patients")
    assert looks(patient) == ["roster", "roster", "roster"]


def test_the_log_outlives_the_share(patient: Person, physician: Person) -> None:
    share_id = shared(patient, physician)
    physician.get(f"/api/patients/{patient.id}/nights")
    patient.delete(f"/api/shares/{share_id}")
    assert looks(patient) == ["nights"]


def test_a_patient_sees_only_who_looked_at_their_own_diary(
    patient: Person, other_patient: Person, physician: Person
) -> None:
    shared(patient, physician)
    physician.get(f"/api/patients/{patient.id}/nights")
    assert looks(other_patient) == []
    assert shares(other_patient) == []


def test_a_physician_reads_the_nights_and_who_they_belong_to(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock
) -> None:
    clock_at("2026-11-04T18:30:00+00:00")
    patient.patch("/api/me", {"birth_year": 1953, "zone": "Europe/Paris"})
    record(patient, night())
    shared(patient, physician)
    body = read(physician.get(f"/api/patients/{patient.id}/nights"))
    assert body["patient"] == {
        "id": str(patient.id), "display_name": "Rose Miller", "birth_year": 1953, "zone": "Europe/Paris",
    }  # fmt: skip
    assert body["nights"] == [night() | {"late": False, "woke_on": "2026-11-04"}]
    assert (body["first_night"], body["as_of"]) == ("2026-11-03", "2026-11-03")
    assert patient.email not in str(body)


def test_a_patient_without_a_name_is_never_shown_by_e_mail(other_patient: Person, physician: Person) -> None:
    shared(other_patient, physician)
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert row["display_name"] == f"Patient {str(other_patient.id)[:8]}"
