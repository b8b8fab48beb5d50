"""From stored nights to the analysis frame.

pandas and the analysis are imported on first use: a worker that only records nights stays light.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from analysis.design import Schedule
from backend import clock
from backend.accounts.models import User
from backend.db import db
from backend.diary.calendar import last_closed_night
from backend.diary.models import Night
from backend.diary.schemas import SYMPTOMS
from backend.diary.service import recorded_nights
from backend.trials.models import Trial
from backend.trials.service import is_past_stop

if TYPE_CHECKING:
    from pandas import DataFrame

# After a stop nothing is assigned: those nights stay in the diary and out of the comparison.
_UNASSIGNED = {"assigned": None, "pair": None, "block": None, "washout": 1}
NIGHT_COLUMNS = ("cramps", "cramp_minutes", "worst_pain", "stockings_day", "stockings_night")


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


def night_frame(subjects: Iterable[Subject]) -> "DataFrame":
    """Return the analysis frame of some patients.

    Returns
    -------
    DataFrame, shape (nights, columns)
        Columns of ``analysis.frame``; one row for every night from a patient's first entry, or the start of the trial,
        to ``as_of`` or the last entry, whichever is later: the last row tells a comparison how far the calendar has
        come. A night without an entry is a row with missing values. ``patient_id`` is the public id.

    """
    import pandas as pd

    subjects = list(subjects)
    recorded = _recorded_nights([subject.patient.id for subject in subjects])
    rows: list[dict[str, Any]] = []
    for subject in subjects:
        rows.extend(_rows_of(subject, recorded.get(subject.patient.id, {})))
    return pd.DataFrame(rows, columns=["patient_id", "night_date", *NIGHT_COLUMNS, *_schedule_columns()])


def with_answers(frame: "DataFrame", patient_id: int) -> "DataFrame":
    """Return a patient's frame with what else a chart shows: ``rls_urge`` (0/1) and the day symptoms (0-10)."""
    import pandas as pd

    told = {
        night_date: {"rls_urge": night["rls_urge"], **night["symptoms"]}
        for night_date, night in recorded_nights(patient_id).items()
    }
    nights = [told.get(night_date, {}) for night_date in frame["night_date"]]
    answers = pd.DataFrame(nights, index=frame.index, columns=["rls_urge", *SYMPTOMS])
    return frame.assign(**answers.astype(float))


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

    first = ("patient_id", "night_date", *NIGHT_COLUMNS)
    return tuple(column.name for column in COLUMNS if column.name not in first)


def _recorded_nights(patient_ids: list[int]) -> Mapping[int, Mapping[date, Any]]:
    columns = [getattr(Night, name) for name in NIGHT_COLUMNS]
    found = db.session.execute(
        select(Night.patient_id, Night.night_date, *columns)
        .where(Night.patient_id.in_(patient_ids), Night.document.is_not(None))
        .order_by(Night.patient_id, Night.night_date)
    )
    nights: dict[int, dict[date, Any]] = {}
    for patient_id, night_date, *values in found:
        nights.setdefault(patient_id, {})[night_date] = values
    return nights


def _rows_of(subject: Subject, recorded: Mapping[date, Any]) -> Iterable[dict[str, Any]]:
    trial = subject.trial
    # A trial to come has no night yet, not even its first.
    begin = [min(trial.start_date, subject.as_of)] if trial else []
    first = min([*list(recorded)[:1], *begin], default=subject.as_of)
    last = max([subject.as_of, first, *list(recorded)[-1:]])
    constants: dict[str, Any] = {"exposure": subject.exposure}
    planned: dict[date, dict[str, Any]] = {}
    if trial:
        schedule = Schedule.from_json(trial.schedule)
        constants |= schedule.constants(trial.start_date)
        columns = schedule.nights(trial.start_date)
        planned = {
            night: _UNASSIGNED
            if is_past_stop(trial, night)
            else {name: columns[name][index] for name in ("assigned", "pair", "block", "washout")}
            for index, night in enumerate(columns["night_date"])
        }
    for day in range((last - first).days + 1):
        night = first + timedelta(days=day)
        values = recorded.get(night, (None,) * len(NIGHT_COLUMNS))
        yield {
            "patient_id": str(subject.patient.public_id),
            "night_date": night,
            **dict(zip(NIGHT_COLUMNS, values, strict=True)),
            **constants,
            **planned.get(night, {}),
        }
