"""What a physician takes along from a visit, as files."""

from typing import IO

from backend.accounts.models import User
from backend.exports.fhir.bundle import write_bundle
from backend.exports.files import new_file


def fhir_json(patient: User) -> IO[bytes]:
    """Return a file with a patient's diary as a FHIR bundle."""
    file = new_file()
    write_bundle(patient, file)
    file.seek(0)
    return file
