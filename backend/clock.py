"""The only "now" of the back end."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)


def stamp() -> str:
    """Return the current instant for the name of a file, such as ``20261130T221500Z``."""
    return now().strftime("%Y%m%dT%H%M%SZ")
