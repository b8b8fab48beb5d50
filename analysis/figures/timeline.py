"""The timeline: cramps and what else was told night by night, and below when stockings were worn and assigned."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.arrays import Bools, Floats
from analysis.errors import InputError
from analysis.figures.labels import Labels, labels
from analysis.figures.nights import SYMPTOMS, ChartNights, chart_nights, noon, pick, told
from analysis.figures.style import CLEAR, Style, style
from analysis.results import Comparison

PANELS = ("cramps", "minutes", "pain", "urge", *SYMPTOMS, "worn", "assigned")
USUAL = ("cramps", "minutes", "worn", "assigned")
_DAY_MS = 86_400_000
_ROW_PX = 24
_AXIS_PX = 30
# Heights in pixels of the panels and of the space below each.
_CRAMPS_PX, _MINUTES_PX, _SCORE_PX, _GAP_PX = 190, 90, 70, 18
_MOST_SCORE = 10


def timeline(
    frame: pd.DataFrame,
    comparison: Comparison,
    *,
    scheme: str = "light",
    language: str = "en",
    show: Collection[str] = USUAL,
) -> go.Figure:
    """Draw cramps and what else was told night by night, and below when stockings were worn and assigned.

    Parameters
    ----------
    frame : DataFrame
        Nights of one patient, see `analysis.frame.check_frame`. The columns ``rls_urge`` (0/1) and ``aching``,
        ``heaviness``, ``soreness``, ``burning`` (0-10) are read where they are there.
    comparison : Comparison
        Of this frame.
    scheme : {"light", "dark"}
    language : {"en", "es"}
    show : collection of str
        Of `PANELS`; cramps are always drawn. Of what nobody ever told there is no panel.

    Returns
    -------
    plotly.graph_objects.Figure
        Counts only, so that it may be shown while a trial runs. Marks stand at midnight of the evening's date.

    Raises
    ------
    InputError
        If `show` names what is none of `PANELS`.
    """
    unknown = set(show).difference(PANELS)
    if unknown:
        raise InputError(f"show: {min(unknown)!r} is none of {', '.join(PANELS)}")
    nights, words, colors = chart_nights(frame, comparison), labels(language), style(scheme)
    bands = _bands(nights, words, colors, show)
    panels = _panels(nights, words, colors, show)
    figure = go.Figure(_cramp_marks(nights, words, colors))
    for number, (*_, draw) in enumerate(panels):
        figure.add_traces(draw(f"y{number + 3}"))
    for row, band in enumerate(bands):
        figure.add_traces(_strip(nights, band, -row, colors))
    strip = max(len(bands) * _ROW_PX, 1)
    height = strip + sum(_GAP_PX + tall for _, tall, *_ in panels) + _GAP_PX + _CRAMPS_PX
    figure.update_layout(
        **colors.layout(
            height + 8 + _AXIS_PX,
            margin={"l": 104, "r": 16, "t": 8, "b": _AXIS_PX},
            barmode="overlay",
            hovermode="x unified",
            hoversubplots="axis",
            xaxis=_night_axis(nights, words, colors),
            yaxis=_cramp_axis(nights, words, colors, height),
            yaxis2=_band_axis(bands, colors, strip / height),
            shapes=[_outline(nights, band, -row) for row, band in enumerate(bands)],
        )
    )
    top = height - _CRAMPS_PX
    for number, (title, tall, most, _) in enumerate(panels):
        top -= _GAP_PX
        domain = [(top - tall) / height, top / height]
        figure.update_layout({f"yaxis{number + 3}": colors.measure(title, domain, most)})
        top -= tall
    return figure


_Panels = list[tuple[str, int, float, Callable[[str], list[Any]]]]


@dataclass(frozen=True, slots=True)
class _Band:
    """Nights of yes and no below the panels; beyond the ends of a plan there is nothing to know, and nothing drawn."""

    name: str
    values: Floats
    meaning: tuple[str, str]
    hue: str
    is_plan: bool = False


def _bands(nights: ChartNights, words: Labels, colors: Style, show: Collection[str]) -> list[_Band]:
    """Give the bands, top to bottom."""
    bands = []
    if "urge" in show and nights.has("rls_urge"):
        bands.append(_Band(words.urge_row, nights.answers["rls_urge"], (words.no_urge, words.urge), colors.none))
    if "worn" in show:
        bands.append(_Band(words.as_worn, nights.worn, (words.not_worn, words.worn), colors.stockings))
    if "assigned" in show and nights.scheduled:
        meaning = (words.not_assigned, words.assigned)
        bands.append(_Band(words.as_assigned, nights.assigned, meaning, colors.stockings, is_plan=True))
    return bands


def _panels(nights: ChartNights, words: Labels, colors: Style, show: Collection[str]) -> _Panels:
    """Give title, height, largest value and drawing of the panels below the cramps, top to bottom."""
    panels: _Panels = []
    if "minutes" in show and (nights.minutes > 0).any():
        most = float(np.nanmax(nights.minutes))
        panels.append((words.minutes_axis, _MINUTES_PX, most, lambda axis: _minute_marks(nights, words, colors, axis)))
    if "pain" in show and (nights.pain > 0).any():
        panels.append((words.pain_axis, _SCORE_PX, _MOST_SCORE, lambda axis: _pain_marks(nights, words, colors, axis)))
    for name, (title, meaning) in zip(SYMPTOMS, words.symptoms, strict=True):
        if name in show and nights.has(name):
            panels.append((title, _SCORE_PX, _MOST_SCORE, _score_drawing(nights, name, meaning, colors)))
    return panels


def _night_axis(nights: ChartNights, words: Labels, colors: Style) -> dict[str, Any]:
    return colors.axis(
        type="date",
        range=[noon(nights.day[0] - 1), noon(nights.day[-1])],
        tickformat=words.day,
        hoverformat=words.date,
        anchor="y2",
        spikecolor=colors.muted,
        spikethickness=1,
        spikedash="dot",
    )


def _cramp_axis(nights: ChartNights, words: Labels, colors: Style, height: int) -> dict[str, Any]:
    most = max(3.0, float(np.nanmax(nights.cramps, initial=0)))
    return colors.measure(words.cramps_axis, [1 - _CRAMPS_PX / height, 1], most)


def _band_axis(bands: Sequence[_Band], colors: Style, share: float) -> dict[str, Any]:
    return colors.axis(
        domain=[0, share],
        range=[0.5 - max(len(bands), 1), 0.5],
        tickvals=[-row for row in range(len(bands))],
        ticktext=[band.name for band in bands],
        fixedrange=True,
    )


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
        _rings(nights, none, "y", colors),
        *_gaps(nights, missing, 0, "y", colors),
        # Points answer to the pointer from a few pixels away, which at a year's width is another night; bars do not.
        _cells(nights, none, 1, 0, CLEAR, words.no_cramps),
        _cells(nights, missing, 1, 0, CLEAR, words.not_recorded),
    ]


def _minute_marks(nights: ChartNights, words: Labels, colors: Style, yaxis: str) -> list[Any]:
    look = {"color": colors.cramps_soft, "line": {"color": colors.cramps, "width": 1}}
    bars = _bars(nights, nights.minutes, words.minutes.format("%{y}"), look, yaxis)
    return [bars, *_gaps(nights, np.isnan(nights.minutes), 0, yaxis, colors)]


def _pain_marks(nights: ChartNights, words: Labels, colors: Style, yaxis: str) -> list[Any]:
    look = {"color": colors.cramps_soft, "line": {"color": colors.cramps, "width": 1}}
    bars = _bars(nights, nights.pain, words.pain.format("%{y}"), look, yaxis)
    # The bar of the cramps tells the pain already.
    bars.update(hoverinfo="skip", hovertemplate=None)
    return [bars, *_gaps(nights, np.isnan(nights.pain), 0, yaxis, colors)]


def _score_drawing(nights: ChartNights, name: str, meaning: str, colors: Style) -> Callable[[str], list[Any]]:
    scores = nights.answers[name]

    def draw(yaxis: str) -> list[Any]:
        look = {"color": CLEAR, "line": {"color": colors.none, "width": 1.5}}
        return [
            _bars(nights, scores, meaning.format("%{y}"), look, yaxis),
            _rings(nights, scores == 0, yaxis, colors),
            _cells(nights, scores == 0, 1, 0, CLEAR, meaning.format(0), yaxis),
            *_gaps(nights, np.isnan(scores), 0, yaxis, colors),
        ]

    return draw


def _bars(nights: ChartNights, values: Floats, meaning: str, look: dict[str, Any], yaxis: str) -> go.Bar:
    some = values > 0
    return go.Bar(
        x=pick(nights.dates, some),
        y=values[some].tolist(),
        width=0.7 * _DAY_MS,
        marker=look,
        hovertemplate=f"{meaning}<extra></extra>",
        yaxis=yaxis,
    )


def _rings(nights: ChartNights, where: Bools, yaxis: str, colors: Style) -> go.Scatter:
    """Draw a small open ring on the nights of which a zero was told."""
    return go.Scatter(
        x=pick(nights.dates, where),
        y=[0] * int(where.sum()),
        mode="markers",
        marker={"symbol": "circle-open", "size": 5, "color": colors.none, "line": {"width": 1}},
        hoverinfo="skip",
        yaxis=yaxis,
    )


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


def _strip(nights: ChartNights, band: _Band, row: int, colors: Style) -> list[Any]:
    """Draw the nights of a band: filled where the answer is yes, empty where it is no, dotted where unknown."""
    no, yes = band.meaning
    filled = _cells(nights, band.values == 1, 0.6, row - 0.3, band.hue, yes)
    empty = _cells(nights, band.values == 0, 0.6, row - 0.3, CLEAR, no)
    return [filled, empty, *([] if band.is_plan else _gaps(nights, np.isnan(band.values), row, "y2", colors))]


def _cells(
    nights: ChartNights, where: Bools, tall: float, base: float, fill: str, meaning: str, yaxis: str = "y2"
) -> go.Bar:
    """Fill nights of a panel, the lowest one unless told, from noon to noon, and let each say what that means."""
    return go.Bar(
        x0=nights.dates[0],
        dx=_DAY_MS,
        y=[tall if is_there else None for is_there in where],
        base=base,
        width=_DAY_MS,
        marker={"color": fill, "line": {"width": 0}},
        hovertemplate=f"{meaning}<extra></extra>",
        yaxis=yaxis,
    )


def _outline(nights: ChartNights, band: _Band, row: int) -> dict[str, Any]:
    days = nights.day[~np.isnan(band.values)] if band.is_plan else nights.day
    ends = {"x0": noon(days[0] - 1), "x1": noon(days[-1]), "y0": row - 0.3, "y1": row + 0.3}
    return {"type": "rect", "yref": "y2", "line": {"color": band.hue, "width": 1}, **ends}
