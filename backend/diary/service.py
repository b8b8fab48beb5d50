"""Recording, correcting, deleting and handing out nights.

Every write takes the patient's diary counter first: it is the lock that puts two phones in a row, and the cursor of
the feed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from backend import clock
from backend.accounts.models import User
from backend.audit import NightRevision
from backend.db import db, insert_into, table_of
from backend.diary.calendar import FIRST_NIGHT, is_late, is_within_night, open_night
from backend.diary.errors import NightError, NightNotFoundError, PreconditionFailedError, PreconditionRequiredError
from backend.diary.models import Diary, Night
from backend.diary.schemas import STOP_PROBLEMS, parse_instant
from backend.installation import epoch

FEED_PAGE = 500
Body = dict[str, Any]

# Built once per engine: building `excluded` columns anew costs more than sending the statement.
_NEXT_REVISION: dict[str, Any] = {}
_STORE_NIGHT: dict[str, Any] = {}
_STORED_NIGHT = select(Night.etag, Night.document, Night.received_at, Night.late).where(
    Night.patient_id == bindparam("patient_id"), Night.night_date == bindparam("night_date")
)
_ADD_REVISION = table_of(NightRevision).insert()
_UPDATED_COLUMNS = [column.name for column in Night.__table__.columns if not column.primary_key]


@dataclass(frozen=True, slots=True)
class Stored:
    """A night as the diary holds it after a call; ``created`` when the call made it."""

    document: str
    etag: str
    created: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Changes of a diary; see ``FeedSchema``."""

    epoch: UUID
    cursor: int
    nights: list[str]
    etags: dict[str, str]
    deleted: list[date]


def record_night(patient_id: int, night_date: date, body: Body, *, if_match: str | None) -> Stored:
    """Store one night, once, whoever sends it how often.

    Parameters
    ----------
    body : a validated night (``NightSchema``).
    if_match : the version the sender changed, as it stood in ``ETag``.

    Raises
    ------
    NightError
        The night lies in the future, or a cramp outside its night.
    PreconditionRequiredError, PreconditionFailedError
        A different night is stored and ``if_match`` is missing or stale; the refused body is kept in the history.

    """
    now = clock.now()
    _check_times(night_date, body, now)
    document = _canonical(night_date, body)
    etag = _etag_of(document)
    revision = _next_revision(patient_id)
    stored = _stored(patient_id, night_date)
    if stored and stored.document == document:
        db.session.rollback()
        return Stored(document, etag)
    late = stored.late if stored and stored.document else _is_late(night_date, body, now)
    if stored and stored.document and if_match not in (stored.etag, "*"):
        _refuse(patient_id, night_date, now, late, stored, document)
        if if_match is None:
            raise PreconditionRequiredError
        raise PreconditionFailedError(stored.document, stored.etag, stored.received_at)
    old = stored.document if stored else None
    _write(patient_id, night_date, body, document, revision=revision, received_at=now, late=late, old=old)
    db.session.commit()
    return Stored(document, etag, created=old is None)


def record_many(patient_id: int, nights: Mapping[date, Body]) -> None:
    """Store many nights of a diary that has none of them, in one transaction.

    Parameters
    ----------
    nights : validated nights (``NightSchema``) by date; each counts as received when it was edited.
    """
    for night_date, body in nights.items():
        received_at = min(parse_instant(body["edited_at"]) or clock.now(), clock.now())
        _check_times(night_date, body, received_at)
        document = _canonical(night_date, body)
        late = _is_late(night_date, body, received_at)
        revision = _next_revision(patient_id)
        _write(patient_id, night_date, body, document, revision=revision, received_at=received_at, late=late, old=None)
    db.session.commit()


def delete_night(patient_id: int, night_date: date, *, if_match: str | None) -> None:
    """Delete one night; its history stays. Deleting what is not stored is no error.

    Raises
    ------
    PreconditionRequiredError, PreconditionFailedError
        ``if_match`` is missing or does not name the stored version.

    """
    now = clock.now()
    revision = _next_revision(patient_id)
    stored = _stored(patient_id, night_date)
    if stored is None or stored.document is None:
        db.session.rollback()
        return
    if if_match not in (stored.etag, "*"):
        db.session.rollback()
        if if_match is None:
            raise PreconditionRequiredError
        raise PreconditionFailedError(stored.document, stored.etag, stored.received_at)
    nothing = dict.fromkeys(_UPDATED_COLUMNS)
    _store(
        patient_id,
        night_date,
        **{**nothing, "revision": revision, "received_at": now, "late": False, "stocking_problem": False},
    )
    _add_revision(patient_id, night_date, now, "deleted", late=stored.late, old=stored.document, new=None)
    db.session.commit()


def find_night(patient_id: int, night_date: date) -> Stored:
    """Return one night or raise ``NightNotFoundError``."""
    stored = _stored(patient_id, night_date)
    if stored is None or stored.document is None:
        raise NightNotFoundError
    return Stored(stored.document, stored.etag)


def changes_after(patient_id: int, cursor: int) -> Feed:
    """Return up to ``FEED_PAGE`` changes after a cursor, oldest first."""
    rows = db.session.execute(
        select(Night.night_date, Night.revision, Night.etag, Night.document)
        .where(Night.patient_id == patient_id, Night.revision > cursor)
        .order_by(Night.revision)
        .limit(FEED_PAGE)
    ).all()
    return _feed(rows, max((row.revision for row in rows), default=cursor))


def nights_between(patient_id: int, first: date | None, last: date | None) -> Feed:
    """Return the recorded nights of a range of dates, ends included, by date."""
    query = select(Night.night_date, Night.revision, Night.etag, Night.document).where(
        Night.patient_id == patient_id, Night.document.is_not(None)
    )
    if first:
        query = query.where(Night.night_date >= first)
    if last:
        query = query.where(Night.night_date <= last)
    # The cursor comes first: a change between the two reads is then sent twice rather than never.
    cursor = diary_revision(patient_id)
    return _feed(db.session.execute(query.order_by(Night.night_date)).all(), cursor)


def nights_for_reading(patient_id: int) -> list[Body]:
    """Return all recorded nights, by date, with ``late`` and ``woke_on``."""
    rows = db.session.execute(
        select(Night.night_date, Night.late, Night.document)
        .where(Night.patient_id == patient_id, Night.document.is_not(None))
        .order_by(Night.night_date)
    )
    return [
        {**_parsed(document), "late": late, "woke_on": night_date + timedelta(days=1)}
        for night_date, late, document in rows
    ]


def diary_revision(patient_id: int) -> int:
    """Return how often the diary has changed."""
    return db.session.scalar(select(Diary.revision).where(Diary.patient_id == patient_id)) or 0


def history_of(patient_id: int, night_date: date) -> list[Body]:
    """Return every change of a night, oldest first; raise ``NightNotFoundError`` where there never was one."""
    rows = db.session.execute(
        select(NightRevision, User)
        .outerjoin(User, NightRevision.actor_id == User.id)
        .where(NightRevision.patient_id == patient_id, NightRevision.night_date == night_date)
        .order_by(NightRevision.id)
    ).all()
    if not rows:
        raise NightNotFoundError
    return [_revision_json(revision, actor) for revision, actor in rows]


def _check_times(night_date: date, body: Body, now: datetime) -> None:
    if body.get("night_date") not in (None, night_date):
        raise NightError("/night_date", f"Must be {night_date}, the date in the address.")
    latest = open_night(now, body["tz"])
    if night_date > latest:
        raise NightError("/night_date", f"Must not be later than {latest}: that night has not begun.")
    if night_date < FIRST_NIGHT:
        raise NightError("/night_date", f"Must not be earlier than {FIRST_NIGHT}.")
    for index, cramp in enumerate(body["cramps"]):
        onset = cramp["onset_local"]
        if onset and not is_within_night(night_date, datetime.fromisoformat(onset)):
            after = night_date + timedelta(days=1)
            raise NightError(
                f"/cramps/{index}/onset_local", f"Must lie in the night, from {night_date}T12:00 to {after}T11:59."
            )


def _canonical(night_date: date, body: Body) -> str:
    """Return the night as text that is the same for the same night, whatever the order of its keys."""
    return json.dumps({**body, "night_date": night_date}, default=str, sort_keys=True, separators=(",", ":"))


def _parsed(document: str | None) -> Body:
    night: Body = json.loads(document or "")
    return {**night, "night_date": date.fromisoformat(night["night_date"])}


def _etag_of(document: str) -> str:
    # Made of the content, so that a phone and a restored server still agree on versions.
    return f'"{hashlib.sha256(document.encode()).hexdigest()[:32]}"'


def _next_revision(patient_id: int) -> int:
    name = db.session.get_bind().dialect.name
    if name not in _NEXT_REVISION:
        diaries = table_of(Diary)
        statement = insert_into(Diary, name).values(patient_id=bindparam("patient_id"), revision=1)
        _NEXT_REVISION[name] = statement.on_conflict_do_update(
            index_elements=["patient_id"], set_={"revision": diaries.c.revision + 1}
        ).returning(diaries.c.revision)
    revision: int = db.session.execute(_NEXT_REVISION[name], {"patient_id": patient_id}).scalar_one()
    return revision


def _stored(patient_id: int, night_date: date) -> Any:
    return db.session.execute(_STORED_NIGHT, {"patient_id": patient_id, "night_date": night_date}).one_or_none()


def _store(patient_id: int, night_date: date, **columns: Any) -> None:
    name = db.session.get_bind().dialect.name
    if name not in _STORE_NIGHT:
        statement = insert_into(Night, name)
        _STORE_NIGHT[name] = statement.on_conflict_do_update(
            index_elements=["patient_id", "night_date"],
            set_={column: statement.excluded[column] for column in _UPDATED_COLUMNS},
        )
    db.session.execute(_STORE_NIGHT[name], {"patient_id": patient_id, "night_date": night_date, **columns})


def _write(
    patient_id: int,
    night_date: date,
    body: Body,
    document: str,
    *,
    revision: int,
    received_at: datetime,
    late: bool,
    old: str | None,
) -> None:
    """Store a night and the revision that tells of it; the caller commits both at once."""
    _store(
        patient_id,
        night_date,
        revision=revision,
        etag=_etag_of(document),
        document=document,
        received_at=received_at,
        late=late,
        **_compared_columns(body),
    )
    action = "corrected" if old else "recorded"
    _add_revision(patient_id, night_date, received_at, action, late=late, old=old, new=document)


def _compared_columns(body: Body) -> Body:
    """Return what comparisons read; a total is known only when every part of it is."""
    minutes = [cramp["duration_min"] for cramp in body["cramps"]]
    pain = [cramp["pain_nrs"] for cramp in body["cramps"]]
    return {
        "cramps": len(body["cramps"]),
        "cramp_minutes": None if None in minutes else float(sum(minutes)),
        "worst_pain": None if None in pain else max(pain, default=0),
        "stockings_day": body["stockings_day"],
        "stockings_night": body["stockings_night"],
        "stocking_problem": not STOP_PROBLEMS.isdisjoint(body["problems"]),
    }


def _is_late(night_date: date, body: Body, now: datetime) -> bool:
    edited_at = parse_instant(body["edited_at"]) or now
    return is_late(night_date, body["tz"], min(edited_at, now))


def _refuse(patient_id: int, night_date: date, now: datetime, late: bool, stored: Any, document: str) -> None:
    """Keep a refused body in the history, once however often it is sent."""
    latest = db.session.execute(
        select(NightRevision.new)
        .where(
            NightRevision.patient_id == patient_id,
            NightRevision.night_date == night_date,
            NightRevision.action == "refused",
        )
        .order_by(NightRevision.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    if latest == document:
        db.session.rollback()
        return
    _add_revision(patient_id, night_date, now, "refused", late=late, old=stored.document, new=document)
    db.session.commit()


def _add_revision(
    patient_id: int, night_date: date, now: datetime, action: str, *, late: bool, old: str | None, new: str | None
) -> None:
    # Patients alone write their diary, so the actor is the patient.
    db.session.execute(
        _ADD_REVISION,
        {
            "patient_id": patient_id, "night_date": night_date, "actor_id": patient_id, "at": now, "action": action,
            "late": late, "old": old, "new": new,
        },
    )  # fmt: skip


def _feed(rows: Sequence[Any], cursor: int) -> Feed:
    recorded = [row for row in rows if row.document is not None]
    return Feed(
        epoch=epoch(),
        cursor=cursor,
        nights=[row.document for row in recorded],
        etags={row.night_date.isoformat(): row.etag for row in recorded},
        deleted=[row.night_date for row in rows if row.document is None],
    )


def _revision_json(revision: NightRevision, actor: User | None) -> Body:
    old, new = (_parsed(text) if text else None for text in (revision.old, revision.new))
    return {
        "at": revision.at,
        "actor": actor and {"id": actor.public_id, "display_name": actor.shown_name, "role": actor.role},
        "action": revision.action,
        "edited_at": new["edited_at"] if new else None,
        "late": revision.late,
        "woke_on": revision.night_date + timedelta(days=1),
        "old": old,
        "new": new,
    }
