"""What a diary knows of itself and of its phones: whether it still has every change that a phone saw.

An older copy of the database that was put back by hand keeps its epoch, and its counter may have been overtaken by the
time a phone asks. So phones name the last changes they were told of: where the diary lacks one, it begins anew.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, select

from backend.audit import NightRevision
from backend.db import db, insert_into
from backend.diary.models import Diary, Night
from backend.installation import Installation

_NEWEST = (
    select(Night.received_at)
    .where(Night.patient_id == bindparam("patient_id"))
    .order_by(Night.revision.desc())
    .limit(1)
    .scalar_subquery()
)
# Built once: each round of a phone begins with it.
_STATE = (
    select(
        func.coalesce(Diary.epoch, Installation.epoch).label("epoch"),
        func.coalesce(Diary.revision, 0).label("revision"),
        _NEWEST.label("newest"),
    )
    .select_from(Installation)
    .outerjoin(Diary, Diary.patient_id == bindparam("patient_id"))
)


@dataclass(frozen=True, slots=True)
class DiaryState:
    """A diary at one moment: ``revision`` is its counter, ``newest`` when its newest change was received."""

    epoch: UUID
    revision: int
    newest: datetime | None


def state_of(patient_id: int) -> DiaryState:
    """Return how a diary stands; one that was never written has no row, and stands at 0."""
    row = db.session.execute(_STATE, {"patient_id": patient_id}).one()
    return DiaryState(row.epoch, row.revision, row.newest)


def newest_change(patient_id: int) -> datetime | None:
    """Return when the newest change of a diary was received: the ``at`` of its row in the history."""
    return db.session.scalar(select(_NEWEST), {"patient_id": patient_id})


def lacks_any(patient_id: int, told: Iterable[datetime], newest: datetime | None) -> bool:
    """Whether a phone was told of a change that this diary does not have.

    Parameters
    ----------
    told : when each of the changes was received.
    newest : of the changes that it has; spares the look at the history where the phone knows that one.

    """
    asked = set(told) - {newest}
    if not asked:
        return False
    found = select(NightRevision.at).where(NightRevision.patient_id == patient_id, NightRevision.at.in_(asked))
    return not asked.issubset(db.session.scalars(found))


def begin_anew(patient_id: int) -> None:
    """Give a diary an epoch of its own: each of its phones then offers everything again."""
    values: dict[str, Any] = {"patient_id": patient_id, "revision": 0, "epoch": uuid.uuid4()}
    statement = insert_into(Diary, db.session.get_bind().dialect.name).values(values)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["patient_id"], set_={"epoch": statement.excluded.epoch})
    )
    db.session.commit()


def is_epoch_of_a_diary(epoch: UUID) -> bool:
    """Whether a diary goes by an epoch of its own, and by this one."""
    return bool(db.session.scalar(select(exists().where(Diary.epoch == epoch))))
