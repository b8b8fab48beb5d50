"""When the clock goes back: what was written down and sent under a time that has not come yet.

Either the clock was ahead, and all of that was wrong; or it is behind now, and all of that is right. The time as it was
reckoned from look to look tells the two apart. What was never sent may be looked at anew in both cases. What was sent
stays sent, but for nights that lie ahead: who was told of them is told again when they come.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, true, update

from backend.db import db
from backend.reminders.models import Reminder

# Clocks that are kept right by others are set back by seconds, sometimes minutes.
SWAY = timedelta(minutes=15)
# Longer before it falls due no reminder is about the night that its person is in. A clock that moves on by more from
# one look to the next has leapt: it was set, or the server was off.
EARLY = timedelta(hours=12)
# How long after a mark a leap of the clock counts as time that went by.
SETTLED = timedelta(hours=6)
# Longer than anything waits in good order: the longest back-off of a try, and a reminder put off.
LONGEST_WAIT = timedelta(minutes=64)
# Two workers with different clocks undo each other's work; nobody is told of one night more often for it than this.
TOLD_MOST = 3


def mend(now: datetime, reckoned: datetime) -> bool:
    """Take back what belongs to a time that has not come, and return whether the clock had been ahead.

    Parameters
    ----------
    reckoned : the time as it went by from look to look.

    """
    was_ahead = now >= reckoned - EARLY
    not_yet = now + SWAY
    if was_ahead:
        _forget_nights_ahead(now)
    # Where nothing was sent, nothing has ended.
    _change(
        Reminder.state.in_(("missed", "quiet", "refused")) & (Reminder.ended_at > not_yet),
        state="due",
        next_try_at=Reminder.due_at,
        ended_at=None,
    )
    # What was put off waits for half an hour, whatever time it was.
    _change(
        and_(
            Reminder.state == "due",
            Reminder.again,
            Reminder.due_at > not_yet + LONGEST_WAIT,
            Reminder.night_date <= now.date(),
        ),
        due_at=now,
        next_try_at=now,
    )
    # A try that failed, or a worker that died, left a time to try again.
    _change(
        and_(
            Reminder.state == "due",
            Reminder.next_try_at > not_yet + LONGEST_WAIT,
            Reminder.next_try_at > Reminder.due_at,
        ),
        next_try_at=Reminder.due_at,
    )
    return was_ahead


def _forget_nights_ahead(now: datetime) -> None:
    ahead = Reminder.due_at > now + SWAY + LONGEST_WAIT
    # What somebody is sending at this moment is left to them.
    untold = (Reminder.state != "sent") & ((Reminder.state != "due") | (Reminder.attempts == 0))
    db.session.execute(
        delete(Reminder).where(ahead, untold, Reminder.again.is_(False)).execution_options(synchronize_session=False)
    )
    # Its end is taken back; what remains is that it was sent, and when this was found.
    sent = and_(Reminder.state == "sent", Reminder.ended_at > now + SWAY, Reminder.due_at > now + EARLY)
    _change(sent, ended_at=None, next_try_at=now)


def told_early(*, before: datetime | None) -> ColumnElement[bool]:
    """Return the condition for a reminder of a night that lay ahead when it was sent.

    Parameters
    ----------
    before : where the clock has leapt, from when: only what was found well before that counts. Else a clock that comes
        back from behind, or two workers with different clocks, would send again what was sent.

    """
    settled = Reminder.next_try_at < before - SETTLED if before else true()
    return and_(Reminder.state == "sent", Reminder.ended_at.is_(None), Reminder.attempts < TOLD_MOST, settled)


def believe_told(since: datetime, now: datetime) -> None:
    """Take what the clock has leapt over as told, where it was sent."""
    leapt_over = and_(Reminder.due_at > since, Reminder.due_at <= now)
    _change(leapt_over & (Reminder.state == "sent") & Reminder.ended_at.is_(None), ended_at=Reminder.due_at)


def _change(which: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(Reminder).where(which).values(**values).execution_options(synchronize_session=False))
