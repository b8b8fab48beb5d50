"""What a person tells about themselves, in JSON."""

from marshmallow import Schema, ValidationError, fields, validate

from backend import clock
from backend.accounts.models import NAME_LENGTH_MAX
from backend.calendar import is_zone
from backend.config import PASSWORD_LENGTH_MAX
from backend.fields import StrictFloat, is_storable

LANGUAGES = ("en", "es")
EARLIEST_BIRTH = 1900


def _is_zone(name: str) -> None:
    if not is_zone(name):
        raise ValidationError("Must be an IANA zone such as Europe/Paris.")


def _is_birth_year(year: int) -> None:
    latest = clock.now().year
    if not EARLIEST_BIRTH <= year <= latest:
        raise ValidationError(f"Must be from {EARLIEST_BIRTH} to {latest}.")


_TIME = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z", error="Must be a time such as 07:30.")


class ProfileSchema(Schema):
    """The parts of an account its owner may change."""

    display_name = fields.String(allow_none=True, validate=[validate.Length(1, NAME_LENGTH_MAX), is_storable])
    birth_year = fields.Integer(strict=True, allow_none=True, validate=_is_birth_year)
    country = fields.String(
        allow_none=True, validate=validate.Regexp(r"^[A-Z]{2}\Z", error="Must be two capital letters (ISO 3166).")
    )
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    zone = fields.String(validate=_is_zone)
    reminder_morning = fields.String(allow_none=True, validate=_TIME)
    reminder_evening = fields.String(allow_none=True, validate=_TIME)
    usual_cramps_per_week = StrictFloat(allow_none=True, validate=validate.Range(0, 350))


class DeletionSchema(Schema):
    """The password, typed once more before everything is deleted."""

    password = fields.String(required=True, validate=[validate.Length(1, PASSWORD_LENGTH_MAX), is_storable])


class PhoneSchema(Schema):
    """What a phone still knows of the account whose diary it holds."""

    account = fields.UUID(required=True, metadata={"description": "its `id` as `/api/me` told it"})
    epoch = fields.UUID(required=True, metadata={"description": "`epoch` of the feed as it was told last"})


class LostSchema(Schema):
    """What a restore did to an account."""

    lost = fields.Boolean(
        required=True,
        metadata={"description": "the database was restored since, its copy does not have the account, and nobody "
                  "deleted it"},
    )  # fmt: skip
    new_account = fields.Boolean(
        required=True, metadata={"description": "a patient is signed in whose account was made since the restore"}
    )


class MeSchema(ProfileSchema):
    """The signed-in person."""

    id = fields.UUID(required=True, attribute="public_id")
    email = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(("patient", "physician", "admin")))
    display_name = fields.String(required=True, allow_none=True)
    birth_year = fields.Integer(required=True, allow_none=True)
    country = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    zone = fields.String(required=True)
    reminder_morning = fields.String(required=True, allow_none=True)
    reminder_evening = fields.String(required=True, allow_none=True)
    usual_cramps_per_week = StrictFloat(required=True, allow_none=True)
    share_code = fields.String(required=True, allow_none=True, metadata={"description": "physicians only"})
    share_link = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "physicians only: the address that the QR code holds"},
    )
