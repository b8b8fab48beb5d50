"""Who may read whose diary, and who did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend import clock
from backend.accounts.models import User
from backend.audit import AccessEntry
from backend.care.codes import new_code, read_code
from backend.care.consent import CONSENT_VERSION, consent_text
from backend.care.errors import CodeNotFoundError, ConsentChangedError, PatientNotFoundError, ShareNotFoundError
from backend.care.models import Grant, ShareCode
from backend.db import db, insert_into
from backend.diary.calendar import last_closed_night
from backend.diary.service import nights_for_reading
from backend.diary.tallies import contributor_tally, problem_tally

ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Share:
    """A grant as its patient sees it."""

    id: UUID
    physician_name: str
    granted_at: datetime
    revoked_at: datetime | None


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


def offer(typed: str, language: str) -> dict[str, str]:
    """Return what a patient reads before sharing: the physician's name and the consent text."""
    name = physician_by_code(typed).shown_name
    return {
        "display_name": name,
        "consent_version": CONSENT_VERSION,
        "consent_text": consent_text(name, language),
    }


def share(patient: User, typed: str, consent_version: str | None) -> Share:
    """Grant a physician access; sharing twice is sharing once.

    Raises
    ------
    CodeMistypedError, CodeNotFoundError, ConsentChangedError

    """
    physician = physician_by_code(typed)
    if consent_version not in (None, CONSENT_VERSION):
        raise ConsentChangedError
    existing = _open_grant(patient.id, physician.id)
    if existing is None:
        existing = Grant(
            patient_id=patient.id,
            physician_id=physician.id,
            consent_version=CONSENT_VERSION,
            consent_language=patient.language,
            consent_text=consent_text(physician.shown_name, patient.language),
            granted_at=clock.now(),
        )
        db.session.add(existing)
        try:
            db.session.commit()
        except IntegrityError:  # the same tap arrived twice at once
            db.session.rollback()
            existing = _open_grant(patient.id, physician.id)
            if existing is None:
                raise
    return Share(existing.public_id, physician.shown_name, existing.granted_at, None)


def shares_of(patient_id: int) -> list[Share]:
    """Return a patient's grants, revoked ones included, newest first."""
    rows = db.session.execute(
        select(Grant, User)
        .join(User, Grant.physician_id == User.id)
        .where(Grant.patient_id == patient_id)
        .order_by(Grant.id.desc())
    )
    return [
        Share(grant.public_id, physician.shown_name, grant.granted_at, grant.revoked_at) for grant, physician in rows
    ]


def revoke(patient_id: int, share_id: UUID) -> None:
    """End a grant at once; ending it twice is no error.

    Raises
    ------
    ShareNotFoundError
        The patient has no such share.

    """
    grant = db.session.scalar(select(Grant).where(Grant.public_id == share_id, Grant.patient_id == patient_id))
    if grant is None:
        raise ShareNotFoundError
    if grant.revoked_at is None:
        grant.revoked_at = clock.now()
        db.session.commit()


def patients_of(physician_id: int) -> Sequence[User]:
    """Return the patients who share with a physician."""
    return db.session.scalars(
        select(User)
        .join(Grant, Grant.patient_id == User.id)
        .where(Grant.physician_id == physician_id, Grant.revoked_at.is_(None), User.active)
        .order_by(User.id)
    ).all()


def find_granted(physician_id: int, patient_public_id: UUID) -> User:
    """Return a patient who shares with a physician.

    Raises
    ------
    PatientNotFoundError
        There is no such patient, or the patient does not share: the two look alike on purpose.

    """
    found = db.session.scalar(
        select(User)
        .join(Grant, Grant.patient_id == User.id)
        .where(
            User.public_id == patient_public_id,
            Grant.physician_id == physician_id,
            Grant.revoked_at.is_(None),
            User.active,
        )
    )
    if found is None:
        raise PatientNotFoundError
    return found


def nights_read(patient: User) -> dict[str, Any]:
    """Return a patient's recorded nights, the range they stand in, and what was told beside the cramps."""
    nights, as_of = nights_for_reading(patient.id), last_closed_night(clock.now(), patient.zone)
    return {
        "patient": patient,
        "nights": nights,
        "first_night": nights[0]["night_date"] if nights else None,
        "as_of": as_of,
        "problems": problem_tally(nights, as_of),
        "contributors": contributor_tally(nights),
    }


def log_access(patient_id: int, physician_id: int, what: str) -> None:
    """Write down that a physician opened something of a patient."""
    entry = AccessEntry(patient_id=patient_id, physician_id=physician_id, what=what, at=clock.now())
    db.session.add(entry)
    db.session.commit()


def log_once_a_day(patient_ids: Sequence[int], physician_id: int, what: str) -> None:
    """Write down a view that repeats itself, such as the roster: one row a patient and day."""
    if not patient_ids:
        return
    now = clock.now()
    statement = insert_into(AccessEntry, db.session.get_bind().dialect.name)
    rows = [
        {"patient_id": patient, "physician_id": physician_id, "what": what, "at": now, "on_date": now.date()}
        for patient in patient_ids
    ]
    db.session.execute(
        statement.on_conflict_do_nothing(index_elements=["patient_id", "physician_id", "what", "on_date"]), rows
    )
    db.session.commit()


def access_log_of(patient_id: int) -> list[dict[str, Any]]:
    """Return who looked at what, newest first."""
    rows = db.session.execute(
        select(AccessEntry, User)
        .join(User, AccessEntry.physician_id == User.id)
        .where(AccessEntry.patient_id == patient_id)
        .order_by(AccessEntry.id.desc())
    )
    return [{"at": entry.at, "physician_name": user.shown_name, "what": entry.what} for entry, user in rows]


def _open_grant(patient_id: int, physician_id: int) -> Grant | None:
    return db.session.scalar(
        select(Grant).where(
            Grant.patient_id == patient_id, Grant.physician_id == physician_id, Grant.revoked_at.is_(None)
        )
    )
