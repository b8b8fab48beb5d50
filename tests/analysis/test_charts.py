import datetime as dt
import json
from typing import Any

import pandas as pd
import pytest

from analysis import charts, compare
from analysis.chart_labels import EN, ES
from analysis.chart_style import style
from analysis.design import draw_schedule
from analysis.errors import InputError
from tests.analysis.makers import START, cohort, diary, free_diary, trial

NAMES = ("timeline", "comparison", "calendar")
FRAME = trial(2, rate=3.0, rate_ratio=0.3, logged=0.8, adherence=0.9)


def drawn(name: str, frame: pd.DataFrame = FRAME, **options: str) -> dict[str, Any]:
    return json.loads(getattr(charts, name)(frame, compare(frame), **options).to_json())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_charts_use_only_the_basic_traces(name: str, scheme: str, language: str) -> None:
    figure = drawn(name, scheme=scheme, language=language)
    assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter", "pie"}
    assert figure["layout"]["font"]["color"] == style(scheme).ink


@pytest.mark.parametrize("name", NAMES)
def test_a_year_of_nights_stays_below_40_kb(name: str) -> None:
    year = cohort(
        1, 1, schedules=[draw_schedule("observational", block_nights=365)], rate=2.0, dispersion=0.5, logged=0.85
    )
    text = getattr(charts, name)(year, compare(year)).to_json()
    assert len(text.encode()) < 40_000
    assert "bdata" not in text


def test_the_timeline_shows_each_recorded_night_once_and_gaps_as_gaps() -> None:
    frame = diary([2, 0, None, None, 1, None], [1, 1, 1, None, 0, 0])
    bars, rings, gaps, *_ = drawn("timeline", frame)["data"]
    assert dict(zip(bars["x"], bars["y"], strict=True)) == {"2026-11-02": 2, "2026-11-06": 1}
    assert rings["x"] == ["2026-11-03"]
    assert gaps["x"] == ["2026-11-03 12:00", "2026-11-05 12:00", None, "2026-11-06 12:00", "2026-11-07 12:00", None]
    assert gaps["line"]["dash"] == "dot"
    assert gaps["connectgaps"] is False


def test_nights_without_a_row_are_gaps_too() -> None:
    frame = diary([2, 0, 1, 1], [1, 1, 0, 0]).drop(index=[1])
    assert drawn("timeline", frame)["data"][2]["x"] == ["2026-11-02 12:00", "2026-11-03 12:00", None]


def test_wear_is_drawn_in_runs_filled_with_stockings_and_outlined_without() -> None:
    on, off = drawn("timeline", diary([1] * 6, [1, 1, 0, 0, None, 1]))["data"][3:]
    day = 86_400_000
    assert (on["x"], on["width"]) == (["2026-11-01 12:00", "2026-11-06 12:00"], [2 * day, day])
    assert (off["x"], off["width"]) == (["2026-11-03 12:00"], [2 * day])
    assert (on["marker"]["color"], off["marker"]["color"]) == (style("light").stockings, "rgba(0,0,0,0)")


def test_assigned_nights_stand_below_worn_ones_where_there_is_a_plan() -> None:
    assert drawn("timeline")["layout"]["yaxis2"]["ticktext"] == ["worn", "assigned"]
    assert drawn("timeline", free_diary())["layout"]["yaxis2"]["ticktext"] == ["worn"]


def test_hover_texts_have_units() -> None:
    bars = drawn("timeline")["data"][0]
    assert all("cramp" in text and "minutes" in text and "of 10" in text for text in bars["customdata"])


def test_the_comparison_draws_interval_before_point_and_stands_on_words() -> None:
    found = compare(FRAME)
    figure = drawn("comparison")
    interval, point = figure["data"][:2]
    assert interval["x"] == pytest.approx([found.ci_low, found.ci_high])
    assert point["x"] == pytest.approx([found.rate_ratio])
    assert figure["layout"]["xaxis"]["type"] == "log"
    assert {"half as many", "same", "twice as many"} <= set(figure["layout"]["xaxis"]["ticktext"])
    assert figure["layout"]["yaxis"]["ticktext"] == ["As assigned", "As worn"]
    assert drawn("comparison", free_diary())["layout"]["yaxis"]["ticktext"] == ["As worn"]


def test_while_a_trial_runs_the_comparison_only_says_when_it_opens() -> None:
    figure = drawn("comparison", FRAME.iloc[:40], language="es")
    assert figure["data"] == []
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        "La comparación se abre después de la noche del 25 de diciembre de 2026."
    ]
    assert drawn("timeline", FRAME.iloc[:40])["data"]


def test_with_too_little_data_the_comparison_says_what_is_missing() -> None:
    figure = drawn("comparison", diary([1, 1, 1] + [None] * 25, [1, 0, 0] + [None] * 25))
    assert figure["layout"]["annotations"][0]["text"] == (
        "Too little data for a comparison.<br>Nights with stockings: 1 of at least 4<br>"
        "Nights without stockings: 2 of at least 4<br>Cramps: 3 of at least 5"
    )


def test_the_calendar_has_one_square_and_one_mark_a_recorded_night() -> None:
    frame = diary([2, 0, None, 1], [1, 0, None, None])
    on, off, cramps, none, gaps = drawn("calendar", frame)["data"]
    assert (on["x"], on["y"], on["marker"]["symbol"]) == (["2026-11-02"], [0], "square")
    assert off["y"] == [1]
    assert cramps["y"] == [0, 3]
    assert (none["y"], gaps["y"]) == ([1], [2])
    assert cramps["marker"]["size"][0] > cramps["marker"]["size"][1]
    assert cramps["customdata"][0] == "2026-11-02: 2 cramps, stockings worn"
    assert (gaps["mode"], gaps["text"]) == ("text", "···")


def test_night_wear_is_drawn_where_night_wear_is_tested() -> None:
    frame = free_diary(3, 28)
    frame["stockings_night"] = 1 - frame["stockings_day"]
    by_day, by_night = (
        json.loads(charts.timeline(frame, compare(frame, exposure=exposure)).to_json())["data"][3]["x"]
        for exposure in ("day", "night")
    )
    assert not set(by_day) & set(by_night)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two colors."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_marks_stand_out_from_the_page(scheme: str) -> None:
    colors = style(scheme)
    assert min(contrast(colors.paper, text) for text in (colors.ink, colors.muted)) >= 4.5
    marks = (colors.stockings, colors.cramps, colors.none, colors.gap)
    assert min(contrast(colors.paper, mark) for mark in marks) >= 3
    assert contrast(colors.stockings_soft, colors.cramps) >= 2.5


def test_dates_are_written_as_each_language_writes_them() -> None:
    day = dt.date(2026, 3, 1)
    assert (EN.write(day), ES.write(day)) == ("1 March 2026", "1 de marzo de 2026")
    assert [EN.count(number) for number in (0, 1, 2)] == ["no cramps", "1 cramp", "2 cramps"]


@pytest.mark.parametrize(("option", "value"), [("scheme", "sepia"), ("language", "xx")])
def test_an_unknown_scheme_or_language_is_refused(option: str, value: str) -> None:
    with pytest.raises(InputError, match=f"{option}: '{value}' is none of"):
        drawn("timeline", **{option: value})


def test_a_comparison_of_somebody_else_is_refused() -> None:
    with pytest.raises(InputError, match="comparison: of patient 0, the frame of another"):
        charts.timeline(diary([1], [1]), compare(FRAME))
    with pytest.raises(InputError, match="frame: has 2 patients, expected 1"):
        charts.calendar(cohort(1, 2), compare(FRAME))


def test_nights_of_one_week_start_on_its_monday() -> None:
    frame = diary([1] * 9, [0, 1] * 4 + [0])
    squares = drawn("calendar", frame)["data"][1]
    assert squares["x"] == ["2026-11-02"] * 4 + ["2026-11-09"]
    assert START.weekday() == 0
