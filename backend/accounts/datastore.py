"""Flask-Security's store of users."""

from typing import Any, cast

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from backend.accounts.models import Passkey, Role, User
from backend.db import db

# Built once: the identity of every request is looked up with it.
_USER_OF_SESSION = select(User).options(joinedload(User.roles)).where(User.fs_uniquifier == bindparam("uniquifier"))


class Datastore(SQLAlchemyUserDatastore):
    """Flask-Security's store with a prebuilt look-up for the session's user."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """Find one user by its attributes."""
        if kwargs.keys() == {"fs_uniquifier"}:
            found = db.session.execute(_USER_OF_SESSION, {"uniquifier": kwargs["fs_uniquifier"]})
            return found.unique().scalar_one_or_none()
        return cast("User | None", super().find_user(case_insensitive=case_insensitive, **kwargs))

    def create_user(self, **kwargs: Any) -> User:
        """Make a user; the caller commits."""
        return cast(User, super().create_user(**kwargs))


datastore = Datastore(db, User, Role, webauthn_model=Passkey)
