"""From the patient's phone to the physician's chart, file and command line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.clocks import HOME
from tests.browser.conftest import DESK
from tests.browser.server import PASSWORD, PHYSICIAN

pytestmark = pytest.mark.browser

# Cramps of fourteen nights, latest first; None is a night that nobody recorded.
NIGHTS = (0, 2, 1, 0, None, 3, 0, 1, 0, 0, 2, None, 1, 4)


def log_fortnight(page: Page) -> None:
    for cramps in NIGHTS:
        if cramps is not None:
            if cramps:
                steps.say_cramps(page, cramps)
            else:
                page.get_by_role("button", name="No cramps").click()
            steps.answer(page, "By day", "Worn" if cramps < 2 else "Not worn")
            steps.answer(page, "In bed that night", "Not worn")
            steps.save(page)
            steps.expect_state(page, "Sent")
        steps.go_to_earlier_night(page)


def share(page: Page, code: str) -> None:
    page.goto("/me/sharing")
    steps.look_up(page, code)
    page.get_by_role("button", name="I agree: share with Dr. Elena Park").click()
    expect(page.get_by_role("button", name="Stop sharing")).to_be_visible()


def test_a_fortnight_reaches_the_physicians_chart_and_file(
    phone: Page, open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    desk = open_context(**DESK, timezone_id=HOME).new_page()
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    code = desk.request.get("/api/me").json()["share_code"]
    name = f"Marta {steps.new_email().split('@')[0]}"
    steps.sign_up(phone, name)
    log_fortnight(phone)
    share(phone, code)

    desk.reload()
    expect(desk.get_by_role("row").nth(1)).to_be_visible()
    desk.keyboard.press("/")
    desk.keyboard.type(name)
    row = desk.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("12")
    row.get_by_role("link").first.click()
    expect(desk.get_by_role("heading", name=name)).to_be_visible()
    expect(desk.locator(".js-plotly-plot .bars path").first).to_be_visible()

    desk.get_by_text("Single files").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Nights (CSV)", exact=True).click()
    file = tmp_path / "nights.csv"
    download.value.save_as(file)
    patient_id = desk.url.split("/")[-1].split("?")[0]
    shown = desk.request.get(f"/api/patients/{patient_id}/result").json()
    charley = Path(sys.executable).parent / "charley"
    analyzed = subprocess.run([charley, "analyze", file, "--json"], capture_output=True, text=True, check=True)
    [found] = json.loads(analyzed.stdout)["results"]
    assert found == {field: shown[field] for field in found}
    assert (found["state"], found["cramps_on"], found["cramps_off"]) == ("running", 3, 11)

    with desk.expect_download() as download:
        desk.get_by_role("link", name="All files (zip)").click()
    with ZipFile(download.value.path()) as files:
        assert files.read("nights.csv") == file.read_bytes()
    with desk.expect_popup() as popup:
        desk.get_by_role("link", name="Visit report").click()
    expect(popup.value.get_by_text(name).first).to_be_visible()

    phone.reload()
    phone.get_by_text("Who looked at what").click()
    for look in (
        "saved a file of your nights",
        "saved all files for your visit",
        "looked at the report for your visit",
    ):
        expect(phone.get_by_text(f"Dr. Elena Park {look}")).to_be_visible()
    expect(phone.get_by_role("main").get_by_text("Dr. Elena Park").first).to_be_visible()
    phone.get_by_role("button", name="Stop sharing").click()
    phone.get_by_role("dialog").get_by_role("button", name="Stop sharing").click()
    expect(phone.get_by_text("Only you can see your diary.")).to_be_visible()
    assert desk.request.get(f"/api/patients/{patient_id}/nights").status == 404


def test_the_first_look_at_the_demo_shows_every_outcome(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    rows = desk.request.get("/api/patients").json()["patients"]
    assert len(rows) >= 24
    states = {row["state"] for row in rows}
    assert states >= {"help", "worse", "no_clear_difference", "fewer_unclear", "insufficient", "running"}
    expect(desk.get_by_role("row")).to_have_count(1 + len(rows))


def test_the_roster_is_worked_with_the_keyboard(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    first = desk.get_by_role("row").nth(1).get_by_role("link").first.inner_text()
    desk.wait_for_load_state("networkidle")
    desk.keyboard.press("j")
    expect(desk.get_by_role("row").nth(1).get_by_role("link").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name=first)).to_be_visible()
    desk.go_back()
    expect(desk.get_by_role("heading", name="Patients")).to_be_visible()


def test_q_values_come_on_request_and_nothing_stays_sorted_by_them(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    rows = desk.request.get("/api/patients").json()["patients"]
    compared = [row for row in rows if row["q_value"] is not None]
    expect(desk.get_by_text("q = ")).to_have_count(0)
    desk.get_by_label("q-values").check()
    expect(desk.get_by_text(f"counted over {len(compared)} patients with a tested comparison")).to_be_visible()
    desk.get_by_label("Sort by").select_option("q-value")
    least = min(compared, key=lambda row: row["q_value"])
    expect(desk.get_by_role("row").nth(1)).to_contain_text(least["display_name"])
    expect(desk.get_by_role("row").nth(1)).to_contain_text("q ")
    desk.get_by_label("q-values").uncheck()
    expect(desk.get_by_label("Sort by")).to_have_value("useful")


def test_every_chart_has_its_table_beside_it(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    desk.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(desk.locator(".js-plotly-plot").first).to_be_visible()
    for button in desk.get_by_text("Table", exact=True).all():
        button.click()
    expect(desk.get_by_role("table").first).to_be_visible()
    expect(desk.get_by_role("cell", name="not recorded").first).to_be_visible()


def test_the_overview_names_patients_and_leads_to_the_one_that_is_clicked(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    desk.get_by_text("Overview of all comparisons").click()
    points = desk.locator(".chart-overview .points path")
    expect(points.first).to_be_visible()
    rows = desk.request.get("/api/patients").json()["patients"]
    names = {row["display_name"] for row in rows if row["rate_ratio"] is not None}
    labels = desk.locator(".chart-overview .ytick text")
    assert set(labels.all_text_contents()) == names
    points.first.hover(force=True)
    named = desk.locator(".hoverlayer tspan").first
    expect(named).to_be_visible()
    name = named.text_content() or ""
    assert name in names
    points.first.click(force=True)
    expect(desk.get_by_role("heading", name=name)).to_be_visible()


def test_a_verdict_leads_to_how_often_it_is_wrong(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    desk.get_by_role("row").nth(1).get_by_role("link").first.click()
    desk.get_by_role("link", name="How often is this wrong?").click()
    expect(desk.get_by_role("heading", name="How often is this wrong?")).to_be_focused()
    alike = desk.get_by_role("rowheader", name="like the patient you came from")
    expect(alike.first).to_contain_text("Randomized, enough schedules for an exact test")
    measured = desk.request.get("/api/evidence").json()
    tables = desk.locator(".evidence-table")
    expect(tables).to_have_count(3)
    expect(tables.first.locator("tbody th[scope=row]")).to_have_count(len(measured["null"]))
    expect(desk.get_by_text("These are simulated patients, not real diaries.")).to_be_visible()
    desk.go_back()
    expect(desk.get_by_role("link", name="How often is this wrong?")).to_be_visible()


def test_a_visit_finds_everything_on_the_page_of_the_patient(desk: Page) -> None:
    steps.sign_in_to_clinic(desk, PHYSICIAN, PASSWORD)
    desk.get_by_role("link", name="Ruth Abernathy").first.click()
    expect(desk.get_by_text("Red flag answered on")).to_be_visible()

    titles = desk.locator(".chart-timeline .infolayer [class$=title]")
    expect(titles.get_by_text("minutes")).to_be_visible()
    desk.get_by_role("button", name="Heaviness").click()
    expect(titles.get_by_text("heaviness")).to_be_visible()
    desk.get_by_role("button", name="As assigned").click()
    expect(desk.locator(".chart-timeline .yaxislayer-above").get_by_text("assigned")).to_have_count(0)
    desk.get_by_role("button", name="4 weeks").click()
    desk.locator("#timeline").get_by_role("button", name="Table").click()
    table = desk.get_by_role("table", name="Every night, newest first")
    expect(table.get_by_role("columnheader", name="Heaviness")).to_be_visible()
    expect(table.get_by_role("columnheader", name="As assigned")).to_have_count(0)
    expect(table.get_by_role("row")).to_have_count(1 + 28)

    desk.get_by_role("link", name="Health").click()
    expect(desk.get_by_role("heading", name="Health, as the patient told it")).to_be_in_viewport()
    expect(desk.get_by_role("definition").filter(has_text="one-sided swelling (same day)")).to_be_visible()
    expect(desk.get_by_text("from the seed demo-")).to_be_visible()
    desk.get_by_text("Every change of every night").click()
    expect(desk.get_by_text("Nothing was corrected, deleted or refused.")).to_be_visible()
    desk.get_by_role("button", name="All entries").click()
    expect(desk.get_by_role("cell", name="Recorded").first).to_be_visible()
