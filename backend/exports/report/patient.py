"""The patient's copy: one page in large type with the result in plain words, and what to ask at the visit."""

from typing import Any

from backend.exports.report import charts
from backend.exports.report.facts import Facts
from backend.exports.report.promises import moved, need_in_words
from backend.exports.report.words import Words
from backend.health.emergency import emergency_number

_MOST_LISTED = 5


def context(facts: Facts, words: Words) -> dict[str, Any]:
    """Return what the template of the patient's copy draws."""
    story = _story(facts)
    return {
        "words": words,
        "facts": facts,
        "headline": words.say(f"headlines.{story}"),
        "lead": words.say(f"leads.{story}"),
        "needs": _needs(facts, words),
        "ratio": _ratio(facts, words),
        "interval": charts.interval(*_estimate(facts)) if _has_estimate(facts) else None,
        "counts": _counts(facts, words),
        "denial": _denial(facts, words) if facts.settled else [],
        "trust": _trust(facts, words) if facts.settled else [],
        "help_now": _help_now(facts, words),
        "safety": words.say(f"safety.{facts.caution}") if facts.caution else None,
        "questions": _questions(facts, words),
    }


def _help_now(facts: Facts, words: Words) -> str:
    number = emergency_number(facts.patient.country)
    return words.say("help_now", number=number) if number else words.say("help_now_anywhere")


def _story(facts: Facts) -> str:
    """Name what is said first: mostly the state, but not where a trial was stopped or ended with too little.

    While stockings stay off nothing more can be compared, and a trial goes on by the calendar only.
    """
    if facts.stays_off and not facts.settled:
        return "held_trial" if facts.state == "running" and facts.trial else "held"
    if facts.state == "insufficient" and facts.over:
        return "ended_short"
    if facts.state != "running":
        return facts.story
    if facts.trial is None:
        return "collecting"
    return "stopped" if facts.trial["stopped_on"] else "running"


def _needs(facts: Facts, words: Words) -> list[str]:
    if facts.state not in ("running", "insufficient") or (facts.stays_off and not facts.trial):
        return []
    found = [need_in_words(need, facts, words) for need in facts.result["needs"]]
    return [*found, *(moved(facts, words) if facts.state == "running" else [])]


def _estimate(facts: Facts) -> tuple[float, float, float]:
    ratio, low, high = (facts.result[name] for name in ("rate_ratio", "ci_low", "ci_high"))
    return ratio, low, high


def _has_estimate(facts: Facts) -> bool:
    return facts.settled and None not in _estimate(facts)


def _ratio(facts: Facts, words: Words) -> list[str]:
    """Tell how many cramps with stockings stand against ten without, and how few or many it may truly be."""
    if not _has_estimate(facts):
        return []
    ratio, low, high = _estimate(facts)
    guess = words.say("about", number=words.number(10 * ratio, 0)) if 10 * ratio >= 0.5 else words.say("few")
    drawn = charts.interval(ratio, low, high)
    ends = _ends(low, high, words)
    # Where nothing was found it is said already that the difference may be none.
    reaches = [words.say("touches_same")] if facts.state in _TOLD and low <= 1 <= high else []
    return [
        words.say("ratio", number=guess),
        words.say("interval", **ends),
        *([words.say("beyond_low", **ends)] if drawn.low_beyond else []),
        *([words.say("beyond_high", **ends)] if drawn.high_beyond else []),
        words.say("interval_note"),
        *reaches,
    ]


_TOLD = ("help", "worse")


def _ends(low: float, high: float, words: Words) -> dict[str, str]:
    """Write the ends of a range for every ten, with a decimal where they would else be the same."""
    written = ([words.number(10 * end, decimals) for end in (low, high)] for decimals in (0, 1))
    first, second = next((ends for ends in written if ends[0] != ends[1]), [words.number(10 * low, 2)] * 2)
    return {"low": first, "high": second}


def _counts(facts: Facts, words: Words) -> list[str]:
    if facts.state == "empty":
        return []
    lines = [words.say("recorded", n=len(facts.nights))]
    result = facts.result
    if facts.settled:
        arms = {
            arm: words.say("arm", n=result[f"nights_{arm}"], cramps=words.say("cramps", n=result[f"cramps_{arm}"]))
            for arm in ("on", "off")
        }
        lines.append(words.say("span", first=result["first_night"], last=result["last_night"]))
        lines += [words.say("compared", **arms), words.say(f"exposures.{result['exposure']}")]
    return lines


def _trust(facts: Facts, words: Words) -> list[str]:
    cautions = words.cautions(facts.result["warnings"])
    known = [] if facts.favorable else [words.say("no_study")]
    return [words.say(f"grades.{facts.result['grade']}"), *cautions, *known, words.say("idea")]


def _denial(facts: Facts, words: Words) -> list[str]:
    """Tell what a result does not mean; beside a sign of help also what speaks against the veins as the reason."""
    if not facts.favorable:
        return [words.say("not.other")]
    return [words.say("not.favorable"), f"{words.say('against')} {words.say('no_study')}"]


def _questions(facts: Facts, words: Words) -> list[str]:
    """Return what to ask the physician: safety first, then the result, then other causes and medicines."""
    history = facts.health["history"]
    asked = words.lines(f"ask.{facts.story if facts.settled else 'open'}")
    if facts.caution:
        # Nothing that a result suggests about stockings holds where something speaks against them.
        asked = [words.say("ask_off" if facts.stays_off else "ask_safety")]
    troubled = sum(1 for night in facts.nights if night["problems"])
    if troubled:
        asked.append(words.say("problem", n=troubled))
    causes = words.name("causes", history["causes"][:_MOST_LISTED])
    medicines = words.name("medicines", history["medicines"][:_MOST_LISTED])
    asked.append(f"{words.say('ask_causes')} {', '.join(causes)}." if causes else words.say("ask_cause"))
    medicine = f"{words.say('ask_medicines')} {', '.join(medicines)}." if medicines else words.say("ask_medicine")
    return [*asked, f"{medicine} {words.say('no_medicine')}"]
