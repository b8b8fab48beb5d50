"""Sharing: the grants that patients give."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Model, UtcDateTime


class Grant(Model):
    """A patient's consent that one physician reads the diary; the text agreed to is kept word by word."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_open",
            "patient_id",
            "physician_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index("ix_grants_physician_id", "physician_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    physician_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    consent_version: Mapped[str] = mapped_column(String(16))
    consent_language: Mapped[str] = mapped_column(String(2))
    consent_text: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
