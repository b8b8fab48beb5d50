"""Who may call what: every route, every method, everybody."""

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.views import MethodView
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from backend.accounts import service as accounts
from backend.accounts.access import Access, allow, look_of, rule_of
from backend.app import create_app
from backend.config import Settings
from tests.backend.apps import make_app, migrated
from tests.backend.errors import refusal
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import UNSAFE, Person, read, shared, signed_in

ROOT = Path(__file__).parents[2]
Route = tuple[str, str, str]  # endpoint, method, rule of the address


def routes_of(app: Flask) -> list[Route]:
    """Return every route and method; HEAD follows GET, and OPTIONS tells nothing but methods."""
    return sorted(
        (rule.endpoint, method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def undeclared(app: Flask) -> list[Route]:
    """Return the routes for which nobody said who may call them."""
    return [route for route in routes_of(app) if rule_of(app, route[0], route[1]) is None]


DESCRIBED = create_app(Settings.for_documents())
ROUTES = routes_of(DESCRIBED)


def name_of(route: Route) -> str:
    return f"{route[1]} {route[2]}"


@dataclass
class World:
    """Two patients, of whom one shares with one of two physicians, an administrator and a stranger."""

    app: Flask
    people: dict[str, Person]
    values: dict[str, str]

    def send(self, who: str, route: Route, **options: object) -> TestResponse:
        endpoint, method, _ = route
        with self.app.test_request_context():
            adapter = self.app.url_map.bind("localhost")
            arguments = next(self.app.url_map.iter_rules(endpoint)).arguments
            path = adapter.build(endpoint, {name: self.values[name] for name in arguments}, method=method)
        return self.people[who].send(method, path, **options)


class IsoDate(str):
    """A date for building addresses: the converter asks for its ISO form."""

    def isoformat(self) -> str:
        return str(self)


@pytest.fixture
def world(app: Flask, patient: Person, other_patient: Person, physician: Person, other_physician: Person) -> World:
    people = {
        "stranger": Person(app),
        "patient": patient,
        "another patient": other_patient,
        "physician with grant": physician,
        "physician without grant": other_physician,
        "administrator": signed_in(app, "admin"),
    }
    people["stranger"].fetch_token()
    values = {
        "night_date": IsoDate(NIGHT.isoformat()),
        "trial_id": str(uuid4()),
        "patient_id": str(patient.id),
        "share_id": shared(patient, physician),
        "code": physician.code,
        "name": "timeline",
        "page": "patients",
        "token": "made-up",
        "section": "safety",
    }
    return World(app, people, values)


ROLES = {
    "patient": Access.PATIENT,
    "another patient": Access.PATIENT,
    "physician with grant": Access.PHYSICIAN,
    "physician without grant": Access.PHYSICIAN,
    "administrator": Access.ADMIN,
}


def expected(rule: Access, who: str) -> str | None:
    """Return the kind of problem a person gets by a rule, None where the view answers."""
    if rule is Access.ANYONE:
        return None
    if who == "stranger":
        return "unauthorized"
    if rule is Access.GRANT:
        if who == "physician without grant":
            return "not-found"
        return None if who == "physician with grant" else "forbidden"
    return None if rule in (Access.SIGNED_IN, ROLES[who]) else "forbidden"


def check(world: World, route: Route) -> None:
    """Call one route as everybody."""
    rule = rule_of(world.app, route[0], route[1])
    assert rule is not None, route
    # Whom the route answers comes last: what the answer changes must not help anybody before.
    for who in sorted(world.people, key=lambda who: expected(rule, who) is None):
        response = world.send(who, route)
        refused = expected(rule, who)
        if refused:
            refusal(response, refused)
        else:
            assert response.status_code not in (401, 403), (route, who)
            assert response.status_code < 500, (route, who)


def test_each_route_that_reads_answers_exactly_those_its_rule_names(world: World) -> None:
    reading = [route for route in ROUTES if route[1] not in UNSAFE]
    assert len(reading) > 20
    for route in reading:
        check(world, route)


@pytest.mark.parametrize("route", [route for route in ROUTES if route[1] in UNSAFE], ids=name_of)
def test_each_route_that_changes_something_answers_exactly_those_its_rule_names(world: World, route: Route) -> None:
    check(world, route)


def test_every_route_declares_who_may_call_it() -> None:
    assert undeclared(DESCRIBED) == []


@pytest.fixture
def grown_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with routes somebody added without a rule."""
    app = make_app(f"sqlite:///{tmp_path_factory.mktemp('grown') / 'charley.sqlite3'}")

    class Half(MethodView):
        @allow(Access.ANYONE)
        def get(self) -> str:
            return "seen"

        def put(self) -> str:
            return "changed"

    app.add_url_rule("/api/new", "new", lambda: "seen")
    app.add_url_rule("/api/half", view_func=Half.as_view("half"))
    return app


def test_a_route_without_a_rule_answers_nobody(grown_app: Flask) -> None:
    with migrated(grown_app):
        for person in (Person(grown_app), signed_in(grown_app, "admin"), signed_in(grown_app, "patient")):
            person.fetch_token()
            refusal(person.get("/api/new"), "forbidden")
            refusal(person.put("/api/half", {}), "forbidden")
            assert person.get("/api/half").text == "seen"


def test_the_walk_over_all_routes_notices_a_route_without_a_rule(grown_app: Flask) -> None:
    assert undeclared(grown_app) == [("half", "PUT", "/api/half"), ("new", "GET", "/api/new")]


@pytest.mark.parametrize("route", [route for route in ROUTES if route[1] in UNSAFE], ids=name_of)
def test_every_unsafe_request_needs_the_token_of_its_session(world: World, route: Route) -> None:
    foreign = world.people["another patient"].token
    for who in ("patient", "physician with grant", "administrator"):
        signed_in_before = world.people[who].get("/api/me").status_code
        for token in (None, "made up", foreign):
            refusal(world.send(who, route, token=token), "csrf")
        assert world.people[who].get("/api/me").status_code == signed_in_before == 200


def test_asking_for_headers_only_needs_the_same_rights(world: World) -> None:
    for endpoint, method, rule in ROUTES:
        if method == "GET":
            protected = rule_of(world.app, endpoint, method) is not Access.ANYONE
            response = world.send("stranger", (endpoint, "HEAD", rule))
            assert (response.status_code == 401) is protected, rule


@pytest.mark.usefixtures("morning")
def test_patients_meet_their_own_diary_only(patient: Person, other_patient: Person) -> None:
    record(patient, night())
    for path in (path_of(), f"{path_of()}/history"):
        refusal(other_patient.get(path), "not-found")
    assert read(other_patient.get("/api/nights?cursor=0"))["nights"] == []
    assert other_patient.delete(path_of()).status_code == 204
    record(other_patient, night(note="mine"))
    assert read(patient.get(path_of()))["note"] == "The right calf again."


def test_a_patient_cannot_end_the_share_of_another(patient: Person, other_patient: Person, physician: Person) -> None:
    share_id = shared(patient, physician)
    refusal(other_patient.delete(f"/api/shares/{share_id}"), "not-found")
    assert read(patient.get("/api/shares"))["shares"][0]["revoked_at"] is None


def test_a_patient_who_does_not_share_looks_like_one_who_does_not_exist(
    patient: Person, physician: Person, other_physician: Person
) -> None:
    shared(patient, physician)
    closed = other_physician.get(f"/api/patients/{patient.id}/nights")
    unknown = other_physician.get(f"/api/patients/{uuid4()}/nights")
    assert refusal(closed, "not-found") == refusal(unknown, "not-found")


def test_a_physician_is_not_a_patient_of_a_colleague(physician: Person, other_physician: Person) -> None:
    refusal(physician.get(f"/api/patients/{other_physician.id}/nights"), "not-found")
    refusal(physician.post("/api/shares", {"code": other_physician.code}), "forbidden")


GRANTED = [route for route in ROUTES if rule_of(DESCRIBED, route[0], route[1]) is Access.GRANT]
CHARTS = ("timeline", "comparison", "calendar")


def test_every_look_of_a_physician_is_logged_in_words_the_patient_reads(world: World) -> None:
    words = (ROOT / "frontend" / "shared" / "texts" / "diary" / "sharing" / "en.ts").read_text(encoding="utf-8")
    looks = 0
    for route in GRANTED:
        for world.values["name"] in CHARTS if "<name>" in route[2] else ("",):
            assert world.send("physician with grant", route).status_code == 200
            log = read(world.people["patient"].get("/api/access-log"))["entries"]
            looks += 1
            assert len(log) == looks, route
            assert re.search(rf"^    '?{re.escape(log[0]['what'])}'?: '", words, re.MULTILINE), log[0]["what"]


@pytest.mark.parametrize("route", GRANTED, ids=name_of)
def test_whatever_shows_a_patient_to_a_physician_declares_the_look(route: Route) -> None:
    assert look_of(DESCRIBED, route[0], route[1])


def test_what_cannot_be_written_down_is_not_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr("backend.audit.note_look", fail)
    for route in GRANTED:
        world.values["name"] = CHARTS[0]
        assert refusal(world.send("physician with grant", route), "internal")["detail"]


def test_revoking_ends_every_view_at_once(world: World) -> None:
    assert world.people["patient"].delete(f"/api/shares/{world.values['share_id']}").status_code == 204
    for route in GRANTED:
        refusal(world.send("physician with grant", route), "not-found")
    assert read(world.people["physician with grant"].get("/api/patients"))["patients"] == []


def test_a_disabled_account_is_out_at_once_and_cannot_come_back(app: Flask, patient: Person) -> None:
    with app.app_context():
        accounts.disable_user(patient.email)
    refusal(patient.get("/api/me"), "unauthorized")
    refusal(patient.sign_in(), "validation", 400)


def test_a_new_password_ends_open_sessions(app: Flask, patient: Person) -> None:
    with app.app_context():
        accounts.set_password(patient.email, "another long password")
    refusal(patient.get("/api/me"), "unauthorized")
    assert patient.sign_in(password="another long password").status_code == 200


def test_the_diary_of_a_disabled_patient_is_closed_to_physicians(
    app: Flask, patient: Person, physician: Person
) -> None:
    shared(patient, physician)
    patient_id = patient.id
    with app.app_context():
        accounts.disable_user(patient.email)
    refusal(physician.get(f"/api/patients/{patient_id}/nights"), "not-found")
    assert read(physician.get("/api/patients")) == {"patients": []}


@pytest.mark.parametrize("header", ["Authentication-Token", "Authorization"])
def test_nothing_but_a_session_signs_a_person_in(app: Flask, patient: Person, header: str) -> None:
    token = read(
        patient.post(
            "/api/auth/login?include_auth_token", {"email": patient.email, "password": "a long enough password"}
        )
    )
    value = token["response"]["user"].get("authentication_token", "none")
    stranger = Person(app)
    for sent in (value, f"Bearer {value}", "Basic cGF0aWVudEBleGFtcGxlLm9yZzphIGxvbmcgZW5vdWdoIHBhc3N3b3Jk"):
        refusal(stranger.get("/api/me", headers={header: sent}), "unauthorized")
