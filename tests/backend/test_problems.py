"""One shape for every error, and nothing in it, or in the logs, that a patient wrote."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from backend.app import MAX_BODY_BYTES
from backend.db import db
from backend.pages import SECURITY_HEADERS
from backend.problem import KINDS
from tests.backend.apps import make_app, migrated
from tests.backend.errors import pointers, refusal
from tests.backend.nights import night, path_of, record
from tests.backend.people import Person, signed_in

Provoke = Callable[[Person], TestResponse]
SECRET = "woke up crying, please do not tell anyone"
JSON = "application/json"


def send(data: str | bytes, content_type: str = JSON) -> Provoke:
    return lambda patient: patient.send("PUT", path_of(), data=data, content_type=content_type)


def changed(headers: dict[str, str]) -> Provoke:
    def provoke(patient: Person) -> TestResponse:
        record(patient, night())
        return patient.put(path_of(), night(note=SECRET), headers=headers)

    return provoke


FAILURES: dict[str, tuple[str, Provoke]] = {
    "half a body": ("bad-request", send('{"note": "' + SECRET)),
    "a body that is no UTF-8": ("bad-request", send(b'{"note": "\xff"}')),
    "a body nested too deeply": ("bad-request", send("[" * 100_000)),
    "a number too long to read": ("bad-request", send('{"cramps": ' + "9" * 5_000 + "}")),
    "no token": ("csrf", lambda patient: patient.put(path_of(), night(note=SECRET), token=None)),
    "nobody signed in": ("unauthorized", lambda patient: Person(patient.app).get(path_of())),
    "not one's role": ("forbidden", lambda patient: patient.get("/api/patients")),
    "no such night": ("not-found", lambda patient: patient.get(path_of())),
    "no such address": ("not-found", lambda patient: patient.get("/api/nothing-here")),
    "no such date": ("not-found", lambda patient: patient.get("/api/nights/2026-02-30")),
    "no such page": ("not-found", lambda patient: patient.get("/nothing-here")),
    "no such method": ("method-not-allowed", lambda patient: patient.post("/api/nights", night(note=SECRET))),
    "an unheard-of method": ("method-not-allowed", lambda patient: patient.send("BREW", "/api/nights")),
    "a stale version": ("precondition-failed", changed({"If-Match": '"stale"'})),
    "too large a body": ("too-large", send('"' + "x" * MAX_BODY_BYTES + '"')),
    "a form instead of JSON": ("unsupported-media-type", send("note=" + SECRET, "application/x-www-form-urlencoded")),
    "JSON that does not say so": ("unsupported-media-type", send("{}", "text/plain")),
    "a wrong value": ("validation", lambda patient: patient.put(path_of(), night(note=SECRET, awake_min=SECRET))),
    "a list instead of a night": ("validation", lambda patient: patient.put(path_of(), [SECRET])),
    "no body at all": ("validation", lambda patient: patient.send("PUT", path_of())),
    "a wrong question": ("validation", lambda patient: patient.get("/api/nights?cursor=" + "x")),
    "no version named": ("precondition-required", changed({})),
}


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_has_the_one_shape(patient: Person, failure: str, caplog: pytest.LogCaptureFixture) -> None:
    slug, provoke = FAILURES[failure]
    response = provoke(patient)
    refusal(response, slug)
    # A refused night is sent along with nothing but the stored one.
    assert SECRET not in response.get_data(as_text=True)
    assert SECRET not in caplog.text
    assert caplog.records == []


def test_conflicts_and_limits_have_the_one_shape_too(tmp_path: Path) -> None:
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3", login_limits=("2/minute", "9/minute"))) as app:
        code = signed_in(app, "physician").code
        patient = signed_in(app, "patient")
        refusal(patient.post("/api/shares", {"code": code, "consent_version": "1999-01"}), "conflict")
        patient.sign_in()
        refusal(patient.sign_in(), "rate-limited")


def test_a_405_tells_which_methods_there_are(patient: Person) -> None:
    assert patient.post("/api/nights").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_pointers_name_the_value_and_escape_what_pointers_escape(patient: Person) -> None:
    body = night(cramps=[{**night()["cramps"][0], "pain_nrs": 11, "a/b~c": 1}])
    assert sorted(pointers(patient.put(path_of(), body))) == ["/cramps/0/a~1b~0c", "/cramps/0/pain_nrs"]


def test_no_kind_of_problem_is_documented_but_never_seen() -> None:
    seen = {slug for slug, _ in FAILURES.values()} | {"conflict", "rate-limited", "internal"}
    assert seen == set(KINDS)


@pytest.mark.usefixtures("morning")
def test_a_failure_of_ours_tells_neither_the_sender_nor_the_log_what_was_sent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3")) as app:
        patient = signed_in(app, "patient")
        with app.app_context():
            # Every write now fails, with the night among the values of the statement.
            db.session.execute(text("DROP TABLE night_revisions"))
            db.session.commit()
        with caplog.at_level(logging.DEBUG):
            response = patient.put(path_of(), night(note=SECRET))
        refusal(response, "internal")
        assert SECRET not in response.get_data(as_text=True)
        assert SECRET not in caplog.text
        (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert "OperationalError at " in record.getMessage()
        assert record.exc_info is None
        # The night was stored in the transaction that failed, so it is not stored.
        refusal(patient.get(path_of()), "not-found")
        assert patient.get("/api/me").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/api/me", "/api/nothing-here", "/api/openapi.json", "/nothing-here"])
def test_every_answer_carries_the_security_headers(app: Flask, path: str) -> None:
    response = Person(app).get(path)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value
    assert "Strict-Transport-Security" not in response.headers


def test_nobody_keeps_a_copy_of_an_answer_of_the_api(app: Flask, patient: Person) -> None:
    for person, path in ((Person(app), "/api/auth/login"), (patient, "/api/me"), (patient, "/api/nights")):
        assert person.get(path).headers["Cache-Control"] == "no-store"
    assert patient.sign_in().headers["Cache-Control"] == "no-store"
