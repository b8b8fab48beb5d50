"""Push subscriptions as browsers give them (Push API), and what is done with reminders."""

import base64
import binascii

from marshmallow import Schema, ValidationError, fields, validate

from backend.fields import is_storable

ENDPOINT_LENGTH_MAX = 1024
_POINT_BYTES, _SECRET_BYTES = 65, 16


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_point(text: str) -> None:
    """Refuse what is no point of the curve P-256: nothing could be encrypted for it (RFC 8291)."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    raw = _decoded(text.rstrip("="))
    try:
        if len(raw) == _POINT_BYTES:
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw)
            return
    except ValueError:
        pass
    raise ValidationError(f"Must be a P-256 point of {_POINT_BYTES} bytes in base64url.")


def _is_secret(text: str) -> None:
    if len(_decoded(text.rstrip("="))) != _SECRET_BYTES:
        raise ValidationError(f"Must be {_SECRET_BYTES} bytes in base64url.")


def _endpoint() -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, ENDPOINT_LENGTH_MAX), is_storable])


class PushKeySchema(Schema):
    """The server's key for subscribing; null where this server sends no reminders."""

    key = fields.String(required=True, allow_none=True, metadata={"description": "base64url, 65 bytes"})


class PushKeysSchema(Schema):
    """What a browser made for encrypting."""

    p256dh = fields.String(required=True, validate=[validate.Length(max=88), _is_point])
    auth = fields.String(required=True, validate=[validate.Length(max=24), _is_secret])


class SubscriptionSchema(Schema):
    """A browser's push subscription."""

    endpoint = _endpoint()
    keys = fields.Nested(PushKeysSchema, required=True)


class EndpointSchema(Schema):
    """Which subscription is meant."""

    endpoint = _endpoint()


class SnoozeSchema(Schema):
    """Which reminder is to come again."""

    id = fields.UUID(required=True)
