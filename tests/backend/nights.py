"""Nights as phones send them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, RELIEF, SYMPTOMS
from tests.backend.people import Person

NIGHT = date(2026, 11, 3)
# The morning after NIGHT, half past seven in Paris.
MORNING = datetime.fromisoformat("2026-11-04T06:30:00+00:00")


def cramp(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return one cramp; equal numbers are the same cramp."""
    return {
        "id": str(UUID(int=number)),
        "onset_local": None,
        "duration_min": 4.5,
        "pain_nrs": 6,
        "site": "calf",
        "side": "left",
        "relief": ["stretch", "walk"],
        **changes,
    }


def night(night_date: date = NIGHT, **changes: Any) -> dict[str, Any]:
    """Return one whole night with one cramp, edited the next morning."""
    return {
        "night_date": night_date.isoformat(),
        "cramps": [cramp(onset_local=f"{night_date + timedelta(days=1)}T03:10")],
        "stockings_day": True,
        "day_wear_h": 9.5,
        "stockings_night": False,
        "rls_urge": False,
        "awake_min": 20.0,
        "symptoms": {"aching": 3, "heaviness": 4, "soreness": None, "burning": 0},
        "problems": ["itch"],
        "contributors": ["caffeine", "walking"],
        "note": "The right calf again.",
        "tz": "Europe/Paris",
        "edited_at": f"{night_date + timedelta(days=1)}T06:20:00Z",
        **changes,
    }


def whole_night(night_date: date, **changes: Any) -> dict[str, Any]:
    """Return a night with every answer there is, each choice made and each bound reached."""
    after = night_date + timedelta(days=1)
    return night(
        night_date,
        cramps=[
            cramp(1, onset_local=f"{night_date}T12:00", relief=list(RELIEF), duration_min=0.1, pain_nrs=0),
            cramp(2, duration_min=None, pain_nrs=None, site=None, side=None, relief=[]),
            cramp(3, onset_local=f"{after}T11:59", site="thigh", side="both", duration_min=120),
        ],
        stockings_night=True,
        symptoms=dict.fromkeys(SYMPTOMS, 10),
        problems=list(PROBLEMS),
        contributors=list(CONTRIBUTORS),
        edited_at=f"{after}T21:00:00.123456789+23:59",
        **changes,
    )


def path_of(night_date: date | str = NIGHT) -> str:
    return f"/api/nights/{night_date}"


def record(patient: Person, *nights: dict[str, Any]) -> list[str]:
    """Record nights; return their versions."""
    versions = []
    for body in nights:
        response = patient.put(path_of(body["night_date"]), body)
        assert response.status_code == 201, response.get_data(as_text=True)
        versions.append(response.headers["ETag"])
    return versions
