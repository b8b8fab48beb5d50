"""What a patient told about their health before and beside the diary: CENT 2015 item 15."""

from datetime import date
from typing import Any

from backend.calendar import local_date
from backend.exports.report.facts import Facts
from backend.exports.report.items import Answers, Pair
from backend.exports.report.words import Words, clipped
from backend.health.schemas import SIGNS

_NOTE_LENGTH = 200


def day_of(answers: Answers, facts: Facts) -> date:
    """Return the day on which something was answered, where the patient lives."""
    day: date = local_date(answers["answered_at"], facts.patient.zone)
    return day


def baseline(facts: Facts, words: Words) -> list[Pair]:
    """Return what was told, a name and an answer each; what nobody answered is said to be unanswered."""
    history, screening = facts.health["history"], facts.health["screening"]
    usual = facts.patient.usual_cramps_per_week
    told = {
        "usual": None if usual is None else words.say("baseline.per_week", n=words.number(usual)),
        "signs": _signs(history, words),
        "symptoms": _codes(history, "symptoms_by_day", "symptoms", words),
        "kind": _kind(history["cramp_or_urge"], words),
        "risks": _codes(history, "vein_risks", "risks", words),
        "screen": _screen(screening, facts, words),
        "abi": _indices(screening, words),
    }
    pairs = [
        Pair(words.say(f"baseline.{key}"), answer or words.say("baseline.unanswered")) for key, answer in told.items()
    ]
    if history["pregnancy"] == "yes":
        pairs.append(Pair(words.say("baseline.pregnancy"), words.say("baseline.yes")))
    if history["note"]:
        pairs.append(Pair(words.say("baseline.note"), clipped(history["note"], _NOTE_LENGTH)))
    return pairs


def _codes(history: Answers, key: str, names: str, words: Words) -> str | None:
    if not history["version"]:
        return None
    return ", ".join(words.name(names, history[key])) or words.say("baseline.none")


def _signs(history: Answers, words: Words) -> str | None:
    answered = {sign: side for sign in SIGNS if (side := history["signs"][sign]) is not None}
    if not answered:
        return None
    found = [
        f"{words.say(f'signs.{sign}')} {words.say(f'sides.{side}')}"
        for sign, side in answered.items()
        if side != "none"
    ]
    return ", ".join(found) or words.say("baseline.none")


def _kind(answers: dict[str, Any], words: Words) -> str | None:
    if all(answer is None for answer in answers.values()):
        return None
    told = words.name("kind", [code for code, answer in answers.items() if answer])
    if answers["muscle_hardens"] is False:
        told.append(words.say("kind_no"))
    return ", ".join(told) or words.say("baseline.none")


def _screen(screening: Answers, facts: Facts, words: Words) -> str:
    outcome = screening["outcome"]
    if outcome == "not_answered":
        return words.say("screen.not_answered")
    # What was asked about and agreed to still belongs to the picture of somebody who is free to try.
    shown = "ask_first" if outcome == "free" and screening["ask_first"] else outcome
    reasons = ", ".join(_asked(code, screening, words) for code in screening["ask_first"])
    return words.say(f"screen.{shown}", date=day_of(screening, facts), list=reasons, n=len(screening["missing"]))


def _asked(code: str, screening: Answers, words: Words) -> str:
    name = words.say(f"safety.{code}")
    if code in screening["unconfirmed"] or code not in screening["asked"]:
        return words.say("screen.unasked", code=name)
    return words.say("screen.asked", code=name, date=screening["asked"][code])


def _indices(screening: Answers, words: Words) -> str | None:
    if screening["abi"] is not None:
        return words.say("baseline.abi_one", abi=words.number(screening["abi"], 2))
    legs = {leg: screening[f"abi_{leg}"] for leg in ("left", "right")}
    if legs == {"left": None, "right": None}:
        return words.say("baseline.unknown")
    written = {leg: words.say("baseline.unknown") if abi is None else words.number(abi, 2) for leg, abi in legs.items()}
    return words.say("baseline.abi_legs", **written)
