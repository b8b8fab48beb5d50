"""Tonight is the night a person is in, at every hour: plan, form and "Cramp now" mean the same one."""

import itertools
import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import outages, steps
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.test_first_day import press, title
from tests.browser.test_safety import answer, change_me, screening_of

pytestmark = pytest.mark.browser

SMALL = PHONE | {"viewport": {"width": 360, "height": 640}}


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Give a phone with a trial of stockings in bed that begins tomorrow."""
    page = open_context(**SMALL, locale="en-GB", timezone_id=HOME).new_page()
    steps.sign_up(page)
    answer(page)
    today = page.evaluate("new Date().toLocaleDateString('en-CA')")
    steps.post(page, "/api/screening", screening_of(page) | {"asked": {"night_wear": today}})
    plan = {"design": "pairs", "pairs": 6, "block_nights": 3, "exposure": "night", "expectation": 5}
    start = date.fromisoformat(today) + timedelta(days=1)
    steps.post(page, "/api/trials", plan | {"start_date": start.isoformat()})
    page.reload()
    expect(page.get_by_text("Your trial starts on")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def last_night_with(page: Page) -> date:
    """Return the first night with stockings that is followed by one without."""
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('en-CA')"))
    nights = page.request.get(f"/api/plan?from={today}&to={today + timedelta(days=36)}").json()
    pairs = itertools.pairwise(nights)
    return next(date.fromisoformat(one["date"]) for one, two in pairs if one["assigned"] and two["assigned"] is False)


def go_to_moment(page: Page, night: date, clock: str) -> None:
    """Let the phone show a time of the day after a night's evening, or of the evening itself."""
    day = night if clock >= "12:30" else night + timedelta(days=1)
    page.clock.set_system_time(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(HOME)))
    page.goto("/")


def tonight(page: Page) -> str:
    return page.locator(".tonight-now").inner_text().replace("\n", " ")


def night_on_screen(page: Page) -> str:
    return page.get_by_role("group", name="Night", exact=True).inner_text()


def test_at_every_hour_the_plan_means_the_night_a_person_is_in(page: Page) -> None:
    night = last_night_with(page)
    for clock in ("23:59", "00:30", "04:00", "11:59", "12:01"):
        go_to_moment(page, night, clock)
        goes_on = clock in ("00:30", "04:00")
        title(page, "Is the night over?" if goes_on else "How was last night?")
        with_stockings = goes_on or clock == "23:59"
        expected = "Stockings on in bed tonight" if with_stockings else "No stockings in bed tonight"
        assert expected in tonight(page), clock
        assert ("From bedtime until you get up" in tonight(page)) is with_stockings, clock
        expect(page.locator(".from-morning")).to_have_count(1 if goes_on else 0)
        if goes_on:
            expect(page.locator(".from-morning")).to_contain_text("no stockings in bed")
            name = f"{night:%a} {night.day} → {night + timedelta(days=1):%a} {(night + timedelta(days=1)).day}"
            assert name in tonight(page).replace("\u00a0", " "), clock
            assert name in night_on_screen(page).replace("\u00a0", " "), clock
        expect(page.get_by_role("button", name="No cramps")).to_have_count(0 if goes_on else 1)
        expect(page.get_by_role("button", name="Later night")).to_be_enabled(enabled=clock in ("23:59", "12:01"))


def test_past_midnight_plan_form_and_cramp_now_mean_one_night_and_the_question_is_a_tap_away(page: Page) -> None:
    night = last_night_with(page)
    go_to_moment(page, night, "00:52")
    title(page, "Is the night over?")
    assert "Stockings on in bed tonight" in tonight(page)
    page.get_by_role("link", name="Cramp now").click()
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_text("Since")).to_be_visible()
    kept: list[dict[str, Any]] = json.loads(page.evaluate(outages.KEPT, "marks"))
    assert [mark["night_date"] for mark in kept] == [night.isoformat()]
    page.wait_for_timeout(1_100)
    page.get_by_role("button", name="Started by mistake").click()
    expect(page.get_by_text("Since")).to_have_count(0)
    page.get_by_role("link", name="Today").first.click()
    press(page, "I am up")
    title(page, "How was last night?")
    press(page, "No cramps")
    expect(page.get_by_role("button", name="Save: no cramps, stockings worn in bed")).to_be_visible()
    page.go_back()
    press(page, "The night is not over")
    title(page, "Is the night over?")


def test_a_morning_begins_two_hours_before_its_reminder(page: Page) -> None:
    night = last_night_with(page)
    change_me(page, {"reminder_morning": "08:30"})
    page.reload()
    page.wait_for_load_state("networkidle")
    go_to_moment(page, night, "06:29")
    title(page, "Is the night over?")
    go_to_moment(page, night, "06:30")
    title(page, "How was last night?")
    change_me(page, {"reminder_morning": "23:00"})
    page.reload()
    page.wait_for_load_state("networkidle")
    go_to_moment(page, night, "11:59")
    title(page, "Is the night over?")
    go_to_moment(page, night, "12:01")
    expect(page.get_by_role("heading", level=1, name=re.compile("How was last night"))).to_be_visible()
