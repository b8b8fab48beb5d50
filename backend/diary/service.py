"""Recording, correcting, deleting and handing out nights.

Every write takes the patient's diary counter first: it is the lock that puts two phones in a row, and the cursor of
the feed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from backend import clock
from backend.accounts.models import User
from backend.audit import NightRevision
from backend.calendar import FIRST_NIGHT, is_late, is_within_night, open_night
from backend.db import db
from backend.diary.errors import (
    NOT_BEGUN,
    NightError,
    NightExistsError,
    NightNotFoundError,
    PreconditionFailedError,
    PreconditionRequiredError,
)
from backend.diary.known import begin_anew, lacks_any, newest_change, state_of
from backend.diary.models import Night
from backend.diary.schemas import parse_instant
from backend.diary.signs import add_signs, raise_signs, sign_rows
from backend.diary.storage import (
    Body,
    Row,
    add_night,
    add_revisions,
    canonical,
    deleted_row,
    next_revision,
    night_row,
    parsed,
    revision_row,
    store,
)

FEED_PAGE = 500
CHANGES_PAGE = 100
# Built once: each write of a night begins with it.
_STORED_NIGHT = select(Night.etag, Night.document, Night.received_at, Night.late).where(
    Night.patient_id == bindparam("patient_id"), Night.night_date == bindparam("night_date")
)
_CHANGES = select(Night.night_date, Night.revision, Night.etag, Night.document, Night.received_at)


@dataclass(frozen=True, slots=True)
class Stored:
    """A night as the diary holds it after a call.

    ``changed_at`` is when the newest change of the diary was received, ``created`` whether the call made the night.
    """

    document: str
    etag: str
    changed_at: datetime | None
    created: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Changes of a diary; see ``FeedSchema``."""

    epoch: UUID
    cursor: int
    nights: list[str]
    etags: dict[str, str]
    deleted: list[date]
    last_change: datetime | None


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
    check_times(night_date, body, now)
    document = canonical(night_date, body)
    revision, late = next_revision(patient_id), _is_late(night_date, body, now)
    night = night_row(patient_id, night_date, body, document, revision=revision, received_at=now, late=late)
    # Most nights are new: trying that first spares them a look at what is stored.
    old = None if add_night(night) else _replace(night, if_match)
    if old == document:
        changed_at = newest_change(patient_id)
        db.session.rollback()
        return Stored(document, night["etag"], changed_at)
    action = "corrected" if old else "recorded"
    raise_signs(patient_id, night_date, _new_problems(body, old), now)
    add_revisions([revision_row(patient_id, night_date, now, action, late=night["late"], old=old, new=document)])
    db.session.commit()
    return Stored(document, night["etag"], now, created=old is None)


def _replace(night: Row, if_match: str | None) -> str | None:
    """Write a night, unless it is the same, in place of what is stored of its date; return that: null if deleted."""
    stored = _stored(night["patient_id"], night["night_date"])
    old: str | None = stored.document
    if old == night["document"]:
        return old
    if old:
        # A correction does not make a night late, nor a late one timely.
        night["late"] = stored.late
        if if_match not in (stored.etag, "*"):
            changed_at = newest_change(night["patient_id"])
            _refuse(night, stored)
            raise _precondition(stored, if_match, changed_at)
    store([night])
    return old


def _precondition(stored: Any, if_match: str | None, changed_at: datetime | None) -> Exception:
    """Return what to tell a sender who did not name the stored version."""
    if if_match is None:
        return PreconditionRequiredError(changed_at)
    return PreconditionFailedError(stored.document, stored.etag, stored.received_at, changed_at)


def _new_problems(body: Body, old: str | None) -> set[str]:
    """Return the problems of a night that did not stand in the version before."""
    return set(body["problems"]).difference(parsed(old)["problems"] if old and body["problems"] else ())


def record_many(patient_id: int, nights: Mapping[date, Body]) -> None:
    """Store many nights of a diary that has none of them, in one transaction.

    Parameters
    ----------
    nights : validated nights (``NightSchema``) by date; each counts as received when it was edited.
    """
    now = clock.now()
    received = {day: min(parse_instant(body["edited_at"]) or now, now) for day, body in nights.items()}
    late = {day: _is_late(day, body, received[day]) for day, body in nights.items()}
    _store_many(patient_id, nights, "recorded", received, late)


def import_nights(patient_id: int, nights: Mapping[date, Body]) -> None:
    """Store nights from a file, all or none; they count as late, and their history says where they came from.

    Parameters
    ----------
    nights : validated nights (``NightSchema``) by date.

    Raises
    ------
    NightExistsError
        The diary has one of them by now.

    """
    now = clock.now()
    _store_many(patient_id, nights, "imported", dict.fromkeys(nights, now), dict.fromkeys(nights, True))


def delete_night(patient_id: int, night_date: date, *, if_match: str | None) -> datetime | None:
    """Delete one night; its history stays. Deleting what is not stored is no error.

    Returns
    -------
    When the newest change of the diary was received; None where it never had one.

    Raises
    ------
    PreconditionRequiredError, PreconditionFailedError
        ``if_match`` is missing or does not name the stored version.

    """
    now = clock.now()
    revision = next_revision(patient_id)
    stored = _stored(patient_id, night_date)
    found = stored is not None and stored.document is not None
    if not found or if_match not in (stored.etag, "*"):
        changed_at = newest_change(patient_id)
        db.session.rollback()
        if found:
            raise _precondition(stored, if_match, changed_at)
        return changed_at
    store([deleted_row(patient_id, night_date, revision=revision, received_at=now)])
    add_revisions(
        [revision_row(patient_id, night_date, now, "deleted", late=stored.late, old=stored.document, new=None)]
    )
    db.session.commit()
    return now


def find_night(patient_id: int, night_date: date) -> Stored:
    """Return one night or raise ``NightNotFoundError``."""
    stored = _stored(patient_id, night_date)
    if stored is None or stored.document is None:
        raise NightNotFoundError
    # Told after the night was read: a phone may be told of a change too many, and must not be told of one too few.
    return Stored(stored.document, stored.etag, newest_change(patient_id))


def changes_after(patient_id: int, cursor: int, told: Sequence[datetime] = ()) -> Feed:
    """Return up to ``FEED_PAGE`` changes after a cursor, oldest first.

    A phone that knows of more than the diary has gets it from the beginning, under a new epoch: an older copy of the
    database was put back.

    Parameters
    ----------
    told : when changes were received that the phone was told of.

    """
    state = state_of(patient_id)
    if cursor > state.revision or lacks_any(patient_id, told, state.newest):
        begin_anew(patient_id)
        state, cursor = state_of(patient_id), 0
    rows = db.session.execute(
        _CHANGES.where(Night.patient_id == patient_id, Night.revision > cursor)
        .order_by(Night.revision)
        .limit(FEED_PAGE)
    ).all()
    last = rows[-1] if rows else None
    # A change that came in between the two reads is known to the phone too.
    newest = last.received_at if last and last.revision > state.revision else state.newest
    return _feed(rows, state.epoch, last.revision if last else cursor, newest)


def nights_between(patient_id: int, first: date | None, last: date | None) -> Feed:
    """Return the recorded nights of a range of dates, ends included, by date."""
    query = _CHANGES.where(Night.patient_id == patient_id, Night.document.is_not(None))
    if first:
        query = query.where(Night.night_date >= first)
    if last:
        query = query.where(Night.night_date <= last)
    # The cursor comes first: a change between the two reads is then sent twice rather than never.
    state = state_of(patient_id)
    rows = db.session.execute(query.order_by(Night.night_date)).all()
    return _feed(rows, state.epoch, state.revision, state.newest)


def nights_for_reading(patient_id: int) -> list[Body]:
    """Return all recorded nights, by date, with ``late`` and ``woke_on``."""
    rows = db.session.execute(
        select(Night.night_date, Night.late, Night.document)
        .where(Night.patient_id == patient_id, Night.document.is_not(None))
        .order_by(Night.night_date)
    )
    return [
        {**parsed(document), "late": late, "woke_on": night_date + timedelta(days=1)}
        for night_date, late, document in rows
    ]


def recorded_nights(patient_id: int) -> dict[date, Body]:
    """Return the recorded nights as they were stored, by date."""
    rows = db.session.execute(
        select(Night.night_date, Night.document)
        .where(Night.patient_id == patient_id, Night.document.is_not(None))
        .order_by(Night.night_date)
    )
    return {night_date: parsed(document) for night_date, document in rows}


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


def changes_of(patient_id: int, *, before: int | None, corrections: bool) -> Body:
    """Return a page of the changes of all nights, newest first.

    Parameters
    ----------
    before : ``next`` of the page before; None for the first page.
    corrections : leave out what was recorded or imported first.

    """
    wanted = [NightRevision.patient_id == patient_id]
    if corrections:
        wanted.append(NightRevision.action.not_in(("recorded", "imported")))
    total = db.session.scalar(select(func.count()).select_from(NightRevision).where(*wanted))
    if before is not None:
        wanted.append(NightRevision.id < before)
    rows = db.session.execute(
        select(NightRevision, User)
        .outerjoin(User, NightRevision.actor_id == User.id)
        .where(*wanted)
        .order_by(NightRevision.id.desc())
        .limit(CHANGES_PAGE + 1)
    ).all()
    page = rows[:CHANGES_PAGE]
    return {
        "revisions": [
            {**_revision_json(revision, actor), "night_date": revision.night_date} for revision, actor in page
        ],
        "total": total,
        "next": page[-1][0].id if len(rows) > CHANGES_PAGE else None,
    }


def _store_many(
    patient_id: int,
    nights: Mapping[date, Body],
    action: str,
    received: Mapping[date, datetime],
    late: Mapping[date, bool],
) -> None:
    if not nights:
        return
    revision = next_revision(patient_id, by=len(nights)) - len(nights)
    if recorded_nights(patient_id).keys() & nights.keys():
        db.session.rollback()
        raise NightExistsError
    rows, revisions, signs = [], [], []
    for number, (day, body) in enumerate(nights.items(), start=revision + 1):
        at, is_late_entry = received[day], late[day]
        check_times(day, body, at)
        document = canonical(day, body)
        rows.append(night_row(patient_id, day, body, document, revision=number, received_at=at, late=is_late_entry))
        revisions.append(revision_row(patient_id, day, at, action, late=is_late_entry, old=None, new=document))
        signs += sign_rows(patient_id, day, body["problems"], at)
    store(rows)
    add_signs(signs)
    add_revisions(revisions)
    db.session.commit()


def check_times(night_date: date, body: Body, now: datetime) -> None:
    """Refuse a night that has not begun, and a cramp outside its night.

    Raises
    ------
    NightError

    """
    if body.get("night_date") not in (None, night_date):
        raise NightError("/night_date", f"Must be {night_date}, the date in the address.")
    latest = open_night(now, body["tz"])
    if night_date > latest:
        detail = f"Must not be later than {latest}: that night has not begun."
        raise NightError("/night_date", detail, reason=NOT_BEGUN)
    if night_date < FIRST_NIGHT:
        raise NightError("/night_date", f"Must not be earlier than {FIRST_NIGHT}.")
    for index, cramp in enumerate(body["cramps"]):
        onset = cramp["onset_local"]
        if onset and not is_within_night(night_date, datetime.fromisoformat(onset)):
            after = night_date + timedelta(days=1)
            raise NightError(
                f"/cramps/{index}/onset_local", f"Must lie in the night, from {night_date}T12:00 to {after}T11:59."
            )


def _stored(patient_id: int, night_date: date) -> Any:
    return db.session.execute(_STORED_NIGHT, {"patient_id": patient_id, "night_date": night_date}).one_or_none()


def _is_late(night_date: date, body: Body, now: datetime) -> bool:
    edited_at = parse_instant(body["edited_at"]) or now
    return is_late(night_date, body["tz"], min(edited_at, now))


def _refuse(night: Row, stored: Any) -> None:
    """Keep a refused night in the history, once however often it is sent."""
    patient_id, night_date, document = night["patient_id"], night["night_date"], night["document"]
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
    at, late = night["received_at"], night["late"]
    add_revisions([revision_row(patient_id, night_date, at, "refused", late=late, old=stored.document, new=document)])
    db.session.commit()


def _feed(rows: Sequence[Any], epoch: UUID, cursor: int, last_change: datetime | None) -> Feed:
    recorded = [row for row in rows if row.document is not None]
    return Feed(
        epoch=epoch,
        cursor=cursor,
        nights=[row.document for row in recorded],
        etags={row.night_date.isoformat(): row.etag for row in recorded},
        deleted=[row.night_date for row in rows if row.document is None],
        last_change=last_change,
    )


def _revision_json(revision: NightRevision, actor: User | None) -> Body:
    old, new = (parsed(text) if text else None for text in (revision.old, revision.new))
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
