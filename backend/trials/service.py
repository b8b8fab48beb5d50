"""A patient's trials and the plan drawn for them."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from analysis.design import Schedule
from backend import clock
from backend.db import db
from backend.trials.models import Trial

if TYPE_CHECKING:
    from analysis.design_check import DesignCheck

# Cramps a week of the placebo patients of the Cochrane review of magnesium (CD009402), where a patient told none.
TYPICAL_PER_WEEK = 4.35


def store_trial(
    patient_id: int, schedule: Schedule, start_date: date, *, exposure: str = "any", expectation: int | None = None
) -> Trial:
    """Store a drawn schedule as a patient's trial; the caller commits.

    Parameters
    ----------
    schedule : with a fixed end (``planned_nights``).

    """
    if schedule.planned_nights is None:
        raise ValueError("a trial needs a planned end")
    trial = Trial(
        patient_id=patient_id,
        exposure=exposure,
        schedule=schedule.to_json(),
        start_date=start_date,
        end_date=start_date + timedelta(days=schedule.planned_nights - 1),
        expectation=expectation,
        created_at=clock.now(),
    )
    db.session.add(trial)
    return trial


def check_plan(shape: Schedule, cramps_per_week: float | None) -> "DesignCheck":
    """Tell what a trial of this shape can show.

    Parameters
    ----------
    shape : any schedule of the shape.
    cramps_per_week : of the patient, without stockings; a typical number where it is unknown or none.

    """
    return _checked(shape, round((cramps_per_week or TYPICAL_PER_WEEK) / 7, 2))


@lru_cache(maxsize=1024)
def _checked(shape: Schedule, rate: float) -> "DesignCheck":
    from analysis.design import check_design

    return check_design(shape, rate=max(rate, 0.01))


def trials_of(patient_id: int) -> Sequence[Trial]:
    """Return a patient's trials, newest first."""
    return db.session.scalars(
        select(Trial).where(Trial.patient_id == patient_id).order_by(Trial.start_date.desc(), Trial.id.desc())
    ).all()


def latest_trials(patient_ids: Sequence[int]) -> dict[int, Trial]:
    """Return the newest trial of each of many patients; patients without a trial are left out."""
    trials = db.session.scalars(
        select(Trial).where(Trial.patient_id.in_(patient_ids)).order_by(Trial.start_date, Trial.id)
    )
    return {trial.patient_id: trial for trial in trials}


def plan_of(patient_id: int, first: date, last: date) -> list[dict[str, Any]]:
    """Return what is assigned to each night of a range, ends included; None where no trial covers the night."""
    drawn = [(Schedule.from_json(trial.schedule), trial.start_date) for trial in trials_of(patient_id)]
    nights = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    return [{"date": night, "assigned": _assigned(drawn, night)} for night in nights]


def _assigned(drawn: Sequence[tuple[Schedule, date]], night: date) -> bool | None:
    covered = (schedule.assigned(start, night) for schedule, start in drawn)
    return next((assigned for assigned in covered if assigned is not None), None)


def trial_json(trial: Trial) -> dict[str, Any]:
    """Return a trial for people to read: protocol, drawn schedule and its seed."""
    schedule = Schedule.from_json(trial.schedule)
    return {
        "id": trial.public_id,
        "design": schedule.design,
        "exposure": trial.exposure,
        "block_nights": schedule.block_nights,
        "blocks": list(schedule.blocks),
        "looks": list(schedule.looks),
        "planned_nights": schedule.planned_nights,
        "seed": None if schedule.seed is None else str(schedule.seed),
        "start_date": trial.start_date,
        "end_date": trial.end_date,
        "expectation": trial.expectation,
        "stopped_at": trial.stopped_at,
        "stop_reason": trial.stop_reason,
    }
