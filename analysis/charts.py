"""Figures of one patient: night by night, the comparison, a calendar.

They use only the trace types of plotly.js *basic*. Stockings are blue and filled, nights without an outline; cramps are
orange, a night without cramps a small open ring, a night that is not recorded a dotted gap.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from analysis.chart_labels import Labels, labels
from analysis.chart_style import Style, style
from analysis.errors import InputError
from analysis.frame import check_frame, worn
from analysis.results import Comparison, Estimate

Floats = npt.NDArray[np.float64]

_DAY_MS = 86_400_000
_FARTHEST = 16.0
_FEWEST_WEEKS = 16


def timeline(frame: pd.DataFrame, comparison: Comparison, *, scheme: str = "light", language: str = "en") -> go.Figure:
    """Draw cramps night by night, and below when stockings were worn and assigned.

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
    nights, words, colors = _nights(frame, comparison), labels(language), style(scheme)
    figure = go.Figure([*_cramp_marks(nights, words, colors), *_gaps(nights, words, colors)])
    rows = [(words.as_worn, nights.worn, (words.not_worn, words.worn))]
    if not np.isnan(nights.assigned).all():
        rows.append((words.as_assigned, nights.assigned, (words.not_assigned, words.assigned)))
    for row, (_, arms, meaning) in enumerate(rows):
        figure.add_traces(_arm_runs(nights, arms, -row, meaning, words, colors))
    most = max(3.0, float(np.nanmax(nights.cramps, initial=0)))
    top = 0.12 + 0.1 * len(rows)
    figure.update_layout(
        **colors.layout(
            340,
            barmode="overlay",
            xaxis=colors.axis(
                type="date",
                range=[_noon(nights.day[0] - 1), _noon(nights.day[-1])],
                tickformat=words.day,
                hoverformat=words.date,
                anchor="y2",
            ),
            yaxis=colors.axis(
                domain=[top, 1],
                range=[-0.06 * most, 1.06 * most],
                showgrid=True,
                title={"text": words.cramps_axis, "font": {"size": 13, "color": colors.muted}},
            ),
            yaxis2=colors.axis(
                domain=[0, top - 0.08],
                range=[0.5 - len(rows), 0.5],
                tickvals=[-row for row in range(len(rows))],
                ticktext=[name for name, _, _ in rows],
                fixedrange=True,
            ),
        )
    )
    return figure


def comparison(
    frame: pd.DataFrame, comparison: Comparison, *, scheme: str = "light", language: str = "en"
) -> go.Figure:
    """Draw the rate ratio's interval on a ratio axis in words; while there is none, say what is missing.

    Parameters and result as of `timeline`.
    """
    words, colors = labels(language), style(scheme)
    nights = _nights(frame, comparison)
    rows = _ratio_rows(comparison, words, scheduled=not np.isnan(nights.assigned).all())
    if not rows:
        return _message(_what_is_missing(comparison, words), colors)
    edge = min(_FARTHEST, max(4.0, *(1.25 * bound for _, (low, _, high) in rows for bound in (1 / low, high))))
    figure = go.Figure()
    for row, (_, estimate) in enumerate(rows):
        figure.add_traces(_interval_marks(estimate, -row, edge, words, colors))
    ticks = [(value, text) for value, text in words.ratios if 1 / edge <= value <= edge]
    figure.update_layout(
        **colors.layout(
            130 + 50 * len(rows),
            margin={"l": 96, "r": 24, "t": 36, "b": 48},
            xaxis=colors.axis(
                type="log",
                range=[-1.02 * np.log10(edge), 1.02 * np.log10(edge)],
                tickvals=[value for value, _ in ticks],
                ticktext=[text for _, text in ticks],
                showgrid=True,
                fixedrange=True,
            ),
            yaxis=colors.axis(
                range=[0.5 - len(rows), 0.5],
                tickvals=[-row for row in range(len(rows))],
                ticktext=[name for name, _ in rows],
                fixedrange=True,
            ),
            shapes=[_line_of_no_difference(colors)],
            annotations=[_side(words.fewer, 0, "left", colors), _side(words.more, 1, "right", colors)],
        )
    )
    return figure


def calendar(frame: pd.DataFrame, comparison: Comparison, *, scheme: str = "light", language: str = "en") -> go.Figure:
    """Draw a calendar, one column a week: a square for the stockings, a mark on it for the cramps.

    Parameters and result as of `timeline`.
    """
    nights, words, colors = _nights(frame, comparison), labels(language), style(scheme)
    weekday = (nights.day + 3) % 7
    monday = nights.day - weekday
    weeks = int((monday[-1] - monday[0]) // 7) + 1
    shown = max(weeks, _FEWEST_WEEKS)
    side = float(np.clip(560 / weeks, 9, 26))
    week = monday.astype("datetime64[D]").astype(str)
    figure = go.Figure(_calendar_marks(nights, week, weekday, side, words, colors))
    figure.update_layout(
        **colors.layout(
            round(7 * (side + 10)) + 60,
            xaxis=colors.axis(
                type="date",
                range=[_noon(monday[0] - 5), _noon(monday[0] + 7 * shown - 4)],
                tickvals=_named_weeks(monday, shown),
                tickformat=words.day,
                fixedrange=True,
            ),
            yaxis=colors.axis(
                range=[6.6, -0.6], tickvals=list(range(7)), ticktext=list(words.weekdays), fixedrange=True
            ),
        )
    )
    return figure


@dataclass(frozen=True, slots=True)
class _Nights:
    """Every calendar night from the first to the last row; NaN where nothing is known."""

    day: npt.NDArray[np.int64]
    dates: list[str]
    cramps: Floats
    minutes: Floats
    pain: Floats
    worn: Floats
    assigned: Floats


def _nights(frame: pd.DataFrame, comparison: Comparison) -> _Nights:
    checked = check_frame(frame, most_cramps=np.inf)
    if checked.empty or checked["patient_id"].nunique() != 1:
        raise InputError(f"frame: has {checked['patient_id'].nunique()} patients, expected 1")
    if checked["patient_id"].iloc[0] != comparison.patient_id:
        raise InputError(f"comparison: of patient {comparison.patient_id}, the frame of another")
    day = checked["night_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    every = np.arange(day[0], day[-1] + 1)

    def spread(values: Floats) -> Floats:
        full = np.full(len(every), np.nan)
        full[day - day[0]] = values
        return full

    numbers = (checked[name].to_numpy() for name in ("cramps", "cramp_minutes", "worst_pain"))
    cramps, minutes, pain = (spread(values) for values in numbers)
    return _Nights(
        day=every,
        dates=[str(date) for date in every.astype("datetime64[D]")],
        cramps=cramps,
        minutes=minutes,
        pain=pain,
        worn=spread(worn(checked, comparison.exposure)),
        assigned=spread(checked["assigned"].to_numpy()),
    )


def _pick(values: list[str], where: npt.NDArray[np.bool_]) -> list[str]:
    return [values[at] for at in np.flatnonzero(where)]


def _details(nights: _Nights, words: Labels) -> list[str]:
    """Tell of each night what was recorded, with units."""
    known = ~np.isnan(nights.cramps)
    told = []
    for at in range(len(nights.dates)):
        parts = [words.count(nights.cramps[at])] if known[at] else [words.not_recorded]
        if known[at] and nights.cramps[at] > 0:
            parts += [words.minutes.format(f"{nights.minutes[at]:g}")] if nights.minutes[at] >= 0 else []
            parts += [words.pain.format(f"{nights.pain[at]:g}")] if nights.pain[at] >= 0 else []
        told.append(", ".join(parts))
    return told


def _cramp_marks(nights: _Nights, words: Labels, colors: Style) -> list[Any]:
    some, none = nights.cramps > 0, nights.cramps == 0
    hover = f"%{{x|{words.date}}}<br>%{{customdata}}<extra></extra>"
    return [
        go.Bar(
            x=_pick(nights.dates, some),
            y=nights.cramps[some].astype(int).tolist(),
            customdata=_pick(_details(nights, words), some),
            width=0.7 * _DAY_MS,
            marker={"color": colors.cramps},
            hovertemplate=hover,
        ),
        go.Scatter(
            x=_pick(nights.dates, none),
            y=[0] * int(none.sum()),
            mode="markers",
            marker={"symbol": "circle-open", "size": 5, "color": colors.none, "line": {"width": 1}},
            hovertemplate=f"%{{x|{words.date}}}<br>{words.no_cramps}<extra></extra>",
        ),
    ]


def _runs(values: npt.NDArray[Any]) -> list[tuple[int, int, Any]]:
    """Part a sequence into runs of one value: first position, length, value."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    lengths = np.diff(np.append(starts, len(values)))
    return [(int(start), int(length), values[start]) for start, length in zip(starts, lengths, strict=True)]


def _noon(day: np.int64) -> str:
    return f"{np.datetime64(int(day), 'D')} 12:00"


def _gaps(nights: _Nights, words: Labels, colors: Style) -> list[Any]:
    x: list[str | None] = []
    for start, length, missing in _runs(np.isnan(nights.cramps)):
        if missing:
            x += [_noon(nights.day[start] - 1), _noon(nights.day[start + length - 1]), None]
    return [
        go.Scatter(
            x=x,
            y=[0, 0, None] * (len(x) // 3),
            mode="lines",
            line={"color": colors.gap, "dash": "dot", "width": 2},
            connectgaps=False,
            hovertemplate=f"{words.not_recorded}<extra></extra>",
        )
    ]


def _arm_runs(
    nights: _Nights, arms: Floats, row: int, meaning: tuple[str, str], words: Labels, colors: Style
) -> list[Any]:
    """Draw runs of nights of one arm as bands: filled with stockings, outlined without."""
    runs = [(start, length, int(arm)) for start, length, arm in _runs(np.nan_to_num(arms, nan=-1)) if arm >= 0]
    traces = []
    for side, fill in ((1, colors.stockings), (0, "rgba(0,0,0,0)")):
        those = [(start, length) for start, length, arm in runs if arm == side]
        traces.append(
            go.Bar(
                x=[_noon(nights.day[start] - 1) for start, _ in those],
                y=[0.6] * len(those),
                base=row - 0.3,
                width=[length * _DAY_MS for _, length in those],
                offset=0,
                marker={"color": fill, "line": {"color": colors.stockings, "width": 1}},
                customdata=[words.night if length == 1 else words.nights.format(length) for _, length in those],
                hovertemplate=f"{meaning[side]}, %{{customdata}}<extra></extra>",
                yaxis="y2",
            )
        )
    return traces


def _named_weeks(monday: npt.NDArray[np.int64], shown: int) -> list[str]:
    """Name at most nine weeks, and none that the diary has not reached."""
    step = 7 * -(-shown // 9)
    return [str(day) for day in np.arange(monday[0], monday[-1] + 1, step).astype("datetime64[D]")]


def _calendar_marks(
    nights: _Nights,
    week: npt.NDArray[np.str_],
    weekday: npt.NDArray[np.int64],
    side: float,
    words: Labels,
    colors: Style,
) -> list[Any]:
    details = _details(nights, words)
    wear = {1.0: words.worn, 0.0: words.not_worn}
    told = [", ".join(filter(None, (text, wear.get(arm)))) for text, arm in zip(details, nights.worn, strict=True)]
    some = nights.cramps > 0
    most = max(1.0, float(np.nanmax(nights.cramps, initial=0)))
    sizes = np.round(0.35 * side + 0.5 * side * np.sqrt(nights.cramps[some] / most), 1)
    square = {"symbol": "square", "size": side, "line": {"color": colors.stockings, "width": 1}}
    ring = {"symbol": "circle-open", "size": round(side / 3, 1), "color": colors.none, "line": {"width": 1}}
    dots = {"mode": "text", "text": "···", "textfont": {"color": colors.gap}}
    marks: list[tuple[npt.NDArray[np.bool_], dict[str, Any]]] = [
        (nights.worn == 1, {"marker": square | {"color": colors.stockings_soft}, "hoverinfo": "skip"}),
        (nights.worn == 0, {"marker": square | {"color": "rgba(0,0,0,0)"}, "hoverinfo": "skip"}),
        (some, {"marker": {"color": colors.cramps, "size": sizes.tolist(), "opacity": 1, "line": {"width": 0}}}),
        (nights.cramps == 0, {"marker": ring}),
        (np.isnan(nights.cramps), dots),
    ]
    traces = []
    for where, look in marks:
        if "hoverinfo" not in look:
            dated = [f"{date}: {text}" for date, text in zip(nights.dates, told, strict=True)]
            look |= {"customdata": _pick(dated, where), "hovertemplate": "%{customdata}<extra></extra>"}
        traces.append(go.Scatter(x=week[where].tolist(), y=weekday[where].tolist(), **({"mode": "markers"} | look)))
    return traces


def _ratio_rows(
    comparison: Comparison, words: Labels, *, scheduled: bool
) -> list[tuple[str, tuple[float, float, float]]]:
    """Give the estimates to draw, each with its name and as interval's low end, ratio, high end."""
    found: list[tuple[str, Comparison | Estimate]] = [(words.row_assigned if scheduled else words.row_worn, comparison)]
    if scheduled and comparison.as_worn:
        found.append((words.row_worn, comparison.as_worn))
    return [
        (name, (estimate.ci_low, estimate.rate_ratio, estimate.ci_high))
        for name, estimate in found
        if estimate.ci_low is not None and estimate.rate_ratio is not None and estimate.ci_high is not None
    ]


def _interval_marks(
    estimate: tuple[float, float, float], y: int, edge: float, words: Labels, colors: Style
) -> list[Any]:
    """Draw an interval as a band and its point on top, cut at the edges of the axis."""
    low, ratio, high = (float(np.clip(value, 1 / edge, edge)) for value in estimate)
    shown = dict(zip(("low", "ratio", "high"), (f"{value:.2f}" for value in estimate), strict=True))
    hover = f"{words.estimate.format(**shown)}<extra></extra>"
    point = {"color": colors.paper, "size": 9, "line": {"color": colors.ink, "width": 2}}
    band = {"color": colors.muted, "width": 14}
    return [
        go.Scatter(x=[low, high], y=[y, y], mode="lines", line=band, hovertemplate=hover),
        go.Scatter(x=[ratio], y=[y], mode="markers", marker=point, hovertemplate=hover),
    ]


def _what_is_missing(comparison: Comparison, words: Labels) -> list[str]:
    if comparison.state == "running":
        return [words.opens.format(words.write(comparison.last_night))]
    texts = dict(words.needs)
    return [words.too_little, *(texts[need.code].format(have=need.have, want=need.want) for need in comparison.needs)]


def _message(lines: list[str], colors: Style) -> go.Figure:
    text = {"text": "<br>".join(lines), "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = colors.axis(visible=False)
    return go.Figure(layout=colors.layout(180, xaxis=hidden, yaxis=hidden, annotations=[text]))


def _line_of_no_difference(colors: Style) -> dict[str, Any]:
    line = {"color": colors.ink, "width": 1, "dash": "dash"}
    return {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1, "line": line, "layer": "below"}


def _side(text: str, x: int, anchor: str, colors: Style) -> dict[str, Any]:
    arrowed = f"← {text}" if anchor == "left" else f"{text} →"
    place = {"xref": "paper", "yref": "paper", "x": x, "y": 1, "yanchor": "bottom", "xanchor": anchor}
    return {"text": arrowed, "showarrow": False, "font": {"color": colors.muted, "size": 12}, **place}
