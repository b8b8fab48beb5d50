"""From stored nights to the analysis frame.

pandas and the analysis are imported on first use: a worker that only records nights stays light.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from analysis.design import Schedule
from backend import clock
from backend.accounts.models import User
from backend.calendar import last_closed_night
from backend.db import db
from backend.diary.models import Night
from backend.diary.night_fields import SYMPTOMS
from backend.diary.storage import parsed
from backend.trials.models import Trial
from backend.trials.service import is_past_stop

if TYPE_CHECKING:
    from pandas import DataFrame

# After a stop nothing is assigned: those nights stay in the diary and out of the comparison.
_UNASSIGNED = {"assigned": None, "pair": None, "block": None, "washout": 1}
COMPARED = ("cramps", "cramp_minutes", "worst_pain", "stockings_day", "stockings_night")
# What a chart shows beside them, by the names it has in a night.
ANSWERS = ("rls_urge", *SYMPTOMS)


@dataclass(frozen=True, slots=True)
class Subject:
    """One patient of a comparison: who, by which trial, and up to which night."""

    patient: User
    trial: Trial | None
    as_of: date

    @property
    def exposure(self) -> str:
        """Which wear the trial tests."""
        return self.trial.exposure if self.trial else "any"


def subject_of(patient: User, trial: Trial | None) -> Subject:
    """Return a patient as a subject, up to the last night that has passed where the patient lives."""
    return Subject(patient, trial, last_closed_night(clock.now(), patient.zone))


def night_frame(subjects: Iterable[Subject], *, answers: bool = False) -> "DataFrame":
    """Return the analysis frame of some patients.

    Parameters
    ----------
    answers : whether it has ``rls_urge`` (0/1) and the day symptoms (0-10), too, which stand in its document alone.

    Returns
    -------
    DataFrame, shape (nights, columns)
        Columns of ``analysis.frame``; one row for every night from a patient's first entry, or the start of the trial,
        to ``as_of`` or the last entry, whichever is later: the last row tells a comparison how far the calendar has
        come. A night without an entry is a row with missing values. ``patient_id`` is the public id.

    """
    import pandas as pd

    subjects = list(subjects)
    names = (*COMPARED, *ANSWERS) if answers else COMPARED
    recorded = _recorded_nights([subject.patient.id for subject in subjects], answers=answers)
    # Column by column: a dictionary a night would cost a roster of a thousand patients most of its time.
    frame: dict[str, list[Any]] = {name: [] for name in ("patient_id", "night_date", *names, *_schedule_columns())}
    for subject in subjects:
        told = _columns_of(subject, recorded.get(subject.patient.id, {}), names)
        missing = [None] * len(told["night_date"])
        for name, cells in frame.items():
            cells += told.get(name, missing)
    return pd.DataFrame(frame).astype(dict.fromkeys(names[len(COMPARED) :], float))


def recorded_cramps(subjects: Iterable[Subject]) -> "DataFrame":
    """Return the recorded nights of some patients, with their cramps only; ``patient_id`` is the public id."""
    import pandas as pd

    ids = {subject.patient.id: str(subject.patient.public_id) for subject in subjects}
    found = db.session.execute(
        select(Night.patient_id, Night.night_date, Night.cramps).where(
            Night.patient_id.in_(list(ids)), Night.document.is_not(None)
        )
    )
    rows = [(ids[patient_id], night_date, cramps) for patient_id, night_date, cramps in found]
    return pd.DataFrame(rows, columns=["patient_id", "night_date", "cramps"])


def _schedule_columns() -> tuple[str, ...]:
    from analysis.frame import COLUMNS

    first = ("patient_id", "night_date", *COMPARED)
    return tuple(column.name for column in COLUMNS if column.name not in first)


def _recorded_nights(patient_ids: list[int], *, answers: bool) -> Mapping[int, Mapping[date, Sequence[Any]]]:
    columns = [getattr(Night, name) for name in COMPARED]
    document = [Night.document] if answers else []
    found = db.session.execute(
        select(Night.patient_id, Night.night_date, *columns, *document)
        .where(Night.patient_id.in_(patient_ids), Night.document.is_not(None))
        .order_by(Night.patient_id, Night.night_date)
    )
    nights: dict[int, dict[date, Sequence[Any]]] = {}
    for patient_id, night_date, *values in found:
        nights.setdefault(patient_id, {})[night_date] = _with_answers(values) if answers else values
    return nights


def _with_answers(values: list[Any]) -> list[Any]:
    night = parsed(values.pop())
    told = {**night, **night["symptoms"]}
    return [*values, *(told[name] for name in ANSWERS)]


def _columns_of(subject: Subject, recorded: Mapping[date, Sequence[Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """Return what is known of one patient's nights: lists of one length, by column."""
    trial = subject.trial
    # A trial to come has no night yet, not even its first.
    begin = [min(trial.start_date, subject.as_of)] if trial else []
    first = min([*list(recorded)[:1], *begin], default=subject.as_of)
    last = max([subject.as_of, first, *list(recorded)[-1:]])
    nights = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    unrecorded = (None,) * len(names)
    cells = zip(*(recorded.get(night, unrecorded) for night in nights), strict=True)
    constants: dict[str, Any] = {"patient_id": str(subject.patient.public_id), "exposure": subject.exposure}
    planned: dict[str, list[Any]] = {}
    if trial:
        schedule = Schedule.from_json(trial.schedule)
        constants |= schedule.constants(trial.start_date)
        planned = _planned(trial, schedule, nights)
    return {
        "night_date": nights,
        **dict(zip(names, map(list, cells), strict=True)),
        **{name: [value] * len(nights) for name, value in constants.items()},
        **planned,
    }


def _planned(trial: Trial, schedule: Schedule, nights: list[date]) -> dict[str, list[Any]]:
    """Return what a trial's schedule says of some nights; of those outside it nothing."""
    columns = schedule.nights(trial.start_date)
    place = {night: index for index, night in enumerate(columns["night_date"])}
    known = [(place.get(night), is_past_stop(trial, night)) for night in nights]
    return {
        name: [None if index is None else after_stop if stopped else columns[name][index] for index, stopped in known]
        for name, after_stop in _UNASSIGNED.items()
    }
