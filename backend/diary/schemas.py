"""The night in JSON, the same in PUT and GET."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from backend.calendar import is_zone
from backend.diary.night_fields import CRAMP_FIELDS, NIGHT_FIELDS, UNITS, NightField
from backend.fields import StrictBoolean, StrictFloat, is_storable

MAX_CRAMPS = 50
MAX_LAST_CHANGES = 100
# The header that tells when the newest change of a diary was received.
CHANGED = "Diary-Changed"
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_LOCAL_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
ACTIONS = ("recorded", "imported", "corrected", "deleted", "refused")


class InstantText(fields.String):
    """An RFC 3339 time with its offset, kept as sent so that the sender recognizes its own words."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not _INSTANT.fullmatch(text) or parse_instant(text) is None:
            raise ValidationError("Must be a time with its offset, such as 2026-11-04T07:10:00Z.")
        return text


def parse_instant(text: str) -> datetime | None:
    """Return the aware time a text names, or None."""
    try:
        instant = datetime.fromisoformat(text)
        return instant if instant.utcoffset() is not None and 2000 <= instant.year <= 9000 else None
    except ValueError:
        return None


def instant_text(instant: datetime) -> str:
    """Return an aware time as RFC 3339, in UTC, to the microsecond: whoever sends it back must hit it."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class InstantTexts(fields.List[Any]):
    """Times that a sender repeats as they were told; what is wrong with one of them is said of the whole."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(InstantText(metadata={"format": "date-time"}), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        try:
            return super()._deserialize(value, attr, data, **kwargs)
        except ValidationError:
            raise ValidationError("Must be times with their offset, such as 2026-11-04T07:10:00.123456Z.") from None


class LocalMinuteText(fields.String):
    """A local time without zone, to the minute."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not _is_local_minute(text):
            raise ValidationError("Must be a local time such as 2026-11-04T03:10.")
        return text


def _is_local_minute(text: str) -> bool:
    try:
        return bool(_LOCAL_MINUTE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _has_no_repeats(values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise ValidationError("Must name each value once.")


def _json_of(field: NightField) -> fields.Field[Any]:
    """Return what JSON may say of a field; what is left out is null, empty, or a group of nulls."""
    open_: dict[str, Any] = {"allow_none": True, "load_default": None}
    match field.kind:
        case "flag":
            return StrictBoolean(**open_)
        case "number":
            description = {"description": UNITS[field.unit]}
            return StrictFloat(**open_, validate=validate.Range(field.low, field.high), metadata=description)
        case "whole":
            return fields.Integer(strict=True, **open_, validate=validate.Range(field.low, field.high))
        case "choice":
            return fields.String(**open_, validate=validate.OneOf(field.choices))
        case "words":
            one = fields.String(validate=validate.OneOf(field.choices))
            return fields.List(one, load_default=list, validate=_has_no_repeats, metadata={"uniqueItems": True})
        case "minute":
            return LocalMinuteText(**open_, metadata={"example": "2026-11-04T03:10"})
        case "text":
            return fields.String(**open_, validate=[validate.Length(max=field.longest), is_storable])
        case "zone":
            return fields.String(required=True, metadata={"description": "IANA zone where the person woke"})
        case "instant":
            return InstantText(required=True, metadata={"format": "date-time"})
        case "group":
            empty = [member.name for member in field.members]
            group = Schema.from_dict(_json_of_all(field.members), name=f"{field.name.capitalize()}Schema")
            return fields.Nested(group, load_default=lambda: dict.fromkeys(empty))


def _json_of_all(told: Iterable[NightField]) -> dict[str, fields.Field[Any]]:
    return {field.name: _json_of(field) for field in told}


# One episode of nocturnal leg cramp.
CrampSchema = Schema.from_dict({"id": fields.UUID(required=True), **_json_of_all(CRAMP_FIELDS)}, name="CrampSchema")
_ANY_NIGHT = Schema.from_dict(
    {
        "night_date": fields.Date(metadata={"description": "date of the evening; if given, the date in the address"}),
        "cramps": fields.List(fields.Nested(CrampSchema), required=True, validate=validate.Length(max=MAX_CRAMPS)),
        **_json_of_all(NIGHT_FIELDS),
    }
)


class NightSchema(_ANY_NIGHT):  # type: ignore[misc, valid-type]  # made of the table of fields
    """One night, dated by its evening. No cramps is ``cramps: []``; a night without an entry has no JSON at all."""

    @validates_schema
    def _check_zone(self, data: dict[str, Any], **_: Any) -> None:
        if not is_zone(data["tz"]):
            raise ValidationError("Must be an IANA zone such as Europe/Paris.", "tz")

    @validates_schema
    def _check_cramp_ids(self, data: dict[str, Any], **_: Any) -> None:
        ids = [cramp["id"] for cramp in data["cramps"]]
        if len(set(ids)) != len(ids):
            raise ValidationError("Must give each cramp an id of its own.", "cramps")


class FeedQuerySchema(Schema):
    """Either a cursor, or a range of dates, or neither for everything."""

    cursor = fields.Integer(validate=validate.Range(0, 2**31 - 1))
    last_change = InstantTexts(
        load_default=list,
        validate=validate.Length(max=MAX_LAST_CHANGES),
        metadata={
            "description": "with `cursor`: what `last_change` or the header `Diary-Changed` told since and including "
            "the last page, as it was told; may be repeated. A diary that lacks one is answered from its beginning, "
            "under a new `epoch`."
        },
    )
    from_ = fields.Date(data_key="from")
    to = fields.Date()


class FeedSchema(Schema):
    """Nights and deletions after a cursor.

    ``epoch`` changes when the server was restored from a backup, and when a phone knows of more than this diary has:
    its ``cursor`` lies beyond the diary's counter, or a ``last_change`` it names is not there. The answer is then the
    diary from its beginning, and phones offer everything again.
    """

    epoch = fields.UUID(required=True)
    cursor = fields.Integer(required=True)
    nights = fields.List(fields.Nested(NightSchema), required=True)
    etags = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    deleted = fields.List(fields.Date(), required=True)
    last_change = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "when the newest change of this diary was received, to the microsecond; null if none"},
    )


class ActorSchema(Schema):
    """Who made a change."""

    id = fields.UUID(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True)


class RevisionSchema(Schema):
    """One change of a night, or one that was refused and is kept."""

    at = fields.AwareDateTime(required=True)
    actor = fields.Nested(ActorSchema, required=True, allow_none=True)
    action = fields.String(required=True, validate=validate.OneOf(ACTIONS))
    edited_at = fields.String(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    woke_on = fields.Date(required=True)
    old = fields.Nested(NightSchema, required=True, allow_none=True)
    new = fields.Nested(NightSchema, required=True, allow_none=True)


class HistorySchema(Schema):
    """Every change of one night, oldest first."""

    revisions = fields.List(fields.Nested(RevisionSchema), required=True)
