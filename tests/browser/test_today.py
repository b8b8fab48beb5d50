"""Today: what stands on the screen without scrolling, and what a person hears and is told."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import outages, steps

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
