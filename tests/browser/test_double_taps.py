"""Hands half asleep tap twice: what a button means after the first tap is not done by the second."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import steps
from tests.browser.clocks import zone_where_it_is
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

# A start settles for a moment before the same button ends the cramp.
SETTLE_MS = 1_700
# The page's own count of milliseconds stands still where it is told to, so that no busy machine taps late.
STAND_STILL = (
    "window.at = null; const now = performance.now.bind(performance); performance.now = () => window.at ?? now();"
)


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    context = open_context(**PHONE, locale="en-GB", timezone_id=zone_where_it_is(9))
    context.add_init_script(f"{{ {STAND_STILL} }}")
    opened = context.new_page()
    steps.sign_up(opened)
    return opened


def tap_at(page: Page, button: Locator, ms: int) -> None:
    """Tap so many milliseconds after the moment at which the page stood still."""
    page.evaluate("ms => { window.at = window.still + ms; }", ms)
    button.click()


def stand_still(page: Page) -> None:
    page.evaluate("window.still = performance.now() + 60_000; window.at = window.still;")


def test_a_second_tap_starts_no_cramp_and_removes_none(page: Page) -> None:
    page.goto("/cramp")
    button = page.locator(".cramp-button")
    running = page.get_by_text("Since")
    button.click()
    expect(running).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)
    stand_still(page)
    button.click()
    # At nine the cramp belongs to the night that has passed, which is named.
    expect(page.get_by_text(re.compile(r"→.+: 1 cramp$"))).to_be_visible()
    for ms in (180, 900):
        tap_at(page, button, ms)
        # Whatever a tap does is done before the next answer of the page.
        page.evaluate("new Promise(requestAnimationFrame)")
        expect(running).to_have_count(0)
    tap_at(page, button, 1_100)
    expect(running).to_be_visible()

    stand_still(page)
    more = page.locator(".cramp-more .quiet")
    more.click()
    expect(more).to_have_text("Put it back")
    for ms in (180, 900):
        tap_at(page, more, ms)
        expect(more).to_have_text("Put it back")
    tap_at(page, more, 1_100)
    expect(running).to_be_visible()


def test_a_second_tap_answers_no_question_and_takes_no_answer_back(page: Page) -> None:
    # An unanswered mark of the night before asks whether it was a mistake.
    page.evaluate(MARK_LAST_NIGHT)
    page.reload()
    stand_still(page)
    none = page.locator(".answer").last
    none.click()
    expect(none).to_have_text("Yes, I had no cramps")
    for ms in (180, 900):
        tap_at(page, none, ms)
        expect(none).to_have_text("Yes, I had no cramps")
    tap_at(page, page.get_by_role("button", name="1 cramp"), 1_000)

    calf = page.get_by_role("button", name="Calf")
    stretching = page.get_by_role("button", name="Stretching")
    for answer in (calf, stretching):
        stand_still(page)
        answer.click()
        for ms in (180, 900):
            tap_at(page, answer, ms)
            expect(answer).to_have_attribute("aria-pressed", "true")
        tap_at(page, answer, 1_100)
        expect(answer).to_have_attribute("aria-pressed", "false")
        tap_at(page, answer, 1_280)
        expect(answer).to_have_attribute("aria-pressed", "false")
    # Another answer in its place is taken at once.
    for name in ("Foot", "Calf", "Foot"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")

    page.goto("/start/health")
    page.get_by_role("button", name="Next").click()
    stand_still(page)
    check = page.get_by_role("checkbox").first
    check.check()
    for ms in (180, 900):
        tap_at(page, check, ms)
        expect(check).to_be_checked()
    tap_at(page, check, 1_100)
    expect(check).not_to_be_checked()


MARK_LAST_NIGHT = """async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /^charley-[0-9a-f-]{36}$/.test(name));
  const database = await asked(indexedDB.open(name));
  const evening = new Date(Date.now() - 86_400_000);
  const date = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(evening);
  const begun = { id: crypto.randomUUID(), night_date: date, started_at: evening.getTime() };
  const mark = { ...begun, onset_local: `${date}T23:10`, stopped: true, duration_min: 3 };
  await asked(database.transaction('meta', 'readwrite').objectStore('meta').put([mark], 'marks'));
  database.close();
}"""
