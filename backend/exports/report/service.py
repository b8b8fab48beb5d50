"""The report for the visit, as a page for one reader."""

from backend.accounts.models import User
from backend.exports.report import patient as patient_copy
from backend.exports.report import physician as physician_copy
from backend.exports.report.facts import facts_of
from backend.exports.report.page import Page, render
from backend.exports.report.words import Reader, Words


def report(patient: User, reader: Reader, language: str, *, own: bool = False, alone: bool = False) -> Page:
    """Write the report about a patient.

    Parameters
    ----------
    reader : ``physician`` for the whole, in the order of CENT 2015, or ``patient`` for a page in plain words.
    language : ``en`` or ``es``.
    own : whether the patient reads it, so that it leads back to the diary.
    alone : whether it is a file, which leads back nowhere.

    """
    copy = physician_copy if reader == "physician" else patient_copy
    context = copy.context(facts_of(patient), Words(reader, language))
    return render(reader, {**context, "own": own, "alone": alone})
