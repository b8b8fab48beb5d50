"""When a comparison that is still locked opens: the dates that a report promises."""

from datetime import date, timedelta
from typing import Any

from backend.calendar import local_date
from backend.exports.report.facts import Facts
from backend.exports.report.words import Words

_LOOKS = ("planned_end", "first_look", "next_look")


def need_in_words(need: dict[str, Any], facts: Facts, words: Words) -> str:
    """Tell what is missing: nights and cramps by their counts, time by the dates of the looks."""
    code: str = need["code"]
    dates: dict[str, date] = {}
    if code in _LOOKS:
        code, dates = _opening(code, facts)
    return words.say(f"needs.{code}", have=need["have"], want=need["want"], **dates)


def _opening(code: str, facts: Facts) -> tuple[str, dict[str, date]]:
    """Name the sentence for a look that lies ahead, with the day of the last look, the next and the latest."""
    coming: date = facts.result["last_night"] + timedelta(days=1)
    days: list[date] = facts.trial["answers_on"] if facts.trial else [coming]
    looked = max((day for day in days if day < coming), default=None)
    dates = {"next": coming, "latest": max(coming, *days)}
    if coming == dates["latest"] and looked is None:
        return ("first_look" if code == "first_look" else "planned_end"), dates
    if facts.trial and facts.trial["stopped_on"]:
        return "stopped", dates
    if looked is None:
        return "first_possible", dates
    return ("next_look" if coming < dates["latest"] else "last_look"), {**dates, "looked": looked}


def moved(facts: Facts, words: Words) -> list[str]:
    """Tell of a start that was moved: the day it was drawn for, and when that changed."""
    trial = facts.trial
    if trial is None or trial["moved_from"] is None:
        return []
    on = local_date(trial["moved_at"], facts.patient.zone)
    return [words.say("dates.moved", drawn=trial["moved_from"], date=on, start=trial["start_date"])]
