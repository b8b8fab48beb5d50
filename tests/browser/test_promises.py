"""What is promised of a plan: when it can answer, that it waits for stockings, and that its start moves once."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.barriers import AXE, barriers
from tests.browser.clocks import zone_where_it_is
from tests.browser.conftest import PHONE
from tests.browser.test_first_day import answer_safely, press, title, trials
from tests.browser.test_nights import begin_trial

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A phone where it is nine in the morning, with a new diary."""
    page = open_context(**PHONE, locale="en-GB", timezone_id=zone_where_it_is(9)).new_page()
    page.add_init_script(path=AXE)
    steps.sign_up(page)
    return page


def today(page: Page) -> date:
    return date.fromisoformat(page.evaluate("new Date().toLocaleDateString('en-CA')"))


def said(day: date) -> str:
    """Return a day as the page names it."""
    return f"{day:%A} {day.day} {day:%B}"


def wish(page: Page) -> None:
    """Choose the plan and the wear, and come to the question of the first day."""
    title(page, "How do you want to find out?")
    page.get_by_label("A plan that may end early").check()
    press(page, "Next")
    title(page, "When will you wear them?")
    press(page, "Next")
    title(page, "When should it start?")


def test_a_plan_waits_for_stockings_and_begins_with_all_wishes(page: Page) -> None:
    page.goto("/start/safety")
    answer_safely(page)
    title(page, "You can try a plan with stockings")
    page.goto("/start/stockings")
    page.get_by_label("Not yet").check()
    press(page, "Next")
    press(page, "Go on")
    page.goto("/start/trial")
    wish(page)
    expect(page.get_by_label("When I have them")).to_be_checked()
    assert barriers(page) == []
    press(page, "Next")
    title(page, "Your wishes are kept")
    expect(page.get_by_text("Nothing is drawn yet.")).to_be_visible()
    assert barriers(page) == []
    page.goto("/start")
    expect(page.get_by_role("listitem").filter(has_text="Your plan")).to_contain_text("Left for later")
    steps.go_to(page, "Today")
    assert trials(page) == []

    page.get_by_role("link", name="I have the stockings now").click()
    title(page, "When should it start?")
    expect(page.get_by_label("Tomorrow")).to_be_checked()
    press(page, "Next")
    press(page, "7")
    press(page, "Next")
    title(page, "Your plan will be drawn")
    begins = today(page) + timedelta(days=1)
    # Nobody told how often cramps come: the looks are those of a longer plan.
    first, latest = (said(begins + timedelta(days=nights)) for nights in (60, 84))
    promise = f"First possible answer on {first}, at the latest on {latest}, at noon."
    expect(page.get_by_text(promise)).to_be_visible(timeout=60_000)
    press(page, "Draw my plan and start")
    title(page, "Your plan is drawn")
    [trial] = trials(page)
    assert (trial["start_date"], trial["expectation"], trial["exposure"]) == (str(begins), 7, "day")
    page.get_by_role("link", name="See the whole plan").click()
    expect(page.get_by_text(promise)).to_be_visible()
    expect(page.get_by_text(f"It starts on {said(begins)}.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Your trial starts on")).to_be_visible()
    expect(page.get_by_role("link", name="I have the stockings now")).to_have_count(0)
    page.goto("/result")
    expect(page.get_by_text(promise)).to_be_visible()


def test_whoever_must_ask_first_plans_now_and_draws_later(page: Page) -> None:
    page.goto("/start/safety")
    answer_safely(page, yes=["Do you have diabetes?"])
    title(page, "Ask first, then try")
    page.goto("/start/trial")
    press(page, "Plan it now, start when I have asked")
    wish(page)
    expect(page.get_by_label("When I have asked")).to_be_checked()
    expect(page.get_by_label("Tomorrow")).to_have_count(0)
    press(page, "Next")
    title(page, "Your wishes are kept")
    page.goto("/")
    page.get_by_role("link", name="I have asked now").click()
    title(page, "Ask first, then try")
    press(page, "I have asked, and they agree")
    press(page, "Save and go on")
    title(page, "You can try a plan with stockings")
    press(page, "Go on")
    title(page, "When should it start?")
    expect(page.get_by_label("Tomorrow")).to_be_checked()
    assert trials(page) == []


def test_a_start_is_moved_once_and_every_page_follows(page: Page) -> None:
    drawn = date.fromisoformat(begin_trial(page)["start_date"])
    page.reload()
    expect(page.get_by_text("Your trial starts on")).to_be_visible()
    page.goto("/plan")
    page.get_by_role("button", name="Move the start").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("You can do this once.")).to_be_visible()
    dialog.get_by_role("button", name="Move it").click()
    expect(dialog.get_by_text(f"It starts on {said(drawn)} already.")).to_be_visible()
    start = drawn + timedelta(days=30)
    dialog.get_by_label("New first day").fill(str(start))
    expect(dialog.get_by_text(f"It then starts on {said(start)}.")).to_be_visible()
    assert barriers(page) == []
    dialog.get_by_role("button", name="Move it").click()

    expect(dialog).to_have_count(0)
    expect(page.get_by_text(f"Drawn to start on {said(drawn)}, and moved on {said(today(page))}.")).to_be_visible()
    first, latest = (said(start + timedelta(days=nights)) for nights in (36, 72))
    promise = f"First possible answer on {first}, at the latest on {latest}, at noon."
    expect(page.get_by_text(promise)).to_be_visible()
    why = f"You moved the start from {said(drawn)} to {said(start)}, so these dates moved too."
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("button", name="Move the start")).to_have_count(0)
    [trial] = trials(page)
    assert (trial["start_date"], trial["moved_from"]) == (str(start), str(drawn))
    page.goto("/result")
    expect(page.get_by_text(promise)).to_be_visible()
    expect(page.get_by_text(why)).to_be_visible()
    steps.go_to(page, "Me")
    expect(page.get_by_role("link", name=re.compile("^The plan"))).to_contain_text(promise)
