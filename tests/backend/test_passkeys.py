"""Passkeys: what the server gives away, and what it asks for first. The ceremony itself runs in Chromium."""

from pathlib import Path

import pytest
from flask import Flask

from tests.backend.apps import make_app, migrated
from tests.backend.errors import refusal
from tests.backend.people import PASSWORD, Person, read, signed_in


def begin(person: Person, **changes: object) -> object:
    return person.post("/api/auth/wan-register", {"name": "My phone", "password": PASSWORD} | changes)


def test_a_new_passkey_signs_in_by_itself_and_asks_for_its_owner(patient: Person) -> None:
    options = read(begin(patient))["response"]["credential_options"]
    chosen = options["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert "authenticatorAttachment" not in chosen


@pytest.mark.parametrize("password", [None, "", "somebody's guess", 7, ["a"], "x" * 5_000])
@pytest.mark.parametrize("path", ["wan-register", "wan-register/any-token", "wan-delete"])
def test_passkeys_change_with_the_password_only(patient: Person, path: str, password: object) -> None:
    answer = patient.post(f"/api/auth/{path}", {"name": "My phone", "credential": "{}", "password": password})
    assert refusal(answer, "validation")["errors"][0]["pointer"] == "/password"


def test_what_a_patient_may_do_with_passkeys_is_bounded_like_signing_in(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path}/charley.sqlite3", login_limits=("3/minute", "60/minute"))
    with migrated(app):
        patient = signed_in(app, "patient")
        for _ in range(3):
            refusal(begin(patient, password="a guess that is wrong"), "validation")
        refusal(begin(patient), "rate-limited")


@pytest.mark.parametrize("email", [None, "patient@example.org", "nobody@example.org"])
def test_asking_to_sign_in_tells_nothing_about_an_address(app: Flask, patient: Person, email: str | None) -> None:
    stranger = Person(app)
    stranger.fetch_token()
    options = read(stranger.post("/api/auth/wan-signin", {"identity": email}))["response"]["credential_options"]
    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"


@pytest.mark.parametrize("credential", [None, "", "{}", "[]", "not json", '{"id": "a", "rawId": "a"}', 7])
def test_a_made_up_passkey_is_refused(app: Flask, credential: object) -> None:
    stranger = Person(app)
    stranger.fetch_token()
    state = read(stranger.post("/api/auth/wan-signin", {}))["response"]["wan_state"]
    refusal(stranger.post(f"/api/auth/wan-signin/{state}", {"credential": credential}), "validation", 400)
    refusal(stranger.get("/api/me"), "unauthorized")
