"""Stop signs: problems of a night for which stockings come off at once (backend/health/RULES.md 5).

The phone must know them without a connection, so the table of them stands among the app's files, and nowhere twice.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from backend.db import db, table_of
from backend.diary.models import NightSign

_TABLE = Path(__file__).parents[2] / "frontend" / "shared" / "stop-signs.json"


@dataclass(frozen=True, slots=True)
class StopSign:
    """What follows from one problem: ``ends`` names what a patient may say to end the hold on stockings.

    ``emergency`` means that help is called at once, as for a red flag of that kind (backend/health/RULES.md 4).
    """

    emergency: bool
    ends: tuple[str, ...]


def _read() -> dict[str, StopSign]:
    table: dict[str, dict[str, Any]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {code: StopSign(told["emergency"], tuple(told["ends"])) for code, told in table.items()}


# The gravest first: of several the first is said.
STOP_SIGNS = _read()
EMERGENCY_SIGNS = tuple(code for code, sign in STOP_SIGNS.items() if sign.emergency)
_ADD_SIGN = table_of(NightSign).insert()


def raise_signs(patient_id: int, night_date: date, problems: Iterable[str], told_at: datetime) -> None:
    """Keep the stop signs among some problems of a night, whatever becomes of the night; the caller commits."""
    add_signs(sign_rows(patient_id, night_date, problems, told_at))


def sign_rows(patient_id: int, night_date: date, problems: Iterable[str], told_at: datetime) -> list[dict[str, Any]]:
    """Return a row for each stop sign among some problems."""
    told = set(problems)
    return [
        {"patient_id": patient_id, "night_date": night_date, "code": code, "told_at": told_at}
        for code in STOP_SIGNS
        if code in told
    ]


def add_signs(rows: Sequence[dict[str, Any]]) -> None:
    """Add rows of signs; the caller commits."""
    if rows:
        db.session.execute(_ADD_SIGN, list(rows))
