"""The roster: the comparison of many patients in one pass; the cache is keyed by the diary's revision."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from backend.accounts.models import User
from backend.db import db
from backend.diary.models import Diary, Night
from backend.results.alerts import alerts_of
from backend.results.frame import Subject, night_frame, recorded_cramps, subject_of
from backend.results.service import counts_of
from backend.trials import service as trials

SPARKLINE_NIGHTS = 60
_CACHE_SIZE = 20_000
_cache: "OrderedDict[tuple[Any, ...], dict[str, Any]]" = OrderedDict()


def roster_of(patients: Sequence[User]) -> list[dict[str, Any]]:
    """Return one row a patient: state, estimate and counts, compared in one pass over those that changed."""
    subjects = _subjects(patients)
    rows = _rows(subjects)
    counts = counts_of(list(subjects))
    sparklines, alerts = _sparklines(subjects), alerts_of(subjects, counts)
    chances = _q_values([rows[patient.id] for patient in patients])
    return [
        {
            "id": patient.public_id,
            "display_name": patient.shown_name,
            **rows[patient.id],
            "q_value": chance,
            **counts[patient.id],
            "alerts": alerts[patient.id],
            "sparkline": sparklines[patient.id],
        }
        for patient, chance in zip(patients, chances, strict=True)
    ]


def overview_of(patients: Sequence[User], *, scheme: str, language: str) -> dict[str, Any]:
    """Return a chart of many patients' comparisons as a plotly figure in JSON; options as of `chart_of`."""
    import pandas as pd

    from analysis import charts

    subjects = _subjects(patients)
    rows = _rows(subjects)
    found = [{"patient_id": str(patient.public_id), **rows[patient.id]} for patient in patients]
    table = pd.DataFrame(found, columns=["patient_id", *COMPARED_COLUMNS])
    table["q_value"] = _q_values(found)
    numbers = ("rate_ratio", "ci_low", "ci_high", "p_help", "p_worse", "q_value")
    table = table.astype(dict.fromkeys(numbers, float))
    figure = charts.overview(recorded_cramps(subjects.values()), table, scheme=scheme, language=language)
    drawn: dict[str, Any] = json.loads(figure.to_json())
    return drawn


def _q_values(rows: Sequence[dict[str, Any]]) -> list[float | None]:
    """Return each row's q-value among all of them: of as many flags, the share that chance would raise."""
    if not rows:
        return []
    import numpy as np

    from analysis.comparison.fdr import q_values

    found = q_values(np.array([row["p_help"] for row in rows], dtype=float))
    return [None if np.isnan(value) else float(value) for value in found]


def _subjects(patients: Sequence[User]) -> dict[int, Subject]:
    compared = trials.compared_trials(patients)
    return {patient.id: subject_of(patient, compared.get(patient.id)) for patient in patients}


def _rows(subjects: dict[int, Subject]) -> dict[int, dict[str, Any]]:
    """Return what was compared of each patient, from the cache where the diary has not changed since."""
    keys = _cache_keys(subjects)
    rows = {patient_id: _cache[key] for patient_id, key in keys.items() if key in _cache}
    changed = [subject for patient_id, subject in subjects.items() if patient_id not in rows]
    for subject, row in zip(changed, _compared(changed), strict=True):
        rows[subject.patient.id] = row
        _remember(keys[subject.patient.id], row)
    return rows


def _cache_keys(subjects: dict[int, Subject]) -> dict[int, tuple[Any, ...]]:
    found = db.session.execute(select(Diary.patient_id, Diary.revision).where(Diary.patient_id.in_(list(subjects))))
    revisions = dict(found.all())
    return {
        patient_id: (
            subject.patient.public_id,
            revisions.get(patient_id, 0),
            subject.trial and (subject.trial.public_id, subject.trial.start_date, subject.trial.stopped_on),
            subject.as_of,
        )
        for patient_id, subject in subjects.items()
    }


def _remember(key: tuple[Any, ...], row: dict[str, Any]) -> None:
    _cache[key] = row
    while len(_cache) > _CACHE_SIZE:
        _cache.popitem(last=False)


COMPARED_COLUMNS = (
    "state", "grade", "rate_ratio", "ci_low", "ci_high", "adherence", "p_help", "p_worse", "nights_on", "nights_off",
)  # fmt: skip


def _compared(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Compare many patients, one pass for each exposure that is tested."""
    if not subjects:
        return []
    import pandas as pd

    from analysis import compare_cohort

    rows: dict[str, dict[str, Any]] = {}
    for exposure in sorted({subject.exposure for subject in subjects}):
        table = compare_cohort(
            night_frame(subject for subject in subjects if subject.exposure == exposure), exposure=exposure
        )
        for record in table[["patient_id", *COMPARED_COLUMNS]].to_dict("records"):
            rows[record.pop("patient_id")] = {
                str(name): None if pd.isna(value) else value for name, value in record.items()
            }
    return [rows[str(subject.patient.public_id)] for subject in subjects]


def _sparklines(subjects: dict[int, Subject]) -> dict[int, list[int | None]]:
    """Return the cramps of the last nights of each patient, oldest first; None where not recorded."""
    if not subjects:
        return {}
    earliest = min(subject.as_of for subject in subjects.values()) - timedelta(days=SPARKLINE_NIGHTS)
    cramps: dict[tuple[int, date], int | None] = {}
    for patient_id, night, count in db.session.execute(
        select(Night.patient_id, Night.night_date, Night.cramps).where(
            Night.patient_id.in_(list(subjects)), Night.document.is_not(None), Night.night_date > earliest
        )
    ):
        cramps[patient_id, night] = count
    return {
        patient_id: [
            cramps.get((patient_id, subject.as_of - timedelta(days=back)))
            for back in range(SPARKLINE_NIGHTS - 1, -1, -1)
        ]
        for patient_id, subject in subjects.items()
    }
