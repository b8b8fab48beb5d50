"""Clocks that are wrong for a while: nobody is told twice of one night for it, and nobody is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from backend.accounts.service import find_by_email
from backend.db import db
from backend.reminders import delivery
from backend.reminders.delivery import LEASE, TOO_LATE, run_round
from backend.reminders.due import instants
from backend.reminders.models import PushSubscription, Reminder, ReminderClock
from backend.reminders.sending import Outcome
from backend.reminders.service import SNOOZE, snooze
from backend.reminders.set_back import TOLD_MOST
from tests.backend.people import enroll

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RIGHT = timedelta()
# 07:30 in Paris, in November.
MORNING = datetime(2026, 11, 4, 6, 30, tzinfo=UTC)
NIGHT = date(2026, 11, 3)
PLACE, TIMES = "Europe/Paris", {"morning": "07:30", "evening": "21:00"}
Told = tuple[str, date]


@dataclass
class Days:
    """Time going by for a person who wants both reminders: looks at what is due, by clocks right and wrong."""

    app: Flask
    monkeypatch: pytest.MonkeyPatch
    true: datetime = MORNING - MINUTE
    off: timedelta = RIGHT
    answer: Outcome = Outcome.ACCEPTED
    told: list[tuple[datetime, timedelta, Told]] = field(default_factory=list)
    right_looks: list[datetime] = field(default_factory=list)

    def start(self) -> "Days":
        """Forget everything, and look for the first time, by a right clock."""
        with self.app.app_context():
            db.session.execute(delete(ReminderClock))
            db.session.execute(delete(Reminder))
            db.session.commit()
        self.told.clear()
        self.right_looks.clear()
        self.true = MORNING - MINUTE
        self.look()
        return self

    def look(self, after: timedelta = RIGHT, *, off: timedelta = RIGHT) -> None:
        """Look when some time has gone by, by a clock that is off."""
        self.true, self.off = self.true + after, off
        self.monkeypatch.setattr("backend.clock.now", lambda: self.true + self.off)
        with self.app.app_context():
            run_round(self)  # type: ignore[arg-type]
        if off == RIGHT:
            self.right_looks.append(self.true)

    def send(self, _phone: Any, text: Told, **_: Any) -> Outcome:
        """Stand in for who sends."""
        if self.answer is Outcome.ACCEPTED:
            self.told.append((self.true, self.off, text))
        return self.answer

    def of(self, kind: str, night: date) -> list[datetime]:
        return [at for at, _, text in self.told if text == (kind, night)]


@pytest.fixture
def days(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Days]:
    monkeypatch.setattr(delivery, "_text_of", lambda reminder, _user: (reminder.kind, reminder.night_date))
    patient_id = enroll(
        app,
        "rose@example.org",
        "patient",
        zone=PLACE,
        reminder_morning=TIMES["morning"],
        reminder_evening=TIMES["evening"],
    )
    with app.app_context():
        phone = {"endpoint": "https://fcm.googleapis.com/x", "p256dh": "k", "auth": "k", "renewed_at": MORNING}
        db.session.add(PushSubscription(patient_id=patient_id, **phone))
        db.session.commit()
    return Days(app, monkeypatch).start()


@pytest.mark.parametrize("ahead", [2 * DAY, 30 * DAY, 400 * DAY])
@pytest.mark.parametrize("looks", [1, 5])
def test_a_clock_that_was_ahead_silences_nothing_and_tells_nothing_twice(
    days: Days, ahead: timedelta, looks: int
) -> None:
    days.look(MINUTE)
    for _ in range(looks):
        days.look(MINUTE, off=ahead)
    days.look(MINUTE)
    wrong = {text for _, off, text in days.told if off}
    for _ in range(35 * 2):
        days.look(12 * HOUR - MINUTE)
        days.look(MINUTE)
    for number in range(35):
        night = NIGHT + number * DAY
        at_its_time = [
            at for at in days.of("morning", night) if abs(at - (MORNING + number * DAY)) <= timedelta(minutes=10)
        ]
        assert len(at_its_time) == 1, night
        assert len(days.of("morning", night)) == 1 + (("morning", night) in wrong)


def test_what_fell_due_while_the_clock_was_ahead_is_told_when_it_is_right_again(days: Days) -> None:
    days.look(timedelta(seconds=30), off=30 * DAY)
    days.look(MINUTE, off=30 * DAY)
    days.look(100 * MINUTE)
    assert len(days.of("morning", NIGHT)) == 1


def test_what_a_wrong_clock_took_for_too_late_is_still_told(days: Days) -> None:
    days.answer = Outcome.LATER
    days.look(MINUTE)
    days.look(2 * MINUTE, off=30 * DAY)
    days.answer = Outcome.ACCEPTED
    days.look(MINUTE)
    assert len(days.of("morning", NIGHT)) == 1


def test_what_a_push_service_refused_a_wrong_clock_is_offered_again(days: Days) -> None:
    days.answer = Outcome.REFUSED
    days.look(MINUTE, off=HOUR)
    days.answer = Outcome.ACCEPTED
    days.look(MINUTE)
    assert len(days.of("morning", NIGHT)) == 1


def test_what_a_worker_took_up_under_a_wrong_clock_and_left_is_taken_up_again(days: Days) -> None:
    with days.monkeypatch.context() as patch:
        patch.setattr(delivery, "_deliver", lambda *_: None)
        days.look(MINUTE)
        with days.app.app_context():
            db.session.execute(update(Reminder).values(next_try_at=days.true + 30 * DAY + LEASE))
            db.session.commit()
        days.look(MINUTE, off=30 * DAY)
    days.look(MINUTE)
    assert len(days.of("morning", NIGHT)) == 1


@pytest.mark.parametrize("behind", [2 * HOUR, 13 * HOUR, DAY, 5 * DAY, 29 * DAY])
def test_a_clock_that_was_behind_tells_nothing_again(days: Days, behind: timedelta) -> None:
    for _ in range(6 * 24):
        days.look(HOUR)
    before = list(days.told)
    days.look(MINUTE, off=-behind)
    for _ in range(10):
        days.look(20 * MINUTE, off=-behind)
    days.look(MINUTE)
    days.look(MINUTE)
    again = [text for _, _, text in days.told[len(before) :]]
    assert set(again) & {text for _, _, text in before} == set()
    assert len(again) == len(set(again))


def test_a_clock_that_is_behind_for_long_finds_everybody_told(days: Days) -> None:
    for _ in range(6 * 24):
        days.look(HOUR)
    before = list(days.told)
    for _ in range(40):
        days.look(HOUR, off=-5 * DAY)
    assert days.told == before


def test_a_clock_behind_soon_after_a_server_was_off_tells_nothing_again(days: Days) -> None:
    days.look(3 * DAY + 2 * MINUTE)
    days.look(28 * MINUTE, off=-DAY)
    days.look(MINUTE)
    days.look(9 * MINUTE, off=-30 * MINUTE)
    days.look(MINUTE)
    assert len(days.of("morning", NIGHT + 3 * DAY)) == 1


def test_a_clock_that_is_behind_again_and_again_finds_everybody_told(days: Days) -> None:
    for _ in range(6):
        days.look(5 * HOUR, off=-5 * DAY)
        days.look(MINUTE)
    for _ in range(9):
        days.look(HOUR)
    before = {text for _, _, text in days.told}
    for _ in range(24):
        days.look(HOUR, off=-20 * HOUR)
    assert all(sum(text == other for _, _, other in days.told) == 1 for text in before)


def test_however_often_a_clock_is_ahead_there_is_an_end_to_telling(days: Days) -> None:
    for left in range(6, 0, -1):
        days.look(2 * MINUTE, off=left * DAY)
        days.look(MINUTE)
        days.look(DAY - 3 * MINUTE)
    days.look(MINUTE)
    assert 1 <= len(days.of("morning", NIGHT + 6 * DAY)) <= TOLD_MOST


def test_a_clock_that_was_behind_for_days_and_leaps_forward_forgets_nobody(days: Days) -> None:
    days.look(MINUTE)
    for _ in range(5 * 24):
        days.look(HOUR, off=-5 * DAY)
    days.true = MORNING + 5 * DAY - MINUTE
    days.look()
    days.look(MINUTE)
    days.look(MINUTE)
    assert len(days.of("morning", NIGHT + 5 * DAY)) == 1


@pytest.mark.parametrize("step", [timedelta(seconds=1), MINUTE, 10 * MINUTE, 50 * MINUTE, 3 * HOUR])
def test_a_small_step_back_changes_nothing(days: Days, step: timedelta) -> None:
    days.look(2 * MINUTE)
    for _ in range(20):
        days.look(MINUTE, off=-step)
    for _ in range(20):
        days.look(MINUTE)
    assert [text for _, _, text in days.told] == [("morning", NIGHT)]


@pytest.mark.parametrize("apart", [2 * HOUR, 20 * HOUR, 30 * DAY, -2 * HOUR, -20 * HOUR, -30 * DAY])
def test_two_workers_with_different_clocks_tell_nobody_over_and_over(days: Days, apart: timedelta) -> None:
    for _ in range(3 * 24):
        days.look(HOUR)
        days.look(timedelta(seconds=5), off=apart)
    counts = {text: sum(text == other for _, _, other in days.told) for _, _, text in days.told}
    # A clock that is behind finds everybody told; one that is ahead tells too early what must be told again.
    assert max(counts.values()) <= (1 if apart < RIGHT else 2)
    for number in range(3):
        assert days.of("morning", NIGHT + number * DAY), number


def test_what_was_put_off_under_a_wrong_clock_comes(days: Days) -> None:
    days.look(MINUTE)
    days.off = 30 * DAY
    with days.app.app_context():
        user = find_by_email("rose@example.org")
        assert user
        snooze(user.id, db.session.scalars(select(Reminder.public_id)).one())
    days.look(MINUTE, off=30 * DAY)
    days.look(MINUTE)
    days.look(SNOOZE)
    assert len(days.of("morning", NIGHT)) == 2


def test_a_database_that_a_wrong_clock_left_long_ago_speaks_again(days: Days) -> None:
    """The time was written down a month ahead by a version that knew nothing of it."""
    with days.app.app_context():
        db.session.execute(delete(ReminderClock))
        db.session.add(ReminderClock(id=1, planned_until=days.true + 30 * DAY))
        db.session.commit()
    days.look(MINUTE)
    assert len(days.of("morning", NIGHT)) == 1


OFF = st.sampled_from(
    [
        sign * by
        for sign in (1, -1)
        for by in (
            10 * MINUTE,
            40 * MINUTE,
            2 * HOUR,
            11 * HOUR,
            13 * HOUR,
            20 * HOUR,
            DAY,
            5 * DAY,
            30 * DAY,
            400 * DAY,
        )
    ]
)
STEP = st.sampled_from([MINUTE, 20 * MINUTE, HOUR, 5 * HOUR])
SPELL = st.tuples(OFF, st.lists(STEP, min_size=1, max_size=6), st.lists(STEP, min_size=1, max_size=6))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SPELL, min_size=1, max_size=4))
@example([(30 * DAY, [MINUTE], [MINUTE]), (-5 * DAY, [HOUR], [HOUR]), (DAY, [MINUTE, MINUTE], [5 * HOUR])])
def test_whatever_a_clock_shows_for_a_while_nobody_is_forgotten_nor_told_over_and_over(
    days: Days, spells: list[tuple[timedelta, list[timedelta], list[timedelta]]]
) -> None:
    days.start()
    for off, wrong, right in spells:
        for step in wrong:
            days.look(step, off=off)
        for step in right:
            days.look(step)
    for _ in range(14):
        days.look(2 * HOUR)
    for kind, at in TIMES.items():
        for due_at, night in instants(kind, at, PLACE, MORNING - MINUTE, days.true):
            if any(due_at <= looked < due_at + TOO_LATE for looked in days.right_looks):
                assert days.of(kind, night), (kind, night)
    for text in {text for _, _, text in days.told}:
        by_right = [at for at, off, other in days.told if other == text and off == RIGHT]
        assert len(by_right) <= 1, text
        assert len(days.of(*text)) <= 2, text
