"""Sign-ins: each has a name of its own, so that signing out ends it wherever its cookie was copied to."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, session
from flask_login import user_logged_in, user_logged_out
from sqlalchemy import delete, inspect

from backend import clock
from backend.accounts.models import EndedSession, User
from backend.db import db

SESSION_ID = "sign_in"
KEPT_ON = "kept_on"
SESSION_DAYS = 90


def init_sessions(app: Flask) -> None:
    """Name every sign-in of ``app``, keep it while it is used, and write down which are over."""
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
    """Write the sign-in down as over; what is older than any cookie is forgotten."""
    over = session.pop(SESSION_ID, None)
    key = inspect(user).identity if over and user.is_authenticated else None
    # An account that was just deleted took its sign-ins along.
    owner = db.session.get(User, key) if key else None
    if owner is None:
        return
    now = clock.now()
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < now - timedelta(days=SESSION_DAYS)))
    db.session.add(EndedSession(id=over, user_id=owner.id, ended_at=now))
    db.session.commit()
