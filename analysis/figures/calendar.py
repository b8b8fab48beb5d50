"""The calendar: one column a week, a square for the stockings, a mark on it for the cramps."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from analysis.arrays import Bools
from analysis.figures.labels import Labels, labels
from analysis.figures.nights import ChartNights, chart_nights, pick, told
from analysis.figures.style import CLEAR, Style, style
from analysis.results import Comparison

_FEWEST_WEEKS = 16
_MOST_NAMES = 9


def calendar(frame: pd.DataFrame, comparison: Comparison, *, scheme: str = "light", language: str = "en") -> go.Figure:
    """Draw a calendar, one column a week: a square for the stockings, a mark on it for the cramps.

    Parameters and result as of `analysis.figures.timeline.timeline`; weeks are counted from 0 and begin on Monday.
    """
    nights, words, colors = chart_nights(frame, comparison), labels(language), style(scheme)
    weekday = (nights.day + 3) % 7
    monday = nights.day - weekday
    week = (monday - monday[0]) // 7
    weeks = int(week[-1]) + 1
    side = float(np.clip(560 / weeks, 9, 26))
    named = np.arange(0, weeks, -(-max(weeks, _FEWEST_WEEKS) // _MOST_NAMES))
    figure = go.Figure(_marks(nights, week, weekday, side, words, colors))
    figure.update_layout(
        **colors.layout(
            round(7 * (side + 10)) + 60,
            xaxis=colors.axis(
                range=[-0.8, max(weeks, _FEWEST_WEEKS) - 0.2],
                tickvals=named.tolist(),
                ticktext=[words.brief((monday[0] + 7 * number).astype("datetime64[D]").item()) for number in named],
                fixedrange=True,
            ),
            yaxis=colors.axis(
                range=[6.6, -0.6], tickvals=list(range(7)), ticktext=list(words.weekdays), fixedrange=True
            ),
        )
    )
    return figure


def _marks(
    nights: ChartNights,
    week: npt.NDArray[np.int64],
    weekday: npt.NDArray[np.int64],
    side: float,
    words: Labels,
    colors: Style,
) -> list[Any]:
    def scatter(where: Bools, **look: Any) -> go.Scatter:
        return go.Scatter(x=week[where].tolist(), y=weekday[where].tolist(), **({"mode": "markers"} | look))

    square = {"symbol": "square", "size": side, "line": {"color": colors.stockings, "width": 1}}
    ring = {"symbol": "circle-open", "size": round(side / 3, 1), "color": colors.none, "line": {"width": 1}}
    dots = {"mode": "text", "text": "···", "textfont": {"color": colors.gap}}
    traces = [
        scatter(nights.worn == arm, marker=square | {"color": fill}, hoverinfo="skip")
        for arm, fill in ((1, colors.stockings_soft), (0, CLEAR))
    ]
    texts = told(nights, words, minutes=True)
    most = max(1.0, float(np.nanmax(nights.cramps, initial=0)))
    # One trace for each state of the stockings: what its nights have in common is written once.
    for wear, ending in (
        (nights.worn == 1, words.worn),
        (nights.worn == 0, words.not_worn),
        (np.isnan(nights.worn), ""),
    ):
        hover = f"%{{customdata[0]|{words.date}}}<br>%{{customdata[1]}}{ending and f', {ending}'}<extra></extra>"
        some = wear & (nights.cramps > 0)
        sizes = np.round(0.35 * side + 0.5 * side * np.sqrt(nights.cramps[some] / most), 1).tolist()
        mark = {"color": colors.cramps, "size": sizes, "opacity": 1, "line": {"width": 0}}
        looks: tuple[tuple[Bools, dict[str, Any]], ...] = (
            (some, {"marker": mark}),
            (wear & (nights.cramps == 0), {"marker": ring}),
            (wear & np.isnan(nights.cramps), dots),
        )
        for where, look in looks:
            if where.any():
                dated = [list(pair) for pair in zip(pick(nights.dates, where), pick(texts, where), strict=True)]
                traces.append(scatter(where, customdata=dated, hovertemplate=hover, **look))
    return traces
