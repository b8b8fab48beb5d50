"""Which night an instant belongs to: a night opens at noon of its date and closes at the next noon, local time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

NOON = time(12)
FIRST_NIGHT = date(2000, 1, 1)
LATE_AFTER = timedelta(hours=24)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA zone, such as Europe/Paris."""
    return name in _zones()


def zone(name: str) -> ZoneInfo:
    """Return the zone; UTC where this machine does not know the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local_date(instant: datetime, zone_name: str) -> date:
    """Return the calendar date at an instant, in the zone of the person."""
    return instant.astimezone(zone(zone_name)).date()


def open_night(instant: datetime, zone_name: str) -> date:
    """Return the night that is open at an instant: the date of its evening, in the zone of the person."""
    local = instant.astimezone(zone(zone_name))
    return local.date() if local.time() >= NOON else local.date() - timedelta(days=1)


def last_closed_night(instant: datetime, zone_name: str) -> date:
    """Return the latest night that has passed at an instant."""
    return open_night(instant, zone_name) - timedelta(days=1)


def closes_at(night: date, zone_name: str) -> datetime:
    """Return the instant (UTC) at which a night closes: noon of the day after its evening."""
    return datetime.combine(night + timedelta(days=1), NOON, zone(zone_name)).astimezone(UTC)


def is_late(night: date, zone_name: str, edited_at: datetime) -> bool:
    """Whether an entry first made at ``edited_at`` came more than 24 hours after the night closed."""
    return edited_at - closes_at(night, zone_name) > LATE_AFTER


def is_within_night(night: date, local: datetime) -> bool:
    """Whether a naive local time lies between the noons of a night."""
    opening = datetime.combine(night, NOON)
    return opening <= local < opening + timedelta(days=1)
