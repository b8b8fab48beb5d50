"""The diary: one row a night, one counter a patient, and the stop signs that were told."""

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from backend.audit import append_only
from backend.db import Model, UtcDateTime


class Diary(Model):
    """A patient's diary; ``revision`` counts its changes and is the cursor of the feed.

    ``epoch`` stands in place of the installation's where a phone knew of changes that this diary no longer has.
    """

    __tablename__ = "diaries"

    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[uuid.UUID | None] = mapped_column(Uuid)


class Night(Model):
    """One night of one patient.

    ``document`` is the night as canonical JSON and the source of truth; null marks a deleted night. The columns after
    it repeat what comparisons and rosters read, in the units of ``analysis.frame``: computed at each write, never
    edited alone.
    """

    __tablename__ = "nights"
    __table_args__ = (Index("ix_nights_patient_revision", "patient_id", "revision"),)

    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    night_date: Mapped[date] = mapped_column(Date, primary_key=True)
    revision: Mapped[int]
    etag: Mapped[str | None] = mapped_column(String(40))
    document: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late: Mapped[bool]
    cramps: Mapped[int | None]
    cramp_minutes: Mapped[float | None]
    worst_pain: Mapped[int | None]
    stockings_day: Mapped[bool | None]
    stockings_night: Mapped[bool | None]
    stocking_problem: Mapped[bool] = mapped_column(default=False)


@append_only
class NightSign(Model):
    """A stop sign told of a night (`backend.diary.signs`); it stays when the night is corrected or deleted."""

    __tablename__ = "night_signs"
    __table_args__ = (Index("ix_night_signs_patient_id", "patient_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    night_date: Mapped[date] = mapped_column(Date)
    code: Mapped[str] = mapped_column(String(16))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
