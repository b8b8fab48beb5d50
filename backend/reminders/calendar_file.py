"""Reminders as a calendar file (RFC 5545), for phones that take no push messages; without a word about health."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vRecur

from backend.accounts.models import User
from backend.calendar import NOON, zone
from backend.reminders.errors import NothingToRemindError
from backend.reminders.texts import words
from backend.trials.models import Trial

MINUTES_OF_AN_EVENT = timedelta(minutes=5)


def calendar_of(user: User, trial: Trial | None, now: datetime) -> bytes:
    """Return a calendar with an alarm every morning, and every evening of a trial.

    An event keeps its UID, so that a newer file changes a calendar that took an older one.

    Parameters
    ----------
    trial : the one that goes on or is to come, if any.

    Raises
    ------
    NothingToRemindError
        Neither time is chosen, or there is a time for evenings only and no trial.

    """
    events = list(_events(user, trial, now))
    if not events:
        raise NothingToRemindError
    calendar = Calendar()
    calendar.add("prodid", "-//Charley//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Charley")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _events(user: User, trial: Trial | None, now: datetime) -> Iterator[Event]:
    said = words(user.language)
    today = now.astimezone(zone(user.zone)).date()
    if user.reminder_morning:
        yield _event(user, "morning", said.morning, today + timedelta(days=1), user.reminder_morning, now)
    if user.reminder_evening and trial:
        # The evening before a day of stockings, or the evening of a night with them; past midnight is the next date.
        at = time.fromisoformat(user.reminder_evening)
        shift = timedelta(days=(at < NOON) - (trial.exposure == "day"))
        first, last = max(trial.start_date + shift, today), trial.end_date + shift
        text = said.tomorrow if trial.exposure == "day" else said.tonight
        if first <= last:
            yield _event(user, f"evening {trial.public_id}", text, first, user.reminder_evening, now, last)


def _event(user: User, name: str, text: str, first: date, at: str, now: datetime, last: date | None = None) -> Event:
    place = zone(user.zone)
    start = datetime.combine(first, time.fromisoformat(at), place)
    repeats = {"freq": "daily"}
    event = Event()
    event.add("uid", f"{uuid.uuid5(user.public_id, name)}@charley")
    event.add("dtstamp", now)
    event.add("summary", text)
    event.add("dtstart", start)
    event.add("duration", MINUTES_OF_AN_EVENT)
    event.add("transp", "TRANSPARENT")
    if last:
        repeats["until"] = datetime.combine(last, time(23, 59), place).astimezone(UTC)  # type: ignore[assignment]
    event.add("rrule", vRecur(repeats))
    event.add_component(_alarm(text))
    return event


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", timedelta())
    return alarm
