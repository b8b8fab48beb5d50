"""The physician's copy: what a trial showed, on two pages at most, in the order of the CENT 2015 checklist."""

from typing import Any

from backend.diary.signs import EMERGENCY_SIGNS
from backend.diary.tallies import problem_tally
from backend.exports.report import charts
from backend.exports.report.baseline import baseline, day_of
from backend.exports.report.discussion import discussion, needs, other, visit
from backend.exports.report.facts import Day, Facts
from backend.exports.report.findings import estimates_table, findings, flow_table, harms, stop_problems
from backend.exports.report.items import Item, Section
from backend.exports.report.methods import intervention, introduction, methods
from backend.exports.report.words import Words
from backend.health.gate import ALERTING

# So many nights before the first one that is compared are shown beside it.
_NIGHTS_BEFORE = 14
# Letters that fill two pages in the usual type, with a tenth to spare: who told more is printed in smaller type.
_USUAL_LETTERS = 6300


def context(facts: Facts, words: Words) -> dict[str, Any]:
    """Return what the template of the physician's copy draws."""
    shown = shown_days(facts)
    told = {
        "head": _head(facts, words),
        "alerts": _alerts(facts, words),
        "summary": _summary(facts, words),
        "sections": _sections(facts, words),
        "baseline": baseline(facts, words),
        "visit": visit(facts, words),
    }
    return {
        **told,
        "dense": _letters(told) > _USUAL_LETTERS,
        "words": words,
        "facts": facts,
        "title": words.say("title.trial" if facts.randomized else "title.diary"),
        "interval": _interval(facts),
        "flow": flow_table(facts, words),
        "estimates": estimates_table(facts, words),
        "rows": charts.nights_rows(shown, words.charts, scheduled=facts.scheduled),
        "chart_label": _chart_label(shown, words),
        "chart_part": words.say("chart.part", n=len(shown), all=len(facts.days))
        if len(shown) < len(facts.days)
        else None,
    }


def _letters(told: dict[str, Any]) -> int:
    """Count the letters that a report's length depends on."""
    lines = [line for section in told["sections"] for item in section.items for line in item.lines]
    lines += [*told["alerts"], *told["summary"]["lines"], *told["visit"].discuss, *told["visit"].notes]
    return sum(map(len, lines)) + sum(len(pair.told) for pair in told["baseline"])


def shown_days(facts: Facts) -> list[Day]:
    """Return the nights of the picture: those that are compared, and what was recorded shortly before and after."""
    first = facts.result["first_night"]
    begin = next((place for place, day in enumerate(facts.days) if day.night >= first), 0)
    return facts.days[max(0, begin - _NIGHTS_BEFORE) :][: charts.MOST_NIGHTS] if facts.nights else []


def _head(facts: Facts, words: Words) -> list[str]:
    born = [words.say("head.born", year=facts.patient.birth_year)] if facts.patient.birth_year else []
    if not facts.nights:
        return [*born, words.say("head.empty"), words.say("head.made", date=facts.made_on)]
    first, last = facts.nights[0]["night_date"], facts.nights[-1]["night_date"]
    calendar = (max(facts.as_of, last) - first).days + 1
    return [
        *born,
        words.say("head.period", first=first, last=last),
        words.say("head.recorded", have=len(facts.nights), n=calendar),
        words.say("head.made", date=facts.made_on),
    ]


def _alerts(facts: Facts, words: Words) -> list[str]:
    """Tell what to look at before anything else."""
    screening = facts.health["screening"]
    flags = [code for code in screening["red_flags"] if code in ALERTING]
    found = []
    if flags:
        listed = ", ".join(words.name("red_flags", flags))
        found.append(words.say("alerts.red_flags", date=day_of(screening, facts), list=listed))
    reasons = [code for code in screening["blocked"] if code != "red_flag"]
    if reasons:
        found.append(words.say("alerts.blocked", list=", ".join(words.name("safety", reasons))))
    found += [
        told for told in (stop_problems(facts, words), _emergencies(facts, words), _on_hold(facts, words)) if told
    ]
    return [*found, words.say("alerts.watched")] if found else []


def _emergencies(facts: Facts, words: Words) -> str | None:
    """Tell of a late night for which the phone said to call for help."""
    recent = [row for row in problem_tally(facts.nights, facts.as_of) if row["recent"]]
    nights = [row["last_night"] for row in recent if row["problem"] in EMERGENCY_SIGNS]
    return words.say("alerts.emergency", night=words.night(nights[0])) if nights else None


def _on_hold(facts: Facts, words: Words) -> str | None:
    """Tell since when the patient is told to leave the stockings off."""
    since = min((hold.since for hold in facts.holds), default=None)
    return words.say("alerts.hold", date=since) if since else None


def _summary(facts: Facts, words: Words) -> dict[str, Any]:
    result = facts.result
    lines = [words.say(f"meaning.{facts.story}"), *([words.say("against")] if facts.favorable else [])]
    lines += needs(facts, words) if facts.nights or facts.trial else []
    design = words.say(
        "summary.design",
        design=words.say(f"designs.{facts.design}"),
        exposure=words.say(f"exposures.{result['exposure']}"),
    )
    return {
        "state": words.say(f"states.{facts.story}"),
        "lines": lines,
        "figures": _figures(facts, words) if facts.settled else [],
        "design": design if facts.state != "empty" else None,
    }


def _figures(facts: Facts, words: Words) -> list[str]:
    """Tell the estimate with its interval, p, grade and the nights behind it."""
    result = facts.result
    lines = []
    if None not in (result["rate_ratio"], result["ci_low"], result["ci_high"]):
        ratio = {name: words.ratio(result[key]) for name, key in _RATIO.items()}
        lines.append(f"{words.say('summary.ratio', **ratio)}; {_pvalue(result, words)}.".replace("; .", "."))
        drawn = _interval(facts)
        lines += [words.say("summary.beyond", **ratio)] if drawn and (drawn.low_beyond or drawn.high_beyond) else []
    if result["grade"]:
        lines.append(
            words.say("summary.grade", grade=result["grade"], words=words.say(f"grades.{result['grade']}")) + "."
        )
    nights = {arm: words.say("nights", n=result[f"nights_{arm}"]) for arm in ("on", "off")}
    lines.append(words.say("summary.nights", **nights))
    saved = result["saved_per_week"]
    if saved is not None:
        kind = "saved" if saved >= 0 else "added"
        lines.append(words.say(f"summary.{kind}", cramps=words.number(abs(saved))))
    return lines


_RATIO = {"ratio": "rate_ratio", "low": "ci_low", "high": "ci_high"}


def _pvalue(result: dict[str, Any], words: Words) -> str:
    more = result["rate_ratio"] > 1
    value = result["p_worse" if more else "p_help"]
    return "" if value is None else words.say("summary.more" if more else "summary.fewer", p=words.pvalue(value))


def _interval(facts: Facts) -> charts.Interval | None:
    found = [facts.result[key] for key in _RATIO.values()]
    return None if None in found else charts.interval(*found)


def _sections(facts: Facts, words: Words) -> list[Section]:
    if facts.state == "empty":
        told = [Item("15", part="baseline"), Item("19", harms(facts, words))]
        return [
            Section("introduction", introduction(words)),
            Section("methods", [Item("5", intervention(facts, words))]),
            Section("results", told),
        ]
    return [
        Section("introduction", introduction(words)),
        Section("methods", methods(facts, words)),
        Section("results", findings(facts, words)),
        Section("discussion", discussion(facts, words)),
        Section("other", other(words)),
    ]


def _chart_label(days: list[Day], words: Words) -> str:
    if not days:
        return ""
    cramps = [day.cramps for day in days]
    counts = {
        "with_cramps": sum(1 for count in cramps if count),
        "without": cramps.count(0),
        "missing": cramps.count(None),
    }
    told = {name: words.say("nights", n=count) for name, count in counts.items()}
    return words.say("chart.label", first=days[0].night, last=days[-1].night, **told)
