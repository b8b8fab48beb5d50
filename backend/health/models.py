"""What patients told about their health: every answer stays as it was given."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
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
