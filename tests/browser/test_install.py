"""What makes the diary an app: it can be installed, and it can be used without a finger."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.server import FLAGS, Server, chromium_path

pytestmark = pytest.mark.browser

# What has the focus, and whether a person can see that it has: an outline, as every control gets here.
FOCUSED = """(() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const shown = one.matches('input[type=radio], input[type=checkbox]') ? (one.closest('label') ?? one) : one;
  const outlined = [one, shown].map(getComputedStyle).some(({ outlineStyle }) => outlineStyle !== 'none');
  return [one.textContent.trim().slice(0, 40) || one.getAttribute('aria-label') || one.name || one.tagName, outlined];
})()"""
PLACES = ("/", "/nights", "/plan", "/result", "/me", "/me/data", "/cramp", "/start", "/start/safety")


def test_chromium_finds_nothing_against_installing(browser: Browser, server: Server, tmp_path: Path) -> None:
    # Other contexts count as incognito, where nothing can be installed.
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium_path(), args=list(FLAGS), base_url=server.url
    )
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("button", name="Start a diary")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    found = context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    context.close()
    assert found == []


def tab_through(page: Page) -> list[tuple[str, bool]]:
    """Press Tab until the focus leaves the page; return what had it, and whether that could be seen."""
    seen = []
    for _ in range(100):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        seen.append(tuple(focused))
    return seen


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(phone: Page) -> None:
    steps.sign_up(phone)
    controls = phone.locator("a[href], button:not([disabled]), input:not([type=radio]), select, summary, textarea")
    for path in PLACES:
        phone.goto(path)
        phone.wait_for_load_state("networkidle")
        seen = tab_through(phone)
        assert [name for name, visible in seen if not visible] == [], path
        assert len(seen) >= sum(control.is_visible() for control in controls.all()), path


def test_a_night_is_recorded_without_a_finger(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/")
    phone.get_by_role("button", name="No cramps").focus()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Save:").focus()
    phone.keyboard.press("Enter")
    steps.expect_state(phone, "Sent")
