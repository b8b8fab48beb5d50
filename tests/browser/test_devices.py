"""What a browser lacks or refuses: the diary goes on with a stand-in, or says truthfully that it cannot."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.clocks import zone_where_it_is
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.outages import (
    expect_everything_sent,
    expect_something_unsent,
    network_returns,
    nights_of,
    wait_until_kept,
)
from tests.browser.server import Server

pytestmark = pytest.mark.browser

REFUSE = "const refuse = () => { throw new DOMException('refused by a setting', 'SecurityError'); };"
REJECT = "const reject = () => Promise.reject(new DOMException('refused by a setting', 'SecurityError'));"


def missing(owner: str, *names: str) -> str:
    """Take something away from where it is defined, too."""
    return "".join(
        f"for (let owner = {owner}; owner; owner = Object.getPrototypeOf(owner)) delete owner['{name}'];"
        for name in names
    )


def on_our_pages(script: str) -> str:
    """Leave alone the empty page with which a tab begins: it has none of this anyway."""
    return f"if (location.origin !== 'null') {{ {script} }}"


def getter(owner: str, name: str, body: str) -> str:
    return f"Object.defineProperty({owner}, '{name}', {{ configurable: true, get: {body} }});"


def zone_named(name: str) -> str:
    """Let the device name its zone so; formats refuse what is no zone, as they do anyway."""
    return (
        "const resolved = Intl.DateTimeFormat.prototype.resolvedOptions;"
        "Intl.DateTimeFormat.prototype.resolvedOptions = function () {"
        f"return {{ ...resolved.call(this), timeZone: {name} }}; }};"
    )


LACKS = {
    "no zone, no ids, no time limits": zone_named("undefined")
    + missing("crypto", "randomUUID")
    + missing("AbortSignal", "timeout"),
    "an empty zone, no locks, no channels": zone_named("''")
    + missing("navigator", "locks")
    + missing("globalThis", "BroadcastChannel"),
    "an unknown zone, locks and channels refused": REFUSE
    + REJECT
    + zone_named("'Etc/Unknown'")
    + "LockManager.prototype.request = reject; globalThis.BroadcastChannel = class { constructor() { refuse(); } };",
    "no notes of its own": REFUSE + getter("globalThis", "localStorage", "refuse"),
    "no notes at all, and nothing kept for good": REJECT
    + missing("globalThis", "localStorage")
    + "StorageManager.prototype.persist = reject;",
    "no worker and no messages": missing("navigator", "serviceWorker")
    + missing("globalThis", "PushManager", "Notification"),
    "worker and messages refused": REFUSE
    + getter("navigator", "serviceWorker", "refuse")
    + getter("globalThis", "PushManager", "refuse")
    + getter("globalThis", "Notification", "refuse")
    + getter("navigator", "storage", "refuse"),
}


@pytest.mark.parametrize("lack", LACKS.values(), ids=LACKS.keys())
def test_a_diary_is_kept_by_a_browser_with(lack: str, open_context: Callable[..., BrowserContext]) -> None:
    zone = zone_where_it_is(9)
    context = open_context(**PHONE, locale="en-GB", timezone_id=zone)
    context.add_init_script(on_our_pages(lack))
    page = context.new_page()
    steps.sign_up(page)
    steps.say_no_cramps(page)
    expect_everything_sent(page)
    page.reload()
    expect(page.get_by_text("Thank you. That is all for this night.")).to_be_visible()
    context.set_offline(True)
    steps.go_to_earlier_night(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Saved on this phone")
    expect_something_unsent(page)
    context.set_offline(False)
    network_returns(page)
    here = datetime.now(ZoneInfo(zone))
    recorded = nights_of(context)
    assert sorted(recorded) == [str(here.date() - timedelta(days=days)) for days in (2, 1)]
    # Whatever the zone is called, its clock is the one on this phone.
    for night in recorded.values():
        assert here.astimezone(ZoneInfo(night["tz"])).utcoffset() == here.utcoffset()
    steps.go_to(page, "Me")
    page.get_by_role("link", name="Reminders").click()
    expect(page.get_by_role("heading", name="On this phone")).to_be_visible()
    steps.sign_out(page)


NO_COUNTING = "IDBObjectStore.prototype.count = () => { throw new DOMException('broken', 'UnknownError'); };"
NO_DATABASE = {
    "no database": missing("globalThis", "indexedDB"),
    "a database that is refused": REJECT + "IDBFactory.prototype.open = function () {"
    "  const request = new EventTarget();"
    "  request.error = new DOMException('refused by a setting', 'UnknownError');"
    "  setTimeout(() => request.dispatchEvent(new Event('error')));"
    "  return request; };",
    "a database that throws": REFUSE + "IDBFactory.prototype.open = refuse;",
}


@pytest.mark.parametrize("lack", NO_DATABASE.values(), ids=NO_DATABASE.keys())
def test_nobody_begins_a_diary_that_is_not_kept_with(lack: str, open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**PHONE, locale="en-GB")
    accounts = count_accounts(context)
    context.add_init_script(on_our_pages(lack))
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="Charley cannot keep anything here")).to_be_visible()
    expect(page.get_by_text("Nothing that you type here would be kept.")).to_be_visible()
    expect(page.get_by_text("not in a private one")).to_be_visible()
    # The red flags are at hand all the same.
    page.get_by_role("button", name="Get help").click()
    expect(page.get_by_role("dialog").get_by_text("You faint.")).to_be_visible()
    assert accounts == []


def count_accounts(context: BrowserContext) -> list[str]:
    """Return the list that every account made from here is added to."""
    made: list[str] = []
    context.on("request", lambda request: made.append(request.url) if "/api/auth/register" in request.url else None)
    return made


def test_a_database_refused_later_is_told_without_a_claim(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=zone_where_it_is(9))
    page = context.new_page()
    steps.sign_up(page)
    context.add_init_script(on_our_pages(NO_DATABASE["a database that throws"]))
    page.reload()
    expect(page.get_by_role("heading", name="Charley cannot keep anything here")).to_be_visible()
    expect(page.get_by_text("Charley could not check what is saved on this phone.")).to_be_visible()


def test_an_app_that_fails_says_what_it_could_read(browser: Browser, server: Server) -> None:
    # Its script errors are the point here, so that nobody listens for them.
    options: dict[str, Any] = {**PHONE, "locale": "en-GB", "timezone_id": zone_where_it_is(9)}
    with browser.new_context(base_url=server.url, **options) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        steps.sign_up(page)
        steps.say_no_cramps(page)
        expect_everything_sent(page)
        context.set_offline(True)
        steps.go_to_earlier_night(page)
        steps.say_no_cramps(page)
        expect_something_unsent(page)
        context.set_offline(False)
        page.route("**/api/**", lambda route: route.abort())
        page.add_init_script("Intl.DateTimeFormat.prototype.formatToParts = () => { throw new TypeError('broken'); };")
        page.reload()
        expect(page.get_by_role("heading", name="Something went wrong")).to_be_visible()
        expect(page.get_by_text("2 nights are saved on this phone. Not sent yet: 1.")).to_be_visible()
        page.add_init_script(on_our_pages(NO_COUNTING))
        page.reload()
        expect(page.get_by_text("Charley could not check what is saved on this phone.")).to_be_visible()


def test_an_address_that_names_no_page_shows_the_app_that_says_so(phone: Page) -> None:
    no_such_page = phone.get_by_role("heading", name="There is no such page")
    answer = phone.goto("/foo")
    assert answer
    assert answer.status == 404
    expect(no_such_page).to_be_visible()
    phone.get_by_role("main").get_by_role("link", name="Today").click()
    expect(phone.get_by_role("button", name="Start a diary")).to_be_visible()
    steps.sign_up(phone)
    wait_until_kept(phone)
    for path in ("/nights/2026-99-99", "/me/x/y"):
        phone.goto(path)
        expect(no_such_page).to_be_visible()
    # Of the physicians' addresses their own app says it.
    phone.goto("/clinic/foo")
    expect(no_such_page).to_have_count(0)
    phone.context.set_offline(True)
    phone.goto("/bar")
    expect(no_such_page).to_be_visible()
