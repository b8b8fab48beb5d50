"""Discussion, other information and what else to talk about: CENT 2015 items 20 to 25, and the visit itself."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from backend.diary.tallies import contributor_tally
from backend.exports.report.facts import Facts
from backend.exports.report.findings import counted
from backend.exports.report.items import Item
from backend.exports.report.promises import need_in_words
from backend.exports.report.words import Words, clipped

NOTES_SHOWN = 4
_NOTE_LENGTH = 120
_MEDICINES_LENGTH = 160
_HINTS = ("urge_first", "walking_brings_on", "numb_feet", "shifting_ends")


@dataclass(frozen=True, slots=True)
class Visit:
    """What else to talk about, and the newest of the patient's notes."""

    discuss: list[str]
    notes: list[str]


def discussion(facts: Facts, words: Words) -> list[Item]:
    """Tell how far to trust it."""
    return [
        Item("20", limitations(facts, words)),
        Item("21", [words.say("generalizability")]),
        Item("22", words.lines("interpretation")),
    ]


def limitations(facts: Facts, words: Words) -> list[str]:
    """Tell what is missing, what to be careful about, and what always holds."""
    opened = [words.say("limitation_open")] if facts.state == "running" else []
    return [*opened, *words.cautions(facts.result["warnings"]), words.say("limitations")]


def needs(facts: Facts, words: Words) -> list[str]:
    """Tell what is still missing for an answer."""
    found = [need_in_words(need, facts, words) for need in facts.result["needs"]]
    if facts.state == "insufficient":
        return [words.say("was_missing" if facts.over else "still_needed"), *found]
    return found


def other(words: Words) -> list[Item]:
    """Tell where the protocol stands and who paid."""
    return [
        Item("23", [words.say("registration")]),
        Item("24", [words.say("protocol", version=version("charley"))]),
        Item("25", [words.say("funding")]),
    ]


def visit(facts: Facts, words: Words) -> Visit:
    """Tell what else to talk about (backend/health/RULES.md 7), and what the patient wrote."""
    history = facts.health["history"]
    told = _told(history, words) if history["version"] else [words.say("visit.unasked")]
    contributors = {row["contributor"]: row["nights_with"] for row in contributor_tally(facts.nights)}
    if contributors:
        told.append(words.say("visit.contributors", list=counted(contributors, "contributors", words)))
    return Visit(told, _notes(facts, words))


def _told(history: dict[str, Any], words: Words) -> list[str]:
    causes, medicines = words.name("causes", history["causes"]), words.name("medicines", history["medicines"])
    lines = [words.say("visit.causes", list=", ".join(causes)) if causes else words.say("visit.no_causes")]
    taken = words.say("visit.medicines", list=", ".join(medicines)) if medicines else words.say("visit.no_medicines")
    if history["medicines_note"]:
        taken += f" {words.say('visit.medicines_note', note=clipped(history['medicines_note'], _MEDICINES_LENGTH))}"
    lines.append(f"{taken} {words.say('visit.review')}" if medicines or history["medicines_note"] else taken)
    hints = [words.say(f"visit.{code}") for code in _HINTS if history["cramp_or_urge"][code]]
    return [*lines, *hints]


def _notes(facts: Facts, words: Words) -> list[str]:
    written = [night for night in reversed(facts.nights) if night["note"] and night["note"].strip()]
    shown = [
        words.say("visit.note", night=words.night(night["night_date"]), note=clipped(night["note"], _NOTE_LENGTH))
        for night in written[:NOTES_SHOWN]
    ]
    left = len(written) - len(shown)
    return [*shown, *([words.say("visit.more_notes", n=left)] if left else [])]
