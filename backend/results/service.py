"""The one comparison, run on the stored nights of one patient; nothing derived is stored."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend import clock
from backend.accounts.models import User
from backend.calendar import last_closed_night, local_date
from backend.db import db
from backend.diary.models import Night
from backend.diary.service import nights_for_reading
from backend.diary.tallies import contributor_tally, problem_tally
from backend.results.frame import Subject, night_frame, subject_of
from backend.trials import service as trials

if TYPE_CHECKING:
    from pandas import DataFrame

    from analysis import Comparison

CHARTS = ("timeline", "comparison", "calendar")


def result_of(patient: User) -> dict[str, Any]:
    """Return a patient's latest comparison: the fields of ``analysis.Comparison``, ``nights_recorded`` and ``wear``."""
    from analysis import compare

    subject = _subject(patient)
    frame = night_frame([subject])
    comparison = compare(frame, exposure=subject.exposure)
    return {**asdict(comparison), **counts_of([patient.id])[patient.id], "wear": _wear(frame, comparison)}


def note_look(patient: User) -> None:
    """Note in a staged trial under way that it was decided at a look before its last one, where it was."""
    from analysis import compare

    subject = _subject(patient)
    today = local_date(clock.now(), patient.zone)
    trial = subject.trial
    if trial is None or not trials.is_staged(trial) or trial.start_date >= today or not trials.is_active(trial, today):
        return
    # The look stands as it was noted first.
    if trial.finished_on is not None:
        return
    found = compare(night_frame([subject]), exposure=subject.exposure)
    if found.last_night and any(caution.code == "finished_early" for caution in found.warnings):
        trials.note_end(trial, found.last_night, today)
        db.session.commit()


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
    options: dict[str, Any] = {"scheme": scheme, "language": language}
    if name == "timeline" and show is not None:
        options["show"] = show
    frame = night_frame([subject], answers="show" in options)
    comparison = compare(frame, exposure=subject.exposure)
    figure = getattr(charts, name)(frame, comparison, **options)
    drawn: dict[str, Any] = json.loads(figure.to_json())
    return drawn


def frame_of(patient: User) -> "DataFrame":
    """Return a patient's analysis frame, as the comparison reads it."""
    return night_frame([_subject(patient)])


def nights_read(patient: User) -> dict[str, Any]:
    """Return a patient's recorded nights, the range they stand in, and what was told beside the cramps."""
    nights, as_of = nights_for_reading(patient.id), last_closed_night(clock.now(), patient.zone)
    return {
        "patient": patient,
        "nights": nights,
        "first_night": nights[0]["night_date"] if nights else None,
        "as_of": as_of,
        "problems": problem_tally(nights, as_of),
        "contributors": contributor_tally(nights),
    }


def evidence() -> dict[str, Any]:
    """Return the error rates and the power that were measured on simulated patients."""
    from analysis.evidence import measured

    return measured()


def _subject(patient: User) -> Subject:
    return subject_of(patient, trials.compared_trials([patient]).get(patient.id))


def counts_of(patient_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return how many nights each patient recorded (``nights_recorded``), and the latest of them (``last_entry``)."""
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
