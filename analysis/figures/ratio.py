"""The ratio axis in words, and the comparison of one patient on it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures.labels import Labels, labels
from analysis.figures.nights import chart_nights
from analysis.figures.style import Style, style
from analysis.results import Comparison, Estimate

_FARTHEST = 16.0
_NEAREST = 4.0
_NOTE_PX = 20


def comparison(
    frame: pd.DataFrame, comparison: Comparison, *, scheme: str = "light", language: str = "en"
) -> go.Figure:
    """Draw the rate ratio's interval on a ratio axis in words; while there is none, say what is missing.

    Parameters and result as of `analysis.figures.timeline.timeline`.
    """
    words, colors = labels(language), style(scheme)
    rows = _rows(comparison, words, scheduled=chart_nights(frame, comparison).scheduled)
    if not rows:
        return message(_what_is_missing(comparison, words), colors)
    edge = axis_edge(bound for _, (low, _, high) in rows for bound in (low, high))
    notes = _beyond(rows, edge, words)
    figure = go.Figure()
    for row, (_, estimate) in enumerate(rows):
        figure.add_traces(_interval_marks(estimate, -row, edge, words, colors))
    figure.update_layout(
        **colors.layout(
            130 + 50 * len(rows) + _NOTE_PX * len(notes),
            margin={"l": 96, "r": 24, "t": 36, "b": 48 + _NOTE_PX * len(notes)},
            xaxis=ratio_axis(edge, words, colors) | ({"title": axis_notes(notes, colors)} if notes else {}),
            yaxis=colors.axis(
                range=[0.5 - len(rows), 0.5],
                tickvals=[-row for row in range(len(rows))],
                ticktext=[name for name, _ in rows],
                fixedrange=True,
            ),
            shapes=[line_of_no_difference(colors)],
            annotations=sides(words, colors),
        )
    )
    return figure


def axis_edge(bounds: Iterable[float]) -> float:
    """Give the ratio at the right end of an axis that holds some bounds, as far as an axis may reach."""
    wanted = [1.25 * max(bound, 1 / bound) if bound > 0 else _FARTHEST for bound in bounds]
    return float(min(_FARTHEST, max([_NEAREST, *wanted])))


def ratio_axis(edge: float, words: Labels, colors: Style) -> dict[str, Any]:
    """Give a logarithmic axis from 1/edge to edge with ticks in words."""
    ticks = [(value, text) for value, text in words.ratios if 1 / edge <= value <= edge]
    return colors.axis(
        type="log",
        range=[-1.04 * np.log10(edge), 1.04 * np.log10(edge)],
        tickvals=[value for value, _ in ticks],
        ticktext=[text for _, text in ticks],
        showgrid=True,
        fixedrange=True,
    )


def line_of_no_difference(colors: Style) -> dict[str, Any]:
    """Give the dashed line at "same"."""
    line = {"color": colors.ink, "width": 1, "dash": "dash"}
    return {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1, "line": line, "layer": "below"}


def sides(words: Labels, colors: Style) -> list[dict[str, Any]]:
    """Give the words above both sides of a ratio axis."""
    shared = {"showarrow": False, "font": {"color": colors.muted, "size": 12}}
    place = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return [
        {"text": f"← {words.fewer}", "x": 0, "xanchor": "left", **place, **shared},
        {"text": f"{words.more} →", "x": 1, "xanchor": "right", **place, **shared},
    ]


def axis_notes(lines: list[str], colors: Style) -> dict[str, Any]:
    """Give the title of an axis that says something below it, a line each."""
    return {"text": "<br>".join(lines), "standoff": 16, "font": {"size": 12, "color": colors.muted}}


def message(lines: list[str], colors: Style) -> go.Figure:
    """Give a figure that only says something."""
    text = {"text": "<br>".join(lines), "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = colors.axis(visible=False)
    return go.Figure(layout=colors.layout(180, xaxis=hidden, yaxis=hidden, annotations=[text]))


def _rows(comparison: Comparison, words: Labels, *, scheduled: bool) -> list[tuple[str, tuple[float, float, float]]]:
    """Give the estimates to draw, each with its name and as interval's low end, ratio, high end."""
    apart = scheduled and comparison.as_worn_differs
    name = words.row_assigned if apart else words.row_both if scheduled else words.row_worn
    found: list[tuple[str, Comparison | Estimate]] = [(name, comparison)]
    if apart and comparison.as_worn:
        found.append((words.row_worn, comparison.as_worn))
    return [
        (name, (estimate.ci_low, estimate.rate_ratio, estimate.ci_high))
        for name, estimate in found
        if estimate.ci_low is not None and estimate.rate_ratio is not None and estimate.ci_high is not None
    ]


def _beyond(rows: list[tuple[str, tuple[float, float, float]]], edge: float, words: Labels) -> list[str]:
    """Tell of each interval that the axis cuts how far it goes."""
    return [
        words.beyond.format(name=name.replace("<br>", " "), low=words.ratio(low), high=words.ratio(high))
        for name, (low, _, high) in rows
        if low < 1 / edge or high > edge
    ]


def _interval_marks(
    estimate: tuple[float, float, float], y: int, edge: float, words: Labels, colors: Style
) -> list[Any]:
    """Draw an interval as a band and its point on top; where the axis ends first, arrows say that it goes on."""
    low, ratio, high = (float(np.clip(value, 1 / edge, edge)) for value in estimate)
    shown = dict(zip(("low", "ratio", "high"), map(words.ratio, estimate), strict=True))
    hover = f"{words.estimate.format(**shown)}<extra></extra>"
    point = {"color": colors.paper, "size": 9, "line": {"color": colors.ink, "width": 2}}
    band = {"color": colors.muted, "width": 14}
    marks: list[Any] = [go.Scatter(x=[low, high], y=[y, y], mode="lines", line=band, hovertemplate=hover)]
    for at, beyond, symbol in ((low, estimate[0] < low, "triangle-left"), (high, estimate[2] > high, "triangle-right")):
        if beyond:
            arrow = {"symbol": symbol, "size": 18, "color": colors.muted}
            marks.append(go.Scatter(x=[at], y=[y], mode="markers", marker=arrow, hovertemplate=hover))
    return [*marks, go.Scatter(x=[ratio], y=[y], mode="markers", marker=point, hovertemplate=hover)]


def _what_is_missing(comparison: Comparison, words: Labels) -> list[str]:
    if comparison.state != "running":
        texts = dict(words.needs)
        return [
            words.too_little,
            *(texts[need.code].format(have=need.have, want=need.want) for need in comparison.needs),
        ]
    opens = dict(words.opens)
    return [
        opens[need.code].format(words.write(comparison.first_night + dt.timedelta(days=need.want - 1)))
        for need in comparison.needs
    ]
