"""Passkeys: the phone's own lock (fingerprint, face, code) instead of the password."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Response, request
from flask_limiter import Limiter
from flask_login import current_user
from flask_security import WebAuthnRegisterForm, verify_password
from flask_security.webauthn_util import WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import HiddenField

from backend.config import PASSWORD_LENGTH_MAX
from backend.problem import FieldError, problem

SIGN_IN = frozenset({"security.wan_signin", "security.wan_signin_response"})
# Whoever holds an unlocked phone for a minute must not leave with a way in of their own, nor lock its owner out.
OWNER_ONLY = frozenset({"security.wan_register", "security.wan_register_response", "security.wan_delete"})

CONFIGURATION = {
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_RP_NAME": "Charley",
    # A passkey asks for finger, face or code, so it stands for both factors.
    "SECURITY_WAN_ALLOW_AS_MULTI_FACTOR": True,
    # Telling which keys an address has would tell that the address is known.
    "SECURITY_WAN_ALLOW_USER_HINTS": False,
}


class NewPasskeyForm(WebAuthnRegisterForm):
    """The name of a new passkey; each one signs in by itself."""

    usage = HiddenField()

    def validate(self, **kwargs: Any) -> bool:
        """Check the name, and set what a request has no say in."""
        self.usage.data = "first"
        return bool(super().validate(**kwargs))


class PhonePasskeys(WebauthnUtil):
    """Keys that the phone itself keeps and finds, and opens for its owner only."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """Ask for a key that signs in without an e-mail address, of this phone or of a separate device."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """Ask for finger, face or code at each sign-in."""
        return UserVerificationRequirement.REQUIRED


def guard(views: dict[str, Any], limiter: Limiter, login_limits: tuple[str, str]) -> None:
    """Bound how often passkeys are tried, and ask for the password before they change."""
    per_account, per_address = login_limits
    for endpoint in SIGN_IN:
        views[endpoint] = limiter.limit(per_address, methods=["POST"])(views[endpoint])
    for endpoint in OWNER_ONLY:
        asking = _with_password(views[endpoint])
        views[endpoint] = limiter.limit(per_account, key_func=_owner, methods=["POST"])(asking)


def _owner() -> str:
    return f"owner:{current_user.get_id()}"


def _with_password(view: Callable[..., Response]) -> Callable[..., Response]:
    @wraps(view)
    def ask(**address: str) -> Response:
        if request.method == "POST" and not _is_own_password(request.get_json(silent=True)):
            return problem(
                "validation",
                detail="The password is not right.",
                errors=[FieldError("/password", "This is not the password of the account.")],
            )
        return view(**address)

    return ask


def _is_own_password(body: Any) -> bool:
    typed = body.get("password") if isinstance(body, Mapping) else None
    # Hashing endless text would keep the server busy; no password is that long.
    if not isinstance(typed, str) or len(typed) > PASSWORD_LENGTH_MAX:
        return False
    return verify_password(typed, current_user.password)
