"""Introduction and methods of the physician's report: CENT 2015 items 2 to 12."""

from backend.calendar import local_date
from backend.exports.report.facts import Facts
from backend.exports.report.items import Item
from backend.exports.report.words import Words

# Above so many schedules the exact test draws from them (analysis/README.md 4).
_MOST_ENUMERATED = 4096
_MOST_BLOCKS_SHOWN = 120


def introduction(words: Words) -> list[Item]:
    """Tell why the trial was done, and to find out what."""
    return [Item("2a", words.lines("background")), Item("2b", [words.say("objective")])]


def methods(facts: Facts, words: Words) -> list[Item]:
    """Tell what was planned."""
    return [
        Item("3a", _design(facts, words)),
        Item("4a", [words.say("participant")]),
        Item("4b", [words.say("setting", zone=facts.patient.zone)]),
        Item("4c", [words.say("purpose")]),
        Item("5", intervention(facts, words)),
        Item("6a", words.lines("outcomes")),
        Item("7a", _length(facts, words)),
        Item("7b", _analyses(facts, words)),
        Item("8", _randomization(facts, words)),
        Item("9", [words.say(f"concealment.{'drawn' if facts.randomized else 'none'}")]),
        Item("10", [words.say(f"implementation.{'drawn' if facts.randomized else 'none'}")]),
        Item("11a", _blinding(facts, words)),
        Item("12a", _comparison(facts, words)),
        *([Item("12c", [words.say(f"carryover.{grade}")])] if (grade := _grade(facts)) else []),
    ]


def intervention(facts: Facts, words: Words) -> list[str]:
    """Tell what was worn and what it is compared with."""
    garment = _garment(facts, words)
    told = words.say("garment.line", garment=garment) if garment else words.say("garment.unknown")
    return [told, words.say(f"wear.{facts.result['exposure']}"), words.say("comparator")]


def _garment(facts: Facts, words: Words) -> str:
    told = facts.health["garment"]
    scheme = words.say(f"garment.schemes.{told['scheme']}") if told["scheme"] else None
    parts = []
    if told["compression_class"] and scheme:
        parts.append(words.say("garment.class", scheme=scheme, name=told["compression_class"]))
    elif scheme and told["scheme"] != "unknown":
        parts.append(scheme)
    low, high = told["mmhg_low"], told["mmhg_high"]
    if low is not None or high is not None:
        shape = "above" if high is None else "below" if low is None else "range"
        parts.append(words.say(f"garment.{shape}", low=low or 0, high=high or 0))
    if told["length"]:
        parts.append(words.say(f"garment.lengths.{told['length']}"))
    return ", ".join(parts)


def _design(facts: Facts, words: Words) -> list[str]:
    schedule, nights = facts.schedule, _nights(facts, words)
    if schedule is None:
        return [words.say("design.none")]
    line = words.say(
        f"design.{facts.design}",
        pairs=schedule.n_pairs or 0,
        blocks=schedule.n_blocks,
        block_nights=words.say("nights", n=schedule.block_nights or 0),
        max_run=schedule.max_run or 0,
        nights=nights,
    )
    return [line, *([words.say("design.no_runin")] if facts.scheduled else [])]


def _nights(facts: Facts, words: Words) -> str:
    planned = facts.schedule.planned_nights if facts.schedule else None
    return words.say("nights", n=planned) if planned else ""


def _length(facts: Facts, words: Words) -> list[str]:
    check, schedule = facts.check, facts.schedule
    if check is None or schedule is None or facts.design in ("observational", "before_after"):
        return [f"{_nights(facts, words)}.".capitalize() if facts.scheduled else words.say("no_length")]
    told = facts.patient.usual_cramps_per_week
    power = words.say(
        "power" if told else "power_typical",
        power=words.percent(check.expected_power),
        rate=words.number(7 * check.rate),
        needed=words.say("nights", n=check.nights_needed),
    )
    smallest = words.say("smallest_p", p=words.number(check.smallest_p, 4)) if check.smallest_p else ""
    return [line for line in (f"{_nights(facts, words)}.", power, smallest) if line]


def _analyses(facts: Facts, words: Words) -> list[str]:
    planned = words.say(f"looks.{_looks(facts)}", looks=_list(facts.schedule.looks if facts.schedule else ()))
    days = [words.day(day) for day in facts.trial["answers_on"]] if facts.trial else []
    return [planned, *([words.say("looks.answers", days=", ".join(days))] if days else [])]


def _looks(facts: Facts) -> str:
    if facts.schedule and facts.schedule.looks:
        return "staged"
    return "end" if facts.schedule and facts.schedule.planned_nights else "milestones"


def _randomization(facts: Facts, words: Words) -> list[str]:
    schedule, trial = facts.schedule, facts.trial
    if not facts.randomized or schedule is None or trial is None:
        return [words.say("randomization.fixed" if facts.scheduled else "randomization.none")]
    sequence = schedule.text or ""
    shown = sequence if len(sequence) <= _MOST_BLOCKS_SHOWN else f"{sequence[:_MOST_BLOCKS_SHOWN]}…"
    return [
        words.say(
            "randomization.drawn",
            date=local_date(trial["created_at"], facts.patient.zone),
            n=_thousands(schedule.n_schedules or 0, words),
            seed=trial["seed"] or "–",
        ),
        words.say("randomization.sequence", sequence=shown),
    ]


def _thousands(number: int, words: Words) -> str:
    return f"{number:,}".replace(",", "," if words.language == "en" else "\u00a0")


def _blinding(facts: Facts, words: Words) -> list[str]:
    expectation = facts.trial["expectation"] if facts.trial else None
    if expectation is None:
        return [words.say("blinding.none"), words.say("blinding.unknown")]
    asked = "expected" if facts.randomized else "expected_fixed"
    return [words.say("blinding.none"), words.say(f"blinding.{asked}", n=expectation)]


def _grade(facts: Facts) -> str | None:
    grade: str | None = facts.result["grade"] or (facts.check.grade if facts.check else None)
    return grade


def _comparison(facts: Facts, words: Words) -> list[str]:
    grade = _grade(facts)
    if grade is None:
        return [words.say("comparison.none"), words.say("comparison.interval_worn")]
    interval = words.say("comparison.interval" if facts.scheduled else "comparison.interval_worn")
    checked = [words.say("comparison.check")] if grade == "A" else []
    return [words.say(f"comparison.{_test(facts, grade)}"), *checked, interval]


def _test(facts: Facts, grade: str) -> str:
    schedule = facts.schedule
    if grade != "A" or schedule is None:
        return grade
    if schedule.looks:
        return "A_staged"
    return "A_many" if (schedule.n_schedules or 0) > _MOST_ENUMERATED else "A"


def _list(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
