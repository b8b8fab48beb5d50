"""Delivering what is due, by workers that may die at any moment.

A reminder is taken up (committed), sent, and marked (committed). A worker that dies in between leaves a reminder that
another takes up when ``LEASE`` is over. If the push service had taken the message by then, it gets it again under the
same topic, which replaces one not yet delivered, and the phone shows an id once (``frontend/diary/sw.ts``).
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from backend import clock
from backend.accounts.models import User
from backend.db import db
from backend.diary.models import Night
from backend.health import holds
from backend.reminders.due import TOO_LATE, plan_due
from backend.reminders.models import EVENING, PushSubscription, Reminder
from backend.reminders.sending import Outcome, Sender
from backend.reminders.texts import message
from backend.trials.models import Trial

# Longer than sending takes to as many browsers as a person may have (`service.SUBSCRIPTIONS_MAX`).
LEASE = timedelta(minutes=2)
BACK_OFF = timedelta(minutes=1)
BACK_OFF_DOUBLES = 6
AT_ONCE = 1000
log = logging.getLogger(__name__)


def run_round(sender: Sender) -> int:
    """Write down what fell due and deliver it; return how many reminders were taken up."""
    plan_due(clock.now())
    return sum(deliver(reminder_id, sender) for reminder_id in waiting(clock.now()))


def waiting(now: datetime) -> Sequence[int]:
    """Return what may be taken up, longest due first, up to ``AT_ONCE``."""
    return db.session.scalars(
        select(Reminder.id)
        .where(Reminder.state == "due", Reminder.next_try_at <= now)
        .order_by(Reminder.next_try_at, Reminder.id)
        .limit(AT_ONCE)
    ).all()


def deliver(reminder_id: int, sender: Sender) -> bool:
    """Take up a reminder and send it to every phone of its person; False where somebody else has it.

    What goes wrong unexpectedly leaves the reminder to the next try.
    """
    now = clock.now()
    if not _take_up(reminder_id, now):
        return False
    try:
        _deliver(reminder_id, sender, now)
    except Exception as error:
        # Texts of errors may hold addresses of subscriptions.
        log.error("%s while a reminder was delivered", type(error).__name__)
        db.session.rollback()
    return True


def _take_up(reminder_id: int, now: datetime) -> bool:
    taken = db.session.execute(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.state == "due", Reminder.next_try_at <= now)
        .values(next_try_at=now + LEASE, attempts=Reminder.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _deliver(reminder_id: int, sender: Sender, now: datetime) -> None:
    reminder = db.session.get_one(Reminder, reminder_id)
    user = db.session.get_one(User, reminder.patient_id)
    phones = _phones_of(user)
    # Whatever happens to the rows meanwhile, what was read stays at hand.
    db.session.expunge_all()
    left = reminder.due_at + TOO_LATE - now
    text = _text_of(reminder, user)
    if left <= timedelta():
        return _end(reminder, "missed")
    if text is None:
        return _end(reminder, "quiet")
    outcomes = {_send(phone, reminder, sender, text, left) for phone in phones}
    if Outcome.LATER in outcomes:
        return _try_later(reminder)
    return _end(reminder, "sent" if Outcome.ACCEPTED in outcomes else "refused")


def _phones_of(user: User) -> Sequence[PushSubscription]:
    phones = select(PushSubscription).where(PushSubscription.patient_id == user.id).order_by(PushSubscription.id)
    return db.session.scalars(phones).all() if user.active else []


def _text_of(reminder: Reminder, user: User) -> dict[str, Any] | None:
    """Return what to say, or None where there is nothing to remind of.

    That is a recorded night in the morning; in the evening no trial that goes on, or a stop sign that stands
    (backend/health/RULES.md 5): nobody is called to a plan that must not be followed.
    """
    language = user.language
    if reminder.kind == EVENING:
        trial = running_trial(reminder.patient_id, reminder.night_date)
        if trial is None or holds.standing(user):
            return None
        return message(reminder, language, by_day=trial.exposure == "day")
    recorded = select(Night.patient_id).where(
        Night.patient_id == reminder.patient_id, Night.night_date == reminder.night_date, Night.document.is_not(None)
    )
    return message(reminder, language) if db.session.scalar(recorded) is None else None


def running_trial(patient_id: int, evening: date) -> Trial | None:
    """Return the trial whose plan an evening is about; stockings by day are planned for the date after it."""
    trials = db.session.scalars(
        select(Trial).where(Trial.patient_id == patient_id, Trial.stopped_at.is_(None)).order_by(Trial.id)
    )
    for trial in trials:
        planned = evening + timedelta(days=trial.exposure == "day")
        if trial.start_date <= planned <= trial.end_date:
            return trial
    return None


def _send(
    phone: PushSubscription, reminder: Reminder, sender: Sender, text: dict[str, Any], left: timedelta
) -> Outcome:
    if phone.last_accepted == reminder.public_id:
        return Outcome.ACCEPTED
    outcome = sender.send(phone, text, topic=reminder.public_id.hex, ttl=left)
    this_phone = PushSubscription.id == phone.id
    if outcome is Outcome.ACCEPTED:
        db.session.execute(update(PushSubscription).where(this_phone).values(last_accepted=reminder.public_id))
    elif outcome is Outcome.GONE:
        db.session.execute(delete(PushSubscription).where(this_phone))
    db.session.commit()
    return outcome


def _try_later(reminder: Reminder) -> None:
    """Wait twice as long after each try, until it is too late."""
    _change(reminder, next_try_at=clock.now() + BACK_OFF * 2 ** min(reminder.attempts - 1, BACK_OFF_DOUBLES))


def _end(reminder: Reminder, state: str) -> None:
    _change(reminder, state=state, ended_at=clock.now())


def _change(reminder: Reminder, **values: Any) -> None:
    db.session.execute(update(Reminder).where(Reminder.id == reminder.id, Reminder.state == "due").values(**values))
    db.session.commit()
