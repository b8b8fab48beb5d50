"""Making, listing and changing accounts."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password
from sqlalchemy import select

from backend.accounts.datastore import datastore
from backend.accounts.errors import AccountError
from backend.accounts.models import NAME_LENGTH_MAX, ROLES, User
from backend.config import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN
from backend.db import db


def create_user(email: str, password: str, role: str, display_name: str | None = None) -> User:
    """Make an account.

    Raises
    ------
    AccountError
        The role is unknown, the e-mail taken or malformed, or the password or the name too short or too long.

    """
    if role not in ROLES:
        raise AccountError(f"the role must be one of {', '.join(ROLES)}, not {role!r}")
    email = _normal_email(email)
    if find_by_email(email):
        raise AccountError(f"an account for {email} exists")
    if display_name is not None and not 1 <= len(display_name) <= NAME_LENGTH_MAX:
        raise AccountError(f"the name must have 1 to {NAME_LENGTH_MAX} characters, not {len(display_name)}")
    user = datastore.create_user(email=email, password=_hashed(password), roles=[role], display_name=display_name)
    db.session.commit()
    return user


def find_by_email(email: str) -> User | None:
    """Return the account of an e-mail address, however it is capitalized."""
    return datastore.find_user(email=email, case_insensitive=True)


def list_users() -> Sequence[User]:
    """Return all accounts, by e-mail."""
    return db.session.scalars(select(User).order_by(User.email)).unique().all()


def disable_user(email: str) -> None:
    """Close an account: its data stay, nobody can sign in with it, open sessions end at once."""
    user = _existing(email)
    datastore.deactivate_user(user)
    datastore.set_uniquifier(user)
    db.session.commit()


def set_password(email: str, password: str) -> None:
    """Give an account a new password and end its open sessions."""
    user = _existing(email)
    user.password = _hashed(password)
    datastore.set_uniquifier(user)
    db.session.commit()


def change_profile(user: User, changes: Mapping[str, Any]) -> User:
    """Store what a person told about themselves (``ProfileSchema``)."""
    for name, value in changes.items():
        setattr(user, name, value)
    db.session.commit()
    return user


def _normal_email(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise AccountError(f"{email!r} is not an e-mail address: {error}") from None


def _hashed(password: str) -> str:
    # Sign-in compares normal forms: an accent may be typed as one character or as two.
    normal = unicodedata.normalize("NFKD", password)
    if not PASSWORD_LENGTH_MIN <= len(normal) <= PASSWORD_LENGTH_MAX:
        bounds = f"{PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX}"
        raise AccountError(f"the password must have {bounds} characters, not {len(normal)}")
    return hash_password(normal)


def _existing(email: str) -> User:
    user = find_by_email(email)
    if user is None:
        raise AccountError(f"there is no account for {email}")
    return user
