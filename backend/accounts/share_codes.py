"""The code by which patients find a physician."""

from sqlalchemy import select

from backend import clock
from backend.accounts.codes import new_code, read_code
from backend.accounts.errors import CodeNotFoundError
from backend.accounts.models import ShareCode, User
from backend.db import db, insert_into


def share_code_of(user: User) -> str | None:
    """Return a physician's code, made at first sight, as it is written down (``ABCD-EFGH``); None for others."""
    if user.role != "physician":
        return None
    find = select(ShareCode.code).where(ShareCode.physician_id == user.id)
    code = db.session.scalar(find)
    if code is None:
        statement = insert_into(ShareCode, db.session.get_bind().dialect.name)
        row = {"physician_id": user.id, "code": new_code(), "created_at": clock.now()}
        db.session.execute(statement.values(row).on_conflict_do_nothing(index_elements=["physician_id"]))
        db.session.commit()
        code = db.session.scalars(find).one()
    return f"{code[:4]}-{code[4:]}"


def renew_share_code(physician: User) -> None:
    """Give a physician a new code; the old one, its links and its pictures lead nowhere from then on.

    Who shares already goes on sharing: a code only leads to the question.
    """
    code = db.session.get(ShareCode, physician.id) or ShareCode(physician_id=physician.id)
    code.code, code.created_at = new_code(), clock.now()
    db.session.add(code)
    db.session.commit()


def physician_by_code(typed: str) -> User:
    """Return the physician a typed code belongs to.

    Raises
    ------
    CodeMistypedError, CodeNotFoundError

    """
    found = db.session.scalar(
        select(User)
        .join(ShareCode, ShareCode.physician_id == User.id)
        .where(ShareCode.code == read_code(typed), User.active)
    )
    if found is None:
        raise CodeNotFoundError
    return found
