"""Sharing in JSON."""

from marshmallow import Schema, fields, validate

from backend.fields import is_storable


class ShareCodeSchema(Schema):
    """A physician's code, and the link that opens the patient's app with it."""

    share_code = fields.String(required=True)
    share_link = fields.String(required=True)


class OfferSchema(Schema):
    """What a patient reads before sharing."""

    display_name = fields.String(required=True)
    consent_version = fields.String(required=True)
    consent_text = fields.String(required=True)


class ShareRequestSchema(Schema):
    """A physician's code, and the version of the consent text that was read."""

    code = fields.String(required=True, validate=[validate.Length(1, 40), is_storable])
    consent_version = fields.String(validate=validate.Length(max=16))


class ShareSchema(Schema):
    """One grant."""

    id = fields.UUID(required=True)
    physician_name = fields.String(required=True)
    granted_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class SharesSchema(Schema):
    """A patient's grants, newest first."""

    shares = fields.List(fields.Nested(ShareSchema), required=True)


class AccessEntrySchema(Schema):
    """One look at a patient's data."""

    at = fields.AwareDateTime(required=True)
    physician_name = fields.String(required=True)
    what = fields.String(required=True)


class AccessLogSchema(Schema):
    """Who looked at what, newest first."""

    entries = fields.List(fields.Nested(AccessEntrySchema), required=True)
