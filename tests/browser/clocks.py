"""Where on earth it is a given hour at this moment."""

from datetime import UTC, datetime


def zone_where_it_is(hour: int) -> str:
    """Return a zone whose clocks show this hour now, so that a test at noon can be a night."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    # The names of these zones count westward.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
