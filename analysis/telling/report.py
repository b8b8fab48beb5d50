"""A comparison in plain words and aligned columns, for a terminal."""

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from analysis.results import Comparison, Estimate
from analysis.story import FAVORABLE, STORIES, story_of

# By story, see `analysis.story`.
HEADLINES = {
    "running": "Still running.",
    "insufficient": "Too little data for an answer.",
    "help": "Stockings seem to help.",
    "help_unplanned": "A diary, no trial: chance did not pick the nights. Fewer cramps with stockings.",
    "worse": "More cramps with stockings.",
    "worse_unplanned": "A diary, no trial: chance did not pick the nights. More cramps with stockings.",
    "fewer_unclear": "Fewer cramps with stockings, cause unclear.",
    "more_unclear": "More cramps with stockings, cause unclear.",
    "no_clear_difference": "Not clear: the difference may be large, small or none. That is not the same as no effect.",
    "much_alike": "Much alike: any difference is small, see the interval. That is not the same as no effect.",
}
# The order of a cohort's list, and the false discovery rate that a referral list may have.
LISTED = ("help", "fewer_unclear", "worse", "more_unclear", "no_clear_difference", "running", "insufficient")
SUGGESTED_Q = 0.10
# The order in which a cohort's stories are counted.
COUNTED = (*STORIES, "running", "insufficient")
GRADES = {
    "A": "randomized schedule, exact test",
    "B": "randomized schedule, tested by a model with a time trend",
    "C": "no randomized schedule, at least 3 changes of wear; adjusted for trend, weekend and the night before",
    "D": "before and after, or fewer than 3 changes of wear; other causes cannot be told apart, so never a flag",
}
MEANING = (
    "This is no diagnosis. That stockings help is a reason to consider venous insufficiency and to ask a vein",
    "specialist (duplex ultrasound). Rule out arterial disease before compression. Nobody can be blinded to",
    "stockings, so expectation may play a part. The interval is model-based.",
)
AGAINST = (
    "Against the veins as the reason: most leg symptoms have another cause even where veins are ill, and cramps were",
    "not related to trunk varices in 1,566 people (Edinburgh Vein Study, BMJ 1999;318:353). Stockings without real",
    "pressure help, too: in restless legs in pregnancy, 71 % of the improvement (Rev Assoc Med Bras). No finished",
    "study of stockings for night cramps was found; one is registered (NCT04694417).",
)


def patient_report(found: Comparison) -> str:
    """Tell one patient's comparison in full."""
    lines = [
        f"Patient {found.patient_id}, nights from {found.first_night} to {found.last_night}",
        "",
        HEADLINES[found.story],
        *(f"  {need.text}" for need in found.needs),
        "",
        *_counts(found),
    ]
    if found.rate_ratio is not None:
        lines += ["", *_estimate(found), *_secondary(found)]
    if found.grade is not None:
        lines += ["", f"Evidence: grade {found.grade} ({GRADES[found.grade]})", *_circumstances(found)]
    if found.warnings:
        lines += ["", "Read with care:", *(f"  {caution.text}" for caution in found.warnings)]
    if found.rate_ratio is not None:
        lines += ["", *MEANING, *(AGAINST if found.story in FAVORABLE else ())]
    return "\n".join(lines)


def cohort_report(table: pd.DataFrame) -> str:
    """List many patients, one a line, and count their stories.

    Parameters
    ----------
    table : DataFrame
        As `analysis.compare_cohort` returns it.

    Notes
    -----
    A referral list: the flagged first, then the hinted, the others after; among these by q-value.
    """
    order = table["state"].map({state: at for at, state in enumerate(LISTED)})
    listed = table.assign(order=order).sort_values(["order", "q_value", "patient_id"])
    rows: list[tuple[str, ...]] = [
        ("patient", "state", "grade", "q", "ratio", "95 % interval", "nights on/off", "cramps on/off")
    ]
    rows += [_row(found) for found in listed.to_dict("records")]
    told = [story_of(found) for found in listed.to_dict("records")]
    summary = [f"{told.count(story):>7,}  {story}: {HEADLINES[story]}" for story in COUNTED if story in told]
    against = ["", *AGAINST] if any(story in told for story in FAVORABLE) else []
    flagged = table.loc[table["state"] == "help", "q_value"]
    return "\n".join(
        [
            *_aligned(rows),
            "",
            f"{len(table):,} patients:",
            *summary,
            *against,
            "",
            f"Flagged with q of at most {SUGGESTED_Q:.2f}, for referral: {(flagged <= SUGGESTED_Q).sum():,}. "
            "Of such a list a share q is expected to be flagged by chance.",
        ]
    )


def _row(found: dict[Hashable, Any]) -> tuple[str, ...]:
    known, tested = pd.notna(found["rate_ratio"]), pd.notna(found["q_value"])
    return (
        str(found["patient_id"]),
        str(found["state"]),
        "-" if pd.isna(found["grade"]) else str(found["grade"]),
        f"{found['q_value']:.3f}" if tested else "-",
        _ratio(found["rate_ratio"]) if known else "-",
        between(_ratio(found["ci_low"]), _ratio(found["ci_high"])) if known else "-",
        f"{found['nights_on']}/{found['nights_off']}",
        f"{found['cramps_on']}/{found['cramps_off']}",
    )


def _counts(found: Comparison) -> list[str]:
    rows = [
        ("", "with stockings", "without"),
        (
            "nights recorded" if found.state == "running" else "nights compared",
            str(found.nights_on),
            str(found.nights_off),
        ),
        ("cramps", str(found.cramps_on), str(found.cramps_off)),
    ]
    if found.rate_on is not None and found.rate_off is not None:
        rows.append(("cramps a night", f"{found.rate_on:.2f}", f"{found.rate_off:.2f}"))
    return [f"  {label:<17}{on:>14}{off:>10}" for label, on, off in rows]


def _estimate(found: Comparison) -> list[str]:
    ratio, low, high = (value or 0.0 for value in (found.rate_ratio, found.ci_low, found.ci_high))
    interval = f"95 % interval {between(_ratio(low), _ratio(high))}"
    lines = [
        f"Rate ratio {_ratio(ratio)} ({interval}): {in_words(ratio)} with stockings;",
        f"the nights fit anything {between(in_words(low), in_words(high))}.",
        *_as_worn(found),
    ]
    washed = found.washout_sensitivity
    return lines + ([f"Without the first night after each change: {_brief(washed)}"] if washed is not None else [])


def _as_worn(found: Comparison) -> list[str]:
    """Give the comparison by wear, or say that it is the same one; where it differs, say why."""
    if found.as_worn is None or found.adherence is None:
        return []
    if not found.as_worn_differs:
        return ["As assigned and as worn: one estimate, for wear was as assigned on every compared night."]
    return [
        f"As worn: {_brief(found.as_worn)}",
        f"  The two count different nights: wear was not as assigned on {1 - found.adherence:.0%} of nights of known",
        f"  wear; nights of unknown wear left out: {found.wear_unknown}. By wear, weekend and the night before are",
        "  adjusted for, too.",
    ]


def _secondary(found: Comparison) -> list[str]:
    """Tell the secondary outcomes that there are; they never flag."""
    lines = []
    if found.cramp_free_diff is not None and found.cramp_free_low is not None and found.cramp_free_high is not None:
        share, *ends = (
            f"{100 * value:+.0f}" for value in (found.cramp_free_diff, found.cramp_free_low, found.cramp_free_high)
        )
        lines.append(f"Nights without cramps: {share} percentage points ({between(*ends)})")
    if found.minutes_ratio is not None and found.minutes_low is not None and found.minutes_high is not None:
        interval = between(_ratio(found.minutes_low), _ratio(found.minutes_high))
        lines.append(f"Minutes of cramp a night: ratio {_ratio(found.minutes_ratio)} ({interval})")
    if found.pain_nap is not None and found.pain_se is not None:
        share, error = f"{found.pain_nap:.0%}", f"{found.pain_se:.0%}"
        lines.append(f"Worst pain lower with stockings: in {share} of pairs of nights (standard error {error})")
    return lines


def _brief(estimate: Estimate) -> str:
    if estimate.rate_ratio is None or estimate.ci_low is None or estimate.ci_high is None:
        return f"too little data ({estimate.nights_on} and {estimate.nights_off} nights)"
    return f"{_ratio(estimate.rate_ratio)} ({between(_ratio(estimate.ci_low), _ratio(estimate.ci_high))})"


def _circumstances(found: Comparison) -> list[str]:
    shown = (
        ("worn as assigned", found.adherence, "{:.0%} of nights"),
        ("changes of wear", found.wear_changes, "{}"),
        ("share of nights recorded, with less without stockings", found.logging_gap, "{:+.0%}"),
        ("schedules that could have been drawn", found.n_schedules, "{:,}"),
        ("variance over mean", found.dispersion, "{:.2f}"),
        ("p-value of fewer cramps (one-sided)", found.p_help, "{:.4f}"),
        ("p-value of more cramps (one-sided)", found.p_worse, "{:.4f}"),
    )
    return [f"  {label}: {form.format(value)}" for label, value, form in shown if value is not None]


def between(low: str, high: str) -> str:
    """Write a range of estimates, as everywhere."""
    return f"between {low} and {high}"


def in_words(ratio: float) -> str:
    """Put a rate ratio into words.

    Examples
    --------
    >>> in_words(0.5), in_words(1.0), in_words(1.3), in_words(2.5)
    ('50 % fewer cramps', 'the same', '30 % more cramps', '2.5 times as many cramps')
    """
    change = round(100 * (ratio - 1))
    if change == 0:
        return "the same"
    if change < 0:
        return f"{-change} % fewer cramps"
    return f"{change} % more cramps" if ratio < 2 else f"{ratio:.1f} times as many cramps"


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
