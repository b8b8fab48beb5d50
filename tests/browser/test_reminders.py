"""Reminders on a phone: choosing times, turning them on, and what becomes of a message."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from backend.reminders.models import EVENING, MORNING, Reminder
from backend.reminders.texts import message
from tests.backend.push_service import Phone, PushService
from tests.browser import steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, speak
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.server import PASSWORD, PATIENT, Server

pytestmark = pytest.mark.browser

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
# No push service can be reached from here: what one would give stands in for it.
PUSH_SERVICE = """
(keys => {
  const kept = () => JSON.parse(localStorage.getItem('test-subscription'));
  const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), one => one.charCodeAt(0));
  const made = () => kept() && {
    endpoint: kept().endpoint,
    options: { applicationServerKey: bytes(kept().key).buffer },
    toJSON: () => ({ endpoint: kept().endpoint, expirationTime: null, keys: kept().keys }),
    unsubscribe: async () => {
      localStorage.removeItem('test-subscription');
      return true;
    },
  };
  PushManager.prototype.getSubscription = async () => made();
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly) throw new Error('silent messages are refused');
    localStorage.setItem('test-subscription', JSON.stringify({ ...keys, key: applicationServerKey }));
    return made();
  };
})(%s);
"""


@pytest.fixture
def subscription() -> dict[str, Any]:
    return Phone(PushService("https://fcm.googleapis.com")).subscription


@pytest.fixture
def pixel(open_context: Callable[..., BrowserContext], subscription: dict[str, Any]) -> Page:
    """A phone on which the person allows notifications when asked."""
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME, permissions=["notifications"])
    context.add_init_script(PUSH_SERVICE % json.dumps(subscription))
    return context.new_page()


def rows(server: Server, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database of the server, or change it."""
    with closing(sqlite3.connect(server.instance / "demo.sqlite3", timeout=10)) as database, database:
        return database.execute(query, values).fetchall()


def subscribed(server: Server, subscription: dict[str, Any]) -> list[str]:
    """Return who is reminded on a phone, by e-mail."""
    query = "SELECT email FROM push_subscriptions s JOIN users u ON u.id = s.patient_id WHERE endpoint = ?"
    return [email for (email,) in rows(server, query, subscription["endpoint"])]


def open_reminders(page: Page) -> None:
    steps.go_to(page, "Me")
    page.get_by_role("link", name="Reminders").click()
    expect(page.get_by_role("heading", name="Reminders")).to_be_visible()


def choose(page: Page, question: str, choice: str) -> None:
    """Choose a time, and wait until the server knows it."""
    with page.expect_response(lambda answer: answer.url.endswith("/api/me") and answer.request.method == "PATCH"):
        steps.answer(page, question, choice)


def turn_on(page: Page) -> None:
    open_reminders(page)
    choose(page, "In the morning", "8:00")
    page.get_by_role("button", name="Turn on reminders").click()
    expect(page.get_by_text("Reminders are on for this phone.")).to_be_visible()


class Push:
    """The push service's end of a page's service worker."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        self.session = page.context.new_cdp_session(page)
        seen: list[str] = []
        self.session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: seen.extend(one["registrationId"] for one in event["registrations"]),
        )
        self.session.send("ServiceWorker.enable")
        while not seen:
            page.wait_for_timeout(50)
        self.registration = seen[-1]

    def deliver(self, text: dict[str, Any]) -> None:
        origin = self.page.evaluate("location.origin") + "/"
        sent = {"origin": origin, "registrationId": self.registration, "data": json.dumps(text)}
        self.session.send("ServiceWorker.deliverPushMessage", sent)
        self.page.wait_for_timeout(500)

    @property
    def shown(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(
            """async () => {
                const worker = await navigator.serviceWorker.ready;
                const told = ({ title, body, tag, lang, actions }) =>
                    ({ title, body, tag, lang, actions: actions.map((one) => one.title) });
                return (await worker.getNotifications()).map(told);
            }"""
        )
        return found

    def tap(self, action: str = "") -> None:
        """Tap the notification, or one of its actions."""
        worker = self.page.context.service_workers[0]
        worker.evaluate(
            """async (action) => {
                const [notification] = await self.registration.getNotifications();
                const event = new NotificationEvent('notificationclick', { notification, action });
                // Only a person's own tap may keep a worker waiting, or bring a window to the front.
                const done = new Promise((end) => (event.waitUntil = (work) => work.then(end, end)));
                self.dispatchEvent(event);
                await done;
            }""",
            action,
        )


def due(kind: str = MORNING, **fields: Any) -> Reminder:
    return Reminder(public_id=uuid4(), kind=kind, again=False, **fields)


@pytest.fixture
def push(pixel: Page) -> Push:
    steps.sign_up(pixel)
    return Push(pixel)


def test_reminders_are_turned_on_and_off_for_a_phone(pixel: Page, server: Server, subscription: dict[str, Any]) -> None:
    email = steps.sign_up(pixel)
    open_reminders(pixel)
    expect(pixel.get_by_text("Choose a time first.")).to_be_visible()
    expect(pixel.get_by_role("button", name="Turn on reminders")).to_be_disabled()
    choose(pixel, "In the morning", "8:00")
    pixel.get_by_role("button", name="Turn on reminders").click()
    expect(pixel.get_by_text("Reminders are on for this phone.")).to_be_visible()
    assert subscribed(server, subscription) == [email]
    assert pixel.request.get("/api/me").json()["reminder_morning"] == "08:00"

    pixel.reload()
    expect(pixel.get_by_text("Reminders are on for this phone.")).to_be_visible()
    pixel.get_by_role("button", name="Turn off on this phone").click()
    expect(pixel.get_by_role("button", name="Turn on reminders")).to_be_visible()
    assert subscribed(server, subscription) == []


def test_any_time_can_be_chosen_and_none(pixel: Page) -> None:
    steps.sign_up(pixel)
    open_reminders(pixel)
    steps.answer(pixel, "In the morning", "Other time")
    with pixel.expect_response("**/api/me"):
        pixel.get_by_label("Time in the morning").fill("06:45")
    pixel.reload()
    expect(pixel.get_by_label("Time in the morning")).to_have_value("06:45")
    choose(pixel, "In the morning", "No reminder")
    expect(pixel.get_by_label("Time in the morning")).to_have_count(0)
    assert pixel.request.get("/api/me").json()["reminder_morning"] is None


def test_the_evening_is_asked_for_during_a_trial(pixel: Page) -> None:
    steps.sign_up(pixel)
    open_reminders(pixel)
    expect(pixel.get_by_role("group", name="In the morning")).to_be_visible()
    expect(pixel.get_by_role("group", name="In the evening")).to_have_count(0)
    steps.sign_out(pixel)
    steps.sign_in(pixel, PATIENT, PASSWORD)
    pixel.wait_for_load_state("networkidle")
    open_reminders(pixel)
    choose(pixel, "In the evening", "21:00")
    expect(pixel.get_by_role("button", name="21:00")).to_have_attribute("aria-pressed", "true")
    assert pixel.request.get("/api/me").json()["reminder_evening"] == "21:00"
    choose(pixel, "In the evening", "No reminder")


def test_a_time_chosen_without_a_connection_is_told_later(pixel: Page) -> None:
    steps.sign_up(pixel)
    open_reminders(pixel)
    pixel.wait_for_load_state("networkidle")
    pixel.context.set_offline(True)
    steps.answer(pixel, "In the morning", "9:00")
    pixel.wait_for_timeout(300)
    pixel.reload()
    expect(pixel.get_by_role("button", name="9:00")).to_have_attribute("aria-pressed", "true")
    pixel.context.set_offline(False)
    pixel.goto("/")
    pixel.wait_for_load_state("networkidle")
    assert pixel.request.get("/api/me").json()["reminder_morning"] == "09:00"


def test_the_server_is_told_again_of_a_phone_it_lost(pixel: Page, server: Server, subscription: dict[str, Any]) -> None:
    email = steps.sign_up(pixel)
    turn_on(pixel)
    rows(server, "DELETE FROM push_subscriptions WHERE endpoint = ?", subscription["endpoint"])
    pixel.goto("/")
    with pixel.expect_response("**/api/push/subscriptions"):
        pixel.reload()
    assert subscribed(server, subscription) == [email]


def test_signing_out_ends_the_reminders_of_the_phone(pixel: Page, server: Server, subscription: dict[str, Any]) -> None:
    steps.sign_up(pixel)
    turn_on(pixel)
    steps.sign_out(pixel)
    assert subscribed(server, subscription) == []
    assert pixel.evaluate("localStorage.getItem('test-subscription')") is None


def test_a_browser_that_blocks_notifications_is_explained(phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    steps.sign_up(phone)
    open_reminders(phone)
    expect(phone.get_by_text("Your browser blocks messages from Charley.")).to_be_visible()
    expect(phone.get_by_role("main").get_by_role("list").get_by_role("listitem")).to_have_count(3)


def test_saying_no_or_nothing_when_asked_is_explained(pixel: Page) -> None:
    steps.sign_up(pixel)
    open_reminders(pixel)
    steps.answer(pixel, "In the morning", "7:00")
    pixel.evaluate("Notification.requestPermission = async () => 'default'")
    pixel.get_by_role("button", name="Turn on reminders").click()
    expect(pixel.get_by_text("Reminders are still off.")).to_be_visible()
    pixel.evaluate("Notification.requestPermission = async () => 'denied'")
    pixel.get_by_role("button", name="Turn on reminders").click()
    expect(pixel.get_by_text("Your browser blocks messages from Charley.")).to_be_visible()


def test_a_browser_without_push_gets_the_calendar(phone: Page) -> None:
    phone.add_init_script("delete window.PushManager")
    steps.sign_up(phone)
    open_reminders(phone)
    expect(phone.get_by_text("This browser cannot show reminders.")).to_be_visible()
    choose(phone, "In the morning", "8:00")
    with phone.expect_download() as downloading:
        phone.get_by_role("link", name="Get the calendar file").click()
    assert downloading.value.suggested_filename == "reminders.ics"
    (event,) = Calendar.from_ical(downloading.value.path().read_bytes()).events
    assert f"{event.start:%H:%M}" == "08:00"


def test_an_iphone_is_told_of_the_home_screen(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(**PHONE, locale="en-GB", user_agent=IPHONE).new_page()
    page.add_init_script("delete window.PushManager")
    steps.sign_up(page)
    open_reminders(page)
    expect(page.get_by_text("once Charley is on your home screen")).to_be_visible()


def test_a_reminder_is_shown_once_however_often_it_comes(push: Push) -> None:
    first = message(due(), "en")
    push.deliver(first)
    expected = {
        "title": "How was last night?",
        "body": "Tap to note it. It takes a few seconds.",
        "tag": "morning",
        "lang": "en",
        "actions": ["In 30 minutes"],
    }
    assert push.shown == [expected]
    push.page.evaluate(
        "navigator.serviceWorker.ready.then(async worker => (await worker.getNotifications())[0].close())"
    )
    push.deliver(first)
    assert push.shown == []
    # The next morning's takes the place of one that was never looked at.
    push.deliver(message(due(), "es"))
    push.deliver(message(due(), "en"))
    assert push.shown == [expected]


def test_a_tap_on_the_evening_leads_to_the_plan_in_the_open_window(push: Push) -> None:
    push.page.evaluate("window.stillTheSamePage = true")
    push.deliver(message(due(EVENING), "en"))
    assert [one["title"] for one in push.shown] == ["Your plan for tonight is ready"]
    push.tap()
    push.page.wait_for_url("**/plan")
    assert push.page.evaluate("window.stillTheSamePage") is True
    assert push.shown == []


def test_a_reminder_is_put_off_once(push: Push, server: Server) -> None:
    now = datetime.now(UTC)
    ((patient_id,),) = rows(server, "SELECT max(id) FROM users")
    reminder = due()
    told = message(reminder, "en")
    sent_at = f"{now:%Y-%m-%d %H:%M:%S.%f}"
    rows(
        server,
        "INSERT INTO reminders (public_id, patient_id, kind, night_date, again, due_at, state, attempts, next_try_at) "
        "VALUES (?, ?, 'morning', ?, 0, ?, 'sent', 1, ?)",
        *(UUID(told["id"]).hex, patient_id, f"{now:%Y-%m-%d}", sent_at, sent_at),
    )
    push.deliver(told)
    push.tap("snooze")
    assert push.shown == []
    again = "SELECT due_at FROM reminders WHERE patient_id = ? AND again AND state = 'due'"
    ((due_at,),) = rows(server, again, patient_id)
    wait = datetime.fromisoformat(due_at).replace(tzinfo=UTC) - now
    assert timedelta(minutes=30) <= wait < timedelta(minutes=31)


def test_a_reminder_that_cannot_be_put_off_stays_to_be_seen(push: Push) -> None:
    push.deliver(message(due(), "en"))
    push.tap("snooze")
    assert [one["title"] for one in push.shown] == ["How was last night?"]


PHONES: dict[str, dict[str, Any]] = {
    "asked": {"permissions": ["notifications"]},
    "blocked": {},
    "not on the home screen": {"user_agent": IPHONE},
}
BEGINNINGS = {
    "blocked": "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })",
    "not on the home screen": "delete window.PushManager",
}


@pytest.mark.parametrize("situation", PHONES)
def test_the_page_of_reminders_has_no_barriers_however_things_stand(
    open_context: Callable[..., BrowserContext], subscription: dict[str, Any], situation: str
) -> None:
    page = open_context(**TALL_PHONE, **PHONES[situation], locale="en-GB").new_page()
    page.add_init_script(path=AXE)
    page.add_init_script(PUSH_SERVICE % json.dumps(subscription))
    page.add_init_script(BEGINNINGS.get(situation, ""))
    steps.sign_up(page)
    page.goto("/me/reminders")
    page.locator(".option").nth(1).click()
    page.locator(".option").nth(3).click()
    if situation == "asked":
        page.locator(".card .primary").click()
        page.locator(".card .state-name").wait_for()
    for language in ("en", "es"):
        speak(page, language)
        page.reload()
        if situation == "asked":
            page.locator(".card .state-name").wait_for()
        assert barriers(page) == []
