"""Starting: the database is made first, and made-up patients stay on this machine."""

import re
import stat
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import update

from backend import demo, instance, server
from backend.cli import main
from backend.config import Settings
from backend.db import db
from backend.installation import Installation, is_demo
from backend.server import ready_app
from tests.backend.apps import configure_cheaply, make_app, migrated
from tests.backend.conftest import SetClock
from tests.backend.errors import refusal
from tests.backend.people import PASSWORD, Person, read

Serve = Callable[..., Result]
OUTCOMES = {"running", "insufficient", "help", "worse", "fewer_unclear", "no_clear_difference"}


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Run ``charley serve`` up to where the web server would take over; no port is bound."""
    monkeypatch.setattr(server, "bound", lambda _host, _port: nullcontext())
    monkeypatch.setattr(server, "_run", lambda _settings, _listener, worker: None)

    def run(*options: str, **environ: str) -> Result:
        names = ("DATABASE_URL", "SECRET_KEY", "HOST", "PORT", "PUBLIC_URL", "CHARLEY_DEMO_PASSWORD")
        empty = (*names, "VAPID_PRIVATE_KEY", "VAPID_SUBJECT")
        for name in empty:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"INSTANCE_DIR": str(tmp_path), **environ}.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, ["serve", *options])

    return run


def settings(tmp_path: Path) -> Settings:
    return Settings.from_env({"INSTANCE_DIR": str(tmp_path)})


def close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    return line


def test_the_first_start_makes_the_database_and_says_where_it_serves(serve: Serve, tmp_path: Path) -> None:
    result = serve(PORT="8123")
    assert result.exit_code == 0, result.output
    assert "http://127.0.0.1:8123" in result.stdout
    assert (tmp_path / "charley.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_mode & 0o077] == []
    assert not (tmp_path / "demo.sqlite3").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "charley.example.org"])
def test_demo_data_are_served_on_this_machine_only(serve: Serve, tmp_path: Path, host: str) -> None:
    assert "HOST must be a loopback address" in refused(serve("--demo", HOST=host))
    assert not (tmp_path / "demo.sqlite3").exists()


def test_a_database_with_demo_data_stays_on_this_machine_however_it_is_named(serve: Serve, tmp_path: Path) -> None:
    app = ready_app(settings(tmp_path))
    with app.app_context():
        db.session.execute(update(Installation).values(demo=True))
        db.session.commit()
        assert is_demo()
    close(app)
    assert "HOST must be a loopback address" in refused(serve(HOST="0.0.0.0"))
    assert serve(HOST="::1").exit_code == 0


@pytest.mark.parametrize("options", [[], ["--demo"]])
def test_an_instance_that_is_being_served_is_left_alone(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.setattr(instance, "PATIENCE_S", 0)
    with instance.locked(tmp_path, "http://127.0.0.1:8000"):
        assert "is in use by another server" in refused(serve(*options))
    assert list(tmp_path.glob("*.sqlite3")) == []
    assert serve().exit_code == 0


def check_screen_before_trial(physician: Person, path: str, alerts: list[str]) -> None:
    """Nobody in a trial passed by the safety screen, and everybody in one has stockings."""
    if read(physician.get(f"{path}/trials"))["trials"]:
        health = read(physician.get(f"{path}/health"))
        assert health["screening"]["outcome"] == ("blocked" if "red_flag" in alerts else "free")
        assert health["screening"]["unconfirmed"] == []
        assert health["garment"]["mmhg_low"] >= 14
        assert health["history"]["version"] == 1


def test_demo_data_show_every_outcome_and_are_made_once(
    serve: Serve, clock_at: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_at("2026-11-04T15:00:00+00:00")
    monkeypatch.setattr("backend.app.configure", configure_cheaply)
    first = serve("--demo", CHARLEY_DEMO_PASSWORD=PASSWORD)
    assert first.exit_code == 0, first.output
    for email in (demo.PATIENT, demo.PHYSICIAN):
        assert f"sign in as {email}  password {PASSWORD}" in first.stdout
    with migrated(make_app(f"sqlite:///{tmp_path}/demo.sqlite3")) as app:
        assert Person(app).sign_in(demo.PATIENT).status_code == 200
        physician = Person(app)
        physician.sign_in(demo.PHYSICIAN)
        rows = read(physician.get("/api/patients"))["patients"]
        assert len(rows) >= 24
        assert {row["state"] for row in rows} >= OUTCOMES
        assert {row["grade"] for row in rows if row["grade"]} == {"A", "B", "C", "D"}
        assert sum("red_flag" in row["alerts"] for row in rows) == 1
        for row in rows:
            check_screen_before_trial(physician, f"/api/patients/{row['id']}", row["alerts"])
    again = serve("--demo", CHARLEY_DEMO_PASSWORD="another long password")
    assert again.exit_code == 0, again.output
    with migrated(make_app(f"sqlite:///{tmp_path}/demo.sqlite3")) as app:
        physician = Person(app)
        refusal(physician.sign_in(demo.PHYSICIAN), "validation", 400)
        physician.sign_in(demo.PHYSICIAN, "another long password")
        assert len(read(physician.get("/api/patients"))["patients"]) == len(rows)


def test_without_a_given_password_the_demo_makes_one_and_keeps_it(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.app.configure", configure_cheaply)
    monkeypatch.setattr(demo, "CASES", ())
    first, second = serve("--demo").stdout, serve("--demo").stdout
    assert first == second
    (password,) = set(re.findall(r"password (\S+)$", first, re.MULTILINE))
    assert len(password) >= 10
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600


def test_the_server_listens_where_it_was_told(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for host, address in (("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000")):
        result = serve(HOST=host)
        assert result.exit_code == 0, result.output
        assert address in result.stdout


def test_the_demo_makes_keys_for_reminders_once_and_keeps_them(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.app.configure", configure_cheaply)
    monkeypatch.setattr(demo, "CASES", ())
    kept = tmp_path / "demo-push-key"
    assert serve("--demo").exit_code == 0
    first = kept.read_text()
    assert serve("--demo").exit_code == 0
    assert kept.read_text() == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize("command", [["serve", "--worker"], ["worker"], ["remind"]])
def test_reminders_without_keys_say_what_is_missing(serve: Serve, command: list[str]) -> None:
    serve()
    assert "VAPID_PRIVATE_KEY is not set" in refused(CliRunner().invoke(main, command))


def test_keys_are_printed_or_kept_and_never_replaced(serve: Serve, tmp_path: Path) -> None:
    serve()
    printed = CliRunner().invoke(main, ["push-keys", "operator@example.org"])
    assert re.fullmatch(r"VAPID_PRIVATE_KEY=\S{43}\nVAPID_SUBJECT=mailto:operator@example.org\n", printed.stdout)
    kept = CliRunner().invoke(main, ["push-keys", "operator@example.org", "--keep"])
    assert kept.exit_code == 0, kept.output
    path = tmp_path / "push-keys"
    assert str(path) in kept.stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = path.read_text()
    assert "holds a key already" in refused(CliRunner().invoke(main, ["push-keys", "other@example.org", "--keep"]))
    assert path.read_text() == lines
    assert "VAPID_SUBJECT must look like" in refused(CliRunner().invoke(main, ["push-keys", "nobody"]))
