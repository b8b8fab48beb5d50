"""Phones that asked to be reminded, and the reminders that fell due."""

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import SECRET, Model, UtcDateTime

MORNING, EVENING = "morning", "evening"
PLANNED, RECKONED = 1, 2


class PushSubscription(Model):
    """One browser that shows reminders, by the address its push service gave it (RFC 8030).

    ``p256dh`` and ``auth`` encrypt what is sent (RFC 8291), in base64url without padding. ``last_accepted`` is the
    newest reminder the push service took for this browser.
    """

    __tablename__ = "push_subscriptions"
    __table_args__ = (Index("ix_push_subscriptions_patient_id", "patient_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    endpoint: Mapped[str] = mapped_column(Text, unique=True, info=SECRET)
    p256dh: Mapped[str] = mapped_column(String(88), info=SECRET)
    auth: Mapped[str] = mapped_column(String(24), info=SECRET)
    renewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_accepted: Mapped[uuid.UUID | None] = mapped_column(Uuid)


class Reminder(Model):
    """One message to show: at most one a person, kind and night, and a second one if the person asks to be told again.

    ``state`` is ``due`` until it ends as ``sent``, ``quiet`` (there was nothing to remind of), ``missed`` (too late to
    be of use) or ``refused`` (no phone took it). ``next_try_at`` is when somebody may take it up: whoever does moves it
    forward first, so that nobody else takes it up meanwhile, and a worker that dies leaves it to the next.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("patient_id", "kind", "night_date", "again", name="uq_reminders_once"),
        Index("ix_reminders_state_next_try_at", "state", "next_try_at"),
        Index("ix_reminders_due_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    night_date: Mapped[date] = mapped_column(Date)
    again: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), default="due")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReminderClock(Model):
    """Instants that outlive a worker: of row ``PLANNED``, up to which due reminders have been written down.

    Row ``RECKONED`` is the time as it went by from look to look, without the leaps that a clock makes when it is set,
    or a server when it was off (``backend.reminders.due``).
    """

    __tablename__ = "reminder_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    planned_until: Mapped[datetime] = mapped_column(UtcDateTime)
