"""What a physician must hear of, whatever the statistics say."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select

from backend.db import db
from backend.diary.models import Night, NightSign
from backend.diary.signs import EMERGENCY_SIGNS
from backend.diary.tallies import ALERT_NIGHTS
from backend.health.service import with_red_flag
from backend.results.frame import Subject

SILENT_NIGHTS = 7


def alerts_of(subjects: dict[int, Subject], counts: dict[int, dict[str, Any]]) -> dict[int, list[str]]:
    """Return each patient's alerts: a red flag, lately a problem for which stockings come off, no entry for a week.

    A night that told of an emergency is a red flag as well: the phone said to call for help.

    Parameters
    ----------
    counts : of each patient the date of the ``last_entry``, as `backend.results.service.counts_of` has it.

    """
    found = {
        "red_flag": with_red_flag(list(subjects)) | _in_emergency(subjects),
        "stocking_problem": _troubled(subjects),
        "no_entry": _silent(subjects, counts),
    }
    return {
        patient_id: [alert for alert, patient_ids in found.items() if patient_id in patient_ids]
        for patient_id in subjects
    }


def _troubled(subjects: dict[int, Subject]) -> set[int]:
    """Return the patients who lately had a problem for which stockings should come off."""
    return set(db.session.scalars(_lately_troubled(subjects))) if subjects else set()


def _in_emergency(subjects: dict[int, Subject]) -> set[int]:
    """Return those of them who told of one for which help is called at once."""
    if not subjects:
        return set()
    of_that_night = (NightSign.patient_id == Night.patient_id) & (NightSign.night_date == Night.night_date)
    found = _lately_troubled(subjects).join(NightSign, of_that_night).where(NightSign.code.in_(EMERGENCY_SIGNS))
    return set(db.session.scalars(found))


def _lately_troubled(subjects: dict[int, Subject]) -> Select[int]:
    since = min(subject.as_of for subject in subjects.values()) - timedelta(days=ALERT_NIGHTS)
    return select(Night.patient_id).where(
        Night.patient_id.in_(list(subjects)), Night.stocking_problem, Night.night_date > since
    )


def _silent(subjects: dict[int, Subject], counts: dict[int, dict[str, Any]]) -> set[int]:
    """Return the patients of whose last nights none is recorded; an account that is younger has had no time to."""
    return {
        patient_id
        for patient_id, subject in subjects.items()
        if (counts[patient_id]["last_entry"] or subject.patient.created_at.date())
        <= subject.as_of - timedelta(days=SILENT_NIGHTS)
    }
