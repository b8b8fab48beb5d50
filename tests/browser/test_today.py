"""Today: what stands on the screen without scrolling, and what a person hears and is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import outages, steps
from tests.browser.clocks import AWAY, HOME
from tests.browser.conftest import PHONE
from tests.browser.server import PASSWORD, PATIENT
from tests.browser.test_nights import begin_trial

pytestmark = pytest.mark.browser

# Every different sentence that a live region said after the page was open.
LISTEN = """() => {
  window.heard = [];
  new MutationObserver(() => {
    for (const region of document.querySelectorAll('[role=status]')) {
      const said = region.textContent;
      if (said && said !== region.heard) window.heard.push(said);
      region.heard = said;
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def test_saving_a_night_leads_the_focus_to_it_and_says_once_where_it_is(phone: Page) -> None:
    steps.sign_up(phone)
    outages.wait_until_kept(phone)
    phone.context.set_offline(True)
    phone.evaluate(LISTEN)
    steps.say_no_cramps(phone)
    steps.expect_state(phone, "Saved on this phone")
    expect(phone.locator(".summary-main")).to_be_focused()
    assert phone.evaluate("heard.filter((said) => said.includes('Saved on this phone'))") == ["Saved on this phone"]

    phone.get_by_role("button", name="Change").click()
    steps.answer(phone, "By day", "Worn")
    steps.save(phone)
    expect(phone.locator(".summary-main")).to_be_focused()
    assert len(phone.evaluate("heard.filter((said) => said.includes('Saved on this phone'))")) == 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_small_phone_shows_question_answers_and_tonights_plan_without_scrolling(
    open_context: Callable[..., BrowserContext], language: str
) -> None:
    small = PHONE | {"viewport": {"width": 360, "height": 640}}
    page = open_context(**small, locale=language, timezone_id=AWAY).new_page()
    page.goto("/")
    page.locator("button.quiet").first.click()
    page.locator("input[name=email]").fill(PATIENT)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    expect(page.locator(".tonight-now")).to_be_visible()
    cut = top_of(page.locator(".cramp-link"))
    for part in (page.locator("h1"), *page.locator(".answer").all(), page.locator(".tonight-now")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= cut
    heights = [box["height"] for each in page.locator(".answer").all() if (box := each.bounding_box())]
    assert heights[0] > heights[1] >= 56


def top_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def test_steps_done_on_another_phone_are_not_called_open(open_context: Callable[..., BrowserContext]) -> None:
    here = {**PHONE, "locale": "en-GB", "timezone_id": HOME}
    page = open_context(**here).new_page()
    email = steps.sign_up(page)
    expect(page.get_by_text("7 steps are open")).to_be_visible()
    begin_trial(page)
    page.reload()
    expect(page.get_by_text("5 steps are open")).to_be_visible()

    other = open_context(**here).new_page()
    steps.sign_in(other, email, steps.SECRET)
    other.goto("/start/health")
    steps.go_to(other, "Today")
    expect(other.get_by_text("5 steps are open")).to_be_visible()


def test_me_says_how_plan_and_reminders_stand(phone: Page) -> None:
    steps.sign_up(phone)
    begin_trial(phone)
    phone.reload()
    expect(phone.get_by_text("Your trial starts on")).to_be_visible()
    steps.go_to(phone, "Me")
    expect(phone.get_by_role("link", name="The plan Starts on")).to_be_visible()
    reminders = phone.get_by_role("link", name="Reminders")
    expect(reminders).to_contain_text("Off")
    reminders.click()
    steps.answer(phone, "In the morning", "8:00")
    steps.answer(phone, "In the evening", "21:00")
    phone.get_by_role("link", name="Me").first.click()
    expect(reminders).to_contain_text("At 8:00 and 21:00")


def test_a_new_diary_claims_nothing_and_counts_no_night_as_missed(phone: Page) -> None:
    steps.sign_up(phone)
    steps.go_to(phone, "Me")
    expect(phone.get_by_text("No night is recorded yet.")).to_be_visible()
    steps.go_to(phone, "Nights")
    expect(phone.get_by_text("No night is recorded yet. Tap a day to add one.")).to_be_visible()
    phone.goto(f"/nights/{outages.last_night()}")
    steps.say_no_cramps(phone)
    steps.expect_state(phone, "Sent")
    steps.go_to(phone, "Nights")
    steps.turn_to_month_of(phone, outages.last_night())
    expect(phone.get_by_text("Nights recorded: 1 of")).to_be_visible()
    phone.get_by_role("button", name="Month before").click()
    phone.get_by_role("button", name="Month before").click()
    expect(phone.get_by_text("Before your first recorded night")).to_be_visible()


def test_a_diary_whose_account_is_gone_can_be_saved_as_a_file_and_removed(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = context.new_page()
    steps.sign_up(page)
    outages.expire_session(context)
    steps.say_no_cramps(page)
    page.get_by_role("link", name="I have no account any more").click()
    expect(page.get_by_role("link", name="Sign in again to send your entries")).to_be_visible()
    expect(page.get_by_role("button", name="Send now")).to_have_count(0)
    page.get_by_role("button", name="Remove the diary from this phone").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Remove the diary and the unsent entries")).to_have_count(0)
    with page.expect_download():
        dialog.get_by_role("button", name="Save unsent entries as a file").click()
    dialog.get_by_role("button", name="Remove the diary and the unsent entries").click()
    expect(page.get_by_role("button", name="Start a diary")).to_be_visible()
    names = page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    assert not [name for name in names if name.startswith("charley-")]
