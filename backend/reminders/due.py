"""What falls due when: at a time of day where the person is, once a night whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from backend.accounts.models import User
from backend.db import db, insert_into
from backend.diary.calendar import NOON, zone
from backend.reminders.models import EVENING, MORNING, PushSubscription, Reminder, ReminderClock

# A server that was away longer writes down no more than this: what is older is long too late to send.
LOOK_BACK = timedelta(hours=24)
KEPT = timedelta(days=30)


def plan_due(now: datetime) -> int:
    """Write down what fell due since the last call, and return how much that was.

    The instants between two calls are looked at once: the row of ``ReminderClock`` moves on in the transaction that
    writes the reminders down, and of two callers only one moves it.
    """
    since = db.session.scalar(select(ReminderClock.planned_until))
    if since is None:
        _start_clock(now)
        return 0
    rows = list(_falling_due(max(since, now - LOOK_BACK), now))
    moved = update(ReminderClock).where(ReminderClock.planned_until == since).values(planned_until=now)
    if since >= now or db.session.execute(moved).rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        return 0
    if rows:
        statement = insert_into(Reminder, db.session.get_bind().dialect.name)
        db.session.execute(statement.on_conflict_do_nothing(), rows)
    db.session.execute(delete(Reminder).where(Reminder.due_at < now - KEPT))
    db.session.commit()
    return len(rows)


def _start_clock(now: datetime) -> None:
    """Begin: what fell due before the first call is nobody's reminder."""
    statement = insert_into(ReminderClock, db.session.get_bind().dialect.name).values(id=1, planned_until=now)
    db.session.execute(statement.on_conflict_do_nothing())
    db.session.commit()


def _falling_due(since: datetime, now: datetime) -> Iterator[dict[str, Any]]:
    people = db.session.execute(
        select(User.id, User.zone, User.reminder_morning, User.reminder_evening).where(
            User.active,
            or_(User.reminder_morning.is_not(None), User.reminder_evening.is_not(None)),
            User.id.in_(select(PushSubscription.patient_id)),
        )
    )
    # Many people share a time and a zone.
    known: dict[tuple[str, str, str], list[tuple[datetime, date]]] = {}
    for patient_id, zone_name, morning, evening in people:
        for kind, at in ((MORNING, morning), (EVENING, evening)):
            if at is None:
                continue
            key = (kind, at, zone_name)
            if key not in known:
                known[key] = list(instants(kind, at, zone_name, since, now))
            for due_at, night in known[key]:
                yield {
                    "patient_id": patient_id,
                    "kind": kind,
                    "night_date": night,
                    "due_at": due_at,
                    "next_try_at": due_at,
                }


def instants(kind: str, at: str, zone_name: str, since: datetime, now: datetime) -> Iterator[tuple[datetime, date]]:
    """Return when a reminder falls due after ``since`` up to ``now``, and which night it is about.

    A local time that a clock change leaves out counts as if the clock had not changed yet; of one that comes twice the
    first counts.

    Parameters
    ----------
    kind : ``morning`` is about the night that ends on the day, ``evening`` about the one that is open at the time.
    at : local time of day, ``HH:MM``.

    """
    local = time.fromisoformat(at)
    place = zone(zone_name)
    day = since.astimezone(place).date()
    while day <= now.astimezone(place).date():
        due_at = datetime.combine(day, local, place).astimezone(UTC)
        if since < due_at <= now:
            yield due_at, night_of(kind, local, day)
        day += timedelta(days=1)


def night_of(kind: str, local: time, day: date) -> date:
    """Return the night a reminder on a day is about."""
    opens_today = kind == EVENING and local >= NOON
    return day if opens_today else day - timedelta(days=1)
