"""Everything that can stand between a phone and the server, and what the two then hold."""

import re
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import steps
from tests.browser.clocks import HOME

NIGHTS = re.compile(r"/api/nights/\d{4}-\d{2}-\d{2}$")
WRITES = ("PUT", "DELETE")
HOTEL = "<!doctype html><title>Welcome to the hotel</title>"
# What the store of this phone holds under a name, as JSON.
KEPT = """async (key) => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /^charley-[0-9a-f-]{36}$/.test(name));
  const database = await asked(indexedDB.open(name));
  const kept = await asked(database.transaction('meta').objectStore('meta').get(key));
  database.close();
  return JSON.stringify(kept ?? null);
}"""
TRIES = 100
Answer = Callable[[Route], None]


def last_night(zone: str = HOME) -> date:
    return datetime.now(ZoneInfo(zone)).date() - timedelta(days=1)


def wait_until_kept(page: Page) -> None:
    """Wait until the whole app lies on the phone and its worker answers this page."""
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def wait_until_on_disk(page: Page, key: str, text: str) -> None:
    """Wait until the phone has written an answer: nothing survives the very millisecond of the tap."""
    for _ in range(TRIES):
        if text in page.evaluate(KEPT, key):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{text} was not kept")


def open_diary(context: BrowserContext) -> Page:
    """Return a page with a fresh diary, all of the app on the phone."""
    page = context.new_page()
    steps.sign_up(page)
    wait_until_kept(page)
    return page


def go_offline_and_say_no_cramps(page: Page) -> None:
    page.context.set_offline(True)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Saved on this phone")


@contextmanager
def every_write(page: Page, answer: Answer) -> Any:
    """Let something else answer every write of a night."""

    under_way = 0

    def handle(route: Route) -> None:
        nonlocal under_way
        if route.request.method in WRITES:
            under_way += 1
            answer(route)
            under_way -= 1
        else:
            route.fallback()

    page.route(NIGHTS, handle)
    yield
    while under_way:
        page.wait_for_timeout(50)
    page.unroute(NIGHTS, handle)


def problem(status: int, slug: str, **extra: Any) -> Answer:
    body = {"type": f"/problems/{slug}", "title": slug, "status": status, "detail": "The server said no.", **extra}
    return lambda route: route.fulfill(status=status, json=body, content_type="application/problem+json")


def page_of_html(status: int) -> Answer:
    return lambda route: route.fulfill(status=status, body=HOTEL, content_type="text/html")


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def expire_session(context: BrowserContext) -> None:
    """Let the server know nobody until somebody signs in; an answer on its way may still bring the old cookie."""
    expired = True

    def handle(route: Route) -> None:
        nonlocal expired
        signing_in = "/api/auth/" in route.request.url
        expired = expired and not (signing_in and route.request.method == "POST")
        if expired and not signing_in:
            problem(401, "unauthorized")(route)
        else:
            route.fallback()

    context.clear_cookies()
    context.route("**/api/**", handle)


def network_returns(page: Page) -> None:
    """Tell the page what phones tell when they find a network, and wait until everything has gone out."""
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_everything_sent(page)


def nights_of(context: BrowserContext) -> dict[str, dict[str, Any]]:
    answer = context.request.get("/api/nights")
    assert answer.ok
    return {night["night_date"]: night for night in answer.json()["nights"]}


def actions_of(context: BrowserContext, night: date | str) -> list[str]:
    answer = context.request.get(f"/api/nights/{night}/history")
    return [revision["action"] for revision in answer.json()["revisions"]] if answer.ok else []


def expect_everything_sent(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_text("All sent")).to_be_visible()


def expect_something_unsent(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_text("Saved on this phone")).to_be_visible()
