"""The one comparison, run on stored nights. Nothing derived is stored; the cache is keyed by the diary's revision."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.accounts.models import User
from backend.db import db
from backend.diary.models import Diary, Night
from backend.diary.tallies import ALERT_NIGHTS
from backend.health.service import with_red_flag
from backend.results.frame import Subject, night_frame, recorded_cramps, subject_of, with_answers
from backend.trials import service as trials

if TYPE_CHECKING:
    from pandas import DataFrame

    from analysis import Comparison

CHARTS = ("timeline", "comparison", "calendar")
SPARKLINE_NIGHTS = 60
SILENT_NIGHTS = 7
_CACHE_SIZE = 20_000
_roster_cache: "OrderedDict[tuple[Any, ...], dict[str, Any]]" = OrderedDict()


def result_of(patient: User) -> dict[str, Any]:
    """Return a patient's latest comparison: the fields of ``analysis.Comparison``, ``nights_recorded`` and ``wear``."""
    from analysis import compare

    subject = _subject(patient)
    frame = night_frame([subject])
    comparison = compare(frame, exposure=subject.exposure)
    return {**asdict(comparison), **_counts([patient.id])[patient.id], "wear": _wear(frame, comparison)}


def finished_early(patient: User) -> bool:
    """Whether the patient's staged trial was decided at a look before its last one."""
    return any(warning["code"] == "finished_early" for warning in result_of(patient)["warnings"])


def _wear(frame: "DataFrame", comparison: "Comparison") -> dict[str, int] | None:
    """Count the nights behind the adherence, arm by arm; None where there is none."""
    if comparison.adherence is None:
        return None
    import numpy as np

    from analysis.frame import check_frame, worn

    nights = check_frame(frame)
    compared = nights["night_date"].between(str(comparison.first_night), str(comparison.last_night))
    nights = nights[compared & nights["cramps"].notna()]
    assigned, wear = nights["assigned"].to_numpy(float), worn(nights, comparison.exposure)
    counts: dict[str, int] = {}
    for arm, value in (("on", 1), ("off", 0)):
        known = (assigned == value) & ~np.isnan(wear)
        counts |= {f"{arm}_nights": int(known.sum()), f"{arm}_kept": int((known & (wear == value)).sum())}
    return counts


def chart_of(
    patient: User, name: str, *, scheme: str, language: str, show: Sequence[str] | None = None
) -> dict[str, Any]:
    """Return one of ``CHARTS`` as a plotly figure in JSON.

    Parameters
    ----------
    scheme : ``light`` or ``dark``.
    language : ``en`` or ``es``.
    show : panels of the timeline (``TIMELINE_PANELS``), the usual ones if left out; the other charts have none.

    """
    from analysis import charts, compare

    subject = _subject(patient)
    frame = night_frame([subject])
    comparison = compare(frame, exposure=subject.exposure)
    options: dict[str, Any] = {"scheme": scheme, "language": language}
    if name == "timeline" and show is not None:
        frame, options["show"] = with_answers(frame, patient.id), show
    figure = getattr(charts, name)(frame, comparison, **options)
    drawn: dict[str, Any] = json.loads(figure.to_json())
    return drawn


def frame_of(patient: User) -> "DataFrame":
    """Return a patient's analysis frame, as the comparison reads it."""
    return night_frame([_subject(patient)])


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


def evidence() -> dict[str, Any]:
    """Return the error rates and the power that were measured on simulated patients."""
    from analysis.evidence import measured

    return measured()


def roster_of(patients: Sequence[User]) -> list[dict[str, Any]]:
    """Return one row a patient: state, estimate and counts, compared in one pass over those that changed."""
    subjects = _subjects(patients)
    rows = _rows(subjects)
    counts = _counts(list(subjects))
    sparklines, alerts = _sparklines(subjects), _alerts(subjects, counts)
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


def _q_values(rows: Sequence[dict[str, Any]]) -> list[float | None]:
    """Return each row's q-value among all of them: of as many flags, the share that chance would raise."""
    if not rows:
        return []
    import numpy as np

    from analysis.fdr import q_values

    found = q_values(np.array([row["p_help"] for row in rows], dtype=float))
    return [None if np.isnan(value) else float(value) for value in found]


def _subject(patient: User) -> Subject:
    return subject_of(patient, trials.compared_trials([patient]).get(patient.id))


def _subjects(patients: Sequence[User]) -> dict[int, Subject]:
    compared = trials.compared_trials(patients)
    return {patient.id: subject_of(patient, compared.get(patient.id)) for patient in patients}


def _rows(subjects: dict[int, Subject]) -> dict[int, dict[str, Any]]:
    """Return what was compared of each patient, from the cache where the diary has not changed since."""
    keys = _cache_keys(subjects)
    rows = {patient_id: _roster_cache[key] for patient_id, key in keys.items() if key in _roster_cache}
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
            subject.trial and (subject.trial.public_id, subject.trial.stopped_on),
            subject.as_of,
        )
        for patient_id, subject in subjects.items()
    }


def _remember(key: tuple[Any, ...], row: dict[str, Any]) -> None:
    _roster_cache[key] = row
    while len(_roster_cache) > _CACHE_SIZE:
        _roster_cache.popitem(last=False)


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


def _counts(patient_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found = db.session.execute(
        select(Night.patient_id, func.count(), func.max(Night.night_date))
        .where(Night.patient_id.in_(patient_ids), Night.document.is_not(None))
        .group_by(Night.patient_id)
    )
    counts: dict[int, dict[str, Any]] = {
        patient_id: {"nights_recorded": 0, "last_entry": None} for patient_id in patient_ids
    }
    for patient_id, nights, last in found:
        counts[patient_id] = {"nights_recorded": nights, "last_entry": last}
    return counts


def _alerts(subjects: dict[int, Subject], counts: dict[int, dict[str, Any]]) -> dict[int, list[str]]:
    """Return of what a physician must hear: the statistics know nothing of it."""
    found = {
        "red_flag": with_red_flag(list(subjects)),
        "stocking_problem": _troubled(subjects),
        "no_entry": _silent(subjects, counts),
    }
    return {
        patient_id: [alert for alert, patient_ids in found.items() if patient_id in patient_ids]
        for patient_id in subjects
    }


def _troubled(subjects: dict[int, Subject]) -> set[int]:
    """Return the patients who lately had a problem for which stockings should come off."""
    if not subjects:
        return set()
    since = min(subject.as_of for subject in subjects.values()) - timedelta(days=ALERT_NIGHTS)
    found = select(Night.patient_id).where(
        Night.patient_id.in_(list(subjects)), Night.stocking_problem, Night.night_date > since
    )
    return set(db.session.scalars(found))


def _silent(subjects: dict[int, Subject], counts: dict[int, dict[str, Any]]) -> set[int]:
    """Return the patients of whose last nights none is recorded; an account that is younger has had no time to."""
    return {
        patient_id
        for patient_id, subject in subjects.items()
        if (counts[patient_id]["last_entry"] or subject.patient.created_at.date())
        <= subject.as_of - timedelta(days=SILENT_NIGHTS)
    }


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
