"""A comparison in plain words and aligned columns, for a terminal."""

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from analysis.results import Comparison, Estimate

STATES = {
    "running": "Still running.",
    "insufficient": "Too little data for an answer.",
    "help": "Stockings seem to help.",
    "worse": "More cramps with stockings.",
    "fewer_unclear": "Fewer cramps with stockings, cause unclear.",
    "more_unclear": "More cramps with stockings, cause unclear.",
    "no_clear_difference": "No clear difference. That is not the same as no effect: see the interval.",
}
# The order of a cohort's list, and the false discovery rate that a referral list may have.
LISTED = ("help", "fewer_unclear", "worse", "more_unclear", "no_clear_difference", "running", "insufficient")
SUGGESTED_Q = 0.10
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


def patient_report(found: Comparison) -> str:
    """Tell one patient's comparison in full."""
    lines = [
        f"Patient {found.patient_id}, nights from {found.first_night} to {found.last_night}",
        "",
        STATES[found.state],
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
        lines += ["", *MEANING]
    return "\n".join(lines)


def cohort_report(table: pd.DataFrame) -> str:
    """List many patients, one a line, and count their states.

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
    counts = table["state"].value_counts()
    summary = [f"{counts[state]:>7,}  {state}: {STATES[state]}" for state in LISTED if state in counts]
    flagged = table.loc[table["state"] == "help", "q_value"]
    return "\n".join(
        [
            *_aligned(rows),
            "",
            f"{len(table):,} patients:",
            *summary,
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
        f"{_ratio(found['ci_low'])} to {_ratio(found['ci_high'])}" if known else "-",
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
    interval = f"95 % interval {_ratio(low)} to {_ratio(high)}"
    lines = [
        f"Rate ratio {_ratio(ratio)} ({interval}): {in_words(ratio)} with stockings;",
        f"the nights fit anything from {in_words(low)} to {in_words(high)}.",
    ]
    others = (("As worn", found.as_worn), ("Without the first night after each change", found.washout_sensitivity))
    return lines + [f"{name}: {_brief(estimate)}" for name, estimate in others if estimate is not None]


def _secondary(found: Comparison) -> list[str]:
    """Tell the secondary outcomes that there are; they never flag."""
    lines = []
    if found.cramp_free_diff is not None and found.cramp_free_low is not None and found.cramp_free_high is not None:
        shares = (100 * share for share in (found.cramp_free_diff, found.cramp_free_low, found.cramp_free_high))
        lines.append("Nights without cramps: {:+.0f} percentage points ({:+.0f} to {:+.0f})".format(*shares))
    if found.minutes_ratio is not None and found.minutes_low is not None and found.minutes_high is not None:
        interval = f"{_ratio(found.minutes_low)} to {_ratio(found.minutes_high)}"
        lines.append(f"Minutes of cramp a night: ratio {_ratio(found.minutes_ratio)} ({interval})")
    if found.pain_nap is not None and found.pain_se is not None:
        share, error = f"{found.pain_nap:.0%}", f"{found.pain_se:.0%}"
        lines.append(f"Worst pain lower with stockings: in {share} of pairs of nights (standard error {error})")
    return lines


def _brief(estimate: Estimate) -> str:
    if estimate.rate_ratio is None or estimate.ci_low is None or estimate.ci_high is None:
        return f"too little data ({estimate.nights_on} and {estimate.nights_off} nights)"
    return f"{_ratio(estimate.rate_ratio)} ({_ratio(estimate.ci_low)} to {_ratio(estimate.ci_high)})"


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
