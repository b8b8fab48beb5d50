"""Where on earth it is a given hour at this moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# By day, with an hour to spare for what a test does.
_DAY = range(6, 21)
_ELSEWHERE = ("Asia/Tokyo", "America/Los_Angeles", "Europe/Athens", "Asia/Kolkata", "Pacific/Auckland")


def zone_by_day(name: str) -> str:
    """Return a zone, or another one where it is day: in the night Today asks first whether the night is over."""
    return next(zone for zone in (name, *_ELSEWHERE) if datetime.now(ZoneInfo(zone)).hour in _DAY)


# Where patients live, and where some others do.
HOME, AWAY = zone_by_day("Europe/Paris"), zone_by_day("America/New_York")


def zone_where_it_is(hour: int) -> str:
    """Return a zone whose clocks show this hour now, so that a test at noon can be a night."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    # The names of these zones count westward.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
