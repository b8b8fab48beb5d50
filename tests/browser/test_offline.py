"""Airplane mode and dead servers: everything works, and everything arrives later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import outages, steps
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    return open_context(**PHONE, locale="en-GB", timezone_id=HOME)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return outages.open_diary(context)


def test_after_one_visit_every_place_opens_in_airplane_mode(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="How was last night?")).to_be_visible()
    places = {
        "/nights": "Nights",
        f"/nights/{outages.last_night()}": "–",
        "/plan": "",
        "/result": "Result",
        "/start": "Your first day",
        "/start/safety": "",
        "/me": "Me",
        "/me/profile": "About you",
        "/me/look": "Look and language",
        "/me/data": "",
        "/me/reminders": "Reminders",
        "/cramp": "",
    }
    for address, heading in places.items():
        page.goto(address)
        title = page.get_by_role("heading", level=1, name=heading)
        expect(title).to_be_attached()
        expect(title).not_to_have_text("This page is not on the phone yet")


def test_a_first_visit_alone_keeps_the_welcome_page(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    outages.wait_until_kept(page)
    context.set_offline(True)
    page.reload()
    page.get_by_label("Your name").fill("Jane Doe")
    page.get_by_role("textbox", name="E-mail").fill(steps.new_email())
    page.get_by_role("textbox", name="Password").fill(steps.SECRET)
    page.get_by_role("button", name="Start a diary").click()
    expect(page.get_by_role("alert")).to_contain_text("You need a connection")
    expect(page.get_by_label("Your name")).to_have_value("Jane Doe")


def test_a_place_that_is_not_on_the_phone_yet_says_so_and_opens_later(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME, service_workers="block")
    page = context.new_page()
    steps.sign_up(page)
    context.set_offline(True)
    steps.go_to(page, "Nights")
    expect(page.get_by_role("heading", name="This page is not on the phone yet")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Nights")).to_be_visible()


def test_nights_logged_corrected_and_deleted_offline_arrive_later(context: BrowserContext, page: Page) -> None:
    last = outages.last_night()
    before, earliest = (str(last - timedelta(days=days)) for days in (1, 2))
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    for _ in range(2):
        steps.go_to_earlier_night(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")

    context.set_offline(True)
    page.goto(f"/nights/{before}")
    steps.say_cramps(page, 2)
    steps.save(page)
    steps.expect_state(page, "Saved on this phone")
    page.goto(f"/nights/{last}")
    page.get_by_role("button", name="Change").click()
    steps.answer(page, "By day", "Worn")
    steps.save(page)
    steps.expect_state(page, "Saved on this phone")
    page.goto(f"/nights/{earliest}")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/me")
    expect(page.get_by_text("3 entries wait on this phone")).to_be_visible()

    context.set_offline(False)
    outages.expect_everything_sent(page)
    nights = outages.nights_of(context)
    assert sorted(nights) == [before, str(last)]
    assert (len(nights[before]["cramps"]), nights[str(last)]["stockings_day"]) == (2, True)
    assert outages.actions_of(context, earliest) == ["recorded", "deleted"]


def test_what_is_typed_and_not_saved_survives_a_closed_tab_offline(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    steps.say_cramps(page, 1)
    page.get_by_label("Note").fill("half a sentence")
    outages.wait_until_on_disk(page, f"draft:{outages.last_night()}", "half a sentence")
    page.close()
    reopened = context.new_page()
    reopened.goto("/")
    expect(reopened.get_by_label("Note")).to_have_value("half a sentence")
    steps.save(reopened)
    steps.expect_state(reopened, "Saved on this phone")
    context.set_offline(False)
    steps.expect_state(reopened, "Sent")
    [night] = outages.nights_of(context).values()
    assert night["note"] == "half a sentence"


def test_a_server_that_stops_and_starts_again_gets_what_was_logged_meanwhile(
    context: BrowserContext, page: Page, server: Server
) -> None:
    server.stop()
    try:
        steps.say_no_cramps(page)
        steps.expect_state(page, "Saved on this phone")
        page.close()
        page = context.new_page()
        page.goto("/")
        steps.expect_state(page, "Saved on this phone")
    finally:
        server.start()
    outages.network_returns(page)
    assert list(outages.nights_of(context)) == [str(outages.last_night())]


def test_a_diary_that_holds_an_entry_asks_to_be_kept_and_asks_once(context: BrowserContext) -> None:
    context.add_init_script(
        "globalThis.asked = 0;"
        "if (navigator.storage) navigator.storage.persist = async () => { asked += 1; return true; };"
    )
    page = context.new_page()
    steps.sign_up(page)
    assert page.evaluate("asked") == 0
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    steps.go_to_earlier_night(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    assert page.evaluate("asked") == 1
