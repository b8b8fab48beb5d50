"""Which phones are reminded, putting a reminder off once, and the calendar file."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from backend import clock
from backend.accounts.models import User
from backend.calendar import open_night
from backend.db import db, insert_into
from backend.reminders.errors import ReminderNotFoundError, SnoozedError, UnknownPushServiceError
from backend.reminders.models import PushSubscription, Reminder
from backend.reminders.push_services import is_known
from backend.trials.models import Trial

SUBSCRIPTIONS_MAX = 5
SNOOZE = timedelta(minutes=30)


def subscribe(patient_id: int, subscription: dict[str, Any], *, test_service: str | None = None) -> bool:
    """Remind a patient on a browser; return whether the browser is new.

    A browser belongs to the person who subscribed last on it: one phone, one person. Of more than
    ``SUBSCRIPTIONS_MAX`` browsers, those renewed longest ago are forgotten.

    Parameters
    ----------
    subscription : validated (``SubscriptionSchema``).
    test_service : see ``push_services.is_known``.

    Raises
    ------
    UnknownPushServiceError
        The endpoint is no address of a known push service.

    """
    endpoint = subscription["endpoint"]
    if not is_known(endpoint, test_service):
        raise UnknownPushServiceError
    keys = {name: text.rstrip("=") for name, text in subscription["keys"].items()}
    given = {"patient_id": patient_id, "renewed_at": clock.now(), **keys}
    created = db.session.scalar(select(PushSubscription.id).where(PushSubscription.endpoint == endpoint)) is None
    statement = insert_into(PushSubscription, db.session.get_bind().dialect.name).values(endpoint=endpoint, **given)
    db.session.execute(statement.on_conflict_do_update(index_elements=["endpoint"], set_=given))
    _forget_oldest(patient_id)
    db.session.commit()
    return created


def _forget_oldest(patient_id: int) -> None:
    kept = (
        select(PushSubscription.id)
        .where(PushSubscription.patient_id == patient_id)
        .order_by(PushSubscription.renewed_at.desc(), PushSubscription.id.desc())
        .limit(SUBSCRIPTIONS_MAX)
    )
    db.session.execute(
        delete(PushSubscription).where(PushSubscription.patient_id == patient_id, PushSubscription.id.not_in(kept))
    )


def unsubscribe(patient_id: int, endpoint: str) -> None:
    """Remind a patient no longer on a browser; one that is not subscribed is left as it is."""
    db.session.execute(
        delete(PushSubscription).where(PushSubscription.patient_id == patient_id, PushSubscription.endpoint == endpoint)
    )
    db.session.commit()


def snooze(patient_id: int, reminder_id: UUID) -> None:
    """Let a reminder come again once, in half an hour.

    Raises
    ------
    ReminderNotFoundError
        It is not a reminder of this patient.
    SnoozedError
        It has been put off before, or is the one that came again.

    """
    first = db.session.scalar(
        select(Reminder).where(Reminder.public_id == reminder_id, Reminder.patient_id == patient_id)
    )
    if first is None:
        raise ReminderNotFoundError
    if first.again:
        raise SnoozedError
    at = clock.now() + SNOOZE
    statement = insert_into(Reminder, db.session.get_bind().dialect.name).values(
        patient_id=patient_id, kind=first.kind, night_date=first.night_date, again=True, due_at=at, next_try_at=at
    )
    stored = db.session.execute(statement.on_conflict_do_nothing().returning(Reminder.id)).scalar_one_or_none()
    db.session.commit()
    if stored is None:
        raise SnoozedError


def calendar_file(user: User) -> bytes:
    """Return a patient's reminders as a calendar; ``NothingToRemindError`` where none is chosen."""
    # The library is loaded by the few who ask for a file.
    from backend.reminders.calendar_file import calendar_of

    now = clock.now()
    trial = db.session.scalar(
        select(Trial)
        .where(Trial.patient_id == user.id, Trial.stopped_at.is_(None), Trial.end_date >= open_night(now, user.zone))
        .order_by(Trial.start_date)
        .limit(1)
    )
    return calendar_of(user, trial, now)
