"""What ``NightSchema`` asks of a field of a night, for those who read a night elsewhere or describe it."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from backend.diary.schemas import NightSchema

Path = Sequence[str | int]
_NIGHT = NightSchema()


def bounds_at(path: Path) -> dict[str, float]:
    """Return the smallest and largest value of a field, both allowed, as ``low`` and ``high``; empty without bounds."""
    ranges = [one for one in _validators(_field_at(path)) if isinstance(one, validate.Range)]
    return {"low": ranges[0].min, "high": ranges[0].max} if ranges else {}


def choices_at(path: Path) -> tuple[str, ...]:
    """Return the answers of which a field has one, or several if it is a list; empty where there is no choice."""
    field = _field_at(path)
    inner = field.inner if isinstance(field, fields.List) else field
    named = [one for one in _validators(inner) if isinstance(one, validate.OneOf)]
    return tuple(named[0].choices) if named else ()


def longest_at(path: Path) -> int | None:
    """Return how many characters a text, or members a list, may have."""
    lengths = [one for one in _validators(_field_at(path)) if isinstance(one, validate.Length)]
    return lengths[0].max if lengths else None


def _field_at(path: Path) -> fields.Field[Any] | None:
    """Find a field by the names on the way to it; places in lists are passed over."""
    schema: Schema = _NIGHT
    found: fields.Field[Any] | None = None
    for step in path:
        if isinstance(step, int):
            continue
        found = schema.fields.get(step)
        inner = found.inner if isinstance(found, fields.List) else found
        if isinstance(inner, fields.Nested):
            schema = inner.schema
    return found


def _validators(field: fields.Field[Any] | None) -> Sequence[Any]:
    return field.validators if field else ()
