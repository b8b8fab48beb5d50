"""What a physician takes along from a visit, as files."""

from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from backend.accounts.models import User
from backend.exports.dictionary import datapackage_json
from backend.exports.fhir.bundle import write_bundle
from backend.exports.files import new_file
from backend.exports.readme import visit_readme
from backend.exports.report.service import report
from backend.exports.service import cramps_csv, nights_csv

if TYPE_CHECKING:
    from analysis.io import Dialect


def fhir_json(patient: User) -> IO[bytes]:
    """Return a file with a patient's diary as a FHIR bundle."""
    file = new_file()
    write_bundle(patient, file)
    file.seek(0)
    return file


def visit_zip(patient: User, dialect: "Dialect", language: str) -> IO[bytes]:
    """Return a zip with all of a patient's files; the copy of the report for the patient is in the patient's language.

    Parameters
    ----------
    dialect : of the tables, and of the data dictionary that describes them.
    language : of the README and of the physician's copy of the report, ``en`` or ``es``.

    """
    file = new_file()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(*visit_readme(language))
        archive.writestr("report.html", report(patient, "physician", language, alone=True).html)
        archive.writestr("for-patient.html", report(patient, "patient", patient.language, alone=True).html)
        archive.writestr("nights.csv", nights_csv(patient, dialect))
        archive.writestr("cramps.csv", cramps_csv(patient, dialect))
        archive.writestr("datapackage.json", datapackage_json(dialect))
        with archive.open("fhir.json", "w") as entry:
            write_bundle(patient, entry)
    file.seek(0)
    return file
