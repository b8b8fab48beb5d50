"""Append-only rows: what a night was before, and who looked at it.

Revisions are written in the transaction of the change they describe, so that neither can exist without the other; looks
before the answer leaves that shows what was looked at.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from backend import clock
from backend.db import Base, Model, UtcDateTime, db, insert_into

Record = TypeVar("Record", bound=Base)


class NightRevision(Model):
    """One change, or refused change, of one night.

    ``old`` and ``new`` are canonical night JSON; null where there is no night (before the first entry, after a
    deletion). ``action`` is ``recorded``, ``imported`` (from a file), ``corrected``, ``deleted`` or ``refused``; a
    refused body stands in ``new``.
    """

    __tablename__ = "night_revisions"
    __table_args__ = (Index("ix_night_revisions_patient_night", "patient_id", "night_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    night_date: Mapped[date] = mapped_column(Date)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(16))
    late: Mapped[bool]
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)


class AccessEntry(Model):
    """One look of a physician at a patient's data; ``on_date`` is set for looks counted once a day."""

    __tablename__ = "access_entries"
    __table_args__ = (
        UniqueConstraint("patient_id", "physician_id", "what", "on_date", name="uq_access_entries_once_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    physician_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[date | None] = mapped_column(Date)


def note_look(patient_id: int, physician_id: int, what: str) -> None:
    """Write down that a physician looked at something of a patient."""
    db.session.add(AccessEntry(patient_id=patient_id, physician_id=physician_id, what=what, at=clock.now()))
    db.session.commit()


def note_looks_of_the_day(patient_ids: Sequence[int], physician_id: int, what: str) -> None:
    """Write down a look that repeats itself, such as at the roster: one row a patient and day."""
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


class AppendOnlyError(RuntimeError):
    """Someone tried to rewrite history."""


def append_only(model: type[Record]) -> type[Record]:
    """Declare a model whose rows are added and, with their patient, deleted, but never changed."""
    event.listen(model, "before_update", _refuse_change)
    return model


def _refuse_change(_mapper: Any, _connection: Any, target: Base) -> None:
    raise AppendOnlyError(f"{type(target).__name__} rows are never changed")


for _model in (NightRevision, AccessEntry):
    append_only(_model)
