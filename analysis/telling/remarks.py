"""What to say beside a comparison: what is still missing, and why to read it with care."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from analysis.comparison.verdict import Rule
from analysis.results import Caution, Need

UNEVEN_LOGGING = 0.10
LOW_ADHERENCE = 0.80
WEAR_FOLLOWS = 1.96
# By chance alone a night less after each change moves the ratio so far in 2-8 of 100 trials of three-night blocks.
CARRY_OVER = 1.4


def needs(row: Mapping[str, Any], last_night: dt.date, rule: Rule) -> tuple[Need, ...]:
    """Tell what is missing while a trial runs or has too little data.

    Parameters
    ----------
    row : mapping
        A patient's row of the detailed table of `analysis.cohort`, None where missing.
    last_night : date
        Last evening of the stretch that is compared.
    rule : Rule
    """
    if row["state"] == "running":
        code, what = _awaited(row)
        return (Need(code, f"{what} after the night of {last_night.isoformat()}.", row["passed"], row["planned"]),)
    if row["state"] != "insufficient":
        return ()
    wanted = (
        ("nights_on", "recorded nights with stockings", row["nights_on"], rule.minimum_nights),
        ("nights_off", "recorded nights without stockings", row["nights_off"], rule.minimum_nights),
        ("cramps", "cramps on the compared nights", row["cramps_on"] + row["cramps_off"], rule.minimum_cramps),
    )
    return tuple(
        Need(code, f"{what[0].upper()}{what[1:]}: {have} of at least {want}.", have, want)
        for code, what, have, want in wanted
        if have < want
    )


def _awaited(row: Mapping[str, Any]) -> tuple[str, str]:
    if row["milestone"]:
        return "first_look", "The first look comes"
    if row["staged"]:
        return "next_look", "The next look comes"
    return "planned_end", "The comparison opens"


def cautions(row: Mapping[str, Any]) -> tuple[Caution, ...]:
    """Tell why to read a patient's comparison with care; `row` as in `needs`."""
    found = []
    if row["finished_early"]:
        text = "The trial finished early because the difference was large; such a difference is likely overstated."
        found.append(Caution("finished_early", text, float(row["planned"])))
    if row["reached"] < row["planned"]:
        text = (
            f"Only the first {row['reached']} of {row['planned']} nights are compared: "
            "the trial was stopped then, or nothing was recorded later."
        )
        found.append(Caution("stopped_early", text, float(row["reached"])))
    gap, adherence, unknown, follows = (
        row[name] for name in ("logging_gap", "adherence", "unknown_arm", "wear_follows_cramps")
    )
    if gap is not None and abs(gap) >= UNEVEN_LOGGING:
        more, less = ("with", "without") if gap > 0 else ("without", "with")
        text = f"Nights {more} stockings were recorded more often than nights {less}, by {abs(gap):.0%} of nights."
        found.append(Caution("uneven_logging", text, gap))
    if adherence is not None and adherence < LOW_ADHERENCE:
        text = f"Stockings were worn as planned on {adherence:.0%} of nights only."
        found.append(Caution("low_adherence", text, adherence))
    if unknown:
        text = f"{unknown} recorded nights are left out, because it is not known whether stockings were worn."
        found.append(Caution("unknown_wear", text, float(unknown)))
    if follows >= WEAR_FOLLOWS:
        text = "Stockings were worn more often after nights with many cramps; cramps then tend to ease by themselves."
        found.append(Caution("wear_follows_cramps", text, follows))
    ratio, washed = row["rate_ratio"], row["washout_sensitivity.rate_ratio"]
    known = row["scheduled"] and ratio is not None and washed is not None
    if known and not 1 / CARRY_OVER < washed / ratio < CARRY_OVER:
        text = (
            "Without the first night after each change the answer would be notably different; what was worn before may "
            "still act for a night."
        )
        found.append(Caution("carry_over", text, washed / ratio))
    return tuple(found)
