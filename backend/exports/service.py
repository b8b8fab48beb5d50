"""Files for the visit: one row a night, one row a cramp.

Cells are made safe for spreadsheets, and read back, by ``analysis.io``.
"""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from backend.accounts.models import User
from backend.diary.service import nights_for_reading
from backend.exports.columns import (
    CHOICE_DETAILS,
    CRAMP_COLUMNS,
    CRAMP_DETAILS,
    DERIVED_DETAILS,
    NIGHT_COLUMNS,
    NIGHT_DETAILS,
    SYMPTOM_DETAILS,
    Detail,
)
from backend.results.service import frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from analysis.io import Dialect


def nights_csv(patient: User, dialect: "Dialect") -> bytes:
    """Return one row for every night up to the latest one that has passed; a night without an entry has empty cells.

    The columns of ``analysis.frame`` come first, so that ``charley analyze`` on the file gives the result of the page.
    """
    frame = frame_of(patient)
    details = _details(patient)
    for column in NIGHT_COLUMNS:
        frame[column.name] = [details.get(night, {}).get(column.name) for night in frame["night_date"]]
    return _csv(frame, dialect)


def cramps_csv(patient: User, dialect: "Dialect") -> bytes:
    """Return one row for every cramp, in the order of nights; nights without cramps have no row here."""
    import pandas as pd

    rows = [
        {
            "patient_id": str(patient.public_id),
            "night_date": night["night_date"],
            "cramp": number,
            **{column.name: _cell(column, cramp) for column in CRAMP_DETAILS},
        }
        for night in nights_for_reading(patient.id)
        for number, cramp in enumerate(night["cramps"], start=1)
    ]
    return _csv(pd.DataFrame(rows, columns=[column.name for column in CRAMP_COLUMNS]), dialect)


def _csv(table: "DataFrame", dialect: "Dialect") -> bytes:
    from analysis.io import write_table

    target = BytesIO()
    write_table(table, target, dialect=dialect)
    return target.getvalue()


def _details(patient: User) -> dict[date, dict[str, Any]]:
    return {
        night["night_date"]: {
            **{column.name: _cell(column, night) for column in (*NIGHT_DETAILS, *CHOICE_DETAILS, *DERIVED_DETAILS)},
            **{column.name: _cell(column, night["symptoms"]) for column in SYMPTOM_DETAILS},
        }
        for night in nights_for_reading(patient.id)
    }


def _cell(column: Detail, told: Mapping[str, Any]) -> Any:
    value = told[column.name]
    return " ".join(value) or None if column.kind == "words" else value
