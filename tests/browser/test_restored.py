"""After a restore that lost an account: her nights come along, and nobody else's do."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from backend.accounts.tombstones import FILE_NAME
from tests.browser import outages, steps
from tests.browser.barriers import TALL_PHONE, barriers
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.server import Server, running_server

pytestmark = pytest.mark.browser
Opener = Callable[..., BrowserContext]
DAY = timedelta(days=1)
# A connection that does not make way: what another tab, asleep in the background, has.
SLEEPING_TAB = """user => new Promise((resolve) => {
  const opening = indexedDB.open(`charley-${user}`);
  opening.onsuccess = () => resolve(void (window.asleep = opening.result));
})"""
RESTORED, QUESTION = "Your clinic’s server was restored", "Are these nights yours?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what it loses, no other journey should miss."""
    with running_server(tmp_path_factory.mktemp("restored")) as started:
        yield started


@pytest.fixture
def open_phone(open_context: Opener) -> Callable[[], Page]:
    return lambda: open_context(**PHONE, locale="en-GB", timezone_id=HOME).new_page()


def lose(server: Server, *emails: str, epoch: bool = True) -> None:
    """Put back a copy that lacks some accounts; without a new epoch they are merely gone."""
    with closing(sqlite3.connect(server.instance / "demo.sqlite3", timeout=20)) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.executemany("DELETE FROM users WHERE email = ?", [(email,) for email in emails])
        if epoch:
            since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
            database.execute("UPDATE installation SET epoch = ?, epoch_since = ?", (uuid4().hex, since))
            database.execute("UPDATE diaries SET epoch = NULL")


def account_of(page: Page) -> str:
    [name] = old_diaries(page)
    return name


def old_diaries(page: Page) -> list[str]:
    names = page.evaluate("indexedDB.databases().then(found => found.map(one => one.name))")
    return sorted(name.removeprefix("charley-") for name in names if len(name) == len("charley-") + 36)


def begin(page: Page) -> str:
    """Begin a diary with a night that is sent; return the address."""
    email = steps.sign_up(page)
    steps.say_cramps(page, 1)
    steps.save(page)
    steps.expect_state(page, "Sent")
    return email


def begin_again(page: Page, email: str) -> None:
    """Make a new account, with the address of the old one, where the app leads."""
    page.get_by_role("link", name="See what to do").click()
    expect(page.get_by_role("heading", name=RESTORED)).to_be_visible()
    page.get_by_role("link", name="Make a new account").click()
    fill_in(page, email)


def fill_in(page: Page, email: str) -> None:
    page.get_by_label("Your name").fill("Jane Doe")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(steps.SECRET)
    page.get_by_role("button", name="Start a diary").click()


def expect_no_question(page: Page) -> None:
    """Wait until this phone has talked with the server, and see that it asks nothing."""
    expect(page.get_by_role("heading", name="Your first day")).to_be_visible()
    page.wait_for_load_state("networkidle")
    for path in ("/", "/restored"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("from an older account")).to_have_count(0)
        expect(page.get_by_role("heading", name=QUESTION)).to_have_count(0)
    expect(page.get_by_role("heading", name="Nothing to decide")).to_be_visible()


def notes_of(page: Page) -> dict[str, Any]:
    return {night: body["note"] for night, body in outages.nights_of(page.context).items()}


def wait_until_forgotten(page: Page, account: str) -> None:
    for _ in range(outages.TRIES):
        if account not in old_diaries(page) and page.evaluate("localStorage.getItem('charley-lost')") is None:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the old diary is still on the phone")


def test_a_lost_account_moves_along_with_every_night_of_each_of_its_phones(
    open_phone: Callable[[], Page], server: Server
) -> None:
    phone, tablet = open_phone(), open_phone()
    email = begin(phone)
    before = outages.nights_of(phone.context)
    steps.sign_in(tablet, email, steps.SECRET)
    steps.expect_state(tablet, "Sent")
    old = account_of(phone)
    lose(server, email)

    # Sent nights, one that is not, and one that was only begun: until she decides her diary is as it was.
    phone.reload()
    expect(phone.get_by_text(RESTORED)).to_be_visible()
    expect(phone.get_by_text("Sign in again to send")).to_have_count(0)
    # The server does not have what it once took.
    steps.expect_state(phone, "Saved on this phone")
    expect(phone.get_by_text("stored here and on the server")).to_have_count(0)
    steps.go_to(phone, "Me")
    expect(phone.get_by_text("Your nights are on this phone only")).to_be_visible()
    expect(phone.get_by_role("button", name="Remove the diary")).to_have_count(0)
    steps.go_to(phone, "Today")
    steps.go_to_earlier_night(phone)
    steps.say_no_cramps(phone)
    steps.expect_state(phone, "Saved on this phone")
    steps.go_to_earlier_night(phone)
    phone.get_by_role("button", name="I had cramps").click()
    phone.get_by_label("Note").fill("begun before")
    begin_again(phone, email)
    expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(phone.get_by_text("2 nights, ")).to_be_visible()
    assert outages.nights_of(phone.context) == {}
    assert len(old_diaries(phone)) == 2
    phone.get_by_role("button", name="These are mine").click()
    expect(phone.get_by_text("2 nights are in your diary now")).to_be_visible()
    phone.get_by_role("link", name="Go on").click()
    expect(phone.get_by_role("heading", name="Your first day")).to_be_visible()
    phone.get_by_role("main").get_by_role("link", name="Go to my diary").click()
    steps.expect_state(phone, "Sent")
    outages.expect_everything_sent(phone)
    moved = outages.nights_of(phone.context)
    assert list(moved) == [str(outages.last_night() - DAY), str(outages.last_night())]
    # What was written, and when, is unchanged.
    assert {night: moved[night] for night in before} == before
    [new] = old_diaries(phone)
    assert new != old
    steps.go_to_earlier_night(phone)
    steps.go_to_earlier_night(phone)
    expect(phone.get_by_label("Note")).to_have_value("begun before")

    # Her tablet wrote something else of a night; she signs in there with the account made since.
    tablet.reload()
    expect(tablet.get_by_text(RESTORED)).to_be_visible()
    tablet.get_by_role("button", name="Change").click()
    tablet.get_by_role("button", name="One cramp more").click()
    tablet.get_by_label("Note").fill("from the tablet")
    steps.save(tablet)
    steps.expect_state(tablet, "Saved on this phone")
    tablet.get_by_role("link", name="See what to do").click()
    tablet.get_by_role("link", name="Make a new account").click()
    tablet.get_by_role("button", name="I already have an account").click()
    tablet.get_by_role("textbox", name="Password").fill(steps.SECRET)
    tablet.get_by_role("button", name="Sign in", exact=True).click()
    expect(tablet.get_by_text("1 night, ")).to_be_visible()
    tablet.get_by_role("button", name="These are mine").click()
    tablet.get_by_role("link", name="Go on").click()
    outages.expect_everything_sent(tablet)
    assert notes_of(tablet) == {
        str(outages.last_night() - DAY): None,
        str(outages.last_night()): "from the tablet",
    }
    [night] = [body for day, body in outages.nights_of(tablet.context).items() if day == str(outages.last_night())]
    assert len(night["cramps"]) == 2
    assert old_diaries(tablet) == [new]


def test_nobody_is_asked_about_an_account_that_was_deleted(open_phone: Callable[[], Page], server: Server) -> None:
    page = open_phone()
    email = begin(page)
    lose(server, email)
    with (server.instance / FILE_NAME).open("a") as tombstones:
        tombstones.write(f"{account_of(page)} {datetime.now(UTC).date()}\n")
    page.reload()
    expect(page.get_by_text("Sign in again to send")).to_be_visible()
    expect(page.get_by_text(RESTORED)).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="I am new here").click()
    fill_in(page, email)
    expect_no_question(page)
    assert len(old_diaries(page)) == 2


def test_nobody_is_asked_where_nothing_was_restored(open_phone: Callable[[], Page], server: Server) -> None:
    page = open_phone()
    email = begin(page)
    lose(server, email, epoch=False)
    page.reload()
    expect(page.get_by_text("Sign in again to send")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="I am new here").click()
    fill_in(page, email)
    expect_no_question(page)


def test_the_same_address_proves_nothing_on_the_phone_of_somebody_else(
    open_phone: Callable[[], Page], server: Server
) -> None:
    hers, his, new = open_phone(), open_phone(), open_phone()
    email, other = begin(hers), begin(his)
    lose(server, email)
    # His account is known, his session is over, and somebody makes an account with her address there.
    outages.expire_session(his.context)
    his.reload()
    expect(his.get_by_text("Sign in again to send")).to_be_visible()
    his.get_by_role("main").get_by_role("link", name="Sign in").click()
    his.get_by_role("button", name="I am new here").click()
    fill_in(his, email)
    expect_no_question(his)
    new.goto("/")
    steps.sign_in(new, email, steps.SECRET)
    assert outages.nights_of(new.context) == {}
    new.goto("/restored")
    expect(new.get_by_role("heading", name="Nothing to decide")).to_be_visible()
    # An account from before the restore is nobody whose nights could have been lost.
    hers.reload()
    hers.get_by_role("link", name="See what to do").click()
    hers.get_by_role("link", name="Make a new account").click()
    hers.get_by_role("button", name="I already have an account").click()
    hers.get_by_role("textbox", name="E-mail").fill(other)
    hers.get_by_role("textbox", name="Password").fill(steps.SECRET)
    hers.get_by_role("button", name="Sign in", exact=True).click()
    expect(hers.get_by_role("heading", name="How was last night?")).to_be_visible()
    steps.expect_state(hers, "Sent")
    hers.goto("/restored")
    expect(hers.get_by_role("heading", name="Nothing to decide")).to_be_visible()
    assert len(old_diaries(hers)) == 2


def test_what_is_not_mine_stays_untouched_and_is_not_asked_again(
    open_phone: Callable[[], Page], server: Server
) -> None:
    page = open_phone()
    email = begin(page)
    old = account_of(page)
    lose(server, email)
    page.reload()
    begin_again(page, steps.new_email())
    page.get_by_role("button", name="They are not mine").click()
    expect_no_question(page)
    assert outages.nights_of(page.context) == {}
    assert old in old_diaries(page)

    # Its owner comes to the same phone.
    page.goto("/")
    steps.sign_out(page)
    fill_in(page, email)
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    # Left for later, the question waits on every page.
    page.goto("/")
    expect(page.get_by_text("1 night from an older account is on this phone")).to_be_visible()
    page.get_by_role("link", name="Look and decide").click()
    page.get_by_role("button", name="These are mine").click()
    expect(page.get_by_text("1 night is in your diary now")).to_be_visible()
    outages.expect_everything_sent(page)
    assert list(outages.nights_of(page.context)) == [str(outages.last_night())]
    wait_until_forgotten(page, old)


def test_a_phone_that_dies_before_the_old_diary_is_gone_doubles_nothing(
    open_phone: Callable[[], Page], server: Server
) -> None:
    page = open_phone()
    email = begin(page)
    old = account_of(page)
    lose(server, email)
    page.reload()
    begin_again(page, email)
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    page.evaluate(SLEEPING_TAB, old)
    page.get_by_role("button", name="These are mine").click()
    expect(page.get_by_text("1 night is in your diary now")).to_be_visible()
    outages.expect_everything_sent(page)
    assert old in old_diaries(page)
    # Deleted since: what was taken over must not come a second time.
    day = outages.last_night()
    page.request.delete(f"/api/nights/{day}", headers={**steps.token_of(page.request), "If-Match": "*"})
    page.goto("/")
    wait_until_forgotten(page, old)
    expect(page.get_by_text("from an older account")).to_have_count(0)
    expect(page.get_by_role("button", name="No cramps")).to_be_visible()
    assert outages.actions_of(page.context, day) == ["recorded", "deleted"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_said_and_asked_after_a_restore_has_no_barriers(
    open_context: Opener, server: Server, language: str
) -> None:
    page = open_context(**TALL_PHONE, locale="en-GB", timezone_id=HOME).new_page()
    email = begin(page)
    lose(server, email)
    page.evaluate("language => localStorage.setItem('charley-language', language)", language)
    page.reload()
    expect(page.locator("a[href='/restored']")).to_be_visible()
    found = barriers(page)
    page.locator("a[href='/restored']").click()
    found += barriers(page)
    page.locator("main a.primary").click()
    found += barriers(page)
    page.locator("input[name=name]").fill("Jane Doe")
    page.locator("input[autocomplete=new-password]").fill(steps.SECRET)
    page.locator("button[type=submit]").click()
    expect(page.locator("main button.secondary")).to_be_visible()
    expect(page.locator("main h1")).to_have_text({"en": QUESTION, "es": "¿Son suyas estas noches?"}[language])
    found += barriers(page)
    page.locator("main button.primary").click()
    expect(page.locator("main h1")).to_have_text(
        {"en": "Your nights are back", "es": "Sus noches están de vuelta"}[language]
    )
    found += barriers(page)
    assert found == []
