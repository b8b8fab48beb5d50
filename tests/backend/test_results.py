"""The result on the page is the one comparison, on exactly the nights of the diary."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import event, update

from analysis import compare
from analysis.evidence import measured
from backend.accounts.models import User
from backend.db import db
from backend.diary.night_fields import PROBLEMS
from backend.diary.signs import STOP_SIGNS
from backend.results import roster
from tests.backend.conftest import SetClock
from tests.backend.diaries import START, Diary, diary, keep
from tests.backend.errors import pointers, refusal
from tests.backend.nights import night, path_of, record
from tests.backend.people import Person, read, shared, signed_in

PAIRS = {"design": "pairs", "pairs": 9, "block_nights": 3, "seed": "a trial"}
DIARIES = {
    "pairs": diary(58, **PAIRS),
    "pairs by day": diary(58, number=2, exposure="day", **PAIRS),
    "short pairs": diary(60, number=3, design="pairs", pairs=4, block_nights=7, seed="a short trial"),
    "blocks": diary(60, number=4, design="blocks", blocks=18, block_nights=3, seed="another trial"),
    "before and after": diary(30, number=5, design="before_after", block_nights=14),
    "worse with stockings": diary(58, number=6, on=2.4, off=0.5, **PAIRS),
    "no plan": diary(70, number=7),
    "hardly a night": diary(6, number=8),
    "running": diary(20, number=9, **PAIRS),
}
SILENT_WHILE_RUNNING = (
    "p_help", "p_worse", "rate_ratio", "ci_low", "ci_high", "rate_on", "rate_off", "saved_per_week", "logging_gap",
    "dispersion", "as_worn", "washout_sensitivity", "adherence",
)  # fmt: skip


@pytest.fixture
def after(clock_at: SetClock) -> Any:
    """Set the clock to the afternoon on which a diary's last night has passed."""

    def set_clock(kept: Diary) -> date:
        last = max(kept.nights)
        clock_at(datetime.combine(last + timedelta(days=1), time(15), UTC))
        return last

    return set_clock


def frame_of(kept: Diary, patient: Person) -> pd.DataFrame:
    """Return the analysis frame of a diary: the nights as sent, beside the columns of the schedule."""
    nights = pd.DataFrame(kept.rows)
    if kept.schedule:
        plan = pd.DataFrame(kept.schedule.nights(kept.start))
        nights = nights.merge(plan, on="night_date", how="outer" if kept.schedule.planned_nights else "left")
        for name, value in kept.schedule.constants(kept.start).items():
            nights[name] = [value] * len(nights)
    nights.insert(0, "patient_id", str(patient.id))
    return nights


def wear_of(kept: Diary) -> dict[str, int]:
    """Count the nights of a trial on which stockings were worn, or left off, as assigned."""
    assert kept.schedule
    counts = dict.fromkeys(("on_nights", "on_kept", "off_nights", "off_kept"), 0)
    for row in kept.rows:
        assigned = kept.schedule.assigned(kept.start, row["night_date"])
        day, in_bed = row["stockings_day"], row["stockings_night"]
        worn = day if kept.exposure == "day" or day else in_bed
        if assigned is not None and worn is not None:
            arm = "on" if assigned else "off"
            counts[f"{arm}_nights"] += 1
            counts[f"{arm}_kept"] += worn is assigned
    return counts


def same(found: Any, expected: Any) -> bool:
    """Whether two results say the same, to the last digits a float may lose on its way."""
    if isinstance(expected, Mapping):
        return set(found) == set(expected) and all(same(found[name], expected[name]) for name in expected)
    if isinstance(expected, list | tuple):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, float):
        return bool(found == pytest.approx(expected, rel=1e-9))
    return bool(found == expected)


@pytest.mark.parametrize("name", DIARIES)
def test_the_result_is_the_comparison_of_the_nights_as_they_were_sent(
    app: Flask, patient: Person, physician: Person, after: Any, name: str
) -> None:
    kept = DIARIES[name]
    as_of = after(kept)
    keep(app, patient, kept)
    shared(patient, physician)
    expected = compare(frame_of(kept, patient), exposure=kept.exposure, as_of=as_of).to_dict()
    expected |= {"nights_recorded": len(kept.nights), "last_entry": as_of.isoformat()}
    found = read(patient.get("/api/result"))
    expected["wear"] = wear_of(kept) if found["adherence"] is not None else None
    assert same(found, expected), (found, expected)
    if wear := found["wear"]:
        share = (wear["on_kept"] + wear["off_kept"]) / (wear["on_nights"] + wear["off_nights"])
        assert share == pytest.approx(found["adherence"])
    assert read(physician.get(f"/api/patients/{patient.id}/result")) == found


def test_the_diaries_of_these_tests_end_in_every_kind_of_answer(app: Flask, after: Any) -> None:
    states = {}
    for number, (name, kept) in enumerate(DIARIES.items()):
        patient = signed_in(app, "patient", f"{number}@example.org")
        after(kept)
        keep(app, patient, kept)
        states[name] = read(patient.get("/api/result"))["state"]
    assert states["running"] == "running"
    assert states["hardly a night"] in {"running", "insufficient"}
    assert states["worse with stockings"] == "worse"
    assert states["pairs"] == "help"
    assert states["before and after"] in {"fewer_unclear", "no_clear_difference"}


def test_an_empty_diary_has_a_result_that_says_what_is_missing(patient: Person, physician: Person) -> None:
    shared(patient, physician)
    result = read(patient.get("/api/result"))
    assert result["state"] in {"running", "insufficient"}
    assert result["needs"]
    assert (result["nights_recorded"], result["last_entry"], result["rate_ratio"]) == (0, None, None)
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert (row["state"], row["nights_recorded"], row["last_entry"]) == (result["state"], 0, None)
    assert row["sparkline"] == [None] * 60


@pytest.mark.parametrize("days_before_the_end", [53, 30, 1])
def test_while_a_trial_runs_nobody_sees_how_it_goes(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock, days_before_the_end: int
) -> None:
    kept = diary(54 - days_before_the_end, on=0.1, off=4.0, **PAIRS)
    clock_at(datetime.combine(START + timedelta(days=54 - days_before_the_end), time(15), UTC))
    keep(app, patient, kept)
    shared(patient, physician)
    for result in (
        read(patient.get("/api/result")),
        read(physician.get(f"/api/patients/{patient.id}/result")),
    ):
        assert result["state"] == "running"
        assert {name: result[name] for name in SILENT_WHILE_RUNNING} == dict.fromkeys(SILENT_WHILE_RUNNING)
        assert result["needs"]
        assert result["nights_recorded"] == len(kept.nights)
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert row["state"] == "running"
    assert (row["rate_ratio"], row["ci_low"], row["ci_high"]) == (None, None, None)


def test_the_result_opens_when_the_last_planned_night_has_passed(
    app: Flask, patient: Person, clock_at: SetClock
) -> None:
    kept = diary(54, **PAIRS)
    kept.nights.pop(START + timedelta(days=53), None)
    keep(app, patient, kept)
    end = datetime.combine(START + timedelta(days=54), time(12), UTC)
    for instant, state in ((end - timedelta(seconds=1), "running"), (end, "help")):
        clock_at(instant)
        assert read(patient.get("/api/result"))["state"] == state


def test_the_day_ends_where_the_patient_lives(app: Flask, patient: Person, clock_at: SetClock) -> None:
    kept = diary(54, **PAIRS)
    kept.nights.pop(START + timedelta(days=53), None)
    keep(app, patient, kept)
    clock_at(datetime.combine(START + timedelta(days=54), time(11), UTC))
    for zone, state in (("America/New_York", "running"), ("UTC", "running"), ("Europe/Paris", "help")):
        patient.patch("/api/me", {"zone": zone})
        assert read(patient.get("/api/result"))["state"] == state


def test_nights_before_a_trial_are_no_part_of_it(app: Flask, patient: Person, after: Any) -> None:
    kept = diary(58, **PAIRS)
    after(kept)
    keep(app, patient, kept)
    without = read(patient.get("/api/result"))
    before = diary(20, number=11, on=6.0, off=6.0)
    shifted = {night_date - timedelta(days=20): body for night_date, body in before.nights.items()}
    bodies = {night_date: body | {"night_date": night_date.isoformat()} for night_date, body in shifted.items()}
    keep(app, patient, Diary(bodies))
    found = read(patient.get("/api/result"))
    for name in ("rate_ratio", "ci_low", "ci_high", "p_help", "nights_on", "nights_off", "first_night", "state"):
        assert found[name] == without[name], name
    assert found["nights_recorded"] == without["nights_recorded"] + len(bodies)


def test_the_roster_says_of_each_patient_what_the_patients_page_says(
    app: Flask, physician: Person, clock_at: SetClock
) -> None:
    clock_at(datetime.combine(START + timedelta(days=75), time(15), UTC))
    patients = {}
    for number, (name, kept) in enumerate(DIARIES.items()):
        patient = signed_in(app, "patient", f"{number}@example.org", display_name=name)
        keep(app, patient, kept)
        shared(patient, physician)
        patients[str(patient.id)] = patient
    for _ in range(2):  # counted, and from the cache
        rows = read(physician.get("/api/patients"))["patients"]
        assert {row["display_name"] for row in rows} == set(DIARIES)
        for row in rows:
            result = read(patients[row["id"]].get("/api/result"))
            for name in set(row) & set(result):
                assert same(row[name], result[name]), (row["display_name"], name)
            assert set(row) - set(result) == {"id", "display_name", "alerts", "sparkline", "q_value"}


def test_the_roster_follows_a_correction_at_once(app: Flask, patient: Person, physician: Person, after: Any) -> None:
    kept = diary(58, **PAIRS)
    last = after(kept)
    keep(app, patient, kept)
    shared(patient, physician)
    (before,) = read(physician.get("/api/patients"))["patients"]
    headers = {"If-Match": "*"}
    for back in range(1, 25):
        patient.delete(path_of(last - timedelta(days=back)), headers=headers)
    (row,) = read(physician.get("/api/patients"))["patients"]
    result = read(patient.get("/api/result"))
    assert row["nights_recorded"] < before["nights_recorded"]
    assert (row["rate_ratio"], row["state"]) == (result["rate_ratio"], result["state"])
    assert row["rate_ratio"] != before["rate_ratio"]


def test_a_full_cache_takes_no_row_from_the_roster(
    app: Flask, physician: Person, after: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "_CACHE_SIZE", 1)
    for number in range(3):
        patient = signed_in(app, "patient", f"{number}@example.org")
        kept = diary(30, number=number)
        after(kept)
        keep(app, patient, kept)
        shared(patient, physician)
    for _ in range(2):
        assert len(read(physician.get("/api/patients"))["patients"]) == 3


def statements(app: Flask, ask: Callable[[], object]) -> int:
    """Count the statements that the database gets to hear."""
    heard: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return len(heard)


def test_a_longer_roster_asks_the_database_no_more_often(app: Flask, physician: Person, clock_at: SetClock) -> None:
    clock_at(datetime.combine(START + timedelta(days=30), time(15), UTC))
    counts = []
    for number in range(6):
        patient = signed_in(app, "patient", f"{number}@example.org")
        keep(app, patient, diary(30, number=number, **PAIRS))
        shared(patient, physician)
        if number in (1, 5):
            counts.append(statements(app, lambda: physician.get("/api/patients")))
    assert counts[0] == counts[1] < 15


def test_the_sparkline_shows_sixty_nights_with_gaps_as_gaps(
    app: Flask, patient: Person, physician: Person, after: Any
) -> None:
    kept = diary(70, number=12)
    last = after(kept)
    keep(app, patient, kept)
    shared(patient, physician)
    (row,) = read(physician.get("/api/patients"))["patients"]
    nights = [last - timedelta(days=back) for back in range(59, -1, -1)]
    assert row["sparkline"] == [len(kept.nights[night]["cramps"]) if night in kept.nights else None for night in nights]
    assert {None, 0} <= set(row["sparkline"])


def test_a_problem_for_which_stockings_come_off_alerts_the_physician(
    patient: Person, physician: Person, clock_at: SetClock
) -> None:
    clock_at("2026-11-04T15:00:00+00:00")
    shared(patient, physician)
    for problem in PROBLEMS:
        patient.put(path_of(), night(problems=[problem]), headers={"If-Match": "*"})
        (row,) = read(physician.get("/api/patients"))["patients"]
        expected = ["red_flag"] * (problem == "breathless") + ["stocking_problem"] * (problem in STOP_SIGNS)
        assert row["alerts"] == expected, problem


def test_an_alert_lasts_fourteen_nights_and_ends_with_a_correction(
    patient: Person, physician: Person, clock_at: SetClock
) -> None:
    def alerts() -> list[str]:
        (row,) = read(physician.get("/api/patients"))["patients"]
        found: list[str] = row["alerts"]
        return found

    clock_at("2026-11-04T15:00:00+00:00")
    shared(patient, physician)
    record(patient, night(problems=["numb"]))
    for day, expected in ((17, True), (18, False)):
        clock_at(f"2026-11-{day}T15:00:00+00:00")
        assert ("stocking_problem" in alerts()) is expected
    clock_at("2026-11-05T15:00:00+00:00")
    assert alerts() == ["stocking_problem"]
    patient.put(path_of(), night(problems=[]), headers={"If-Match": "*"})
    assert alerts() == []
    patient.put(path_of(), night(problems=["numb"]), headers={"If-Match": "*"})
    patient.delete(path_of(), headers={"If-Match": "*"})
    assert alerts() == []


def test_seven_nights_without_an_entry_alert_the_physician(
    patient: Person, physician: Person, clock_at: SetClock
) -> None:
    clock_at("2026-11-04T15:00:00+00:00")
    shared(patient, physician)
    record(patient, night())
    for day, silent in ((10, False), (11, True)):
        clock_at(f"2026-11-{day}T15:00:00+00:00")
        (row,) = read(physician.get("/api/patients"))["patients"]
        assert row["alerts"] == (["no_entry"] if silent else [])


def test_an_account_that_never_recorded_is_silent_once_it_is_a_week_old(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock
) -> None:
    shared(patient, physician)
    with app.app_context():
        db.session.execute(update(User).values(created_at=datetime(2026, 11, 4, 9, tzinfo=UTC)))
        db.session.commit()
    for day, silent in ((11, False), (12, True)):
        clock_at(f"2026-11-{day}T15:00:00+00:00")
        (row,) = read(physician.get("/api/patients"))["patients"]
        assert row["alerts"] == (["no_entry"] if silent else [])


def test_the_q_value_is_that_of_all_who_share_and_hidden_while_a_trial_runs(
    app: Flask, patient: Person, other_patient: Person, physician: Person, after: Any
) -> None:
    ended = DIARIES["pairs"]
    running = diary(58, on=0.1, off=4.0, design="blocks", blocks=30, block_nights=3, seed="a long trial")
    after(ended)
    keep(app, patient, ended)
    keep(app, other_patient, running)
    for one in (patient, other_patient):
        shared(one, physician)
    rows = {row["id"]: row for row in read(physician.get("/api/patients"))["patients"]}
    result = read(physician.get(f"/api/patients/{patient.id}/result"))
    assert rows[str(patient.id)]["q_value"] == pytest.approx(result["p_help"], rel=1e-12)
    assert rows[str(other_patient.id)]["q_value"] is None


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_plotly_figures_that_any_browser_reads(
    app: Flask, patient: Person, physician: Person, after: Any, scheme: str, language: str
) -> None:
    kept = DIARIES["pairs"]
    after(kept)
    keep(app, patient, kept)
    shared(patient, physician)
    for chart in ("timeline", "comparison", "calendar"):
        figure = read(physician.get(f"/api/patients/{patient.id}/charts/{chart}?scheme={scheme}&lang={language}"))
        assert set(figure) == {"data", "layout"}
        assert figure["data"]


@pytest.mark.parametrize(("length", "drawn"), [(20, False), (58, True)])
def test_a_chart_of_the_comparison_draws_nothing_while_the_trial_runs(
    app: Flask, patient: Person, physician: Person, after: Any, length: int, drawn: bool
) -> None:
    kept = diary(length, on=0.1, off=4.0, **PAIRS)
    after(kept)
    keep(app, patient, kept)
    shared(patient, physician)
    figure = read(physician.get(f"/api/patients/{patient.id}/charts/comparison"))
    assert any(trace.get("x") for trace in figure["data"]) is drawn


def overview_rows(figure: dict[str, Any]) -> dict[str, float]:
    """Read the patients of an overview, and where their points stand."""
    points = (zip(trace["text"], trace["x"], strict=True) for trace in figure["data"] if "text" in trace)
    return {patient: ratio for trace in points for patient, ratio in trace}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_overview_draws_the_comparisons_of_the_roster(
    app: Flask, physician: Person, other_physician: Person, clock_at: SetClock, language: str
) -> None:
    clock_at(datetime.combine(START + timedelta(days=75), time(15), UTC))
    for number, (name, kept) in enumerate(DIARIES.items()):
        patient = signed_in(app, "patient", f"{number}@example.org", display_name=name)
        keep(app, patient, kept)
        shared(patient, physician)
    rows = read(physician.get("/api/patients"))["patients"]
    compared = {row["id"]: row for row in rows if row["rate_ratio"] is not None}
    figure = read(physician.get(f"/api/patients/charts/overview?scheme=dark&lang={language}"))
    drawn = overview_rows(figure)
    assert drawn == {patient: pytest.approx(row["rate_ratio"], abs=1e-4) for patient, row in compared.items()}
    assert len(drawn) > 3
    told = next(trace["customdata"][0] for trace in figure["data"] if "text" in trace)
    result = read(physician.get(f"/api/patients/{next(iter(drawn))}/result"))
    ratio = f"{result['rate_ratio']:.2f}"
    assert (ratio if language == "en" else ratio.replace(".", ",")) in told
    assert f"{result['nights_recorded']} " in told
    assert all(name not in str(figure) for name in DIARIES)
    assert read(other_physician.get("/api/patients/charts/overview"))["data"] == []


def test_while_trials_run_the_overview_draws_nobody(app: Flask, patient: Person, physician: Person, after: Any) -> None:
    kept = diary(20, on=0.1, off=4.0, **PAIRS)
    after(kept)
    keep(app, patient, kept)
    shared(patient, physician)
    figure = read(physician.get("/api/patients/charts/overview"))
    assert figure["data"] == []
    assert str(patient.id) not in str(figure)


def test_an_overview_is_logged_once_a_patient_and_day(
    patient: Person, other_patient: Person, physician: Person, clock_at: SetClock
) -> None:
    shared(patient, physician)
    for instant in ("2026-11-04T06:30:00+00:00", "2026-11-04T09:00:00+00:00", "2026-11-05T06:30:00+00:00"):
        clock_at(instant)
        assert physician.get("/api/patients/charts/overview").status_code == 200
    entries = read(patient.get("/api/access-log"))["entries"]
    assert [entry["what"] for entry in entries] == ["chart overview"] * 2
    assert read(other_patient.get("/api/access-log"))["entries"] == []
    assert pointers(physician.get("/api/patients/charts/overview?lang=fr")) == ["/lang"]


def test_a_longer_overview_asks_the_database_no_more_often(app: Flask, physician: Person, clock_at: SetClock) -> None:
    clock_at(datetime.combine(START + timedelta(days=60), time(15), UTC))
    counts = []
    for number in range(4):
        patient = signed_in(app, "patient", f"{number}@example.org")
        keep(app, patient, diary(30, number=number))
        shared(patient, physician)
        if number in (1, 3):
            counts.append(statements(app, lambda: physician.get("/api/patients/charts/overview")))
    assert counts[0] == counts[1] < 15


def test_patients_and_physicians_read_how_often_the_comparison_is_wrong(patient: Person, physician: Person) -> None:
    found = read(physician.get("/api/evidence"))
    assert found == read(patient.get("/api/evidence")) == measured()
    assert found["patients"] >= 2_000
    assert min(len(found[part]) for part in ("null", "power", "limits")) > 3
    assert all(0 <= row["help"] <= 0.06 for row in found["null"])


def test_a_chart_that_does_not_exist_or_cannot_be_drawn_so_is_refused(patient: Person, physician: Person) -> None:
    shared(patient, physician)
    base = f"/api/patients/{patient.id}/charts"
    refusal(physician.get(f"{base}/pie"), "not-found")
    refusal(physician.get(f"{base}/__init__"), "not-found")
    assert pointers(physician.get(f"{base}/timeline?scheme=pink")) == ["/scheme"]
    assert pointers(physician.get(f"{base}/timeline?lang=fr")) == ["/lang"]


def test_the_plan_tells_every_night_of_a_trial_and_nothing_around_it(app: Flask, patient: Person) -> None:
    kept = diary(10, **PAIRS)
    keep(app, patient, kept)
    first, last = START - timedelta(days=2), START + timedelta(days=55)
    plan = read(patient.get(f"/api/plan?from={first}&to={last}"))
    assert kept.schedule is not None
    arms = [bool(block) for block in kept.schedule.blocks for _ in range(3)]
    assert [day["assigned"] for day in plan] == [None, None, *arms, None, None]
    assert [day["date"] for day in plan] == [str(first + timedelta(days=day)) for day in range(58)]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-11-01", "/to"),
        ("to=2026-11-01", "/from"),
        ("from=2026-11-02&to=2026-11-01", "/to"),
        ("from=2026-01-01&to=2027-02-05", "/to"),
        ("from=today&to=2026-11-01", "/from"),
    ],
)
def test_a_plan_needs_a_range_that_makes_sense(patient: Person, query: str, pointer: str) -> None:
    assert pointers(patient.get(f"/api/plan?{query}")) == [pointer]
    assert len(read(patient.get("/api/plan?from=2026-01-01&to=2027-02-04"))) == 400


def test_a_trial_is_shown_as_it_was_drawn(app: Flask, patient: Person, physician: Person) -> None:
    kept = diary(10, exposure="day", **PAIRS)
    keep(app, patient, kept)
    shared(patient, physician)
    (trial,) = read(patient.get("/api/trials"))["trials"]
    assert kept.schedule is not None
    assert trial["blocks"] == list(kept.schedule.blocks)
    assert (trial["design"], trial["exposure"], trial["seed"]) == ("pairs", "day", "a trial")
    assert (trial["start_date"], trial["end_date"], trial["planned_nights"]) == ("2026-08-03", "2026-09-25", 54)
    assert read(physician.get(f"/api/patients/{patient.id}/trials")) == {"trials": [trial]}
