"""Flask-Security's store of users."""

from typing import Any, cast

from flask import has_request_context, session
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload

from backend.accounts.models import EndedSession, Passkey, Role, User
from backend.accounts.sessions import SESSION_ID
from backend.db import db

# Built once: the identity of every request is looked up with it. Everybody has a role, and an inner join is the faster.
_USER_OF_SESSION = (
    select(User)
    .options(joinedload(User.roles, innerjoin=True))
    .where(
        User.fs_uniquifier == bindparam("uniquifier"),
        ~exists().where(EndedSession.id == bindparam("session")),
    )
)


class Datastore(SQLAlchemyUserDatastore):
    """Flask-Security's store with a prebuilt look-up for the session's user."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """Find one user by its attributes."""
        if kwargs.keys() == {"fs_uniquifier"}:
            signed_in = session.get(SESSION_ID, "") if has_request_context() else ""
            found = db.session.execute(_USER_OF_SESSION, {"uniquifier": kwargs["fs_uniquifier"], "session": signed_in})
            return found.unique().scalar_one_or_none()
        return cast("User | None", super().find_user(case_insensitive=case_insensitive, **kwargs))

    def create_user(self, **kwargs: Any) -> User:
        """Make a user; the caller commits."""
        return cast(User, super().create_user(**kwargs))


datastore = Datastore(db, User, Role, webauthn_model=Passkey)
