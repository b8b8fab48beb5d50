"""What falls due when: at a time of day where the person is, once a night whatever the clocks do.

A clock may be wrong for a while, by days, on one of several workers. Nobody can tell from a single reading which of
two is right, so that each is worked with; what a wrong one left behind is mended when the clock goes back.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import aliased

from backend.accounts.models import User
from backend.calendar import NOON, zone
from backend.db import db, insert_into
from backend.reminders import set_back
from backend.reminders.models import (
    EVENING,
    MORNING,
    PLANNED,
    RECKONED,
    PushSubscription,
    Reminder,
    ReminderClock,
)

# A question about the night belongs to the morning: three hours after breakfast time it only disturbs, and an evening
# plan is past bedtime.
TOO_LATE = timedelta(hours=3)
# A server that was away longer writes down no more than this: what is older is long too late to send.
LOOK_BACK = timedelta(hours=24)
KEPT = timedelta(days=30)
# So many of a kind stay with every person, however old a clock says that they are: they tell who was told.
KEPT_LAST = 14
# By this part of the time that goes by, what is reckoned follows the clock: a leap that was right is believed at last.
BELIEVED = 0.25


def plan_due(now: datetime) -> int:
    """Write down what fell due since the last call, and return how much that was.

    The instants between two calls are looked at once: the row of ``ReminderClock`` moves on in the transaction that
    writes the reminders down, and of two callers only one moves it. A clock that was set back a little is waited for
    (``set_back.SWAY``); one that went back by more starts from there, with what is not yet too late.
    """
    known = db.session.execute(select(ReminderClock.id, ReminderClock.planned_until))
    clocks = {row.id: row.planned_until for row in known}
    if PLANNED not in clocks:
        _start_clock(now)
        return 0
    since = clocks[PLANNED]
    # A database of an earlier version has no such row: then what lies ahead is taken for wrong.
    reckoned = clocks.get(RECKONED, min(since, now))
    went_back = since > now + set_back.SWAY
    start = now - TOO_LATE if went_back else max(since, now - LOOK_BACK)
    rows = list(_falling_due(start, now)) if start < now else []
    moved = update(ReminderClock).where(ReminderClock.id == PLANNED, ReminderClock.planned_until == since)
    if start >= now or db.session.execute(moved.values(planned_until=now)).rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        return 0
    if went_back and set_back.mend(now, reckoned):
        reckoned = now
    elif not went_back:
        reckoned = _reckon(reckoned, since, now)
    _note(RECKONED, reckoned)
    leapt = not went_back and now - since > set_back.EARLY
    _write_down(rows, now, before=since if leapt else None)
    if leapt:
        set_back.believe_told(since, now)
    _forget(now)
    db.session.commit()
    return len(rows)


def _start_clock(now: datetime) -> None:
    """Begin: what fell due before the first call is nobody's reminder."""
    statement = insert_into(ReminderClock, db.session.get_bind().dialect.name).on_conflict_do_nothing()
    db.session.execute(statement, [{"id": number, "planned_until": now} for number in (PLANNED, RECKONED)])
    db.session.commit()


def _reckon(reckoned: datetime, since: datetime, now: datetime) -> datetime:
    """Return the time as it went by: a step adds itself, a leap nothing, and in time the clock is believed."""
    step = now - since
    if step > set_back.EARLY:
        # Coming back from behind is no leap into the unknown.
        was_behind = since < reckoned - set_back.EARLY
        return max(reckoned, now) if was_behind else reckoned
    gap = now - (reckoned + step)
    limit = step * BELIEVED
    return reckoned + step + max(-limit, min(limit, gap))


def _note(number: int, instant: datetime) -> None:
    statement = insert_into(ReminderClock, db.session.get_bind().dialect.name).values(id=number, planned_until=instant)
    db.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"planned_until": instant}))


def _write_down(rows: list[dict[str, Any]], now: datetime, *, before: datetime | None) -> None:
    """Write reminders down, once a person, kind and night; who was told of a night long before it is told again."""
    if not rows:
        return
    statement = insert_into(Reminder, db.session.get_bind().dialect.name)
    given = statement.excluded
    again = {
        "state": "due",
        # Phones show an id once, and this is another message.
        "public_id": given.public_id,
        "due_at": given.due_at,
        "next_try_at": given.due_at,
        "ended_at": None,
    }
    early = set_back.told_early(before=before)
    statement = statement.on_conflict_do_update(
        index_elements=["patient_id", "kind", "night_date", "again"],
        set_=again,
        where=early & (given.due_at > now - TOO_LATE),
    )
    db.session.execute(statement, rows)


def _forget(now: datetime) -> None:
    """Delete what is old, but not the last of each person: a clock that is wrong takes everything for old."""
    newer = aliased(Reminder)
    newer_ones = (
        select(func.count())
        .where(
            newer.patient_id == Reminder.patient_id,
            newer.kind == Reminder.kind,
            newer.night_date > Reminder.night_date,
            newer.again.is_(False),
        )
        .scalar_subquery()
    )
    old = delete(Reminder).where(Reminder.due_at < now - KEPT, newer_ones >= KEPT_LAST)
    db.session.execute(old.execution_options(synchronize_session=False))


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
