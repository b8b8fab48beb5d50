"""The overview of a cohort: who is worth a closer look."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.errors import InputError
from analysis.figures.labels import Labels, labels
from analysis.figures.ratio import axis_edge, axis_notes, line_of_no_difference, message, ratio_axis, sides
from analysis.figures.style import CLEAR, Style, style
from analysis.story import story_of

MOST_ROWS = 40
# Flags before hints, hints before what is settled.
_STATES = ("help", "worse", "fewer_unclear", "more_unclear", "no_clear_difference")
# Each story has the mark that it has in lists: down is fewer cramps, up is more; filled is a flag of a trial, dotted
# one of a diary without a plan, open a hint.
_MARKS = {
    "help": "triangle-down",
    "help_unplanned": "triangle-down-open-dot",
    "worse": "triangle-up",
    "worse_unplanned": "triangle-up-open-dot",
    "fewer_unclear": "triangle-down-open",
    "more_unclear": "triangle-up-open",
    "no_clear_difference": "circle",
    "much_alike": "square",
}
_FEWER = ("help", "help_unplanned", "fewer_unclear")
_SETTLED = ("no_clear_difference", "much_alike")
_ROW_PX = 24


def overview(frame: pd.DataFrame, table: pd.DataFrame, *, scheme: str = "light", language: str = "en") -> go.Figure:
    """Draw the rate ratios and intervals of a cohort's patients, the most useful first.

    Parameters
    ----------
    frame : DataFrame
        Nights of the cohort, see `analysis.frame.check_frame`; ``patient_id`` and ``cramps`` are used.
    table : DataFrame, one row a patient
        What `analysis.compare_cohort` gives for this frame.
    scheme : {"light", "dark"}
    language : {"en", "es"}

    Returns
    -------
    plotly.graph_objects.Figure
        One row a patient, named by ``patient_id``: flagged patients first, then those hinted at, then the others, in
        each group by p-value; at most 40 rows, and words that tell how many patients are not drawn. Patients without
        an estimate have no row.

    Raises
    ------
    InputError
        If a patient who is compared has no night in the frame.
    """
    words, colors = labels(language), style(scheme)
    ranked = _ranked(table)
    strangers = ~ranked["patient_id"].isin(frame["patient_id"])
    if strangers.any():
        raise InputError(f"table: patient {ranked.loc[strangers, 'patient_id'].min()} has no night in the frame")
    if ranked.empty:
        return message(_not_drawn(table, 0, words), colors)
    recorded = frame.loc[frame["cramps"].notna(), "patient_id"].value_counts()
    drawn = ranked.head(MOST_ROWS).assign(
        row=lambda found: -np.arange(len(found)), recorded=lambda found: found["patient_id"].map(recorded)
    )
    edge = axis_edge([*drawn["ci_low"], *drawn["ci_high"]])
    figure = go.Figure([_intervals(drawn, edge, colors)])
    told = np.array([story_of(row) for row in drawn.to_dict("records")])
    for story in _MARKS:
        if (told == story).any():
            figure.add_trace(_points(drawn[told == story], story, edge, words, colors))
    figure.add_traces(_arrows(drawn, edge, colors))
    notes = _not_drawn(table, len(drawn), words)
    if (drawn["ci_low"] < 1 / edge).any() or (drawn["ci_high"] > edge).any():
        notes.append(words.beyond_some)
    figure.update_layout(**_layout(drawn, edge, notes, words, colors))
    return figure


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Sort the patients with an estimate by state, and in each state by the p-value of its direction."""
    compared = table[table["state"].isin(_STATES) & table["rate_ratio"].notna()]
    rank = compared["state"].map({state: at for at, state in enumerate(_STATES)})
    more = compared["state"].isin(["worse", "more_unclear"])
    p = compared["p_help"].where(~more, compared["p_worse"])
    return compared.assign(rank=rank, p=p).sort_values(["rank", "p", "patient_id"])


def _intervals(drawn: pd.DataFrame, edge: float, colors: Style) -> go.Scatter:
    """Draw all intervals as one trace, cut at the ends of the axis."""
    x: list[float | None] = []
    y: list[int | None] = []
    for row, low, high in zip(
        drawn["row"], _within(drawn["ci_low"], edge), _within(drawn["ci_high"], edge), strict=True
    ):
        x += [low, high, None]
        y += [int(row), int(row), None]
    line = {"color": colors.muted, "width": 4}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False, connectgaps=False)


def _arrows(drawn: pd.DataFrame, edge: float, colors: Style) -> list[go.Scatter]:
    """Say of intervals that the axis cuts that they go on."""
    sides = (("triangle-left", 1 / edge, drawn["ci_low"] < 1 / edge), ("triangle-right", edge, drawn["ci_high"] > edge))
    return [
        go.Scatter(
            x=[at] * int(cut.sum()),
            y=drawn.loc[cut, "row"].tolist(),
            mode="markers",
            marker={"symbol": symbol, "size": 11, "color": colors.muted},
            hoverinfo="skip",
            showlegend=False,
        )
        for symbol, at, cut in sides
        if cut.any()
    ]


def _points(those: pd.DataFrame, story: str, edge: float, words: Labels, colors: Style) -> go.Scatter:
    name = dict(words.states)[story]
    color = colors.ink if story in _SETTLED else colors.stockings if story in _FEWER else colors.cramps
    mark = {"symbol": _MARKS[story], "size": 13, "color": color, "line": {"width": 2, "color": color}}
    if story in _SETTLED:
        mark |= {"size": 8, "color": colors.paper}
    return go.Scatter(
        x=_within(those["rate_ratio"], edge),
        y=those["row"].tolist(),
        ids=[str(patient) for patient in those["patient_id"]],
        text=[str(patient) for patient in those["patient_id"]],
        customdata=[_told(row, words) for row in those.to_dict("records")],
        name=name,
        mode="markers",
        marker=mark,
        hovertemplate=f"%{{text}}<br>{name}<br>%{{customdata}}<extra></extra>",
    )


def _within(ratios: "pd.Series[float]", edge: float) -> list[float]:
    """Cut ratios at the ends of the axis, with as many digits as a screen shows."""
    return [round(float(ratio), 4) for ratio in ratios.clip(1 / edge, edge)]


def _told(row: dict[Any, Any], words: Labels) -> str:
    """Tell of a patient the estimate, how sure it is, and the nights behind it."""
    lines = [
        words.estimate.format(
            ratio=words.ratio(row["rate_ratio"]), low=words.ratio(row["ci_low"]), high=words.ratio(row["ci_high"])
        ),
        words.arms.format(on=row["nights_on"], off=row["nights_off"], recorded=row["recorded"]),
        words.graded.format(row["grade"]),
    ]
    if row["state"] in ("help", "fewer_unclear"):
        lines.append(words.false_share.format(f"{max(1.0, np.ceil(100 * row['q_value'])):.0f}"))
    return "<br>".join(lines)


def _not_drawn(table: pd.DataFrame, drawn: int, words: Labels) -> list[str]:
    """Tell how many patients are drawn, and why others are not."""
    counts = table["state"].value_counts()
    waiting = ((words.still_running, "running"), (words.too_little_of, "insufficient"))
    compared = len(table) - sum(int(counts.get(state, 0)) for _, state in waiting)
    shown = words.all_drawn if drawn == compared else words.some_drawn
    return [
        shown.format(drawn=drawn, compared=compared),
        *(text.format(int(counts[state])) for text, state in waiting if counts.get(state, 0)),
    ]


def _layout(drawn: pd.DataFrame, edge: float, notes: list[str], words: Labels, colors: Style) -> dict[str, Any]:
    """Lay out one row a patient, with the notes below and the legend above."""
    return colors.layout(
        130 + _ROW_PX * len(drawn),
        margin={"l": 150, "r": 24, "t": 64, "b": 84},
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "bgcolor": CLEAR,
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis=ratio_axis(edge, words, colors) | {"title": axis_notes(notes, colors)},
        yaxis=colors.axis(
            range=[0.6 - len(drawn), 0.6],
            tickvals=drawn["row"].tolist(),
            ticktext=[str(patient) for patient in drawn["patient_id"]],
            fixedrange=True,
        ),
        shapes=[line_of_no_difference(colors)],
        annotations=sides(words, colors),
    )
