"""Making, listing and changing accounts."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password, verify_password
from sqlalchemy import Connection, delete, exists, select

from backend.accounts.datastore import datastore
from backend.accounts.errors import AccountError, WrongPasswordError
from backend.accounts.models import NAME_LENGTH_MAX, ROLES, User
from backend.accounts.tombstones import Tombstones
from backend.config import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN
from backend.db import db, empty_journal, table_of
from backend.installation import Installation

# SQLite takes a bounded number of values in one statement.
_IDS_AT_ONCE = 500


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


def delete_account(user: User, password: str, tombstones: Tombstones) -> None:
    """Delete a person and, with them, everything about them in every table; open sessions end at once.

    The tombstone is on the disk before the deletion counts: what the person was told is gone stays gone, also when an
    older copy of the database is put back.

    Raises
    ------
    WrongPasswordError
        ``password`` is not this account's.

    """
    if not verify_password(_normal_password(password), user.password):
        raise WrongPasswordError
    public_id = user.public_id
    db.session.execute(delete(User).where(User.id == user.id))
    tombstones.add(public_id)
    db.session.commit()
    empty_journal()


def remove_deleted(tombstones: Tombstones) -> int:
    """Remove the accounts that a restored database brought back although they were deleted; return how many."""
    removed = delete_accounts(db.session.connection(), tombstones.ids())
    db.session.commit()
    return removed


def delete_accounts(connection: Connection, ids: Sequence[UUID]) -> int:
    """Delete the accounts with these public ids, and everything about them; return how many. The caller commits."""
    users, removed = table_of(User), 0
    for start in range(0, len(ids), _IDS_AT_ONCE):
        found = delete(users).where(users.c.public_id.in_(ids[start : start + _IDS_AT_ONCE]))
        removed += connection.execute(found).rowcount
    return removed


def was_lost(public_id: UUID, former: UUID, tombstones: Tombstones) -> bool:
    """Whether a restore brought back a database that does not know an account which nobody deleted.

    Parameters
    ----------
    former : the epoch under which the account was seen last; where it is the present one, no restore came between.

    """
    present, since = db.session.execute(select(Installation.epoch, Installation.epoch_since)).one()
    if since is None or former == present:
        return False
    is_known = db.session.scalar(select(exists().where(User.public_id == public_id)))
    return not is_known and not tombstones.names(public_id)


def was_made_since_restore(user: Any) -> bool:
    """Whether somebody is signed in as a patient, with an account newer than the last restore."""
    if not user.is_authenticated or user.role != "patient":
        return False
    since = db.session.scalar(select(Installation.epoch_since))
    return since is not None and user.created_at > since


def _normal_email(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise AccountError(f"{email!r} is not an e-mail address: {error}") from None


def _normal_password(password: str) -> str:
    # Sign-in compares normal forms: an accent may be typed as one character or as two.
    return unicodedata.normalize("NFKD", password)


def _hashed(password: str) -> str:
    normal = _normal_password(password)
    if not PASSWORD_LENGTH_MIN <= len(normal) <= PASSWORD_LENGTH_MAX:
        bounds = f"{PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX}"
        raise AccountError(f"the password must have {bounds} characters, not {len(normal)}")
    return hash_password(normal)


def _existing(email: str) -> User:
    user = find_by_email(email)
    if user is None:
        raise AccountError(f"there is no account for {email}")
    return user
