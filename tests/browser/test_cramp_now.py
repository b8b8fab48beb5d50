"""The screen for the night: dark, two taps away, and nothing marked on it is ever lost."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.barriers import AXE, barriers, speak
from tests.browser.clocks import zone_where_it_is
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

SMALL = PHONE | {"viewport": {"width": 360, "height": 640}}

# A start settles for a moment before the same button ends the cramp.
SETTLE_MS = 1_700
# A button that means something else than a moment ago takes no tap at first.
STEADY_MS = 1_100


@pytest.fixture
def night(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A phone in a light scheme, somewhere where it is past three in the morning."""
    return open_context(**PHONE, locale="en-GB", timezone_id=zone_where_it_is(3), color_scheme="light")


def open_app(context: BrowserContext) -> Page:
    page = context.new_page()
    steps.sign_up(page)
    page.evaluate("navigator.serviceWorker.ready")
    return page


def mark_cramp(page: Page) -> None:
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_text("Since")).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)
    page.get_by_role("button", name="It’s over").click()
    expect(page.get_by_text("Kept for the morning")).to_be_visible()


def stored_night(page: Page) -> dict[str, Any]:
    [night] = page.request.get("/api/nights").json()["nights"]
    return dict(night)


def test_a_cramp_is_marked_two_taps_from_the_home_screen_and_survives_a_killed_tab(night: BrowserContext) -> None:
    page = open_app(night)
    page.get_by_role("link", name="Cramp now").click()
    page.get_by_role("button", name="Cramp now").click()
    since = page.get_by_text(re.compile(r"^Since \d+:\d\d"))
    expect(since).to_be_visible()
    said = since.inner_text()
    page.close()

    again = night.new_page()
    again.goto("/cramp")
    expect(again.get_by_text(said)).to_be_visible()
    again.wait_for_timeout(SETTLE_MS)
    again.get_by_role("button", name="It’s over").click()
    expect(again.get_by_text("Kept for the morning")).to_be_visible()
    expect(again.get_by_role("button", name="Cramp now")).to_be_visible()


@pytest.mark.parametrize("size", [(360, 640), (390, 844), (844, 390)])
def test_the_button_of_the_night_stays_where_it_is_and_nothing_scrolls(
    open_context: Callable[..., BrowserContext], size: tuple[int, int]
) -> None:
    here = PHONE | {"viewport": {"width": size[0], "height": size[1]}}
    page = open_app(open_context(**here, locale="en-GB", timezone_id=zone_where_it_is(3)))
    page.goto("/cramp")
    button = page.locator(".cramp-button")
    expect(button).to_be_visible()
    before = button.bounding_box()
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_text("Since")).to_be_visible()
    assert button.bounding_box() == before
    page.wait_for_timeout(SETTLE_MS)
    page.get_by_role("button", name="It’s over").click()
    expect(page.get_by_text("Kept for the morning")).to_be_visible()
    assert button.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


def test_cramps_marked_without_a_connection_reach_the_morning_form_and_the_server(night: BrowserContext) -> None:
    page = open_app(night)
    night.set_offline(True)
    page.goto("/cramp")
    mark_cramp(page)
    page.wait_for_timeout(STEADY_MS)
    mark_cramp(page)
    page.reload()
    expect(page.get_by_text("Tonight: 2 cramps")).to_be_visible()
    page.get_by_role("link", name="Today").click()
    steps.get_up(page)
    expect(page.get_by_text("You marked 2 cramps in the night.")).to_be_visible()
    page.get_by_role("button", name="2 cramps").click()
    steps.save(page)
    steps.expect_state(page, "Saved on this phone")
    assert page.request.get("/api/nights").json()["nights"] == []
    night.set_offline(False)
    steps.expect_state(page, "Sent")
    cramps = stored_night(page)["cramps"]
    assert [cramp["duration_min"] for cramp in cramps] == [0.1, 0.1]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT0[345]:\d\d", cramp["onset_local"]) for cramp in cramps)
    page.get_by_role("link", name="Cramp now").click()
    expect(page.get_by_role("button", name="Cramp now")).to_be_visible()
    expect(page.get_by_text("Kept for the morning")).to_be_hidden()


def test_two_tabs_show_one_timer(night: BrowserContext) -> None:
    page = open_app(night)
    page.goto("/cramp")
    other = night.new_page()
    other.goto("/cramp")
    page.get_by_role("button", name="Cramp now").click()
    expect(other.get_by_text("Since")).to_be_visible()
    other.wait_for_timeout(SETTLE_MS)
    other.get_by_role("button", name="It’s over").click()
    expect(page.get_by_text("Tonight: 1 cramp")).to_be_visible()


def test_a_double_tap_does_not_end_the_cramp_it_started(night: BrowserContext) -> None:
    page = open_app(night)
    page.goto("/cramp")
    page.get_by_role("button", name="Cramp now").dblclick()
    expect(page.get_by_role("button", name="It’s over")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_text("Since")).to_be_visible()


def test_what_was_marked_by_mistake_is_taken_back_and_can_be_put_back(night: BrowserContext) -> None:
    page = open_app(night)
    page.goto("/cramp")
    mark_cramp(page)
    page.wait_for_timeout(STEADY_MS)
    page.get_by_role("button", name="Remove the last one").click()
    expect(page.get_by_text("Removed")).to_be_visible()
    page.wait_for_timeout(STEADY_MS)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("Tonight: 1 cramp")).to_be_visible()
    page.get_by_role("button", name="Cramp now").click()
    page.wait_for_timeout(STEADY_MS)
    page.get_by_role("button", name="Started by mistake").click()
    expect(page.get_by_role("button", name="Cramp now")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Tonight: 1 cramp")).to_be_visible()


def test_the_screen_stays_awake_while_the_timer_runs_and_no_longer(night: BrowserContext) -> None:
    night.add_init_script(
        """const locks = [];
        const tell = () => { document.documentElement.dataset.locks = locks.join(' '); };
        Object.defineProperty(navigator, 'wakeLock', { value: { request: async (kind) => {
            const index = locks.push(`${kind}-held`) - 1;
            tell();
            return { release: async () => { locks[index] = `${kind}-released`; tell(); } };
        } } });"""
    )
    page = open_app(night)
    page.goto("/cramp")
    html = page.locator("html")
    expect(page.get_by_role("button", name="Cramp now")).to_be_visible()
    expect(html).not_to_have_attribute("data-locks", re.compile("held"))
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_text("Since")).to_be_visible()
    expect(html).to_have_attribute("data-locks", "screen-held")
    # The phone drops the lock when another app comes to the front; back here it is asked for again.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(html).to_have_attribute("data-locks", "screen-held screen-held")
    page.wait_for_timeout(SETTLE_MS)
    page.get_by_role("button", name="It’s over").click()
    expect(page.get_by_text("Kept for the morning")).to_be_visible()
    expect(html).to_have_attribute("data-locks", re.compile("screen-released$"))


def test_the_screen_is_dark_before_any_style_or_app_arrives(night: BrowserContext) -> None:
    page = night.new_page()
    page.route(re.compile(r"/assets/.*\.js$"), lambda route: route.abort())
    page.goto("/cramp")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(7, 4, 3)"
    page.route(re.compile(r"/assets/.*\.css$"), lambda route: route.abort())
    page.reload()
    assert page.evaluate("document.querySelector('meta[name=color-scheme]').content") == "dark"
    page.goto("/")
    assert page.evaluate("document.querySelector('meta[name=color-scheme]').content") == "light dark"


def test_a_timer_of_three_quarters_of_an_hour_is_asked_about_in_the_morning(night: BrowserContext) -> None:
    page = open_app(night)
    page.clock.install(time=datetime.now(UTC) - timedelta(minutes=45))
    page.goto("/cramp")
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_text("Since")).to_be_visible()
    page.clock.fast_forward("45:00")
    expect(page.get_by_text("This is long for a cramp.")).to_be_visible()
    page.get_by_role("button", name="It’s over").click()
    expect(page.get_by_text("Kept for the morning")).to_be_visible()
    page.get_by_role("link", name="Today").click()
    page.get_by_role("button", name="I am up").click()
    page.get_by_role("button", name="1 cramp").click()
    expect(page.get_by_text("The timer ran for 45 min. Is that right?")).to_be_visible()
    steps.save(page)
    expect(page.get_by_text("One answer needs a look before saving.")).to_be_visible()
    page.get_by_role("button", name="No, I don’t know").click()
    steps.save(page)
    steps.expect_state(page, "Sent")
    assert stored_night(page)["cramps"][0]["duration_min"] is None


def test_no_cramps_after_marked_ones_is_asked_once(night: BrowserContext) -> None:
    page = open_app(night)
    page.goto("/cramp")
    mark_cramp(page)
    page.get_by_role("link", name="Today").click()
    steps.get_up(page)
    page.get_by_role("button", name="No cramps").click()
    expect(page.get_by_text("You marked 1 cramp in the night. Was it a mistake?")).to_be_visible()
    page.wait_for_timeout(STEADY_MS)
    page.get_by_role("button", name="Yes, I had no cramps").click()
    steps.save(page)
    steps.expect_state(page, "Sent")
    assert stored_night(page)["cramps"] == []
    page.reload()
    expect(page.get_by_role("button", name="Change")).to_be_visible()
    expect(page.get_by_text("You marked")).to_be_hidden()


def test_a_cramp_after_the_night_was_recorded_can_be_added_to_it(night: BrowserContext) -> None:
    page = open_app(night)
    steps.get_up(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    page.get_by_role("link", name="Cramp now").click()
    mark_cramp(page)
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_text("You marked 1 cramp that is not in this night yet.")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    steps.save(page)
    steps.expect_state(page, "Sent")
    assert len(stored_night(page)["cramps"]) == 1
    expect(page.get_by_text("You marked")).to_be_hidden()


def test_the_screen_for_the_night_has_no_barriers_while_the_timer_runs(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_app(open_context(**SMALL, locale="en-GB", timezone_id=zone_where_it_is(3)))
    page.add_init_script(path=AXE)
    page.goto("/cramp")
    page.get_by_role("button", name="Cramp now").click()
    expect(page.get_by_text("Since")).to_be_visible()
    for language in ("en", "es"):
        speak(page, language)
        page.reload()
        page.get_by_role("timer").wait_for()
        assert barriers(page) == []
