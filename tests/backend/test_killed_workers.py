"""Workers that are killed (SIGKILL) at the worst moments: nothing is told twice, and nothing forgotten."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, inspect, select, text

from backend.db import db
from backend.reminders.models import Reminder, ReminderClock
from backend.vapid import make_private_key
from tests.backend.dying_worker import LEASE
from tests.backend.people import Person, signed_in
from tests.backend.push_service import PATIENCE_S, Phone, PushService, push_service

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = ("fallen due", "sent, not noted", "noted, not ended", "ended")
PEOPLE = 3
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def start(app: Flask, service: PushService, tmp_path: Path) -> Iterator[Start]:
    """Start a process that sends reminders of the application's database."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": "a key for tests " * 2,
        "INSTANCE_DIR": str(tmp_path),
        "VAPID_PRIVATE_KEY": make_private_key(),
        "VAPID_SUBJECT": "mailto:operator@example.org",
        "PUSH_TEST_SERVICE": service.url,
    }
    started = []

    def run(command: str, *moment: str) -> subprocess.Popen[bytes]:
        module = [sys.executable, "-m", "tests.backend.dying_worker", command, *moment]
        process = subprocess.Popen(module, cwd=ROOT, env=environ)
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
    _drop_queue(app)


def _drop_queue(app: Flask) -> None:
    """The tables of the queue are huey's own, made at first use; later tests know nothing of them."""
    with app.app_context():
        for table in inspect(db.engine).get_table_names():
            if table.startswith("huey_"):
                db.session.execute(text(f"DROP TABLE {table}"))
        db.session.commit()


@pytest.fixture
def phones(app: Flask, service: PushService, monkeypatch: pytest.MonkeyPatch) -> list[Phone]:
    """Phones of people whose reminder fell due a minute ago."""
    monkeypatch.setitem(app.config, "PUSH_TEST_SERVICE", service.url)
    due_at = datetime.now(UTC) - timedelta(minutes=2)
    with app.app_context():
        db.session.execute(delete(ReminderClock))
        db.session.add(ReminderClock(id=1, planned_until=due_at - timedelta(minutes=2)))
        db.session.commit()
    people = [
        signed_in(app, "patient", f"patient{number}@example.org", reminder_morning=f"{due_at:%H:%M}")
        for number in range(PEOPLE)
    ]
    return [_subscribed(person, service) for person in people]


def _subscribed(person: Person, service: PushService) -> Phone:
    phone = Phone(service)
    assert person.put("/api/push/subscriptions", phone.subscription).status_code == 201
    return phone


def states(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Reminder.state)))


def wait_until_all_ended(app: Flask) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while states(app) != ["sent"] * PEOPLE:
        assert time.monotonic() < give_up, states(app)
        time.sleep(0.1)


def killed(process: subprocess.Popen[bytes]) -> bool:
    return process.wait(PATIENCE_S) == -signal.SIGKILL


def finish(start: Start) -> None:
    time.sleep(LEASE.total_seconds())
    assert start("remind").wait(PATIENCE_S) == 0


@pytest.mark.parametrize("moment", MOMENTS)
def test_whenever_a_round_is_killed_everybody_is_told_once(
    app: Flask, phones: list[Phone], start: Start, moment: str
) -> None:
    assert killed(start("remind", moment))
    finish(start)
    assert [phone.shown for phone in phones] == [["How was last night?"]] * PEOPLE
    assert states(app) == ["sent"] * PEOPLE
    # A push service gets a message again only where it was not noted that it took it, and then under the same topic.
    repeated = [delivery for phone in phones for delivery in phone.deliveries[1:]]
    assert len(repeated) == (moment == "sent, not noted")
    assert all(len({delivery.headers["Topic"] for delivery in phone.deliveries}) == 1 for phone in phones)


def test_a_round_killed_while_the_push_service_thinks_tells_everybody_once(
    app: Flask, phones: list[Phone], service: PushService, start: Start
) -> None:
    service.may_answer.clear()
    process = start("remind", "sending")
    assert service.arrived.wait(PATIENCE_S)
    process.kill()
    assert killed(process)
    service.may_answer.set()
    finish(start)
    assert [phone.shown for phone in phones] == [["How was last night?"]] * PEOPLE
    assert sum(len(phone.messages) for phone in phones) == PEOPLE + 1
    assert states(app) == ["sent"] * PEOPLE


def test_a_killed_worker_is_followed_by_one_that_tells_the_rest(
    app: Flask, phones: list[Phone], service: PushService, start: Start
) -> None:
    service.may_answer.clear()
    first = start("worker", "sending")
    assert service.arrived.wait(PATIENCE_S)
    first.kill()
    assert killed(first)
    service.may_answer.set()
    time.sleep(LEASE.total_seconds())
    second = start("worker")
    wait_until_all_ended(app)
    second.terminate()
    assert second.wait(PATIENCE_S) == 0
    assert [phone.shown for phone in phones] == [["How was last night?"]] * PEOPLE


def test_several_senders_at_once_tell_everybody_once(app: Flask, phones: list[Phone], start: Start) -> None:
    processes = [start("remind"), start("remind"), start("worker")]
    assert [process.wait(PATIENCE_S) for process in processes[:2]] == [0, 0]
    wait_until_all_ended(app)
    processes[2].send_signal(signal.SIGINT)
    assert processes[2].wait(PATIENCE_S) == 0
    assert [len(phone.messages) for phone in phones] == [1] * PEOPLE
