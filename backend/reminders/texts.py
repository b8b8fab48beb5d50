"""What stands on a lock screen, where others read it too: reviewed texts without a word about health."""

from dataclasses import dataclass
from typing import Any

from backend.reminders.models import MORNING, Reminder


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``tomorrow`` is for trials of stockings by day, which are put on the next morning."""

    morning: str
    morning_text: str
    tonight: str
    tomorrow: str
    evening_text: str
    snooze: str


_WORDS = {
    "en": Words(
        morning="How was last night?",
        morning_text="Tap to note it. It takes a few seconds.",
        tonight="Your plan for tonight is ready",
        tomorrow="Your plan for tomorrow is ready",
        evening_text="Tap to see it.",
        snooze="In 30 minutes",
    ),
    "es": Words(
        morning="¿Qué tal anoche?",
        morning_text="Toque para anotar la noche. Son unos segundos.",
        tonight="Su plan para esta noche está listo",
        tomorrow="Su plan para mañana está listo",
        evening_text="Toque para verlo.",
        snooze="En 30 minutos",
    ),
}


def words(language: str) -> Words:
    """Return the texts of a language (``en`` or ``es``)."""
    return _WORDS[language]


def message(reminder: Reminder, language: str, *, by_day: bool = False) -> dict[str, Any]:
    """Return what the service worker shows: ``id`` once, in the place of an older one with the same ``tag``."""
    said = words(language)
    morning = reminder.kind == MORNING
    evening = said.tomorrow if by_day else said.tonight
    return {
        "id": str(reminder.public_id),
        "tag": reminder.kind,
        "title": said.morning if morning else evening,
        "body": said.morning_text if morning else said.evening_text,
        "snooze": None if reminder.again else said.snooze,
        "url": "/" if morning else "/plan",
        "lang": language,
    }
