"""A patient's trials and the plan drawn for them."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from analysis.design import Schedule, answers_after, draw_schedule, smallest_p
from backend import clock
from backend.accounts.locks import take_turn
from backend.accounts.models import User
from backend.calendar import local_date, open_night
from backend.db import db
from backend.health.holds import hold_on, standing
from backend.health.service import gate_of
from backend.trials.errors import (
    TrialFixedError,
    TrialNotFoundError,
    TrialOverError,
    TrialPlanError,
    TrialRefusedError,
)
from backend.trials.models import Trial

if TYPE_CHECKING:
    from analysis.planning.design_check import DesignCheck

# Cramps a week of the placebo patients of the Cochrane review of magnesium (CD009402), where a patient told none.
TYPICAL_PER_WEEK = 4.35
LATEST_START_DAYS = 90
SEED_BYTES = 16


def start_trial(patient: User, plan: dict[str, Any]) -> Trial:
    """Draw a trial for a patient, once, and store it.

    The seed is a fresh one, but for a patient who called off a trial before its first night: that one's plan had been
    seen, and whoever drew anew would choose between two plans. Its seed is taken again, so that a trial of the same
    shape has the very same arms.

    Parameters
    ----------
    plan : a validated plan (``NewTrialSchema``).

    Raises
    ------
    TrialPlanError
        The first night is not tomorrow or later where the patient is, or too far ahead.
    TrialRefusedError
        Another trial is active, or the safety screen does not allow one (backend/health/RULES.md 2).

    """
    today = local_date(clock.now(), patient.zone)
    _check_start(plan["start_date"], today)
    take_turn(patient.id)
    under_way = next((trial for trial in trials_of(patient.id) if is_active(trial, today)), None)
    if under_way and under_way.finished_on is None:
        raise TrialRefusedError("trial_running")
    _check_safety(patient, plan["exposure"])
    shape = {name: plan[name] for name in ("design", "pairs", "blocks", "block_nights", "looks")}
    schedule = draw_schedule(**shape, seed=_seed_of(patient))
    trial = store_trial(
        patient.id, schedule, plan["start_date"], exposure=plan["exposure"], expectation=plan["expectation"]
    )
    db.session.commit()
    return trial


def note_end(trial: Trial, finished_on: date, looked_on: date) -> None:
    """Note that a staged trial was decided at a look; the caller commits."""
    trial.looked_on, trial.finished_on = looked_on, finished_on


def _check_start(start: date, today: date, *, but: date | None = None) -> None:
    first, last = today + timedelta(days=1), today + timedelta(days=LATEST_START_DAYS)
    if not first <= start <= last or start == but:
        other = f", and another day than {but}" if but else ""
        raise TrialPlanError("/start_date", f"Must be from {first}, tomorrow, to {last}{other}.")


def _seed_of(patient: User) -> str:
    """Return the seed of a draw that the patient has seen and no trial has begun with, else a fresh one."""
    begun, called_off = set[str | int | None](), []
    for trial in trials_of(patient.id):
        seed = Schedule.from_json(trial.schedule).seed
        if _was_called_off(trial):
            called_off.append(seed)
        else:
            begun.add(seed)
    seen = [str(seed) for seed in called_off if seed is not None and seed not in begun]
    return seen[0] if seen else secrets.token_hex(SEED_BYTES)


def _was_called_off(trial: Trial) -> bool:
    """Whether a trial was stopped before its first night."""
    return trial.stopped_on is not None and trial.stopped_on <= trial.start_date


def move_trial(patient: User, trial_id: UUID, start_date: date) -> Trial:
    """Move the start of a trial that lies ahead, once: seed and arms stay, and so does the first start.

    Any day on which a new trial may begin is free for this one: no other goes on meanwhile, and of one that was stopped
    or decided at a look no night is under way.

    Raises
    ------
    TrialNotFoundError
    TrialFixedError
        The start has come where the patient is, the trial was stopped, or it was moved before.
    TrialPlanError
        The new start is not tomorrow or later, too far ahead, or the one there is.

    """
    now = clock.now()
    today = local_date(now, patient.zone)
    take_turn(patient.id)
    trial = _trial_of(patient, trial_id)
    if trial.start_date <= today or trial.stopped_at is not None or trial.moved_from is not None:
        raise TrialFixedError
    _check_start(start_date, today, but=trial.start_date)
    length = trial.end_date - trial.start_date
    trial.moved_from, trial.moved_at = trial.start_date, now
    trial.start_date, trial.end_date = start_date, start_date + length
    db.session.commit()
    return trial


def _check_safety(patient: User, exposure: str) -> None:
    found = gate_of(patient, night_wear=exposure == "night")
    refusals = {
        "not_answered": ("screening_missing", []),
        "incomplete": ("screening_incomplete", found.missing),
        "blocked": ("blocked", found.blocked),
        "ask_first": ("ask_first", found.unconfirmed),
    }
    if found.outcome in refusals:
        raise TrialRefusedError(*refusals[found.outcome])


def stop_trial(patient: User, trial_id: UUID, reason: str) -> Trial:
    """Stop a trial early: from today on nothing is assigned; the comparison still opens at the planned end.

    Raises
    ------
    TrialNotFoundError, TrialOverError

    """
    now = clock.now()
    today = local_date(now, patient.zone)
    take_turn(patient.id)
    trial = _trial_of(patient, trial_id)
    if not is_active(trial, today):
        raise TrialOverError
    trial.stopped_at, trial.stopped_on, trial.stop_reason = now, today, reason
    db.session.commit()
    return trial


def _trial_of(patient: User, trial_id: UUID) -> Trial:
    # Read anew once it is one's turn: another request may have changed it meanwhile.
    trial = db.session.scalar(
        select(Trial)
        .where(Trial.public_id == trial_id, Trial.patient_id == patient.id)
        .execution_options(populate_existing=True)
    )
    if trial is None:
        raise TrialNotFoundError
    return trial


def is_staged(trial: Trial) -> bool:
    """Whether a trial has looks before its planned end."""
    return bool(Schedule.from_json(trial.schedule).looks)


def is_active(trial: Trial, today: date) -> bool:
    """Whether a trial has nights to come, or tonight: no other may begin meanwhile."""
    return trial.stopped_at is None and trial.end_date >= today


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
    """Return a patient's trials, the newest draw first.

    Not the latest start: a trial that was called off before its first night may have been planned for a later day than
    the one drawn after it, and hides nothing of that.
    """
    return db.session.scalars(
        select(Trial).where(Trial.patient_id == patient_id).order_by(Trial.created_at.desc(), Trial.id.desc())
    ).all()


def compared_trials(patients: Sequence[User]) -> dict[int, Trial]:
    """Return the trial that the result of each of many patients is about; patients without one are left out.

    It is the newest one that has begun, so that a result stays to be read until the next trial begins, or the one to
    come where none has. A trial that was stopped before its first night has no nights and is never compared.
    """
    trials = db.session.scalars(
        select(Trial)
        .where(
            Trial.patient_id.in_([patient.id for patient in patients]),
            Trial.stopped_on.is_(None) | (Trial.stopped_on > Trial.start_date),
        )
        .order_by(Trial.start_date, Trial.id)
    )
    tonight = {patient.id: open_night(clock.now(), patient.zone) for patient in patients}
    compared: dict[int, Trial] = {}
    for trial in trials:
        if trial.start_date <= tonight[trial.patient_id] or trial.patient_id not in compared:
            compared[trial.patient_id] = trial
    return compared


def plan_of(patient: User, first: date, last: date) -> list[dict[str, Any]]:
    """Return what is assigned to each night of a range, ends included, None where no trial covers it, and its hold."""
    drawn = [(trial, Schedule.from_json(trial.schedule)) for trial in trials_of(patient.id)]
    signs = standing(patient)
    nights = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    return [{"date": night, "assigned": _assigned(drawn, night), "hold": hold_on(signs, night)} for night in nights]


def _assigned(drawn: Sequence[tuple[Trial, Schedule]], night: date) -> bool | None:
    for trial, schedule in drawn:
        assigned = schedule.assigned(trial.start_date, night)
        if assigned is not None and not is_past_stop(trial, night):
            return assigned
    return None


def is_past_stop(trial: Trial, night: date) -> bool:
    """Whether a trial had been stopped when a night came, so that nothing was assigned to it."""
    return trial.stopped_on is not None and night >= trial.stopped_on


def answers_on(trial: Trial) -> list[date]:
    """Return the dates on which a trial can give its answer, in order: from noon, when the last night before closes."""
    return [trial.start_date + timedelta(days=nights) for nights in answers_after(Schedule.from_json(trial.schedule))]


def trial_json(patient: User, trial: Trial) -> dict[str, Any]:
    """Return a patient's trial for people to read: protocol, drawn schedule and its seed."""
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
        "moved_from": trial.moved_from,
        "moved_at": trial.moved_at,
        "answers_on": answers_on(trial),
        "expectation": trial.expectation,
        "created_at": trial.created_at,
        "n_schedules": schedule.n_schedules,
        "smallest_p": smallest_p(schedule),
        "compared": compared_trials([patient]).get(patient.id) is trial,
        "stopped_at": trial.stopped_at,
        "stopped_on": trial.stopped_on,
        "stop_reason": trial.stop_reason,
        "active": is_active(trial, local_date(clock.now(), patient.zone)),
    }
