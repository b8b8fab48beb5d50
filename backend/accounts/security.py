"""Flask-Security wired to Charley: argon2, cookie session, CSRF, one error shape, 90 days on a patient's phone."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask, Response, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_security import LoginForm, Security, UserMixin, logout_user, user_registered
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from wtforms import ValidationError

from backend import clock
from backend.accounts import passkeys
from backend.accounts.datastore import datastore
from backend.accounts.errors import ForbiddenError, UnauthorizedError
from backend.accounts.models import User
from backend.accounts.sessions import SESSION_DAYS, init_sessions
from backend.config import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, Settings
from backend.problem import FieldError, problem

_PASSWORD_LENGTH = f"Password must have {PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX} characters"

csrf = CSRFProtect()


class SignInForm(LoginForm):
    """E-mail and password. How long a person stays signed in is ours to say, so nobody is remembered on request."""

    remember = None

    def validate_password(self, field: Any) -> None:
        """Refuse what no account has before it is hashed, which fails on endless ones."""
        if len(str(field.data)) > PASSWORD_LENGTH_MAX:
            raise ValidationError(_PASSWORD_LENGTH)


def configure(settings: Settings) -> dict[str, Any]:
    """Return the Flask configuration of sessions, sign-in and CSRF."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=SESSION_DAYS),
        # An answer on its way must not bring back the cookie of a sign-in that another tab has replaced meanwhile.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SECURITY_URL_PREFIX": "/api/auth",
        "SECURITY_REGISTERABLE": True,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_REDIRECT_BEHAVIOR": "spa",
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        # argon2 salts by itself; a second, server-wide salt would only tie passwords to one secret.
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_LENGTH_MIN,
        "SECURITY_MSG_PASSWORD_INVALID_LENGTH": (_PASSWORD_LENGTH, "error"),
        **passkeys.CONFIGURATION,
        # What needs the password again asks for it itself, so there is no route for it.
        "SECURITY_FRESHNESS": timedelta(days=-1),
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CSRF_PROTECT_MECHANISMS": ["session", "basic"],
        "SECURITY_CSRF_COOKIE_NAME": "XSRF-TOKEN",
        "SECURITY_CSRF_COOKIE": {"samesite": "Strict", "httponly": False, "secure": settings.secure},
        "WTF_CSRF_CHECK_DEFAULT": False,
        # An offline phone keeps its token for days; the token is bound to the session anyway.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
    }


def init_security(app: Flask, settings: Settings) -> Limiter:
    """Attach sign-in, its limits and its error shape to ``app``; return what counts tries."""
    csrf.init_app(app)
    security = Security(
        app,
        datastore,
        login_form=SignInForm,
        wan_register_form=passkeys.NewPasskeyForm,
        webauthn_util_cls=passkeys.PhonePasskeys,
    )
    security.datetime_factory = clock.now
    security.want_json(lambda _request: True)
    security.render_json(_render)
    security.unauthn_handler(_refuse_unknown)
    security.unauthz_handler(_refuse_unauthorized)
    # Flask-Limiter remembers limits by the view's name: one shared by several apps would add their limits up.
    # Where shared counters are out of reach each process counts for itself: people can still sign in.
    limiter = Limiter(get_remote_address, app=app, in_memory_fallback_enabled=settings.redis_url is not None)
    per_account, per_address = settings.login_limits
    views: dict[str, Any] = app.view_functions
    login = limiter.limit(per_account, key_func=_account, methods=["POST"])(views["security.login"])
    views["security.login"] = limiter.limit(per_address, methods=["POST"])(login)
    register = _without_signing_in(views["security.register"])
    views["security.register"] = limiter.limit(per_address, methods=["POST"])(register)
    passkeys.guard(views, limiter, settings.login_limits)
    app.before_request(_leave_earlier_session)
    init_sessions(app)
    user_registered.connect(_make_patient, app)
    return limiter


def limit_password_tries(app: Flask, limiter: Limiter, settings: Settings) -> None:
    """Bound the tries at a password that confirms a deletion as those at sign-in; the routes must be registered."""
    per_account, _ = settings.login_limits
    views: dict[str, Any] = app.view_functions
    views["me.Me"] = limiter.limit(per_account, key_func=_signed_in_account, methods=["DELETE"])(views["me.Me"])


def limit_questions(app: Flask, limiter: Limiter, settings: Settings) -> None:
    """Bound the questions of phones that nobody knows as sign-ups; the routes must be registered."""
    _, per_address = settings.login_limits
    views: dict[str, Any] = app.view_functions
    views["restored.Restored"] = limiter.limit(per_address, methods=["POST"])(views["restored.Restored"])


def _signed_in_account() -> str:
    return f"account:{current_user.get_id()}"


def _account() -> str:
    body = request.get_json(silent=True)
    email = body.get("email") if isinstance(body, dict) else None
    return f"account:{str(email).strip().lower()}"


def _without_signing_in(register: Callable[[], Response]) -> Callable[[], Response]:
    """Flask-Security signs in whoever made a new account: who is not signed in had one, and anyone could ask."""

    @wraps(register)
    def view() -> Response:
        response = register()
        if request.method != "POST" or response.status_code >= 400:
            return response
        logout_user()
        session.clear()
        session["fs_cc"] = "set"  # sends the token's cookie along
        return _render({"csrf_token": generate_csrf()}, 200, None, None)

    return view


def _leave_earlier_session() -> None:
    """Whoever signs in on a phone where somebody is signed in means to change places."""
    entrances = {"security.login", "security.register", *passkeys.SIGN_IN}
    changes_places = request.endpoint in entrances and request.method == "POST"
    if changes_places and current_user.is_authenticated:
        logout_user()


def _make_patient(_app: Flask, user: User, **_: Any) -> None:
    datastore.add_role_to_user(user, "patient")


def _render(payload: dict[str, Any], code: int, headers: dict[str, str] | None, _user: UserMixin | None) -> Response:
    if code < 400:
        response = jsonify({"meta": {"code": code}, "response": payload})
        response.status_code = code
        response.headers.update(headers or {})
        return response
    messages = payload.get("field_errors") or {}
    errors = [
        FieldError(f"/{field}" if field else "", text)
        for field, texts in messages.items()
        for text in dict.fromkeys(map(str, texts))
    ]
    detail = " ".join(dict.fromkeys(map(str, payload.get("errors", [])))) or "The request was refused."
    return problem("validation" if errors else "bad-request", status=code, detail=detail, errors=errors)


def _refuse_unknown(*_: Any, **__: Any) -> Response:
    raise UnauthorizedError


def _refuse_unauthorized(*_: Any) -> Response:
    raise ForbiddenError
