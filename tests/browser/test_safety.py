"""Answers that speak against stockings: what a phone then says, with and without a connection."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import outages, steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, speak
from tests.browser.conftest import PHONE
from tests.browser.test_first_day import answer_safely, press, screening, state_of, title

pytestmark = pytest.mark.browser

# A trial begins tomorrow at the earliest; west of here, where tomorrow is today.
HERE = {**PHONE, "locale": "en-GB", "timezone_id": "Pacific/Kiritimati"}
WEST = "Etc/GMT+12"
OFF = "Leave the stockings off for now"


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    return open_context(**HERE)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give a phone with a trial that runs."""
    page = context.new_page()
    steps.sign_up(page)
    outages.wait_until_kept(page)
    answer(page)
    # With so early a reminder the morning begins at midnight: at every hour it is day.
    change_me(page, {"zone": WEST, "reminder_morning": "02:00"})
    today = page.evaluate("new Date().toLocaleDateString('en-CA')")
    plan = {"design": "pairs", "pairs": 12, "block_nights": 3, "looks": [6, 9, 12], "exposure": "day"}
    steps.post(page, "/api/trials", plan | {"start_date": today, "expectation": 5})
    page.reload()
    expect(instruction(page)).to_be_visible()
    # What the round after the reload brings is on the phone before a test leaves the page.
    page.wait_for_load_state("networkidle")
    return page


def change_me(page: Page, changes: dict[str, str]) -> None:
    assert page.request.patch("/api/me", data=changes, headers=steps.token_of(page.request)).ok


def answer(page: Page, *yes: str, red_flags: tuple[str, ...] = ()) -> None:
    """Answer the whole safety screen, as another phone would."""
    asked = page.request.get("/api/screening").json()
    answers = {question: question in yes for question in asked["answers"]}
    kept = {"questions_version": asked["questions_version"], "asked": {}}
    steps.post(page, "/api/screening", kept | {"answers": answers, "red_flags": list(red_flags)})


def screening_of(page: Page) -> dict[str, Any]:
    """Return the newest answers as they are sent."""
    known = page.request.get("/api/screening").json()
    names = ("questions_version", "answers", "abi_left", "abi_right", "abi", "asked", "red_flags")
    return {name: known[name] for name in names}


def exchange(page: Page) -> None:
    """Tell the page what phones tell when they find a network."""
    page.evaluate("dispatchEvent(new Event('online'))")


def read_holds(page: Page) -> list[dict[str, Any]]:
    return list(page.request.get("/api/holds").json()["holds"])


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came about")


def instruction(page: Page) -> Locator:
    return page.locator(".tonight-now")


def expect_stockings_off(page: Page) -> None:
    expect(page.get_by_text(OFF)).to_be_visible()
    expect(instruction(page)).to_have_count(0)
    expect(page.get_by_role("region", name="Your plan").get_by_role("listitem")).to_have_count(7)


@pytest.mark.parametrize(("yes", "red_flags"), [(("acute_dvt",), ()), ((), ("one_sided_swelling",))])
def test_an_answer_against_stockings_given_elsewhere_stands_in_place_of_the_instruction(
    context: BrowserContext, page: Page, yes: tuple[str, ...], red_flags: tuple[str, ...]
) -> None:
    answer(page, *yes, red_flags=red_flags)
    exchange(page)
    expect_stockings_off(page)
    context.set_offline(True)
    page.reload()
    expect_stockings_off(page)
    page.get_by_role("link", name="The whole plan").click()
    expect(page.get_by_text(OFF)).to_be_visible()
    expect(page.get_by_text("Follow it as well as you can")).to_have_count(0)
    page.get_by_role("link", name="See why, and whom to ask").click()
    title(page, "No trial of stockings for now")
    context.set_offline(False)
    # Other answers alone end nothing.
    answer(page)
    page.goto("/")
    expect_stockings_off(page)
    page.goto("/start/safety")
    title(page, OFF)
    page.get_by_role("link", name="I have asked, and may wear them").click()
    expect(page.get_by_role("button", name="It is gone")).to_have_count(0)
    context.set_offline(True)
    press(page, "I have asked, and may wear them")
    press(page, "Save")
    title(page, "Nothing you told speaks against stockings now")
    steps.go_to(page, "Today")
    expect(instruction(page)).to_be_visible()
    expect(page.get_by_text(OFF)).to_have_count(0)
    context.set_offline(False)
    exchange(page)
    wait_until(page, lambda: read_holds(page)[0]["ended"] is not None)
    assert read_holds(page)[0]["ended"]["how"] == "asked"


@pytest.mark.parametrize(
    ("yes", "said"), [((), "(stockings worn|no stockings) by day"), (("acute_dvt",), "stockings not answered")]
)
def test_a_morning_is_filled_in_from_the_plan_unless_the_answers_speak_against_stockings(
    page: Page, yes: tuple[str, ...], said: str
) -> None:
    answer(page, *yes)
    exchange(page)
    expect(page.get_by_text(OFF)).to_have_count(len(yes))
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    page.reload()
    expect(page.get_by_role("region", name="Your plan").get_by_role("listitem")).to_have_count(7)
    expect(page.get_by_text(OFF)).to_have_count(len(yes))
    page.get_by_role("button", name="No cramps").click()
    expect(page.get_by_role("button", name=re.compile(f"^Save: no cramps, {said}$"))).to_be_visible()


def test_what_stands_in_place_of_the_instruction_has_no_barriers(page: Page) -> None:
    answer(page, "acute_dvt")
    page.set_viewport_size(TALL_PHONE["viewport"])  # type: ignore[arg-type]
    page.add_init_script(path=AXE)
    found = []
    for language, path in product(("en", "es"), ("/", "/plan")):
        speak(page, language)
        page.goto(path)
        expect(page.locator(".leave-off")).to_be_visible()
        found += barriers(page)
    assert found == []


def test_a_round_with_the_server_asks_for_the_safety_answers_once(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "GET" else None)
    # Asked for while steps of the first day are open, after the safety answers.
    with page.expect_response("**/api/health-history"):
        exchange(page)
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if url.endswith("/api/screening")]) == 1


def test_a_red_flag_ticked_without_a_connection_is_acted_on_and_told_when_there_is_one(
    context: BrowserContext, page: Page
) -> None:
    page.goto("/start/safety")
    press(page, "Change my answers")
    context.set_offline(True)
    page.get_by_label("Fainting").check()
    press(page, "Go on with 1 answer")
    title(page, "Please get help first")
    page.get_by_role("link", name="All steps").click()
    expect(page.get_by_role("listitem").filter(has_text="Safety questions")).to_contain_text("not sent yet")
    assert state_of(page, "Safety questions") != "Done"
    steps.go_to(page, "Today")
    expect_stockings_off(page)
    page.reload()
    expect_stockings_off(page)
    context.set_offline(False)
    exchange(page)
    for _ in range(50):
        if screening(page)["red_flags"]:
            break
        page.wait_for_timeout(100)
    assert screening(page)["red_flags"] == ["fainting"]
    expect_stockings_off(page)


def test_the_index_of_each_leg_is_asked_and_the_stricter_leg_counts(context: BrowserContext) -> None:
    page = context.new_page()
    steps.begin_first_day(page)
    page.goto("/start/safety")
    answer_safely(page, legs=("1.05", "0,55"))
    title(page, "No trial of stockings for now")
    expect(page.get_by_text("below 0.6 in at least one leg")).to_be_visible()
    press(page, "Change my answers")
    answer_safely(page, yes=["Does walking bring on leg pain"], legs=("1.05", ""))
    expect(page.get_by_text("index (ABI) of both legs must be known")).to_be_visible()
    press(page, "Change my answers")
    press(page, "None of these")
    expect(page.get_by_label("Left leg")).to_have_value("1.05")
    expect(page.get_by_label("Right leg")).to_have_value("")
    page.go_back()
    answer_safely(page, yes=["Does walking bring on leg pain"], legs=("1.05", "1.1"))
    title(page, "Ask first, then try")
    found = screening(page)
    assert (found["abi_left"], found["abi_right"], found["ask_first"]) == (1.05, 1.1, ["claudication"])
