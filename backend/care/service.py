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
from backend.accounts.share_codes import physician_by_code
from backend.audit import AccessEntry
from backend.care.consent import CONSENT_VERSION, consent_text
from backend.care.errors import ConsentChangedError, PatientNotFoundError, ShareNotFoundError
from backend.care.models import Grant
from backend.db import db


@dataclass(frozen=True, slots=True)
class Share:
    """A grant as its patient sees it."""

    id: UUID
    physician_name: str
    granted_at: datetime
    revoked_at: datetime | None


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
