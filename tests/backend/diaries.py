"""Whole diaries: weeks of nights, with or without a trial, stored as phones and the planner store them."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from analysis.design import Schedule, draw_schedule
from backend.accounts.service import find_by_email
from backend.db import db
from backend.diary.schemas import NightSchema
from backend.diary.service import record_many
from backend.trials.service import store_trial
from tests.backend.nights import cramp, night
from tests.backend.people import Person

START = date(2026, 8, 3)


@dataclass
class Diary:
    """Nights by date, and the schedule they were kept by."""

    nights: dict[date, dict[str, Any]]
    schedule: Schedule | None = None
    start: date = START
    exposure: str = "any"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The columns of the analysis frame, computed from the bodies: one row a recorded night."""
        return [_row(night_date, body) for night_date, body in sorted(self.nights.items())]


def _row(night_date: date, body: dict[str, Any]) -> dict[str, Any]:
    minutes = [one["duration_min"] for one in body["cramps"]]
    pain = [one["pain_nrs"] for one in body["cramps"]]
    return {
        "night_date": night_date,
        "cramps": len(body["cramps"]),
        "cramp_minutes": None if None in minutes else sum(minutes),
        "worst_pain": None if None in pain else max(pain, default=0),
        "stockings_day": body["stockings_day"],
        "stockings_night": body["stockings_night"],
    }


def diary(
    length: int, *, number: int = 1, off: float = 1.8, on: float = 0.6, exposure: str = "any", **design: Any
) -> Diary:
    """Make up a diary.

    Parameters
    ----------
    length : nights from the first on, of which about one in nine is not recorded.
    number : equal numbers make equal diaries.
    off, on : cramps a night without and with stockings, on average.
    design : arguments of ``draw_schedule``; none for a diary without a plan.

    """
    rng = random.Random(number)
    schedule = draw_schedule(**design) if design else None
    nights = {}
    for position in range(length):
        night_date = START + timedelta(days=position)
        assigned = schedule.assigned(START, night_date) if schedule else None
        worn = rng.random() < 0.5 if assigned is None else assigned is (rng.random() < 0.93)
        if rng.random() < 0.89:
            nights[night_date] = _night(rng, night_date, worn, on if worn else off)
    return Diary(nights, schedule, exposure=exposure)


def _night(rng: random.Random, night_date: date, worn: bool, rate: float) -> dict[str, Any]:
    count = sum(rng.random() < rate / 6 for _ in range(6))
    morning = datetime.combine(night_date + timedelta(days=1), datetime.min.time()) + timedelta(hours=7)
    return night(
        night_date,
        cramps=[
            cramp(
                number,
                duration_min=rng.choice([None, 0.5, 2.0, 4.5, 10.0]),
                pain_nrs=rng.choice([None, 0, 3, 6, 10]),
                onset_local=None,
            )
            for number in range(1, count + 1)
        ],
        stockings_day=worn,
        stockings_night=rng.choice([False, False, None]),
        tz="UTC",
        edited_at=f"{morning.isoformat()}Z",
    )


def keep(app: Flask, patient: Person, kept: Diary) -> None:
    """Store a diary and its trial for a patient."""
    with app.app_context():
        user = find_by_email(patient.email)
        assert user is not None
        if kept.schedule and kept.schedule.planned_nights:
            store_trial(user.id, kept.schedule, kept.start, exposure=kept.exposure, expectation=7)
            db.session.commit()
        record_many(user.id, {night_date: NightSchema().load(body) for night_date, body in kept.nights.items()})
