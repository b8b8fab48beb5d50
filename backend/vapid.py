"""The key with which a server tells push services who it is (RFC 8292): a P-256 key, in base64url without padding."""

import base64

# Flask-Security brings the library along; whoever sends no reminders does without loading it here.
PRIVATE_BYTES = 32


def make_private_key() -> str:
    """Return a new key."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    return _text(generate_private_key(SECP256R1()).private_numbers().private_value.to_bytes(PRIVATE_BYTES))


def public_key_of(private_key: str) -> str:
    """Return the public half of a key, with which browsers subscribe: 65 bytes.

    Raises
    ------
    ValueError
        The text is no key.

    """
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = base64.b64decode(f"{private_key}=", altchars=b"-_", validate=True)
    if len(raw) != PRIVATE_BYTES:
        raise ValueError("a private key has 32 bytes")
    key = derive_private_key(int.from_bytes(raw), SECP256R1()).public_key()
    return _text(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
