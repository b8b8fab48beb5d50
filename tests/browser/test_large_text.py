"""Text twice as large as usual on a small phone, and a phone on its side: nothing is cut off, broken or covered."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.barriers import settled
from tests.browser.clocks import zone_where_it_is
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.large_text import lost, with_double_text
from tests.browser.server import Server
from tests.browser.test_accessibility import SCREENS, SIGN_IN, sign_in

pytestmark = pytest.mark.browser

WIDTHS = (360, 390)
SMALL = PHONE | {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 1}
UNFOLD = "for (const folded of document.querySelectorAll('main details')) folded.open = true"


COVERED = """[...document.querySelectorAll('.app-bar, .tabs, .pinned')]
  .filter((bar) => getComputedStyle(bar).position === 'sticky')
  .reduce((sum, bar) => sum + bar.offsetHeight, 0)"""


class Screen:
    """A page that is measured at both widths, and what was lost on it so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def measure(self, path: str | None = None) -> None:
        if path:
            self.page.goto(path)
        settled(self.page)
        self.page.evaluate(UNFOLD)
        self.page.wait_for_load_state("networkidle")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 640})
            self.found += [f"{width} px, {each}" for each in lost(self.page)]


@pytest.fixture(scope="module")
def double_text(browser: Browser) -> Iterator[Browser]:
    with with_double_text(browser) as beside:
        yield beside


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_lost_with_the_text_of_the_browser_twice_as_large(
    double_text: Browser, server: Server, language: str
) -> None:
    options: dict[str, Any] = {**SMALL, "locale": language, "timezone_id": zone_where_it_is(9)}
    with double_text.new_context(base_url=server.url, **options) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        screen = Screen(page)
        screen.measure("/welcome")
        # The frame's own text is 18 px where the browser's is 16.
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "36px"
        page.get_by_role("button", name=SIGN_IN[language]).click()
        screen.measure()
        page.goto("/welcome")
        sign_in(page, language)
        for path in SCREENS:
            screen.measure(path)
            assert urlsplit(page.url).path == path
        walk_the_morning(screen)
        walk_the_nights(screen)
        screen.measure("/no/such/page")
        assert screen.found == []


def walk_the_morning(screen: Screen) -> None:
    """The question, its details with everything unfolded, the summary, the dialogs and the running timer."""
    page = screen.page
    page.goto("/")
    # Whoever was here in the other language has recorded this night.
    page.locator(".answer").last.or_(page.locator("main > .secondary").first).click()
    page.locator(".stepper .round").last.click()
    screen.measure()
    page.locator(".night-form .primary").click()
    page.locator(".summary-main").wait_for()
    screen.measure()
    page.locator(".help-button").click()
    page.locator("dialog .action-bar").wait_for()
    screen.measure()
    page.goto("/cramp")
    page.locator(".cramp-button").click()
    page.locator(".cramp-since").wait_for()
    screen.measure()
    page.wait_for_timeout(1_700)
    page.locator(".cramp-button").click()
    page.locator(".cramp-kept").wait_for()
    screen.measure()
    page.goto("/me")
    page.locator("main section .secondary").last.click()
    page.locator("dialog").wait_for()
    screen.measure()


def walk_the_nights(screen: Screen) -> None:
    """The list beside the calendar, and a night with its versions and the question whether to delete it."""
    page = screen.page
    page.goto("/nights")
    page.locator(".view .option").last.click()
    page.locator(".night-list").wait_for()
    screen.measure()
    page.locator(".night-list a").first.click()
    page.locator(".summary-main").wait_for()
    page.locator("details.card").evaluate("folded => { folded.open = true; }")
    page.locator(".versions li").first.wait_for()
    screen.measure()
    page.locator(".quiet.danger").click()
    page.locator("dialog").wait_for()
    screen.measure()


@pytest.mark.parametrize("size", [(844, 390), (640, 360)])
@pytest.mark.parametrize("locale", ["en-GB", "es-ES"])
def test_a_phone_on_its_side_shows_both_answers_and_covers_little(
    open_context: Callable[..., BrowserContext], locale: str, size: tuple[int, int]
) -> None:
    on_its_side = PHONE | {"viewport": {"width": size[0], "height": size[1]}}
    page = open_context(**on_its_side, locale=locale, timezone_id=zone_where_it_is(9)).new_page()
    page.goto("/welcome")
    for name, text in (("name", "Jane Doe"), ("email", steps.new_email()), ("password", steps.SECRET)):
        page.locator(f"input[name={name}]").fill(text)
    page.locator("form button.primary").click()
    page.locator(".step").wait_for()
    page.goto("/")
    expect(page.locator(".answer")).to_have_count(2)
    for path in ("/", "/nights", "/me/profile", "/start/profile"):
        page.goto(path)
        settled(page)
        covered = page.evaluate(COVERED)
        assert covered < size[1] / 4, path
        assert lost(page) == []
    page.goto("/")
    settled(page)
    bar = page.locator(".pinned").bounding_box()
    for answer in page.locator(".answer").all():
        box = answer.bounding_box()
        assert box
        assert bar
        assert box["y"] > 0
        assert box["y"] + box["height"] <= bar["y"]
