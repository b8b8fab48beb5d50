"""Holds: what is said about stockings while a stop sign stands. Safety beats the plan (backend/health/RULES.md 5).

A stop sign is a problem of a night (`backend.diary.signs`) or a reason for which the safety screen blocks stockings, an
emergency or same-day red flag among them. It stands from the day it is about until the patient says that a clinician
was asked and agreed, or, where that is enough, that it is gone. A later night without the problem ends nothing, nor do
other answers; what was corrected ends it only when the patient calls it entered by mistake. So of two phones the
stricter counts. Every sign and every end stays, for the patient and the physician to read.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from backend import clock
from backend.accounts.locks import take_turn
from backend.accounts.models import User
from backend.calendar import local_date, open_night
from backend.db import db
from backend.diary.models import Night, NightSign
from backend.diary.signs import EMERGENCY_SIGNS, STOP_SIGNS, raise_signs
from backend.diary.storage import parsed
from backend.health import gate
from backend.health.errors import HealthAnswerError, HoldNotFoundError, HoldStandsError
from backend.health.models import HealthRecord, HoldEnd

GONE, ASKED, MISTAKE = "gone", "asked", "mistake"
HOWS = (GONE, ASKED, MISTAKE)
# Of several signs the gravest is said: what is an emergency, what blocks for longer, what stockings themselves do.
CODES = tuple(dict.fromkeys([*EMERGENCY_SIGNS, "red_flag", *gate.BLOCKED_CODES, *STOP_SIGNS]))

Key = tuple[date | None, str]


@dataclass(frozen=True, slots=True)
class Hold:
    """One stop sign: ``night_date`` is null for one of the safety screen, ``end`` while it stands.

    ``corrected`` tells that the night, or the newest screen, no longer says it.
    """

    night_date: date | None
    code: str
    since: date
    told_at: datetime
    end: HoldEnd | None
    corrected: bool

    @property
    def key(self) -> Key:
        """What patients name a sign by."""
        return self.night_date, self.code

    @property
    def ends(self) -> tuple[str, ...]:
        """What the patient may say to end it."""
        if self.end:
            return ()
        said = STOP_SIGNS[self.code].ends if self.night_date else (ASKED,)
        return (*said, MISTAKE) if self.corrected else said


def holds_of(patient: User) -> list[Hold]:
    """Return every stop sign of a patient, newest first, with how it ended."""
    ends = db.session.scalars(select(HoldEnd).where(HoldEnd.patient_id == patient.id).order_by(HoldEnd.id)).all()
    signs = [*_signs_of_nights(patient), *_signs_of_screens(patient)]
    holds = [
        Hold(night, code, since, at, _end_of((night, code), at, ends), fixed) for night, code, since, at, fixed in signs
    ]
    return sorted(holds, key=lambda hold: hold.told_at, reverse=True)


def standing(patient: User) -> list[Hold]:
    """Return the signs that stand, the gravest first, of equals the older."""
    found = [hold for hold in holds_of(patient) if hold.end is None]
    return sorted(found, key=lambda hold: (CODES.index(hold.code), hold.since))


def hold_on(found: Sequence[Hold], day: date) -> dict[str, Any] | None:
    """Return which of the standing signs is said of a day: its code, and since when it stands."""
    return next(({"code": hold.code, "since": hold.since} for hold in found if hold.since <= day), None)


def end_holds(patient: User, keys: Sequence[Key], how: str, on: date) -> list[Hold]:
    """End some signs, all or none; those that have ended stay as they are. Return all signs.

    Parameters
    ----------
    how : one of ``HOWS``.
    on : the day on which it was gone, or a clinician agreed.

    Raises
    ------
    HoldNotFoundError
        A sign was never told.
    HoldStandsError
        It is called a mistake, but the night or the newest screen still says it.
    HealthAnswerError
        The sign cannot end that way, or the day lies before it or in the future.

    """
    take_turn(patient.id)
    holds = holds_of(patient)
    now = clock.now()
    today = local_date(now, patient.zone)
    for number, key in enumerate(keys):
        known = [hold for hold in holds if hold.key == key]
        if not known:
            raise HoldNotFoundError
        open_ones = [hold for hold in known if hold.end is None]
        for hold in open_ones:
            _check_end(hold, number, how, on, today)
        if open_ones:
            night_date, code = key
            db.session.add(
                HoldEnd(patient_id=patient.id, night_date=night_date, code=code, how=how, on_date=on, told_at=now)
            )
    db.session.commit()
    return holds_of(patient)


def _check_end(hold: Hold, number: int, how: str, on: date, today: date) -> None:
    if how == MISTAKE and not hold.corrected:
        raise HoldStandsError
    if how not in hold.ends:
        raise HealthAnswerError("/how", f"Must be one of: {', '.join(hold.ends)}, for sign {number}.")
    if not hold.since <= on <= today:
        raise HealthAnswerError("/on", f"Must be from {hold.since}, when it was told of, to {today}, today.")


def tell_sign(patient: User, night_date: date, code: str) -> list[Hold]:
    """Keep a sign of a night that was corrected before it reached the server; one that is known changes nothing.

    Raises
    ------
    HealthAnswerError
        The night has not begun where the patient is.

    """
    now = clock.now()
    latest = open_night(now, patient.zone)
    if night_date > latest:
        raise HealthAnswerError("/night_date", f"Must not be later than {latest}: that night has not begun.")
    take_turn(patient.id)
    if not any(hold.key == (night_date, code) for hold in holds_of(patient)):
        raise_signs(patient.id, night_date, [code], now)
    db.session.commit()
    return holds_of(patient)


def holds_json(holds: Sequence[Hold]) -> list[dict[str, Any]]:
    """Return signs for people to read (``HoldSchema``)."""
    return [
        {
            "night_date": hold.night_date,
            "code": hold.code,
            "since": hold.since,
            "told_at": hold.told_at,
            "ends": list(hold.ends),
            "ended": hold.end and {"how": hold.end.how, "on": hold.end.on_date, "told_at": hold.end.told_at},
        }
        for hold in holds
    ]


Sign = tuple[date | None, str, date, datetime, bool]


def _signs_of_nights(patient: User) -> Iterator[Sign]:
    found = db.session.execute(
        select(NightSign.night_date, NightSign.code, NightSign.told_at, Night.document)
        .outerjoin(Night, (Night.patient_id == NightSign.patient_id) & (Night.night_date == NightSign.night_date))
        .where(NightSign.patient_id == patient.id)
    )
    for night_date, code, told_at, document in found:
        said = document is not None and code in parsed(document)["problems"]
        yield night_date, code, night_date, told_at, not said


def _signs_of_screens(patient: User) -> Iterator[Sign]:
    """Return what blocked in one screen and not in the one before it."""
    records = db.session.scalars(
        select(HealthRecord)
        .where(HealthRecord.patient_id == patient.id, HealthRecord.kind == "screening")
        .order_by(HealthRecord.version)
    ).all()
    blocked = [_blocked(record, patient) for record in records]
    for number, record in enumerate(records):
        before = blocked[number - 1] if number else []
        since = local_date(record.answered_at, patient.zone)
        for code in blocked[number]:
            if code not in before:
                yield None, code, since, record.answered_at, code not in blocked[-1]


def _blocked(record: HealthRecord, patient: User) -> list[str]:
    day = local_date(record.answered_at, patient.zone)
    return gate.judge(json.loads(record.document), day, day).blocked


def _end_of(key: Key, told_at: datetime, ends: Sequence[HoldEnd]) -> HoldEnd | None:
    """Return what ended a sign: the first that was said of it since it was told."""
    return next((end for end in ends if (end.night_date, end.code) == key and end.told_at >= told_at), None)
