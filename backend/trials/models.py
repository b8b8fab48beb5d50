"""Stocking trials: the protocol and the schedule drawn from it, once."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, Uuid, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from backend.audit import AppendOnlyError
from backend.db import Model, UtcDateTime


class Trial(Model):
    """One trial of one patient. ``schedule`` is an ``analysis.design.Schedule`` as JSON: drawn once, never edited.

    ``stopped_on`` is the date, where the patient was, on which the trial was stopped: its nights are those before.
    ``moved_from`` is the first night as it was drawn, where the patient moved the start before it came.
    ``finished_on`` is the last night of the look that decided a staged trial before its planned end, and ``looked_on``
    the day on which that was found.
    """

    __tablename__ = "trials"
    __table_args__ = (Index("ix_trials_patient_id", "patient_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    exposure: Mapped[str] = mapped_column(String(8), default="any")
    schedule: Mapped[str] = mapped_column(Text)
    start_date: Mapped[date] = mapped_column(Date)
    end_date: Mapped[date] = mapped_column(Date)
    expectation: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_on: Mapped[date | None] = mapped_column(Date)
    stop_reason: Mapped[str | None] = mapped_column(Text)
    moved_from: Mapped[date | None] = mapped_column(Date)
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_on: Mapped[date | None] = mapped_column(Date)
    finished_on: Mapped[date | None] = mapped_column(Date)


STOP_COLUMNS = frozenset({"stopped_at", "stopped_on", "stop_reason"})
LOOK_COLUMNS = frozenset({"looked_on", "finished_on"})
MOVE_COLUMNS = frozenset({"start_date", "end_date", "moved_from", "moved_at"})


@event.listens_for(Trial, "before_update")
def _refuse_change(_mapper: Any, _connection: Any, trial: Trial) -> None:
    """Let a trial be stopped, be decided at a look and be moved, each once; whatever was stored at the draw stays."""
    changed = {
        attribute.key: attribute.history.deleted[0] for attribute in inspect(trial).attrs if attribute.history.deleted
    }
    told = (STOP_COLUMNS | LOOK_COLUMNS).issuperset(changed) and all(before is None for before in changed.values())
    if not told and not _is_move(trial, changed):
        raise AppendOnlyError("a stored trial is never edited")


def _is_move(trial: Trial, before: dict[str, Any]) -> bool:
    """Whether the start and with it the end of a trial changed, by as many days, and both starts are kept."""
    return (
        before.keys() == MOVE_COLUMNS
        and (before["moved_from"], before["moved_at"]) == (None, None)
        and trial.moved_from == before["start_date"]
        and trial.end_date - trial.start_date == before["end_date"] - before["start_date"]
    )
