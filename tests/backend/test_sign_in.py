"""Signing up, in and out: sessions, cookies, limits, and what an answer must not tell."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import select

from backend.accounts.models import EndedSession
from backend.accounts.service import find_by_email, set_password
from backend.db import db
from tests.backend.apps import make_app, migrated
from tests.backend.errors import refusal
from tests.backend.people import PASSWORD, Person, enroll, read, signed_in

Cookies = dict[str, str]


def cookies_of(response: object) -> Cookies:
    """Return the cookies an answer sets, by name, as they stand in the header."""
    return {header.split("=")[0]: header for header in response.headers.getlist("Set-Cookie")}  # type: ignore[attr-defined]


def registration(email: str = "new@example.org", **changes: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD, "password_confirm": PASSWORD} | changes


def newcomer(app: Flask) -> Person:
    person = Person(app)
    person.fetch_token()
    return person


def test_a_patient_signs_up_and_then_signs_in(app: Flask) -> None:
    person = newcomer(app)
    assert person.post("/api/auth/register", registration("Rose@Example.org")).status_code == 200
    refusal(person.get("/api/me"), "unauthorized")
    assert person.sign_in("rose@example.org").status_code == 200
    me = read(person.get("/api/me"))
    assert me["role"] == "patient"
    assert me["email"].lower() == "rose@example.org"
    assert me["share_code"] is None


def test_signing_up_does_not_tell_whether_the_address_was_known(app: Flask) -> None:
    enroll(app, "known@example.org", "physician")
    shapes = []
    for email in ("known@example.org", "new@example.org"):
        person = newcomer(app)
        response = person.post("/api/auth/register", registration(email))
        body = read(response)
        body["response"]["csrf_token"] = "varies"
        attributes = {name: cookie.split(";", 1)[1] for name, cookie in cookies_of(response).items()}
        shapes.append((response.status_code, body, attributes, sorted(response.headers.keys())))
        refusal(person.get("/api/me"), "unauthorized")
    assert shapes[0] == shapes[1]


def test_signing_up_with_a_known_address_changes_neither_password_nor_role(app: Flask) -> None:
    enroll(app, "known@example.org", "physician")
    other = {"password": "a stranger's password", "password_confirm": "a stranger's password"}
    assert newcomer(app).post("/api/auth/register", registration("KNOWN@example.org", **other)).status_code == 200
    person = Person(app, "known@example.org")
    refusal(person.sign_in(password="a stranger's password"), "validation", 400)
    assert person.sign_in().status_code == 200
    assert read(person.get("/api/me"))["role"] == "physician"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"email": "no address"}, "/email"),
        ({"email": ""}, "/email"),
        ({"email": "a\x00b@example.org"}, "/email"),
        ({"email": f"{'x' * 250}@example.org"}, "/email"),
        ({"password": "nine char", "password_confirm": "nine char"}, "/password"),
        ({"password": "x" * 129, "password_confirm": "x" * 129}, "/password"),
        ({"password": ""}, "/password"),
        ({"password_confirm": "another password"}, "/password_confirm"),
    ],
)
def test_signing_up_names_what_is_wrong(app: Flask, changes: dict[str, str], pointer: str) -> None:
    response = newcomer(app).post("/api/auth/register", registration() | changes)
    assert pointer in {error["pointer"] for error in refusal(response, "validation", 400)["errors"]}
    with app.app_context():
        assert find_by_email("new@example.org") is None


def test_nobody_makes_themselves_a_physician(app: Flask) -> None:
    body = {**registration("new@example.org"), "roles": ["physician"], "role": "physician", "active": True}
    person = newcomer(app)
    person.post("/api/auth/register", body)
    assert person.sign_in("new@example.org").status_code == 200
    assert read(person.get("/api/me"))["role"] == "patient"


def test_a_wrong_password_and_an_unknown_address_look_alike(app: Flask, patient: Person) -> None:
    wrong = newcomer(app).post("/api/auth/login", {"email": patient.email, "password": "a wrong password"})
    unknown = newcomer(app).post("/api/auth/login", {"email": "nobody@example.org", "password": "a wrong password"})
    assert refusal(wrong, "validation", 400) == refusal(unknown, "validation", 400)
    assert sorted(wrong.headers.keys()) == sorted(unknown.headers.keys())


@pytest.mark.parametrize("email", ["nobody@example.org", "patient@example.org", "a\x00b", 7, None, ["a"], {"a": 1}])
def test_odd_credentials_are_refused(app: Flask, email: object) -> None:
    enroll(app, "patient@example.org", "patient")
    person = newcomer(app)
    for password in ("a\x00 wrong password", 7, None, ["a"], {"a": 1}):
        refusal(person.post("/api/auth/login", {"email": email, "password": password}), "validation", 400)


@pytest.mark.parametrize("field", ["email", "password"])
@pytest.mark.parametrize("path", ["login", "register"])
def test_broken_characters_in_credentials_are_a_bad_request(app: Flask, path: str, field: str) -> None:
    body = registration() | {field: "\ud800 half a pair"}
    refusal(newcomer(app).post(f"/api/auth/{path}", body), "bad-request")


@pytest.mark.parametrize("character", ["x", "\ufdfa"])  # the second one grows eighteen-fold when normalized
@pytest.mark.parametrize("path", ["login", "register"])
def test_an_endless_password_is_refused(app: Flask, path: str, character: str) -> None:
    password = character * 5_000
    body = registration(password=password, password_confirm=password)
    refusal(newcomer(app).post(f"/api/auth/{path}", body), "validation", 400)


@pytest.mark.parametrize("length", [10, 128])
def test_passwords_may_have_ten_to_128_characters(app: Flask, length: int) -> None:
    password = "x" * length
    person = newcomer(app)
    body = registration(password=password, password_confirm=password)
    assert person.post("/api/auth/register", body).status_code == 200
    assert person.sign_in("new@example.org", password).status_code == 200


def test_an_accent_in_a_password_may_be_typed_either_way(app: Flask, patient: Person) -> None:
    one, two = "contrase\u00f1a segura", "contrasen\u0303a segura"
    with app.app_context():
        set_password(patient.email, one)
    for typed in (one, two):
        assert Person(app).sign_in(patient.email, typed).status_code == 200


def test_an_address_may_be_typed_in_capitals(app: Flask) -> None:
    enroll(app, "rose@example.org", "patient")
    assert Person(app).sign_in("ROSE@EXAMPLE.ORG").status_code == 200


def test_signing_out_ends_the_session(patient: Person) -> None:
    before = patient.client.get_cookie("session").value  # type: ignore[union-attr]
    assert patient.post("/api/auth/logout").status_code == 200
    refusal(patient.get("/api/me"), "unauthorized")
    assert patient.client.get_cookie("session").value != before  # type: ignore[union-attr]


def test_a_copied_cookie_opens_nothing_after_signing_out(app: Flask, patient: Person) -> None:
    copied = patient.client.get_cookie("session").value  # type: ignore[union-attr]
    other_phone = Person(app, patient.email)
    other_phone.sign_in()
    assert patient.post("/api/auth/logout").status_code == 200
    thief = Person(app)
    thief.client.set_cookie("session", copied)
    refusal(thief.get("/api/me"), "unauthorized")
    assert other_phone.get("/api/me").status_code == 200


@pytest.mark.usefixtures("morning")
def test_ended_sign_ins_are_forgotten_when_their_cookies_are(
    app: Flask, patient: Person, clock_at: Callable[[datetime], None]
) -> None:
    patient.post("/api/auth/logout")
    clock_at(datetime(2027, 2, 3, 9, tzinfo=UTC))
    patient.sign_in()
    patient.post("/api/auth/logout")
    with app.app_context():
        assert len(db.session.scalars(select(EndedSession)).all()) == 1


@pytest.mark.usefixtures("morning")
def test_a_clock_that_is_wrong_for_a_moment_does_not_open_the_ended_sign_ins(
    app: Flask, clock_at: Callable[[datetime], None]
) -> None:
    patient, copies = signed_in(app, "patient"), []
    for _ in range(5):
        cookie = patient.client.get_cookie("session")
        assert cookie
        copies.append(cookie.value)
        patient.post("/api/auth/logout")
        patient.sign_in()
    clock_at(datetime(2028, 1, 1, tzinfo=UTC))
    patient.post("/api/auth/logout")
    clock_at(datetime(2026, 11, 4, 7, tzinfo=UTC))
    opened = []
    for copied in copies:
        thief = Person(app)
        thief.client.set_cookie("session", copied)
        opened.append(thief.get("/api/me").status_code)
    # Two are forgotten with each that ends, however many there are.
    assert opened.count(200) <= 2
    assert set(opened[2:]) == {401}


@pytest.mark.parametrize(
    ("ahead", "stays"), [(timedelta(days=30), True), (timedelta(days=-89), True), (timedelta(days=-91), False)]
)
def test_a_sign_in_of_a_time_to_come_holds_and_one_that_is_too_old_does_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch, ahead: timedelta, stays: bool
) -> None:
    made = TimestampSigner.get_timestamp
    with monkeypatch.context() as wrong:
        wrong.setattr(TimestampSigner, "get_timestamp", lambda self: made(self) + int(ahead.total_seconds()))
        patient = signed_in(app, "patient")
    assert (patient.get("/api/me").status_code == 200) is stays


def test_signing_out_twice_is_no_error(patient: Person) -> None:
    patient.post("/api/auth/logout")
    patient.fetch_token()
    assert patient.post("/api/auth/logout").status_code == 200


def test_another_person_may_sign_in_over_an_open_session(patient: Person, other_patient: Person) -> None:
    first = patient.id
    assert patient.sign_in(other_patient.email).status_code == 200
    assert patient.id == other_patient.id != first


def test_a_failed_sign_in_over_an_open_session_signs_nobody_in(patient: Person) -> None:
    refusal(patient.sign_in(password="a wrong password"), "validation", 400)
    refusal(patient.get("/api/me"), "unauthorized")


def test_the_token_of_the_session_before_does_not_serve_the_next_person(patient: Person, other_patient: Person) -> None:
    before = patient.token
    patient.sign_in(other_patient.email)
    refusal(patient.post("/api/auth/logout", token=before), "csrf")


def test_the_token_can_be_fetched_signed_in_and_signed_out(app: Flask, patient: Person) -> None:
    assert Person(app).fetch_token()
    patient.token = patient.fetch_token()
    assert patient.patch("/api/me", {"language": "es"}).status_code == 200


@pytest.mark.usefixtures("morning")
def test_a_patient_stays_signed_in_for_90_days_from_the_last_day_of_use(
    patient: Person, clock_at: Callable[[datetime], None]
) -> None:
    assert "session" not in cookies_of(patient.get("/api/me"))
    clock_at(datetime(2027, 2, 3, 9, tzinfo=UTC))
    assert "session" in cookies_of(patient.get("/api/me"))
    cookie = patient.client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is not None
    away = cookie.expires.replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(days=89, hours=23) < away < timedelta(days=90, minutes=1)


@pytest.mark.parametrize("role", ["physician", "admin"])
def test_others_are_signed_out_when_the_browser_closes(app: Flask, role: str) -> None:
    person = signed_in(app, role)
    person.get("/api/me")
    cookie = person.client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is None
    assert cookie.max_age is None


def test_a_physician_over_a_patients_session_is_signed_out_when_the_browser_closes(
    patient: Person, physician: Person
) -> None:
    patient.sign_in(physician.email)
    cookie = patient.client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is None


@pytest.mark.parametrize("role", ["patient", "physician"])
def test_nobody_is_remembered_on_request(app: Flask, role: str) -> None:
    enroll(app, "somebody@example.org", role)
    person = newcomer(app)
    body = {"email": "somebody@example.org", "password": PASSWORD, "remember": True}
    response = person.post("/api/auth/login", body)
    assert response.status_code == 200
    assert set(cookies_of(response)) == {"session", "XSRF-TOKEN"}


def test_scripts_cannot_read_the_session_and_other_sites_cannot_send_it(app: Flask) -> None:
    enroll(app, "rose@example.org", "patient")
    cookies = cookies_of(Person(app).sign_in("rose@example.org"))
    assert "HttpOnly" in cookies["session"]
    assert "HttpOnly" not in cookies["XSRF-TOKEN"]
    for cookie in cookies.values():
        assert "SameSite=Strict" in cookie
        assert "Secure" not in cookie


def test_over_https_every_cookie_is_secure_and_browsers_are_told_to_stay(tmp_path: Path) -> None:
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3", public_url="https://charley.example.org")) as app:
        enroll(app, "rose@example.org", "patient")
        person = Person(app, "rose@example.org", base_url="https://charley.example.org")
        response = person.sign_in()
        assert set(cookies_of(response)) == {"session", "XSRF-TOKEN"}
        assert all("Secure" in cookie for cookie in cookies_of(response).values())
        assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
        assert person.get("/api/me").status_code == 200


def test_tries_on_one_account_are_limited(tmp_path: Path) -> None:
    limits = ("3/minute", "100/minute")
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3", login_limits=limits)) as app:
        for email in ("rose@example.org", "other@example.org"):
            enroll(app, email, "patient")
        guesses = [Person(app).sign_in("rose@example.org", "a wrong password").status_code for _ in range(3)]
        assert guesses == [400, 400, 400]
        # Neither another spelling nor another browser nor the right password starts a new count.
        for email in ("rose@example.org", " ROSE@example.org"):
            response = Person(app).sign_in(email)
            refusal(response, "rate-limited")
            assert int(response.headers["Retry-After"]) > 0
        assert Person(app).sign_in("other@example.org").status_code == 200
        assert newcomer(app).get("/api/auth/login").status_code == 200


@pytest.mark.parametrize("path", ["login", "register"])
def test_tries_from_one_address_are_limited(tmp_path: Path, path: str) -> None:
    limits = ("100/minute", "3/minute")
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3", login_limits=limits)) as app:
        person = newcomer(app)
        for number in range(3):
            person.post(f"/api/auth/{path}", registration(f"{number}@example.org", password="short"))
        response = person.post(f"/api/auth/{path}", registration("3@example.org"))
        refusal(response, "rate-limited")
        assert int(response.headers["Retry-After"]) > 0


def test_a_proxy_that_is_not_trusted_cannot_give_others_addresses(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/charley.sqlite3"
    for proxies, refused in ((0, True), (1, False)):
        with migrated(make_app(url, login_limits=("100/minute", "1/minute"), trusted_proxies=proxies)) as app:
            person = newcomer(app)
            for number in (1, 2):
                headers = {"X-Forwarded-For": f"192.0.2.{number}"}
                body = {"email": "nobody@example.org", "password": "a wrong password"}
                response = person.post("/api/auth/login", body, headers=headers)
            assert (response.status_code == 429) is refused


def test_passwords_are_kept_as_argon2_hashes(app: Flask, patient: Person) -> None:
    with app.app_context():
        user = find_by_email(patient.email)
        assert user is not None
        assert user.password.startswith("$argon2id$")
        assert PASSWORD not in user.password


def test_shared_counters_that_are_out_of_reach_lock_nobody_out_and_still_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_reach(*_: object, **__: object) -> int:
        raise ConnectionError("no counters here")

    url = f"sqlite:///{tmp_path}/charley.sqlite3"
    with migrated(make_app(url, redis_url="memory://", login_limits=("2/minute", "9/minute"))) as app:
        enroll(app, "rose@example.org", "patient")
        (limiter,) = app.extensions["limiter"]
        for name in ("incr", "get"):
            monkeypatch.setattr(limiter.storage, name, out_of_reach)
        assert Person(app).sign_in("rose@example.org").status_code == 200
        Person(app).sign_in("rose@example.org")
        refusal(Person(app).sign_in("rose@example.org"), "rate-limited")
