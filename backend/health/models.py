"""What patients told about their health, and how a hold on stockings ended: all of it stays as it was told."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.audit import append_only
from backend.db import Model, UtcDateTime

KINDS = ("screening", "history", "garment")


@append_only
class HealthRecord(Model):
    """One answering of one of ``KINDS``; the highest version counts, the others are what was told before.

    ``document`` holds the answers as JSON and nothing derived from them, so that a rule that becomes stricter is
    applied to what was answered long ago.
    """

    __tablename__ = "health_records"

    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[str] = mapped_column(Text)


@append_only
class HoldEnd(Model):
    """What a patient said to end one stop sign (`backend.health.holds`).

    ``night_date`` is that of the night of which the sign was told, null for one of the safety screen. ``how`` is
    ``gone``, ``asked`` or ``mistake``, ``on_date`` the day that the patient names for it.
    """

    __tablename__ = "hold_ends"
    __table_args__ = (Index("ix_hold_ends_patient_id", "patient_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    night_date: Mapped[date | None] = mapped_column(Date)
    code: Mapped[str] = mapped_column(String(32))
    how: Mapped[str] = mapped_column(String(8))
    on_date: Mapped[date] = mapped_column(Date)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
