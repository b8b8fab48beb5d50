import datetime as dt
import itertools
import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import charts, compare, compare_cohort
from analysis.design import draw_schedule
from analysis.errors import InputError
from analysis.figures.labels import EN, ES
from analysis.figures.style import style
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


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_a_year_of_nights_stays_below_40_kb(name: str, language: str) -> None:
    year = cohort(
        1, 1, schedules=[draw_schedule("observational", block_nights=366)], rate=2.0, dispersion=0.5, logged=0.85
    )
    text = getattr(charts, name)(year, compare(year), language=language).to_json()
    assert len(text.encode()) < 40_000
    assert "bdata" not in text


@pytest.mark.parametrize("recorded", [1, 2])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_even_the_worst_year_of_nights_stays_below_40_kb(name: str, language: str, recorded: int) -> None:
    nights = np.arange(366)
    cramps = np.where(nights % recorded == 0, 10.0 + nights % 10, np.nan)
    year = diary(
        cramps.tolist(), (nights % 2).tolist(), cramp_minutes=100.1 + nights, worst_pain=10, design="pairs",
        assigned=(nights // 2 + nights) % 2, pair=nights // 2, block=nights, planned_nights=366,
    )  # fmt: skip
    year.loc[year["cramps"].isna(), ["cramp_minutes", "worst_pain"]] = np.nan
    assert len(getattr(charts, name)(year, compare(year), language=language).to_json().encode()) < 40_000


def drawn_nights(trace: dict[str, Any]) -> list[str]:
    """Name the nights that a band of the timeline fills."""
    first = dt.date.fromisoformat(trace["x0"])
    return [(first + dt.timedelta(days=at)).isoformat() for at, tall in enumerate(trace["y"]) if tall]


def dotted_nights(trace: dict[str, Any]) -> list[str]:
    """Name the nights over whose middle a dotted line runs."""
    assert (trace["line"]["dash"], trace["connectgaps"], trace["dx"]) == ("dot", False, 43_200_000)
    first = dt.date.fromisoformat(trace["x0"].removesuffix(" 12:00"))
    return [(first + dt.timedelta(days=at + 1)).isoformat() for at, y in enumerate(trace["y"][1::2]) if y is not None]


def test_the_timeline_shows_each_recorded_night_once_and_gaps_as_gaps() -> None:
    frame = diary([2, 0, None, None, 1, None], [1, 1, 1, None, 0, 0])
    bars, rings, gaps, none, missing, *_ = drawn("timeline", frame)["data"]
    assert dict(zip(bars["x"], bars["y"], strict=True)) == {"2026-11-02": 2, "2026-11-06": 1}
    assert rings["x"] == drawn_nights(none) == ["2026-11-03"]
    assert dotted_nights(gaps) == drawn_nights(missing) == ["2026-11-04", "2026-11-05", "2026-11-07"]
    assert gaps["x0"] == "2026-11-01 12:00"
    assert gaps["y"] == [None] * 4 + [0] * 5 + [None] + [0] * 3
    assert (none["hovertemplate"], missing["hovertemplate"]) == (
        "no cramps<extra></extra>",
        "not recorded<extra></extra>",
    )


def test_nights_without_a_row_are_gaps_too() -> None:
    frame = diary([2, 0, 1, 1], [1, 1, 0, 0]).drop(index=[1])
    assert dotted_nights(drawn("timeline", frame)["data"][2]) == ["2026-11-03"]


def test_minutes_stand_below_the_cramps_with_gaps_where_they_are_not_known() -> None:
    frame = diary([2, 0, 1, None], [1, 1, 0, 0], cramp_minutes=[7.25, 0, None, None])
    figure = drawn("timeline", frame)
    bars, gaps = (trace for trace in figure["data"] if trace.get("yaxis") == "y3")
    assert dict(zip(bars["x"], bars["y"], strict=True)) == {"2026-11-02": 7.2}
    assert bars["hovertemplate"] == "%{y} minutes<extra></extra>"
    assert dotted_nights(gaps) == ["2026-11-04", "2026-11-05"]
    assert figure["layout"]["yaxis3"]["title"]["text"] == "minutes"


def test_a_diary_without_minutes_has_no_room_for_them() -> None:
    assert "yaxis3" not in drawn("timeline", diary([1, 0], [1, 0]))["layout"]


def test_what_else_was_told_has_panels_where_zero_is_a_ring_and_nothing_is_a_gap() -> None:
    frame = diary([2, 0, 1, None], [1, 1, 0, 0], worst_pain=[7, 0, None, None])
    frame = frame.assign(rls_urge=[1, 0, None, None], aching=[4, 0, None, None], burning=None)
    show = ("pain", "urge", "aching", "burning")
    figure = json.loads(charts.timeline(frame, compare(frame), show=show).to_json())
    layout = figure["layout"]
    assert [layout[axis]["title"]["text"] for axis in ("yaxis3", "yaxis4")] == ["worst pain", "aching"]
    assert layout["yaxis2"]["ticktext"] == ["urge to move"]
    assert "yaxis5" not in layout
    pain, pain_gaps = (trace for trace in figure["data"] if trace.get("yaxis") == "y3")
    assert (pain["x"], dotted_nights(pain_gaps)) == (["2026-11-02"], ["2026-11-04", "2026-11-05"])
    bars, rings, zeros, gaps = (trace for trace in figure["data"] if trace.get("yaxis") == "y4")
    assert (drawn_nights(zeros), zeros["hovertemplate"]) == (["2026-11-03"], "aching 0 of 10<extra></extra>")
    assert (bars["x"], bars["hovertemplate"]) == (["2026-11-02"], "aching %{y} of 10<extra></extra>")
    assert (rings["x"], dotted_nights(gaps)) == (["2026-11-03"], ["2026-11-04", "2026-11-05"])
    yes, no, unknown = figure["data"][-3:]
    assert (drawn_nights(yes), drawn_nights(no)) == (["2026-11-02"], ["2026-11-03"])
    assert dotted_nights(unknown) == ["2026-11-04", "2026-11-05"]


@pytest.mark.parametrize("show", [charts.PANELS, ("cramps",)])
def test_panels_share_the_height_and_never_overlap(show: tuple[str, ...]) -> None:
    told = {"rls_urge": 1} | dict.fromkeys(("aching", "heaviness", "soreness", "burning"), 3)
    frame = FRAME.assign(**told)
    layout = json.loads(charts.timeline(frame, compare(frame), show=show).to_json())["layout"]
    domains = sorted(axis["domain"] for name, axis in layout.items() if name.startswith("yaxis"))
    assert len(domains) == (8 if len(show) > 1 else 2)
    assert (domains[0][0], domains[-1][1]) == (0, 1)
    assert all(low < high for low, high in domains)
    assert all(below[1] < above[0] for below, above in itertools.pairwise(domains))


def test_a_panel_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="show: 'mood' is none of cramps, minutes"):
        charts.timeline(FRAME, compare(FRAME), show=("cramps", "mood"))


def test_wear_is_filled_with_stockings_empty_without_and_dotted_where_unknown() -> None:
    figure = drawn("timeline", diary([1] * 6, [1, 1, 0, 0, None, 1]))
    on, off, unknown = figure["data"][-3:]
    assert drawn_nights(on) == ["2026-11-02", "2026-11-03", "2026-11-07"]
    assert drawn_nights(off) == ["2026-11-04", "2026-11-05"]
    assert dotted_nights(unknown) == ["2026-11-06"]
    assert (on["marker"]["color"], off["marker"]["color"]) == (style("light").stockings, "rgba(0,0,0,0)")
    (outline,) = figure["layout"]["shapes"]
    assert (outline["x0"], outline["x1"]) == ("2026-11-01 12:00", "2026-11-07 12:00")


def test_assigned_nights_stand_below_worn_ones_where_there_is_a_plan() -> None:
    assert drawn("timeline")["layout"]["yaxis2"]["ticktext"] == ["worn", "assigned"]
    assert drawn("timeline", free_diary())["layout"]["yaxis2"]["ticktext"] == ["worn"]


def test_a_plan_is_drawn_from_its_first_to_its_last_night() -> None:
    days = pd.to_datetime(FRAME["night_date"])
    first, last, later = days.min(), days.max(), days.max() + pd.Timedelta(days=3)
    after = FRAME.iloc[[-1]].assign(night_date=later, assigned=None, pair=None, block=None)
    frame = pd.concat([FRAME.assign(night_date=days), after.astype({"assigned": float, "pair": float, "block": float})])
    figure = drawn("timeline", frame.reset_index(drop=True))
    worn, plan = figure["layout"]["shapes"]
    assert (worn["x1"], plan["x1"]) == (f"{later.date()} 12:00", f"{last.date()} 12:00")
    assert worn["x0"] == plan["x0"] == f"{(first - pd.Timedelta(days=1)).date()} 12:00"
    assert [trace["type"] for trace in figure["data"][-2:]] == ["bar", "bar"]


def test_the_pointer_reads_all_of_a_night_at_once() -> None:
    layout = drawn("timeline")["layout"]
    assert (layout["hovermode"], layout["hoversubplots"]) == ("x unified", "axis")


def test_numbers_in_hover_texts_have_units() -> None:
    bars, minutes = drawn("timeline")["data"][0], drawn("timeline")["data"][5]
    assert all(re.fullmatch(r"\d+ cramps?, worst pain \d+ of 10", text) for text in bars["customdata"])
    assert minutes["hovertemplate"].startswith("%{y} minutes")
    some = [text for trace in drawn("calendar")["data"] for _, text in trace.get("customdata", [])]
    told = r"(\d+ cramps?, [\d.]+ minutes, worst pain \d+ of 10|no cramps|not recorded)"
    assert some
    assert all(re.fullmatch(told, text) for text in some)
    estimates = [trace["hovertemplate"] for trace in drawn("comparison")["data"]]
    assert all("times as many cramps with stockings as without" in text for text in estimates)
    assert all("95 % interval" in text for text in estimates)


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


def test_an_interval_beyond_the_axis_ends_in_an_arrow() -> None:
    frame = diary([0, 0, 0, 0, 0, 8, 9, 9, 8, 9] * 3, [1, 1, 1, 1, 1, 0, 0, 0, 0, 0] * 3)
    found = compare(frame)
    assert found.ci_low is not None
    assert found.ci_low < 1 / 16
    marks = [trace for trace in drawn("comparison", frame)["data"] if trace["mode"] == "markers"]
    arrows = [trace for trace in marks if trace["marker"].get("symbol") == "triangle-left"]
    assert [trace["x"] for trace in arrows] == [[1 / 16]]
    interval = f"between {found.ci_low:.2f} and {found.ci_high:.2f}"
    assert f"95 % interval {interval}" in arrows[0]["hovertemplate"]
    below = drawn("comparison", frame)["layout"]["xaxis"]["title"]["text"]
    assert below == f"As worn: the interval goes on beyond the picture; it lies {interval}"
    assert "title" not in drawn("comparison")["layout"]["xaxis"]


def test_the_calendar_has_one_square_and_one_mark_a_recorded_night() -> None:
    frame = diary([2, 0, None, 1], [1, 0, None, None])
    on, off, cramps, none, unknown, gaps = drawn("calendar", frame)["data"]
    assert (on["x"], on["y"], on["marker"]["symbol"]) == ([0], [0], "square")
    assert off["y"] == [1]
    assert (cramps["y"], unknown["y"]) == ([0], [3])
    assert (none["y"], gaps["y"]) == ([1], [2])
    assert cramps["marker"]["size"][0] > unknown["marker"]["size"][0]
    assert cramps["customdata"] == [["2026-11-02", "2 cramps"]]
    assert cramps["hovertemplate"] == "%{customdata[0]|%a %d %b %Y}<br>%{customdata[1]}, stockings worn<extra></extra>"
    assert (gaps["mode"], gaps["text"]) == ("text", "···")


def test_night_wear_is_drawn_where_night_wear_is_tested() -> None:
    frame = free_diary(3, 28)
    frame["stockings_night"] = 1 - frame["stockings_day"]
    by_day, by_night = (
        drawn_nights(json.loads(charts.timeline(frame, compare(frame, exposure=exposure)).to_json())["data"][-2])
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


MIXED = pd.concat(
    [
        cohort(seed, 6, rate=1.5, rate_ratio=ratio, logged=0.9).assign(
            patient_id=lambda found, at=at: found["patient_id"] + at
        )
        for at, (seed, ratio) in zip((0, 100, 200), ((3, 0.3), (4, 1.0), (5, 2.5)), strict=True)
    ]
)
TABLE = compare_cohort(MIXED)


def overview(frame: pd.DataFrame = MIXED, table: pd.DataFrame = TABLE, **options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(charts.overview(frame, table, **options).to_json())
    return found


def rows_of(figure: dict[str, Any]) -> dict[str, tuple[str, float]]:
    """Read the patients of an overview from top to bottom, with their marks and ratios."""
    points = [
        (-y, patient, trace["marker"]["symbol"], x)
        for trace in figure["data"]
        if "ids" in trace
        for y, patient, x in zip(trace["y"], trace["ids"], trace["x"], strict=True)
    ]
    return {patient: (symbol, x) for _, patient, symbol, x in sorted(points)}


def test_the_overview_puts_flags_first_then_hints_then_the_rest_each_by_p() -> None:
    rows = rows_of(overview())
    table = TABLE.assign(patient_id=TABLE["patient_id"].astype(str)).set_index("patient_id").loc[list(rows)]
    order = ["help", "worse", "fewer_unclear", "more_unclear", "no_clear_difference"]
    ranks = [order.index(state) for state in table["state"]]
    assert ranks == sorted(ranks)
    assert {"help", "worse"} <= set(table["state"])
    assert table.loc[table["state"] == "help", "p_help"].is_monotonic_increasing
    assert table.loc[table["state"] == "worse", "p_worse"].is_monotonic_increasing
    assert [ratio for _, ratio in rows.values()] == pytest.approx(
        table["rate_ratio"].clip(1 / 16, 16).tolist(), abs=1e-4
    )


def test_each_state_of_the_overview_has_a_shape_and_a_name_of_its_own() -> None:
    figure = overview(language="es")
    points = [trace for trace in figure["data"] if "ids" in trace]
    assert len({trace["marker"]["symbol"] for trace in points}) == len(points) > 2
    assert {trace["name"] for trace in points} <= {name for _, name in ES.states}
    assert figure["layout"]["showlegend"]


def test_the_overview_draws_intervals_and_says_what_lies_behind_them() -> None:
    figure = overview()
    first, *_ = rows_of(figure)
    row = TABLE[TABLE["patient_id"].astype(str) == first].iloc[0]
    assert figure["data"][0]["x"][:3] == [
        pytest.approx(row["ci_low"], abs=1e-4),
        pytest.approx(row["ci_high"], abs=1e-4),
        None,
    ]
    recorded = int(MIXED.loc[MIXED["patient_id"] == row["patient_id"], "cramps"].notna().sum())
    trace = next(trace for trace in figure["data"] if first in trace.get("ids", ()))
    told = trace["customdata"][trace["ids"].index(first)].split("<br>")
    assert told[:2] == [
        f"{row['rate_ratio']:.2f} times as many cramps with stockings as without,",
        f"95 % interval between {row['ci_low']:.2f} and {row['ci_high']:.2f}",
    ]
    assert told[2] == (
        f"{row['nights_on']} nights with stockings and {row['nights_off']} without compared, {recorded} nights recorded"
    )
    assert told[3] == f"grade {row['grade']} evidence"
    assert re.fullmatch(r"q-value: of a list down to this p-value, expect at most \d+ % to be chance", told[4])


def test_intervals_beyond_the_axis_of_an_overview_end_in_arrows() -> None:
    table = TABLE.assign(ci_high=TABLE["ci_high"].where(TABLE["patient_id"] != 200, 40.0))
    arrows = [
        trace for trace in overview(table=table)["data"] if trace.get("marker", {}).get("symbol") == "triangle-right"
    ]
    assert [trace["x"] for trace in arrows] == [[16.0]]


def test_an_overview_of_a_thousand_patients_stays_readable_and_small() -> None:
    table = pd.concat([TABLE.assign(patient_id=TABLE["patient_id"] + 1000 * copy) for copy in range(60)])
    frame = pd.DataFrame({"patient_id": table["patient_id"], "cramps": 1.0})
    text = charts.overview(frame, table, language="es").to_json()
    figure = json.loads(text)
    assert len(text) < 40_000
    assert figure["layout"]["height"] < 1_200
    assert len(rows_of(figure)) == 40
    compared = int(table["rate_ratio"].notna().sum())
    assert figure["layout"]["xaxis"]["title"]["text"].startswith(f"Los primeros 40 de {compared} pacientes")


def test_an_overview_says_who_is_not_on_it() -> None:
    table = TABLE.assign(state=["running"] * 2 + ["insufficient"] * 3 + TABLE["state"].tolist()[5:])
    assert overview(table=table)["layout"]["xaxis"]["title"]["text"] == (
        "Patients with a comparison: 13.<br>Still running: 2.<br>Too little data: 3."
    )
    nobody = overview(table=table.iloc[:2])
    assert nobody["data"] == []
    assert nobody["layout"]["annotations"][0]["text"] == "Patients with a comparison: 0.<br>Still running: 2."


def test_an_overview_of_patients_without_nights_is_refused() -> None:
    with pytest.raises(InputError, match="table: patient 205 has no night in the frame"):
        charts.overview(MIXED[MIXED["patient_id"] < 205], TABLE)


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
    assert squares["x"] == [0] * 4 + [1]
    assert START.weekday() == 0
