"""What the cramps of a night come to; a total is known only when every part of it is."""

from collections.abc import Mapping, Sequence
from typing import Any

# Far below what anybody tells, and above what adding tenths leaves behind.
_DIGITS = 10

Cramps = Sequence[Mapping[str, Any]]


def total_minutes(cramps: Cramps) -> float | None:
    """Return the minutes of cramp of a night in all, 0 when there were none."""
    minutes = [cramp["duration_min"] for cramp in cramps]
    return None if None in minutes else round(float(sum(minutes)), _DIGITS)


def worst_pain(cramps: Cramps) -> int | None:
    """Return the worst pain of a night, 0-10, 0 when there were no cramps."""
    pain = [cramp["pain_nrs"] for cramp in cramps]
    return None if None in pain else max(pain, default=0)
