"""A new version comes when the person says so, and never in the middle of an entry."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser import outages, steps
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def publish_a_new_version(context: BrowserContext) -> None:
    def newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub("charley-(?=[0-9a-f]{12})", "charley-newer-", answer.text()))

    context.route("**/sw.js", newer)


def test_a_new_version_waits_for_consent_and_keeps_what_is_being_typed(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id="Europe/Paris")
    page, other = context.new_page(), context.new_page()
    steps.sign_up(page)
    outages.wait_until_kept(page)
    other.goto("/nights")
    outages.wait_until_kept(other)
    steps.say_cramps(page, 1)
    page.get_by_label("Note").fill("being typed")

    publish_a_new_version(context)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("A new version of Charley is ready")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("being typed")
    old = page.evaluate("caches.keys()")

    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    expect(page.get_by_label("Note")).to_have_value("being typed")
    expect(page.get_by_text("A new version of Charley is ready")).to_have_count(0)
    assert set(page.evaluate("caches.keys()")).isdisjoint(old)
    steps.save(page)
    steps.expect_state(page, "Sent")

    # The other tab still runs the old program, and is asked, too.
    with other.expect_navigation():
        other.get_by_role("button", name="Use it now").click()
    expect(other.get_by_role("heading", name="Nights")).to_be_visible()


def test_who_says_later_goes_on_with_the_old_version(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id="Europe/Paris")
    page = context.new_page()
    steps.sign_up(page)
    outages.wait_until_kept(page)
    old = page.evaluate("caches.keys()")
    publish_a_new_version(context)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="Later").click()
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    assert set(page.evaluate("caches.keys()")) >= set(old)
