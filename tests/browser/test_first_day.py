"""The first day: from sign-up to a drawn plan, and every way around it."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import outages, steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

HERE = {**PHONE, "locale": "en-GB", "timezone_id": HOME}
QUESTION_PARTS = 6
HEALTH_PARTS = 7


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(**HERE).new_page()


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def open_step(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def state_of(page: Page, step: str) -> str:
    return page.get_by_role("listitem").filter(has_text=step).locator(".hint").inner_text()


def answer_safely(
    page: Page, yes: Iterable[str] = (), unknown: Iterable[str] = (), legs: tuple[str, str] | None = None
) -> None:
    """Answer the safety questions: no to all but some, and the ankle-brachial index of the left and the right leg."""
    press(page, "None of these")
    for part in range(QUESTION_PARTS):
        expect(page.get_by_text(f"part {part + 2} of {QUESTION_PARTS + 1}")).to_be_visible()
        for group in page.get_by_role("main").get_by_role("group").filter(has=page.get_by_role("button")).all():
            question = group.locator(".question-text").inner_text()
            said = "Yes" if any(text in question for text in yes) else "No"
            said = "Don’t know" if any(text in question for text in unknown) else said
            group.get_by_role("button", name=said, exact=True).click()
        if legs and part == 0:
            page.get_by_label("Left leg").fill(legs[0])
            page.get_by_label("Right leg").fill(legs[1])
        press(page, "See what this means" if part == QUESTION_PARTS - 1 else "Next")


def begin_in_any_language(page: Page) -> None:
    page.goto("/")
    page.locator("input[name=name]").fill("Jane Doe")
    page.locator("input[name=email]").fill(steps.new_email())
    page.locator("input[name=password]").fill(steps.SECRET)
    page.locator("form button[type=submit]").click()
    page.locator(".places").wait_for()


def screening(page: Page) -> dict[str, Any]:
    answer = page.request.get("/api/screening")
    assert answer.ok
    return dict(answer.json())


def trials(page: Page) -> list[dict[str, Any]]:
    return list(page.request.get("/api/trials").json()["trials"])


def test_the_first_day_leads_from_sign_up_to_a_drawn_plan(page: Page) -> None:
    steps.begin_first_day(page)
    page.get_by_role("link", name="Begin").click()

    title(page, "About you")
    page.get_by_label("Year of birth").fill("1955")
    page.get_by_label("Country").select_option("FR")
    expect(page.get_by_text("Your emergency number: 112")).to_be_visible()
    page.get_by_label("How many cramps").fill("10,5")
    press(page, "Save and go on")

    title(page, "Do you have any of these now?")
    answer_safely(page)
    title(page, "You can try a plan with stockings")
    press(page, "Go on")

    title(page, "What do you see on your legs?")
    steps.answer(page, "Thick, winding veins (varicose veins)", "Left")
    press(page, "Next")
    page.get_by_label("Heaviness").check()
    press(page, "Next")
    steps.answer(page, "muscle go hard", "Yes")
    press(page, "Next")
    page.get_by_label("Much coffee").check()
    press(page, "Next")
    page.get_by_label("I sit for hours").check()
    press(page, "Next")
    page.get_by_label("For cholesterol").check()
    expect(page.get_by_text("Do not stop or change a medicine by yourself.")).to_be_visible()
    press(page, "Next")
    steps.answer(page, "Are you pregnant?", "Does not apply")
    press(page, "Save and go on")

    title(page, "Do you have compression stockings?")
    page.get_by_label("Yes").check()
    press(page, "Next")
    page.get_by_label("Germany").check()
    page.get_by_label("Class I", exact=False).first.check()
    expect(page.get_by_label("From")).to_have_value("18")
    expect(page.get_by_label("To", exact=True)).to_have_value("21")
    steps.answer(page, "How long are they?", "Below the knee")
    press(page, "Save and go on")

    title(page, "How do you want to find out?")
    expect(page.get_by_text(re.compile(r"in about \d of 10 people like you")).first).to_be_visible(timeout=60_000)
    page.get_by_label("A plan that may end early").check()
    press(page, "Next")
    title(page, "When will you wear them?")
    press(page, "Next")
    title(page, "When should it start?")
    press(page, "Next")
    title(page, "How much do you expect stockings to help?")
    press(page, "Next")
    expect(page.get_by_text("Choose a number from 0 to 10 first.")).to_be_visible()
    press(page, "6")
    press(page, "Next")
    title(page, "Your plan will be drawn")
    assert trials(page) == []
    press(page, "Draw my plan and start")
    title(page, "Your plan is drawn")
    expect(page.get_by_role("list").filter(has_text="Mon").first).to_be_visible()
    press(page, "Go on")

    title(page, "When should Charley remind you?")
    steps.answer(page, "In the morning", "8:00")
    press(page, "Go on")
    title(page, "Keep Charley at hand")
    press(page, "Done")
    title(page, "Your first day")
    assert {state_of(page, step) for step in ("About you", "Your plan", "Reminders")} == {"Done"}
    page.get_by_role("main").get_by_role("link", name="Go to my diary").click()
    title(page, "How was last night?")

    who = page.request.get("/api/me").json()
    assert (who["birth_year"], who["country"], who["usual_cramps_per_week"]) == (1955, "FR", 10.5)
    assert who["reminder_morning"] == "08:00"
    assert screening(page)["outcome"] == "free"
    history = page.request.get("/api/health-history").json()
    assert history["signs"]["varicose"] == "left"
    assert (history["symptoms_by_day"], history["causes"], history["medicines"]) == (
        ["heaviness"],
        ["caffeine"],
        ["statin"],
    )
    garment = page.request.get("/api/garment").json()
    assert (garment["scheme"], garment["compression_class"], garment["mmhg_low"], garment["length"]) == (
        "RAL",
        "I",
        18,
        "knee",
    )
    [trial] = trials(page)
    assert (trial["design"], trial["looks"], trial["expectation"], trial["exposure"]) == ("pairs", [6, 9, 12], 6, "day")
    assert trial["start_date"] > page.evaluate("new Date().toLocaleDateString('en-CA')")


def test_a_blocking_answer_offers_no_plan_says_why_and_can_be_corrected(page: Page) -> None:
    steps.begin_first_day(page)
    page.goto("/start/safety")
    answer_safely(page, yes=["badly narrowed or blocked"])
    title(page, "No trial of stockings for now")
    expect(page.get_by_text("Has a doctor said that arteries in your legs")).to_be_visible()
    expect(page.get_by_text("check the blood flow in your legs")).to_be_visible()
    expect(page.get_by_text("Your diary works as before.")).to_be_visible()
    page.goto("/start/trial")
    title(page, "Safety comes first")
    expect(page.get_by_text("Stockings could harm you.")).to_be_visible()
    expect(page.get_by_text("Wear them as you like")).to_have_count(0)
    expect(page.get_by_role("button", name="See why, and whom to ask")).to_be_visible()
    expect(page.get_by_label("A plan that may end early")).to_have_count(0)
    press(page, "Keep the diary without a plan")

    page.goto("/start/safety")
    press(page, "Change my answers")
    answer_safely(page)
    # Other answers alone do not end what an earlier one said.
    title(page, "Leave the stockings off for now")
    press(page, "I had answered by mistake")
    title(page, "You can try a plan with stockings")
    assert screening(page)["version"] == 2


def test_an_answer_to_ask_about_waits_for_a_dated_agreement(page: Page) -> None:
    steps.begin_first_day(page)
    page.goto("/start/safety")
    answer_safely(page, yes=["Do you have diabetes?"])
    title(page, "Ask first, then try")
    expect(page.get_by_role("button", name="I will ask, and come back")).to_be_visible()
    page.goto("/start/trial")
    expect(page.get_by_text("Your safety answers say: ask first.")).to_be_visible()
    press(page, "See what to ask")
    press(page, "I have asked, and they agree")
    tomorrow = dt.date.fromisoformat(page.evaluate("new Date().toLocaleDateString('en-CA')")) + dt.timedelta(days=1)
    page.get_by_label("On which day?").fill(tomorrow.isoformat())
    press(page, "Save and go on")
    expect(page.get_by_text("Choose a day from").first).to_be_visible()
    asked = tomorrow - dt.timedelta(days=8)
    page.get_by_label("On which day?").fill(asked.isoformat())
    press(page, "Save and go on")
    title(page, "You can try a plan with stockings")
    assert screening(page)["asked"] == {"diabetes": asked.isoformat()}


def test_what_is_not_known_is_named_and_can_be_answered_later(page: Page) -> None:
    steps.begin_first_day(page)
    page.goto("/start/safety")
    answer_safely(page, unknown=["new blood clot"])
    title(page, "Some answers are missing")
    expect(page.get_by_text("Do you have a new blood clot in a leg vein?")).to_be_visible()
    press(page, "Answer these now")
    title(page, "Heart and clots")


def test_a_red_flag_is_answered_with_help_and_told_at_once(page: Page) -> None:
    steps.begin_first_day(page)
    page.goto("/start/safety")
    page.get_by_label("One leg is swollen").check()
    page.get_by_label("Coughing up blood").check()
    press(page, "Go on with 2 answers")
    title(page, "Please get help first")
    expect(page.get_by_text("Do not wait.")).to_be_visible()
    expect(page.get_by_role("heading", name="See a doctor today")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert set(screening(page)["red_flags"]) == {"coughing_blood", "one_sided_swelling"}
    page.go_back()
    title(page, "Do you have any of these now?")
    expect(page.get_by_label("Coughing up blood")).to_be_checked()


def test_a_red_flag_alone_leaves_the_safety_questions_open(page: Page) -> None:
    steps.begin_first_day(page)
    page.goto("/start/safety")
    page.get_by_label("Fainting").check()
    press(page, "Go on with 1 answer")
    title(page, "Please get help first")
    page.wait_for_load_state("networkidle")
    assert screening(page)["outcome"] == "blocked"
    page.get_by_role("link", name="All steps").click()
    expect(page.get_by_role("listitem").filter(has_text="Safety questions")).to_contain_text("Open")
    page.get_by_role("main").get_by_role("link", name="Go to my diary").click()
    expect(page.get_by_text("7 steps are open")).to_be_visible()


def test_on_a_small_phone_the_emergency_call_stays_on_the_screen(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(**(HERE | {"viewport": {"width": 360, "height": 640}})).new_page()
    steps.begin_first_day(page)
    page.goto("/start/profile")
    page.get_by_label("Country").select_option("FR")
    press(page, "Save and go on")
    title(page, "Do you have any of these now?")
    page.get_by_role("button", name="Get help").click()
    call = page.get_by_role("link", name="Call 112")
    expect(call).to_be_in_viewport(ratio=1)
    expect(call).to_have_attribute("href", "tel:112")
    page.get_by_role("dialog").get_by_role("heading").last.scroll_into_view_if_needed()
    expect(call).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Close").click()
    page.get_by_label("Fainting").check()
    page.get_by_label("One leg is swollen").check()
    press(page, "Go on with 2 answers")
    title(page, "Please get help first")
    expect(call).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("navigation")).not_to_be_in_viewport()
    page.get_by_role("navigation").scroll_into_view_if_needed()
    expect(call).to_be_in_viewport(ratio=1)


def test_every_step_can_be_left_for_later(page: Page) -> None:
    steps.begin_first_day(page)
    page.get_by_role("link", name="Begin").click()
    for heading in (
        "About you",
        "Do you have any of these now?",
        "What do you see on your legs?",
        "Do you have compression stockings?",
        "Safety comes first",
        "When should Charley remind you?",
        "Keep Charley at hand",
    ):
        title(page, heading)
        press(page, "Skip for now")
    title(page, "Your first day")
    assert state_of(page, "Safety questions") == "Left for later"
    page.get_by_role("main").get_by_role("link", name="Go to my diary").click()
    title(page, "How was last night?")
    steps.go_to(page, "Me")
    open_step(page, "Your first day")
    open_step(page, "About you")
    title(page, "About you")


def test_what_was_typed_survives_a_reload_and_a_closed_tab(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**HERE)
    page = context.new_page()
    steps.begin_first_day(page)
    page.goto("/start/safety")
    press(page, "None of these")
    steps.answer(page, "badly narrowed or blocked", "No")
    press(page, "Next")
    steps.answer(page, "severe heart failure", "Don’t know")
    outages.wait_until_on_disk(page, "start:safety", "heart_failure_severe")
    page.reload()
    title(page, "Heart and clots")
    chosen = steps.group(page, "severe heart failure").get_by_role("button", name="Don’t know")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    page.go_back()
    title(page, "Blood flow in your legs")
    page.close()

    reopened = context.new_page()
    reopened.goto("/")
    expect(reopened.get_by_text("7 steps are open")).to_be_visible()
    reopened.goto("/start/safety")
    press(reopened, "None of these")
    chosen = steps.group(reopened, "badly narrowed or blocked").get_by_role("button", name="No", exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true")


def test_answers_without_a_connection_are_kept_and_sent_later(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**HERE)
    page = context.new_page()
    steps.begin_first_day(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Safety questions").click()
    title(page, "Do you have any of these now?")
    context.set_offline(True)
    answer_safely(page)
    title(page, "Kept on this phone")
    page.get_by_role("link", name="All steps").click()
    assert state_of(page, "Safety questions") == "Kept on this phone, not sent yet"
    open_step(page, "About you")
    page.get_by_label("Year of birth").fill("1949")
    press(page, "Save and go on")
    title(page, "What do you see on your legs?")
    page.close()

    reopened = context.new_page()
    reopened.goto("/start")
    assert state_of(reopened, "About you") == "Kept on this phone, not sent yet"
    context.set_offline(False)
    expect(reopened.get_by_role("listitem").filter(has_text="Safety questions")).to_contain_text("Done", timeout=45_000)
    expect(reopened.get_by_role("listitem").filter(has_text="About you")).to_contain_text("Done")
    assert screening(reopened)["outcome"] == "free"
    assert reopened.request.get("/api/me").json()["birth_year"] == 1949


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_part_of_a_step_has_barriers(open_context: Callable[..., BrowserContext], language: str) -> None:
    page = open_context(**TALL_PHONE, locale=language, timezone_id=HOME).new_page()
    page.add_init_script(path=AXE)
    begin_in_any_language(page)
    found = []

    def look_and_go_on() -> None:
        nonlocal found
        found += barriers(page)
        before = page.locator("h1").inner_text()
        page.locator(".action-bar [type=submit]").click()
        expect(page.locator("h1")).not_to_have_text(before)

    page.goto("/start/safety")
    page.get_by_role("checkbox").first.check()
    look_and_go_on()
    look_and_go_on()
    for _ in range(QUESTION_PARTS):
        for group in page.locator("form.step .question").filter(has=page.get_by_role("button")).all():
            group.get_by_role("button").nth(1).click()
        look_and_go_on()
    expect(page.locator(".step > .notice")).to_be_visible()
    found += barriers(page)
    page.locator(".step > .secondary").click()
    page.get_by_role("checkbox").first.uncheck()
    for _ in range(QUESTION_PARTS + 1):
        before = page.locator("h1").inner_text()
        page.locator(".action-bar [type=submit]").click()
        expect(page.locator("h1")).not_to_have_text(before)
    # What was answered before still speaks against stockings, until it is called a mistake.
    found += barriers(page)
    page.locator(".step > .secondary").first.click()
    expect(page.locator(".step > .notice")).to_be_visible()
    look_and_go_on()
    for _ in range(HEALTH_PARTS):
        look_and_go_on()
    page.get_by_role("radio").first.check()
    look_and_go_on()
    page.get_by_role("radio").nth(1).check()
    look_and_go_on()
    page.get_by_role("radio").first.check()
    # What each plan can show is simulated on the server, while the other journeys' work is done there too.
    expect(page.locator("main [aria-busy=true]")).to_have_count(0, timeout=60_000)
    look_and_go_on()
    page.get_by_role("radio").nth(1).check()
    found += barriers(page)
    page.get_by_role("radio").first.check()
    look_and_go_on()
    page.get_by_role("radio").nth(1).check()
    look_and_go_on()
    page.locator(".option").nth(5).click()
    look_and_go_on()
    look_and_go_on()
    found += barriers(page)
    assert found == []
