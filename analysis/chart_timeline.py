"""The timeline: cramps and minutes night by night, and below when stockings were worn and assigned."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.chart_labels import Labels, labels
from analysis.chart_nights import Bools, ChartNights, Floats, chart_nights, noon, pick, told
from analysis.chart_style import CLEAR, Style, style
from analysis.results import Comparison

_DAY_MS = 86_400_000
_ROW_PX = 24
_AXIS_PX = 30
# Heights in pixels of the panels and of the space below each.
_CRAMPS_PX, _MINUTES_PX, _GAP_PX = 190, 90, 18


def timeline(frame: pd.DataFrame, comparison: Comparison, *, scheme: str = "light", language: str = "en") -> go.Figure:
    """Draw cramps and minutes night by night, and below when stockings were worn and assigned.

    Parameters
    ----------
    frame : DataFrame
        Nights of one patient, see `analysis.frame.check_frame`.
    comparison : Comparison
        Of this frame.
    scheme : {"light", "dark"}
    language : {"en", "es"}

    Returns
    -------
    plotly.graph_objects.Figure
        Counts only, so that it may be shown while a trial runs. Marks stand at midnight of the evening's date.
    """
    nights, words, colors = chart_nights(frame, comparison), labels(language), style(scheme)
    timed = bool((nights.minutes > 0).any())
    figure = go.Figure(_cramp_marks(nights, words, colors))
    if timed:
        figure.add_traces(_minute_marks(nights, words, colors))
    rows = [(words.as_worn, nights.worn, (words.not_worn, words.worn))]
    if nights.scheduled:
        rows.append((words.as_assigned, nights.assigned, (words.not_assigned, words.assigned)))
    for row, (_, arms, meaning) in enumerate(rows):
        figure.add_traces(_strip(nights, arms, -row, meaning, colors))
    strip = len(rows) * _ROW_PX
    height = strip + _GAP_PX + (_MINUTES_PX + _GAP_PX if timed else 0) + _CRAMPS_PX
    bottom = strip + _GAP_PX + (_MINUTES_PX + _GAP_PX if timed else 0)
    most = max(3.0, float(np.nanmax(nights.cramps, initial=0)))
    figure.update_layout(
        **colors.layout(
            height + 8 + _AXIS_PX,
            margin={"l": 88, "r": 16, "t": 8, "b": _AXIS_PX},
            barmode="overlay",
            hovermode="x unified",
            hoversubplots="axis",
            xaxis=colors.axis(
                type="date",
                range=[noon(nights.day[0] - 1), noon(nights.day[-1])],
                tickformat=words.day,
                hoverformat=words.date,
                anchor="y2",
                spikecolor=colors.muted,
                spikethickness=1,
                spikedash="dot",
            ),
            yaxis=colors.measure(words.cramps_axis, [bottom / height, 1], most),
            yaxis2=colors.axis(
                domain=[0, strip / height],
                range=[0.5 - len(rows), 0.5],
                tickvals=[-row for row in range(len(rows))],
                ticktext=[name for name, _, _ in rows],
                fixedrange=True,
            ),
            shapes=[_outline(nights, -row, colors) for row in range(len(rows))],
        )
    )
    if timed:
        panel = [(strip + _GAP_PX) / height, (strip + _GAP_PX + _MINUTES_PX) / height]
        figure.update_layout(yaxis3=colors.measure(words.minutes_axis, panel, float(np.nanmax(nights.minutes))))
    return figure


def _cramp_marks(nights: ChartNights, words: Labels, colors: Style) -> list[Any]:
    some, none, missing = nights.cramps > 0, nights.cramps == 0, np.isnan(nights.cramps)
    return [
        go.Bar(
            x=pick(nights.dates, some),
            y=nights.cramps[some].astype(int).tolist(),
            customdata=pick(told(nights, words, minutes=False), some),
            width=0.7 * _DAY_MS,
            marker={"color": colors.cramps},
            hovertemplate="%{customdata}<extra></extra>",
        ),
        go.Scatter(
            x=pick(nights.dates, none),
            y=[0] * int(none.sum()),
            mode="markers",
            marker={"symbol": "circle-open", "size": 5, "color": colors.none, "line": {"width": 1}},
            hoverinfo="skip",
        ),
        *_gaps(nights, missing, 0, "y", colors),
        # Points answer to the pointer from a few pixels away, which at a year's width is another night; bars do not.
        _cells(nights, none, 1, 0, CLEAR, words.no_cramps),
        _cells(nights, missing, 1, 0, CLEAR, words.not_recorded),
    ]


def _minute_marks(nights: ChartNights, words: Labels, colors: Style) -> list[Any]:
    some = nights.minutes > 0
    return [
        go.Bar(
            x=pick(nights.dates, some),
            y=nights.minutes[some].tolist(),
            width=0.7 * _DAY_MS,
            marker={"color": colors.cramps_soft, "line": {"color": colors.cramps, "width": 1}},
            hovertemplate=f"{words.minutes.format('%{y}')}<extra></extra>",
            yaxis="y3",
        ),
        *_gaps(nights, np.isnan(nights.minutes), 0, "y3", colors),
    ]


def _gaps(nights: ChartNights, missing: Bools, y: float, yaxis: str, colors: Style) -> list[Any]:
    """Draw a dotted line from noon to noon over the nights of which nothing is known."""
    if not missing.any():
        return []
    # Half-day steps from the first noon: each missing night takes its two ends and its middle.
    drawn = np.zeros(2 * len(missing) + 1, dtype=bool)
    for part in range(3):
        drawn[part : part + 2 * len(missing) : 2] |= missing
    return [
        go.Scatter(
            x0=noon(nights.day[0] - 1),
            dx=_DAY_MS // 2,
            y=[y if is_missing else None for is_missing in drawn],
            mode="lines",
            line={"color": colors.gap, "dash": "dot", "width": 2},
            connectgaps=False,
            hoverinfo="skip",
            yaxis=yaxis,
        )
    ]


def _strip(nights: ChartNights, arms: Floats, row: int, meaning: tuple[str, str], colors: Style) -> list[Any]:
    """Draw the nights of a band: filled with stockings, empty without, dotted where unknown."""
    filled = _cells(nights, arms == 1, 0.6, row - 0.3, colors.stockings, meaning[1])
    empty = _cells(nights, arms == 0, 0.6, row - 0.3, CLEAR, meaning[0])
    return [filled, empty, *_gaps(nights, np.isnan(arms), row, "y2", colors)]


def _cells(nights: ChartNights, where: Bools, tall: float, base: float, fill: str, meaning: str) -> go.Bar:
    """Fill nights of the lower panel from noon to noon, and let each say what that means."""
    return go.Bar(
        x0=nights.dates[0],
        dx=_DAY_MS,
        y=[tall if is_there else None for is_there in where],
        base=base,
        width=_DAY_MS,
        marker={"color": fill, "line": {"width": 0}},
        hovertemplate=f"{meaning}<extra></extra>",
        yaxis="y2",
    )


def _outline(nights: ChartNights, row: int, colors: Style) -> dict[str, Any]:
    ends = {"x0": noon(nights.day[0] - 1), "x1": noon(nights.day[-1]), "y0": row - 0.3, "y1": row + 0.3}
    return {"type": "rect", "yref": "y2", "line": {"color": colors.stockings, "width": 1}, **ends}
