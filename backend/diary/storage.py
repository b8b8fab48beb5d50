"""How a night and its history are written: canonical JSON, its version, and the rows made of both.

Statements are built once per engine, and go past the ORM: building them costs more than sending them.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam

from backend.audit import NightRevision
from backend.db import db, insert_into, table_of
from backend.diary.models import Diary, Night
from backend.diary.signs import STOP_SIGNS
from backend.diary.totals import total_minutes, worst_pain

Body = dict[str, Any]
Row = dict[str, Any]

UPDATED_COLUMNS = [column.name for column in Night.__table__.columns if not column.primary_key]
_NEXT_REVISION: dict[str, Any] = {}
_STORE_NIGHT: dict[str, Any] = {}
_ADD_NIGHT: dict[str, Any] = {}
_ADD_REVISION = table_of(NightRevision).insert()


def canonical(night_date: date, body: Body) -> str:
    """Return the night as text that is the same for the same night, whatever the order of its keys."""
    return json.dumps({**body, "night_date": night_date}, default=str, sort_keys=True, separators=(",", ":"))


def parsed(document: str | None) -> Body:
    """Return a stored night as it was written, with its date as a date."""
    night: Body = json.loads(document or "")
    return {**night, "night_date": date.fromisoformat(night["night_date"])}


def etag_of(document: str) -> str:
    """Return a night's version: made of the content, so that a phone and a restored server still agree on it."""
    return f'"{hashlib.sha256(document.encode()).hexdigest()[:32]}"'


def next_revision(patient_id: int, by: int = 1) -> int:
    """Take the diary's counter, which is its lock, and move it forward; return where it stands then."""
    name = db.session.get_bind().dialect.name
    if name not in _NEXT_REVISION:
        diaries = table_of(Diary)
        statement = insert_into(Diary, name).values(patient_id=bindparam("patient_id"), revision=bindparam("by"))
        _NEXT_REVISION[name] = statement.on_conflict_do_update(
            index_elements=["patient_id"], set_={"revision": diaries.c.revision + statement.excluded.revision}
        ).returning(diaries.c.revision)
    revision: int = db.session.execute(_NEXT_REVISION[name], {"patient_id": patient_id, "by": by}).scalar_one()
    return revision


def night_row(
    patient_id: int, night_date: date, body: Body, document: str, *, revision: int, received_at: datetime, late: bool
) -> Row:
    """Return the row of a night; what comparisons read repeats the body."""
    return {
        "patient_id": patient_id,
        "night_date": night_date,
        "revision": revision,
        "etag": etag_of(document),
        "document": document,
        "received_at": received_at,
        "late": late,
        **compared_columns(body),
    }


def deleted_row(patient_id: int, night_date: date, *, revision: int, received_at: datetime) -> Row:
    """Return the row that marks a deleted night."""
    told = {"revision": revision, "received_at": received_at, "late": False, "stocking_problem": False}
    return {**dict.fromkeys(UPDATED_COLUMNS), "patient_id": patient_id, "night_date": night_date, **told}


def revision_row(
    patient_id: int, night_date: date, at: datetime, action: str, *, late: bool, old: str | None, new: str | None
) -> Row:
    """Return the row that tells of a change; patients alone write their diary, so the actor is the patient."""
    return {
        "patient_id": patient_id, "night_date": night_date, "actor_id": patient_id, "at": at, "action": action,
        "late": late, "old": old, "new": new,
    }  # fmt: skip


def store(nights: Sequence[Row]) -> None:
    """Write rows of nights in place of those of the same dates; the caller commits."""
    name = db.session.get_bind().dialect.name
    if name not in _STORE_NIGHT:
        statement = insert_into(Night, name)
        _STORE_NIGHT[name] = statement.on_conflict_do_update(
            index_elements=["patient_id", "night_date"],
            set_={column: statement.excluded[column] for column in UPDATED_COLUMNS},
        )
    db.session.execute(_STORE_NIGHT[name], nights if len(nights) > 1 else nights[0])


def add_night(night: Row) -> bool:
    """Write the row of a night unless there is one of its date; return whether it was written. The caller commits."""
    name = db.session.get_bind().dialect.name
    if name not in _ADD_NIGHT:
        statement = insert_into(Night, name).on_conflict_do_nothing(index_elements=["patient_id", "night_date"])
        _ADD_NIGHT[name] = statement.returning(table_of(Night).c.patient_id)
    return db.session.execute(_ADD_NIGHT[name], night).one_or_none() is not None


def add_revisions(revisions: Sequence[Row]) -> None:
    """Add rows to the history; the caller commits."""
    db.session.execute(_ADD_REVISION, revisions if len(revisions) > 1 else revisions[0])


def compared_columns(body: Body) -> Row:
    """Return what comparisons read."""
    return {
        "cramps": len(body["cramps"]),
        "cramp_minutes": total_minutes(body["cramps"]),
        "worst_pain": worst_pain(body["cramps"]),
        "stockings_day": body["stockings_day"],
        "stockings_night": body["stockings_night"],
        "stocking_problem": not STOP_SIGNS.keys().isdisjoint(body["problems"]),
    }
