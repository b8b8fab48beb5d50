"""Results of the physician's report: CENT 2015 items 13 to 19. What is compared was computed once, in ``results``."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from backend.diary.tallies import problem_tally
from backend.exports.report import baseline
from backend.exports.report.facts import Day, Facts
from backend.exports.report.items import Item, Table
from backend.exports.report.promises import moved
from backend.exports.report.words import Words, clipped
from backend.health.gate import ALERTING

LONG_CRAMP_MIN = 10
_REASON_LENGTH = 160
_NIGHTS_A_WEEK = 7


def findings(facts: Facts, words: Words) -> list[Item]:
    """Tell what came out."""
    return [
        Item("13a", [] if facts.scheduled else [words.say("flow.worn_note")], part="flow"),
        Item("14", _dates(facts, words)),
        Item("15", part="baseline"),
        Item("16", [_analyzed(facts, words)]),
        Item("17a", _outcomes(facts, words), part="chart"),
        Item("18", _ancillary(facts, words)),
        Item("19", harms(facts, words)),
    ]


def flow_table(facts: Facts, words: Words) -> Table:
    """Count the nights of each arm that were planned, passed, recorded, missing and analyzed."""
    by = "assigned" if facts.scheduled else "worn"
    columns = [words.say(f"flow.{name}") for name in ("on", "off", "all")]
    late = {night["night_date"] for night in facts.nights if night["late"]}
    passed = [day for day in facts.days if facts.compared(day.night)]
    recorded = [day for day in passed if day.cramps is not None]
    kinds = {
        "recorded": recorded,
        "late": [day for day in recorded if day.night in late],
        "missing": [day for day in passed if day.cramps is None],
    }
    rows = [_planned(facts, words)] if facts.scheduled else []
    rows += [_flow_row(words.say("flow.passed", date=facts.as_of), passed, by, facts.scheduled)]
    rows += [
        _flow_row(words.say(f"flow.{name}"), days, by, facts.scheduled or name != "missing")
        for name, days in kinds.items()
    ]
    on, off = facts.result["nights_on"], facts.result["nights_off"]
    rows += [[words.say("flow.analyzed"), str(on), str(off), str(on + off)]]
    return Table(f"{words.say('flow.caption')} ({words.say(f'flow.{by}')})", columns, rows)


def _planned(facts: Facts, words: Words) -> list[str]:
    schedule = facts.schedule
    blocks = schedule.blocks if schedule else ()
    each = (schedule.block_nights if schedule else None) or 0
    on = each * sum(blocks)
    return [words.say("flow.planned"), str(on), str(each * len(blocks) - on), str(each * len(blocks))]


def _flow_row(name: str, days: list[Day], by: str, has_arms: bool) -> list[str]:
    arms = [getattr(day, by) for day in days]
    counts = [str(arms.count(True)), str(arms.count(False))] if has_arms else ["–", "–"]
    return [name, *counts, str(len(days))]


def _dates(facts: Facts, words: Words) -> list[str]:
    trial = facts.trial
    lines = []
    if trial is not None:
        lines.append(words.say("dates.planned", start=trial["start_date"], end=trial["end_date"]))
        lines += moved(facts, words)
        if trial["stopped_on"]:
            reason = clipped(trial["stop_reason"] or "–", _REASON_LENGTH)
            lines.append(words.say("dates.stopped", date=trial["stopped_on"], reason=reason))
            latest = trial["answers_on"][-1]
            lines += [words.say("dates.stopped_locked", date=latest)] if facts.state == "running" else []
        elif early := _caution(facts, "finished_early"):
            lines.append(words.say("dates.early", n=words.say("nights", n=round(early["value"]))))
        else:
            lines.append(words.say("dates.reached" if facts.over else "dates.running"))
    if facts.nights:
        first, last = facts.nights[0]["night_date"], facts.nights[-1]["night_date"]
        lines.append(words.say("dates.diary", first=first, last=last))
    return lines


def _caution(facts: Facts, code: str) -> dict[str, Any] | None:
    return next((warning for warning in facts.result["warnings"] if warning["code"] == code), None)


def _analyzed(facts: Facts, words: Words) -> str:
    result = facts.result
    on, off = (words.say("nights", n=result[name]) for name in ("nights_on", "nights_off"))
    if not result["nights_on"] + result["nights_off"]:
        return words.say("analyzed.none")
    if facts.state == "running":
        return words.say("analyzed.running", on=on, off=off)
    cramps_on, cramps_off = (words.say("cramps", n=result[name]) for name in ("cramps_on", "cramps_off"))
    return words.say("analyzed.counts", on=on, off=off, cramps_on=cramps_on, cramps_off=cramps_off)


def _outcomes(facts: Facts, words: Words) -> list[str]:
    result, wear = facts.result, facts.result["wear"]
    lines = [_as_worn(facts, words)] if facts.scheduled and result["as_worn"] else []
    if wear is not None:
        lines.append(words.say("adherence", percent=words.percent(result["adherence"]), **wear))
    if result["wear_changes"] is not None:
        lines.append(words.say("changes", n=result["wear_changes"]))
    if facts.settled:
        lines.append(f"{words.say('secondary.title')} {'; '.join(_secondary(result, words))}.")
    return lines


def _as_worn(facts: Facts, words: Words) -> str:
    """Tell that as assigned and as worn are one estimate, or why they are two."""
    if not facts.worn_apart:
        return words.say("one_estimate")
    return words.two_estimates(facts.result)


def _secondary(result: dict[str, Any], words: Words) -> list[str]:
    found: list[tuple[str, dict[str, str]]] = []
    if result["cramp_free_diff"] is not None:
        points = {name: words.number(100 * result[f"cramp_free_{name}"], 0) for name in ("diff", "low", "high")}
        found.append(("cramp_free", points))
    if result["minutes_ratio"] is not None:
        ratios = {name: words.ratio(result[f"minutes_{name}"]) for name in ("ratio", "low", "high")}
        found.append(("minutes", ratios))
    if result["pain_nap"] is not None:
        found.append(("pain", {"nap": words.percent(result["pain_nap"]), "se": words.percent(result["pain_se"])}))
    if None not in (result["pain_mean_on"], result["pain_mean_off"]):
        found.append(("mean", {name: words.rate(result[f"pain_mean_{name}"]) for name in ("on", "off")}))
    return [words.say(f"secondary.{name}", **values) for name, values in found] or [words.say("secondary.none")]


def estimates_table(facts: Facts, words: Words) -> Table:
    """Put the comparison as assigned, as worn and without first nights side by side."""
    result = facts.result
    columns = [(_arms(facts), result)]
    if facts.worn_apart:
        columns.append(("worn", result["as_worn"]))
    if result["washout_sensitivity"] and result["washout_sensitivity"]["rate_ratio"] is not None:
        columns.append(("settled", result["washout_sensitivity"]))
    hidden = words.say(f"summary.{_why_hidden(facts)}")
    writers: dict[str, Callable[[dict[str, Any]], str | None]] = {
        "nights": lambda arms: f"{arms['nights_on']} / {arms['nights_off']}",
        "cramps": lambda arms: f"{arms['cramps_on']} / {arms['cramps_off']}",
        "rates": lambda arms: _both(arms["rate_on"], arms["rate_off"], words),
        "ratio": lambda arms: None if arms["rate_ratio"] is None else words.ratio(arms["rate_ratio"]),
        "interval": lambda arms: _interval(arms, words),
    }
    left_out = _TOLD_AT_THE_END if facts.state == "running" else ()
    rows = [
        [words.say(f"table.{name}"), *(write(arms) or hidden for _, arms in columns)]
        for name, write in writers.items()
        if name not in left_out
    ]
    return Table(words.say("table.caption"), [words.say(f"table.{name}") for name, _ in columns], rows)


def _arms(facts: Facts) -> str:
    """Name what decides about a night's arm in the main comparison."""
    if not facts.scheduled:
        return "worn"
    return "both" if facts.result["as_worn"] and not facts.worn_apart else "assigned"


# Whoever sees how a trial goes may begin to record its arms differently, and no test survives that.
_TOLD_AT_THE_END = ("cramps", "rates")


def _why_hidden(facts: Facts) -> str:
    if facts.state != "running":
        return "none"
    planned_end = any(need["code"] == "planned_end" for need in facts.result["needs"])
    return "hidden" if planned_end else "hidden_look"


def _both(on: float | None, off: float | None, words: Words) -> str | None:
    if on is None and off is None:
        return None
    return " / ".join("–" if rate is None else words.rate(_NIGHTS_A_WEEK * rate) for rate in (on, off))


def _interval(arms: dict[str, Any], words: Words) -> str | None:
    if arms["ci_low"] is None or arms["ci_high"] is None:
        return None
    return words.say("table.to", low=words.ratio(arms["ci_low"]), high=words.ratio(arms["ci_high"]))


def _ancillary(facts: Facts, words: Words) -> list[str]:
    result, washed = facts.result, facts.result["washout_sensitivity"]
    lines = []
    if facts.state == "running":
        lines.append(words.say("ancillary.hidden"))
    elif washed and washed["rate_ratio"] is not None and washed["ci_low"] is not None:
        values = {name: words.ratio(washed[key]) for name, key in _WASHED.items()}
        lines.append(words.say("ancillary.washout", **values))
    if result["dispersion"] is not None:
        lines.append(words.say("ancillary.dispersion", number=words.number(result["dispersion"], 2)))
    return lines + _seen_at_night(facts, words)


_WASHED = {"ratio": "rate_ratio", "low": "ci_low", "high": "ci_high"}


def _seen_at_night(facts: Facts, words: Words) -> list[str]:
    nights, lines = facts.nights, []
    urges = [night["rls_urge"] for night in nights if night["rls_urge"] is not None]
    if urges:
        lines.append(words.say("ancillary.urge", have=sum(urges), n=words.say("nights", n=len(urges))))
    long = sum(any((one["duration_min"] or 0) > LONG_CRAMP_MIN for one in night["cramps"]) for night in nights)
    if long:
        lines.append(words.say("ancillary.long", n=words.say("nights", n=long)))
    awake = [night["awake_min"] for night in nights if night["awake_min"] is not None]
    if awake:
        mean = words.number(sum(awake) / len(awake), 0)
        lines.append(words.say("ancillary.awake", minutes=mean, n=words.say("nights", n=len(awake))))
    cramps = [one for night in nights for one in night["cramps"]]
    sites = Counter(one["site"] for one in cramps if one["site"])
    relief = Counter(code for one in cramps for code in one["relief"])
    lines += [words.say("ancillary.sites", list=counted(dict(sites.most_common()), "sites", words))] if sites else []
    return lines + (
        [words.say("ancillary.relief", list=counted(dict(relief.most_common()), "relief", words))] if relief else []
    )


def counted(counts: Mapping[str, int], names: str, words: Words) -> str:
    """Write codes with how often each was told, in their order."""
    told = zip(words.name(names, counts), counts.values(), strict=True)
    return ", ".join(words.say("counted", name=name, n=n) for name, n in told)


def harms(facts: Facts, words: Words) -> list[str]:
    """Tell of stocking problems by wear, and of red flags."""
    return [*_problems(facts, words), _red_flags(facts, words)]


def _problems(facts: Facts, words: Words) -> list[str]:
    troubled = {night["night_date"] for night in facts.nights if night["problems"]}
    if not facts.nights:
        return []
    if not troubled:
        return [words.say("harms.none", n=words.say("nights", n=len(facts.nights)))]
    worn = {
        arm: [day.night for day in facts.days if day.cramps is not None and day.worn is arm] for arm in (True, False)
    }
    line = words.say(
        "harms.arms",
        have=len(troubled.intersection(worn[True])),
        worn=words.say("nights", n=len(worn[True])),
        other=len(troubled.intersection(worn[False])),
        off=words.say("nights", n=len(worn[False])),
    )
    kinds = {row["problem"]: row["nights"] for row in problem_tally(facts.nights, facts.as_of)}
    return [line, words.say("harms.list", list=counted(kinds, "problems", words))]


def _red_flags(facts: Facts, words: Words) -> str:
    screening = facts.health["screening"]
    if not screening["version"]:
        return words.say("harms.unscreened")
    day = baseline.day_of(screening, facts)
    flags = screening["red_flags"]
    if not flags:
        return words.say("harms.no_flags", date=day)
    first = sum(1 for flag in flags if flag in ALERTING)
    listed = [words.say("harms.first", n=first)] if first else []
    listed += words.name("red_flags", [flag for flag in flags if flag not in ALERTING])
    return words.say("harms.red_flags", date=day, list=", ".join(listed))


def stop_problems(facts: Facts, words: Words) -> str | None:
    """Tell of late problems for which stockings should come off (backend/health/RULES.md 5), if there were any."""
    recent = [row for row in problem_tally(facts.nights, facts.as_of) if row["recent"]]
    told = [
        words.say("alerts.problem", name=name, date=row["last_night"])
        for row, name in zip(recent, words.name("problems", (row["problem"] for row in recent)), strict=True)
    ]
    return words.say("alerts.problems", list=", ".join(told)) if told else None
