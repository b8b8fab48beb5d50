"""Sign-ins: each has a name of its own, so that signing out ends it wherever its cookie was copied to."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import user_logged_in, user_logged_out
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import delete, inspect, select

from backend import clock
from backend.accounts.models import EndedSession, User
from backend.db import db

SESSION_ID = "sign_in"
KEPT_ON = "kept_on"
SESSION_DAYS = 90
# So many of the oldest are forgotten for each sign-in that ends: under a clock that is wrong all would seem old, and
# copies of their cookies would open something again.
_FORGOTTEN_AT_ONCE = 2


class _Signer(TimestampSigner):
    """Takes a cookie from the time to come for one of now: whoever used Charley while its clock was ahead stays in."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """Check the signature, and that it is not older than ``max_age`` seconds."""
        value, signed_at = super().unsign(signed_value, return_timestamp=True)
        if max_age is not None and self.get_timestamp() - signed_at.timestamp() > max_age:
            raise SignatureExpired("the cookie is too old", payload=value, date_signed=signed_at)
        return (value, signed_at) if return_timestamp else value


class _Cookies(SecureCookieSessionInterface):
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        made = super().get_signing_serializer(app)
        if made:
            made.signer = _Signer
        return made


def init_sessions(app: Flask) -> None:
    """Name every sign-in of ``app``, keep it while it is used, and write down which are over."""
    app.session_interface = _Cookies()
    app.before_request(_keep)
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)


def _begin(_app: Flask, user: User, **_: Any) -> None:
    session.permanent = user.role == "patient"
    session[SESSION_ID] = secrets.token_urlsafe(16)
    _keep()


def _keep() -> None:
    """Lengthen the sign-in once a day: its cookie ends ``SESSION_DAYS`` after the last day of use."""
    today = clock.now().date().isoformat()
    if SESSION_ID in session and session.get(KEPT_ON) != today:
        session[KEPT_ON] = today


def _end(_app: Flask, user: User, **_: Any) -> None:
    """Write the sign-in down as over; some of those that are older than any cookie are forgotten."""
    over = session.pop(SESSION_ID, None)
    key = inspect(user).identity if over and user.is_authenticated else None
    # An account that was just deleted took its sign-ins along.
    owner = db.session.get(User, key) if key else None
    if owner is None:
        return
    now = clock.now()
    old = (
        select(EndedSession.id)
        .where(EndedSession.ended_at < now - timedelta(days=SESSION_DAYS))
        .order_by(EndedSession.ended_at)
        .limit(_FORGOTTEN_AT_ONCE)
    )
    db.session.execute(delete(EndedSession).where(EndedSession.id.in_(old)))
    db.session.add(EndedSession(id=over, user_id=owner.id, ended_at=now))
    db.session.commit()
