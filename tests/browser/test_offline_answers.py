"""Whatever answers a phone, or does not: what the person reads is true, and nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import outages, steps
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.outages import every_write, page_of_html, problem
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    return open_context(**PHONE, locale="en-GB", timezone_id=HOME)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return outages.open_diary(context)


@pytest.mark.parametrize(
    "answer",
    [
        problem(500, "internal"),
        problem(429, "rate-limited"),
        page_of_html(502),
        page_of_html(200),
        page_of_html(404),
        lambda route: route.abort("connectionreset"),
    ],
    ids=["500", "429", "a proxy's 502", "a captive portal's 200", "a proxy's 404", "a dropped connection"],
)
def test_an_entry_stays_saved_on_the_phone_until_charley_itself_has_stored_it(
    context: BrowserContext, page: Page, answer: outages.Answer
) -> None:
    with every_write(page, answer):
        steps.say_no_cramps(page)
        steps.expect_state(page, "Saved on this phone")
        expect(page.get_by_text("Charley tries again by itself")).to_be_visible()
        page.reload()
        steps.expect_state(page, "Saved on this phone")
        assert outages.nights_of(context) == {}
    outages.network_returns(page)
    assert list(outages.nights_of(context)) == [str(outages.last_night())]


def test_an_entry_that_met_a_fault_goes_out_by_itself_after_a_while(context: BrowserContext, page: Page) -> None:
    with every_write(page, problem(503, "internal")):
        steps.say_no_cramps(page)
        steps.expect_state(page, "Saved on this phone")
    expect(page.get_by_role("main").get_by_text("Sent", exact=True)).to_be_visible(timeout=20_000)
    assert len(outages.nights_of(context)) == 1


def test_a_portal_that_sends_every_request_elsewhere_loses_nothing(browser: Browser, server: Server) -> None:
    # A context of its own: the browser rightly complains of a request that leaves for another host.
    context = browser.new_context(base_url=server.url, **PHONE, locale="en-GB", timezone_id=HOME)
    page = outages.open_diary(context)

    def redirect(route: Route) -> None:
        route.fulfill(status=302, headers={"Location": "http://login.hotel.invalid/"})

    context.route("**/api/**", redirect)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Saved on this phone")
    page.reload()
    steps.expect_state(page, "Saved on this phone")
    expect(page.get_by_text("No connection. You can go on")).to_be_visible()
    context.unroute("**/api/**", redirect)
    outages.network_returns(page)
    assert len(outages.nights_of(context)) == 1
    context.close()


@pytest.mark.parametrize(
    ("status", "slug", "advice"),
    [
        (409, "conflict", "Try “Send now” under Me"),
        (413, "too-large", "Shorten the note"),
        (422, "validation", "Check the answers"),
    ],
)
def test_a_refused_entry_says_so_holds_up_no_other_and_can_be_sent_again(
    context: BrowserContext, page: Page, status: int, slug: str, advice: str
) -> None:
    with every_write(page, problem(status, slug)):
        steps.say_no_cramps(page)
        steps.expect_state(page, "Needs attention")
        expect(page.get_by_role("main").get_by_text("It is still safe on this phone")).to_be_visible()
        expect(page.get_by_role("main").get_by_text(advice)).to_be_visible()
    steps.go_to_earlier_night(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    steps.go_to(page, "Me")
    expect(page.get_by_text("1 entry needs your attention")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save unsent entries as a file").click()
    assert str(outages.last_night()) in download.value.path().read_text()
    page.get_by_role("button", name="Send now").click()
    outages.expect_everything_sent(page)
    assert len(outages.nights_of(context)) == 2


def test_an_answer_lost_on_its_way_back_ends_in_one_stored_night(context: BrowserContext, page: Page) -> None:
    with every_write(page, outages.lose_the_answer), page.expect_event("requestfailed"):
        steps.say_no_cramps(page)
        steps.expect_state(page, "Saved on this phone")
    outages.network_returns(page)
    assert outages.actions_of(context, outages.last_night()) == ["recorded"]


def test_a_cramp_removed_after_a_lost_answer_does_not_come_back(context: BrowserContext, page: Page) -> None:
    with every_write(page, outages.lose_the_answer):
        with page.expect_event("requestfailed"):
            steps.say_cramps(page, 2)
            steps.save(page)
        steps.expect_state(page, "Saved on this phone")
        page.get_by_role("button", name="Change").click()
        page.get_by_role("button", name="One cramp fewer").click()
        steps.save(page)
        steps.expect_state(page, "Saved on this phone")
    outages.network_returns(page)
    [night] = outages.nights_of(context).values()
    assert len(night["cramps"]) == 1


def test_an_answer_that_comes_after_the_page_was_closed_is_found_out_later(context: BrowserContext, page: Page) -> None:
    def answer_late(route: Route) -> None:
        route.fetch()
        page.close()

    page.route(outages.NIGHTS, lambda route: answer_late(route) if route.request.method == "PUT" else route.fallback())
    with page.expect_event("close"):
        steps.say_no_cramps(page)
    reopened = context.new_page()
    reopened.goto("/")
    steps.expect_state(reopened, "Sent")
    assert outages.actions_of(context, outages.last_night()) == ["recorded"]


def test_an_expired_session_keeps_the_entry_and_signing_in_again_sends_it(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = context.new_page()
    email = steps.sign_up(page)
    outages.expire_session(context)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Saved on this phone")
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("textbox", name="E-mail")).to_have_value(email)
    page.get_by_role("textbox", name="Password").fill(steps.SECRET)
    page.get_by_role("button", name="Sign in", exact=True).click()
    steps.expect_state(page, "Sent")
    assert len(outages.nights_of(context)) == 1


def test_an_expired_token_is_renewed_without_a_word(context: BrowserContext) -> None:
    page = context.new_page()
    email = steps.sign_up(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    statuses: list[int] = []
    page.on("response", lambda each: statuses.append(each.status) if each.request.method == "PUT" else None)
    # A session that begins anew has another token.
    credentials = {"email": email, "password": steps.SECRET}
    assert context.request.post("/api/auth/login", data=credentials, headers=steps.token_of(context.request)).ok
    steps.go_to_earlier_night(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    assert statuses == [400, 201]
