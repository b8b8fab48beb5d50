"""An outage of the database: every request says so, the log says it once, and all goes on by itself."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.test import TestResponse

from backend import outages
from backend.db import db
from backend.outages import Outages, Trouble, trouble_of
from backend.reminders.worker import speaking_once
from tests import postgres
from tests.backend.apps import make_app, migrated
from tests.backend.errors import refusal
from tests.backend.nights import NIGHT, night, path_of
from tests.backend.people import PASSWORD, Person, signed_in
from tests.backend.test_access import routes_of
from tests.backend.troubles import FULL, TROUBLES, full

EMAIL = "rose@example.org"
AWAY = "The database does not answer."
# Long enough that every night needs a page of its own.
SECRET = "woke up crying, please do not tell anyone " * 45


@pytest.fixture
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application on an SQLite file of its own, in which nobody waits long for a lock."""
    monkeypatch.setattr("backend.db.BUSY_MS", 50)
    monkeypatch.setattr("backend.operations.health.PATIENCE_S", 0.05)
    monkeypatch.setattr("backend.operations.health.BUSY_MS", 50)
    monkeypatch.setattr("backend.operations.health.LOOK_S", 0)
    monkeypatch.setattr("backend.operations.health.REUSED_S", 0)
    folder = tmp_path / "data"
    folder.mkdir()
    with migrated(make_app(f"sqlite:///{folder}/charley.sqlite3", instance_dir=tmp_path)) as app:
        yield app


@pytest.fixture(scope="module")
def own_server() -> Iterator[postgres.Server]:
    with postgres.server(max_connections=10, superuser_reserved_connections=0) as running:
        yield running


@pytest.fixture
def served(own_server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application on a PostgreSQL that may be stopped."""
    monkeypatch.setattr("backend.operations.health.LOOK_S", 0)
    monkeypatch.setattr("backend.operations.health.REUSED_S", 0)
    own_server.start_again()
    with migrated(make_app(_address(own_server), instance_dir=tmp_path)) as app:
        yield app
    own_server.start_again()
    with psycopg.connect(own_server.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def _address(server: postgres.Server) -> str:
    return server.url.replace("postgresql:", "postgresql+psycopg:")


def write(patient: Person, nights_back: int = 0) -> TestResponse:
    day = NIGHT - timedelta(days=nights_back)
    return patient.put(path_of(day), night(day, note=SECRET))


def refused(response: TestResponse, words: str) -> None:
    body = refusal(response, "internal", 503)
    assert body["detail"].startswith(words), body["detail"]
    assert 1 <= int(response.headers["Retry-After"]) <= 30
    assert SECRET not in response.text


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_of_the_file_is_told_apart_logged_once_and_over_by_itself(
    embedded: Flask, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    make, words = TROUBLES[trouble]
    patient = signed_in(embedded, "patient")
    assert [write(patient, number).status_code for number in (8, 9)] == [201, 201]
    with make(embedded):
        for number in range(1, 6):
            refused(write(patient, number), words)
            refused(patient.get("/healthz"), words)
    assert len(lines(caplog)) == 1
    assert lines(caplog)[0].startswith(words)
    assert write(patient, 1).status_code == 201
    assert patient.get("/healthz").status_code == 200
    _, ended = lines(caplog)
    assert "works again" in ended
    assert "5 requests were refused" in ended
    assert SECRET not in caplog.text
    assert str(embedded.config["DELETED_ACCOUNTS"].parent) not in caplog.text


@pytest.mark.usefixtures("morning")
def test_the_end_is_noticed_by_any_request_that_succeeds(embedded: Flask, caplog: pytest.LogCaptureFixture) -> None:
    patient = signed_in(embedded, "patient")
    assert [write(patient, number).status_code for number in (8, 9)] == [201, 201]
    with full(embedded):
        refused(write(patient), FULL)
        # What is there can still be read, and tells of no end.
        assert patient.get("/api/me").status_code == 200
    assert len(lines(caplog)) == 1
    assert patient.get("/api/me").status_code == 200
    assert len(lines(caplog)) == 2


@pytest.mark.usefixtures("morning")
def test_a_stopped_server_is_told_and_found_again(
    served: Flask, own_server: postgres.Server, caplog: pytest.LogCaptureFixture
) -> None:
    patient = signed_in(served, "patient")
    own_server.stop()
    for _ in range(10):
        refused(write(patient), AWAY)
        refused(patient.get("/healthz"), AWAY)
    own_server.start()
    assert write(patient).status_code == 201
    assert [line.startswith(AWAY) for line in lines(caplog)] == [True, False]


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_was_restarted_between_two_requests_costs_none(
    served: Flask, own_server: postgres.Server, end: str, caplog: pytest.LogCaptureFixture
) -> None:
    patient = signed_in(served, "patient")
    assert patient.get("/api/me").status_code == 200
    getattr(own_server, end)()
    own_server.start()
    assert write(patient).status_code == 201
    assert patient.get("/healthz").status_code == 200
    assert lines(caplog) == []


@pytest.mark.usefixtures("morning")
def test_a_server_that_hangs_keeps_nobody_for_good(
    served: Flask, own_server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = signed_in(served, "patient")
    # What waits for connections keeps its time: there is no shorter one than two seconds.
    monkeypatch.setattr("backend.connections.REST_S", 0)
    with monkeypatch.context() as hurry:
        hurry.setattr("backend.connections.REQUEST_S", 0.3)
        own_server.freeze()
        refused(write(patient), AWAY)
        # Its connections are gone, and new ones end by themselves too.
        refused(patient.get("/healthz"), AWAY)
        refused(write(patient), AWAY)
        own_server.thaw()
    # What hung may have been done or not; asking again is safe either way.
    assert write(patient).status_code in {200, 201}
    assert patient.get("/healthz").status_code == 200


@pytest.mark.usefixtures("morning")
def test_a_server_without_a_connection_left_says_so(served: Flask, own_server: postgres.Server) -> None:
    patient = signed_in(served, "patient")
    with served.app_context():
        db.engine.dispose()
    others: list[psycopg.Connection] = []
    with suppress(psycopg.OperationalError):
        while True:
            others.append(psycopg.connect(own_server.url))
    refused(write(patient), "The database takes no more connections.")
    refused(patient.get("/healthz"), "The database takes no more connections.")
    for other in others:
        other.close()
    assert patient.get("/healthz").status_code == 200
    assert write(patient).status_code == 201


@pytest.mark.usefixtures("morning")
def test_statements_and_locks_have_their_time(
    served: Flask, own_server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = signed_in(served, "patient")
    with served.app_context(), db.engine.connect() as connection:
        shown = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }
        assert shown == {
            "statement_timeout": "10s",
            "lock_timeout": "5s",
            "idle_in_transaction_session_timeout": "1min",
        }
        # Who must take longer lifts the bound for the transaction.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar_one() == "0"
    with psycopg.connect(own_server.url, autocommit=True) as other:
        other.execute("ALTER ROLE postgres SET lock_timeout = '100ms'")
    monkeypatch.setattr("backend.connections._PER_CONNECTION", {})
    hurried = make_app(_address(own_server))
    patient = Person(hurried, patient.email)
    assert patient.sign_in().status_code == 200
    with psycopg.connect(own_server.url) as other:
        other.execute("LOCK TABLE nights")
        refused(write(patient), "The database is busy.")
    assert write(patient).status_code == 201
    with hurried.app_context():
        db.engine.dispose()
    with psycopg.connect(own_server.url, autocommit=True) as other:
        other.execute("ALTER ROLE postgres RESET lock_timeout")


def dummy_path(app: Flask, endpoint: str, rule: str) -> str:
    values = {"isodate": NIGHT.isoformat(), "uuid": "6a3f1c9e-2b54-4d0f-9a53-0d9c1f1f6a10"}
    path = rule
    for kind, value in values.items():
        while f"<{kind}:" in path:
            start = path.index(f"<{kind}:")
            path = path[:start] + value + path[path.index(">", start) + 1 :]
    while "<" in path:
        start = path.index("<")
        path = path[:start] + "x" + path[path.index(">", start) + 1 :]
    return path


@pytest.mark.usefixtures("morning")
def test_no_route_answers_an_outage_with_an_error_of_ours(
    served: Flask, own_server: postgres.Server, caplog: pytest.LogCaptureFixture
) -> None:
    people = [signed_in(served, role) for role in ("patient", "physician", "admin")]
    people.append(Person(served))
    people[-1].fetch_token()
    own_server.stop()
    assert [person.get("/nothing-here").status_code for person in people] == [404] * len(people)
    found: dict[str, set[int]] = {}
    for endpoint, method, rule in routes_of(served):
        for person in people:
            body = {"email": "patient@example.org", "password": "a long enough password"}
            response = person.send(
                method, dummy_path(served, endpoint, rule), **({"json": body} if method != "GET" else {})
            )
            found.setdefault(f"{method} {rule}", set()).add(response.status_code)
            if response.status_code == 503:
                refused(response, AWAY)
    own_server.start()
    assert {route: codes for route, codes in found.items() if 500 in codes} == {}
    # Pages hold nothing of the database.
    pages = {route for route in found if route.startswith("GET ") and not route.startswith("GET /api/")}
    assert {route: found[route] for route in pages | {"GET /api/docs"} if 503 in found[route]} == {}
    # Whoever carries a sign-in is looked up.
    assert 503 in found["PUT /api/nights/<isodate:night_date>"]
    assert 503 in found["POST /api/auth/login"]
    assert 503 in found["POST /api/auth/register"]
    assert 503 in found["GET /api/patients"]
    assert len(lines(caplog)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": "session=nonsense; XSRF-TOKEN=nonsense; remember_token=1|abc"},
        {"Cookie": "session=" + "x" * 20_000},
        {"Authorization": "Basic eDp5", "Authentication-Token": "nonsense"},
        {"Host": "[", "X-Forwarded-For": "nonsense", "Accept": "text/html", "Accept-Encoding": "br"},
        {"Content-Type": "application/json", "Content-Length": "nonsense"},
        {"If-None-Match": "*", "Range": "bytes=0-0"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_health_is_200_or_503_whoever_asks(embedded: Flask, method: str, headers: dict[str, str]) -> None:
    make, words = TROUBLES["another file"]
    for person in (signed_in(embedded, "patient"), signed_in(embedded, "physician"), Person(embedded)):
        for query in ("", "?x=1&x=2", "?%ff"):
            assert person.send(method, f"/healthz{query}", headers=headers).status_code == 200
        with make(embedded):
            response = person.send(method, "/healthz", headers=headers)
            assert response.status_code == 503
            assert response.headers["Retry-After"]
            assert method == "HEAD" or words in response.text


@pytest.mark.parametrize("damage", ["DROP TABLE installation", "DELETE FROM installation"])
@pytest.mark.parametrize("engine", ["embedded", "served"])
def test_a_database_without_what_it_should_hold_is_not_healthy(
    request: pytest.FixtureRequest, engine: str, damage: str
) -> None:
    app = request.getfixturevalue(engine)
    assert Person(app).get("/healthz").status_code == 200
    with app.app_context():
        db.session.execute(db.text(damage))
        db.session.commit()
    refusal(Person(app).get("/healthz"), "internal", 503)


def test_many_who_ask_cost_one_write_until_somebody_meets_trouble(
    embedded: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.operations.health.REUSED_S", 600)

    def pulse() -> int:
        with embedded.app_context():
            beats: int = db.session.execute(db.text("SELECT pulse FROM installation")).scalar_one()
            return beats

    before = pulse()
    for _ in range(200):
        assert Person(embedded).get("/healthz").status_code == 200
    assert pulse() == before + 1
    patient = signed_in(embedded, "patient")
    make, words = TROUBLES["another file"]
    with make(embedded):
        refused(patient.get("/api/me"), words)
        refused(patient.get("/healthz"), words)
    assert patient.get("/healthz").status_code == 200
    assert pulse() == before + 2


@pytest.mark.parametrize("error", [sqlite3.OperationalError(EMAIL), ValueError(EMAIL)])
def test_what_fails_only_when_the_view_has_answered_is_told_without_what_was_sent(
    embedded: Flask, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    """Flask-Security commits a new account after its view."""
    if isinstance(error, sqlite3.Error):
        error.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fail(_session: object) -> None:
        raise error

    person = Person(embedded)
    person.fetch_token()
    body = {"email": EMAIL, "password": PASSWORD, "password_confirm": PASSWORD}
    event.listen(db.session, "before_commit", fail, once=True)
    response = person.post("/api/auth/register", body)
    if isinstance(error, sqlite3.Error):
        refused(response, FULL)
    else:
        refusal(response, "internal")
    assert len(lines(caplog)) == 1
    assert EMAIL not in caplog.text
    person.fetch_token()
    assert person.post("/api/auth/register", body).status_code == 200


def test_a_fault_of_the_program_is_no_outage() -> None:
    wrong = sqlite3.IntegrityError("UNIQUE constraint failed")
    assert trouble_of(IntegrityError("INSERT", {}, wrong)) is None
    assert trouble_of(ProgrammingError("SELECT", {}, psycopg.errors.UndefinedTable("no such table"))) is None
    assert trouble_of(DBAPIError("SELECT", {}, psycopg.errors.NumericValueOutOfRange("too large"))) is None
    assert trouble_of(ValueError("nonsense")) is None
    assert trouble_of(ConnectionResetError("the browser has gone")) is None


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (psycopg.errors.DiskFull("could not extend file"), Trouble.FULL),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute UPDATE"), Trouble.READ_ONLY),
        (psycopg.errors.QueryCanceled("canceling statement due to statement timeout"), Trouble.BUSY),
        (psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"), Trouble.BUSY),
        (psycopg.errors.DeadlockDetected("deadlock detected"), Trouble.BUSY),
        (psycopg.errors.SerializationFailure("could not serialize access"), Trouble.BUSY),
        (psycopg.errors.AdminShutdown("terminating connection"), Trouble.AWAY),
        (psycopg.errors.CannotConnectNow("the database system is starting up"), Trouble.AWAY),
        (psycopg.errors.TooManyConnections("sorry, too many clients already"), Trouble.CROWDED),
        (psycopg.errors.InvalidPassword("password authentication failed"), Trouble.LOCKED_OUT),
        (psycopg.errors.DataCorrupted("invalid page in block 0"), Trouble.DAMAGED),
        (psycopg.errors.IoError("could not read block 0"), Trouble.BROKEN_DISK),
        (psycopg.OperationalError("the connection is lost"), Trouble.AWAY),
        (NoConnectionLeft("QueuePool limit reached"), Trouble.CROWDED),
        (OSError(28, "No space left on device"), Trouble.FULL),
        (OSError(30, "Read-only file system"), Trouble.READ_ONLY),
    ],
)
def test_what_a_database_says_is_told_apart(error: Exception, trouble: Trouble) -> None:
    assert trouble_of(error) is trouble
    if isinstance(error, psycopg.Error):
        assert trouble_of(OperationalError("UPDATE", {}, error)) is trouble


def test_trouble_that_comes_and_goes_is_told_once_in_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("backend.outages.time.monotonic", lambda: now)
    known = Outages()
    for _ in range(50):
        known.note(Trouble.BUSY)
        now += 0.5
        known.end()
    assert len(lines(caplog)) == 2
    now += outages.TOLD_AGAIN_S
    known.note(Trouble.BUSY)
    # Another kind is news, also in between.
    known.note(Trouble.FULL)
    known.end()
    assert len(lines(caplog)) == 5


def test_a_worker_tells_of_an_outage_once_and_of_a_mistake_without_its_text(
    embedded: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    known: Outages = embedded.extensions["outages"]
    queue = logging.getLogger("huey.consumer.Worker")
    with speaking_once(known):
        for _ in range(30):
            try:
                raise sqlite3.OperationalError("unable to read")
            except sqlite3.OperationalError as error:
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                queue.exception("Error reading from queue")
        assert len(lines(caplog)) == 1
        assert lines(caplog)[0].startswith(FULL)
        try:
            raise ValueError(SECRET)
        except ValueError:
            queue.exception("Unhandled exception in task")
        queue.warning("a word of the queue itself")
    assert lines(caplog)[1:] == ["ValueError in the worker", "a word of the queue itself"]
    assert SECRET not in caplog.text
