"""Keeping what patients tell about their health, and reading what it means for a trial."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from backend import clock
from backend.accounts.locks import take_turn
from backend.accounts.models import User
from backend.calendar import local_date
from backend.db import db
from backend.health import gate
from backend.health.errors import HealthAnswerError
from backend.health.models import HealthRecord
from backend.health.schemas import CRAMP_OR_URGE, SIGNS
from backend.health.stockings import with_pressures

Answers = dict[str, Any]
_UNANSWERED: dict[str, Answers] = {
    "screening": {
        "questions_version": gate.QUESTIONS_VERSION,
        "answers": dict.fromkeys(gate.QUESTIONS),
        "abi_left": None,
        "abi_right": None,
        "abi": None,
        "asked": {},
        "red_flags": [],
    },
    "history": {
        "signs": dict.fromkeys(SIGNS),
        "symptoms_by_day": [],
        "causes": [],
        "vein_risks": [],
        "medicines": [],
        "medicines_note": None,
        "pregnancy": None,
        "cramp_or_urge": dict.fromkeys(CRAMP_OR_URGE),
        "note": None,
    },
    "garment": dict.fromkeys(("scheme", "compression_class", "mmhg_low", "mmhg_high", "length")),
}


def answer_screening(patient: User, answers: Answers) -> Answers:
    """Store a new version of the safety screen (``ScreeningAnswerSchema``); the older ones stay.

    Raises
    ------
    HealthAnswerError
        A date of asking lies in the future, where the patient is.

    """
    today = local_date(clock.now(), patient.zone)
    for code, asked_on in answers["asked"].items():
        if asked_on > today:
            raise HealthAnswerError(f"/asked/{code}", f"Must not be later than {today}, today.")
    return _screening_json(patient, _add(patient.id, "screening", answers))


def screening_of(patient: User) -> Answers:
    """Return a patient's newest safety screen and what it comes to today."""
    return _screening_json(patient, _newest(patient.id, "screening"))


def screenings_of(patient: User) -> list[Answers]:
    """Return every version of a patient's safety screen, newest first, each with what it came to on its day."""
    records = db.session.scalars(
        select(HealthRecord)
        .where(HealthRecord.patient_id == patient.id, HealthRecord.kind == "screening")
        .order_by(HealthRecord.version.desc())
    )
    return [_screening_json(patient, record, today=local_date(record.answered_at, patient.zone)) for record in records]


def gate_of(patient: User, *, night_wear: bool) -> gate.Gate:
    """Return what a patient's newest safety screen means for a trial that begins soon."""
    return _judged(patient, _newest(patient.id, "screening"), local_date(clock.now(), patient.zone), night_wear)


def tell(patient: User, kind: str, answers: Answers) -> Answers:
    """Store a new version of the health ``history`` or the ``garment``; telling the same again changes nothing."""
    if kind == "garment":
        answers = with_pressures(answers)
    newest = _newest(patient.id, kind)
    record = newest if newest and json.loads(newest.document) == answers else _add(patient.id, kind, answers)
    return _record_json(kind, record)


def told(patient: User, kind: str) -> Answers:
    """Return a patient's newest health ``history`` or ``garment``."""
    return _record_json(kind, _newest(patient.id, kind))


def health_of(patient: User) -> Answers:
    """Return all a physician reads about a patient's health."""
    screening = screening_of(patient)
    return {
        "red_flags": gate.by_urgency(screening["red_flags"]),
        "screening": screening,
        "history": told(patient, "history"),
        "garment": told(patient, "garment"),
    }


def with_red_flag(patient_ids: Sequence[int]) -> set[int]:
    """Return those patients whose newest safety screen holds a red flag of which a physician must hear at once."""
    newest = (
        select(HealthRecord.patient_id, func.max(HealthRecord.version).label("version"))
        .where(HealthRecord.kind == "screening", HealthRecord.patient_id.in_(patient_ids))
        .group_by(HealthRecord.patient_id)
        .subquery()
    )
    found = db.session.execute(
        select(HealthRecord.patient_id, HealthRecord.document)
        .join(newest, (HealthRecord.patient_id == newest.c.patient_id) & (HealthRecord.version == newest.c.version))
        .where(HealthRecord.kind == "screening")
    )
    return {patient_id for patient_id, text in found if gate.ALERTING.intersection(json.loads(text)["red_flags"])}


def add_record(patient_id: int, kind: str, answers: Answers, answered_at: datetime) -> HealthRecord:
    """Add the next version of one of ``KINDS``, validated before; the caller commits."""
    newest = _newest(patient_id, kind)
    record = HealthRecord(
        patient_id=patient_id,
        kind=kind,
        version=newest.version + 1 if newest else 1,
        answered_at=answered_at,
        document=json.dumps(answers, default=str, sort_keys=True),
    )
    db.session.add(record)
    return record


def _newest(patient_id: int, kind: str) -> HealthRecord | None:
    return db.session.scalar(
        select(HealthRecord)
        .where(HealthRecord.patient_id == patient_id, HealthRecord.kind == kind)
        .order_by(HealthRecord.version.desc())
        .limit(1)
    )


def _add(patient_id: int, kind: str, answers: Answers) -> HealthRecord:
    take_turn(patient_id)
    record = add_record(patient_id, kind, answers, clock.now())
    db.session.commit()
    return record


def _record_json(kind: str, record: HealthRecord | None) -> Answers:
    """Return answers for people to read; what was not asked when they were given is null."""
    return {
        **_UNANSWERED[kind],
        **(json.loads(record.document) if record else {}),
        "version": record.version if record else 0,
        "answered_at": record and record.answered_at,
    }


def _screening_json(patient: User, record: HealthRecord | None, *, today: date | None = None) -> Answers:
    today = today or local_date(clock.now(), patient.zone)
    answers = _record_json("screening", record)
    asked = {code: date.fromisoformat(day) for code, day in answers["asked"].items()}
    judged = asdict(_judged(patient, record, today, night_wear=False))
    return {**answers, "asked": asked, **judged, "confirmed_since": today - gate.HOLDS}


def _judged(patient: User, record: HealthRecord | None, today: date, night_wear: bool) -> gate.Gate:
    if record is None:
        return gate.NOT_ANSWERED
    answers: Mapping[str, Any] = json.loads(record.document)
    return gate.judge(answers, local_date(record.answered_at, patient.zone), today, night_wear=night_wear)
