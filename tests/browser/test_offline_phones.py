"""Two phones, two tabs, two people; a wrong clock, a full or an old phone, a new version."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import outages, steps
from tests.browser.clocks import HOME, zone_where_it_is
from tests.browser.conftest import PHONE
from tests.browser.server import Server

pytestmark = pytest.mark.browser
Opener = Callable[..., BrowserContext]
DAY = timedelta(days=1)

# The database as the first version of the program made it, with one unsent night.
FIRST_VERSION = """
async ({ name, night }) => {
  const finished = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await finished(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const store of ['nights', 'base', 'outbox']) {
      opening.result.createObjectStore(store, { keyPath: 'night_date' });
    }
    opening.result.createObjectStore('meta');
  };
  const database = await finished(opening);
  const { night_date, edited_at } = night;
  const writing = database.transaction(['nights', 'outbox'], 'readwrite');
  writing.objectStore('nights').put({ night_date, night, combined: false });
  writing.objectStore('outbox').put({
    night_date, edited_at, body: night, base: null, change: 'c1', queued_at: 1, attempts: 0, retry_at: 0,
    state: 'waiting', refusal: null,
  });
  await new Promise((resolve) => (writing.oncomplete = resolve));
  database.close();
}
"""


# Photographs, say, until not one more kilobyte fits.
FILL_UP = """
async () => {
  const opening = indexedDB.open('photographs', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('all', { autoIncrement: true });
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const add = (bytes) => new Promise((resolve) => {
    const writing = database.transaction('all', 'readwrite');
    writing.objectStore('all').add(crypto.getRandomValues(new Uint8Array(bytes)));
    writing.oncomplete = () => resolve(true);
    writing.onabort = () => resolve(false);
  });
  for (const bytes of [60_000, 6_000, 600]) while (await add(bytes));
}
"""


@pytest.fixture
def open_phone(open_context: Opener) -> Callable[[], BrowserContext]:
    return lambda: open_context(**PHONE, locale="en-GB", timezone_id=HOME)


def change(page: Page, question: str, choice: str) -> None:
    page.get_by_role("button", name="Change").click()
    steps.answer(page, question, choice)
    steps.save(page)


def databases(page: Page) -> list[str]:
    names = page.evaluate("indexedDB.databases().then(found => found.map(one => one.name))")
    return [name for name in names if re.fullmatch(r"charley-[0-9a-f-]{36}", name)]


def test_two_phones_that_change_one_night_offline_lose_no_answer_and_no_cramp(
    open_phone: Callable[[], BrowserContext],
) -> None:
    first, second = open_phone(), open_phone()
    one, other = first.new_page(), second.new_page()
    email = steps.sign_up(one)
    steps.say_cramps(one, 1)
    steps.save(one)
    steps.expect_state(one, "Sent")
    steps.sign_in(other, email, steps.SECRET)
    steps.expect_state(other, "Sent")

    first.set_offline(True)
    second.set_offline(True)
    for page, note, worn in ((one, "from the phone", "By day"), (other, "from the tablet", "In bed that night")):
        page.get_by_role("button", name="Change").click()
        page.get_by_role("button", name="One cramp more").click()
        steps.answer(page, worn, "Worn")
        page.get_by_label("Note").fill(note)
        steps.save(page)
        steps.expect_state(page, "Saved on this phone")
    first.set_offline(False)
    steps.expect_state(one, "Sent")
    second.set_offline(False)
    steps.expect_state(other, "Sent")

    [(night_date, night)] = outages.nights_of(first).items()
    assert len(night["cramps"]) == 3
    assert (night["stockings_day"], night["stockings_night"]) == (True, True)
    # One note only can stand; the history holds both.
    assert night["note"] == "from the tablet"
    revisions = first.request.get(f"/api/nights/{night_date}/history").json()["revisions"]
    assert {revision["new"]["note"] for revision in revisions} == {None, "from the phone", "from the tablet"}
    expect(other.get_by_text("Both entries were put together")).to_be_visible()
    outages.network_returns(one)
    one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(one.get_by_text("3 cramps").first).to_be_visible()


def test_two_tabs_of_one_phone_show_the_same_and_send_once(open_phone: Callable[[], BrowserContext]) -> None:
    context = open_phone()
    first, second = context.new_page(), context.new_page()
    steps.sign_up(first)
    second.goto("/")
    expect(second.get_by_role("heading", name="How was last night?")).to_be_visible()
    context.set_offline(True)
    steps.say_no_cramps(first)
    steps.expect_state(second, "Saved on this phone")
    change(second, "By day", "Worn")
    change(first, "In bed that night", "Worn")
    context.set_offline(False)
    steps.expect_state(first, "Sent")
    steps.expect_state(second, "Sent")
    [(night_date, night)] = outages.nights_of(context).items()
    assert (night["stockings_day"], night["stockings_night"]) == (True, True)
    assert outages.actions_of(context, night_date) == ["recorded"]


def test_one_persons_entries_are_never_shown_or_sent_as_anothers(open_phone: Callable[[], BrowserContext]) -> None:
    context = open_phone()
    page = context.new_page()
    first = steps.sign_up(page, "Rose Miller")
    outages.expire_session(context)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Saved on this phone")

    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="I am new here").click()
    page.get_by_label("Your name").fill("John Doe")
    page.get_by_role("textbox", name="E-mail").fill(steps.new_email())
    page.get_by_role("textbox", name="Password").fill(steps.SECRET)
    page.get_by_role("button", name="Start a diary").click()
    page.get_by_role("link", name="Go to my diary").click()
    expect(page.get_by_role("heading", name="How was last night?")).to_be_visible()
    expect(page.get_by_role("button", name="No cramps")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Saved on this phone")).to_have_count(0)
    steps.go_to_earlier_night(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    assert str(outages.last_night()) not in outages.nights_of(context)

    steps.go_to(page, "Me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Start a diary")).to_be_visible()
    steps.sign_in(page, first, steps.SECRET)
    steps.expect_state(page, "Sent")
    assert list(outages.nights_of(context)) == [str(outages.last_night())]


def test_unsent_entries_block_signing_out_until_they_are_sent_or_saved_as_a_file(
    open_phone: Callable[[], BrowserContext],
) -> None:
    context = open_phone()
    page = outages.open_diary(context)
    with outages.every_write(page, outages.problem(413, "too-large")):
        steps.say_no_cramps(page)
        steps.expect_state(page, "Needs attention")
        steps.go_to_earlier_night(page)
        page.get_by_role("button", name="I had cramps").click()
        page.get_by_label("Note").fill("begun")
        steps.go_to(page, "Me")
        page.get_by_role("button", name="Sign out").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("1 entry is not sent yet")).to_be_visible()
        expect(dialog.get_by_text("is not saved yet")).to_be_visible()
        expect(dialog.get_by_role("button", name="Sign out and remove")).to_have_count(0)
        with page.expect_download() as download:
            dialog.get_by_role("button", name="Save unsent entries as a file").click()
        assert str(outages.last_night()) in download.value.path().read_text()
        dialog.get_by_role("button", name="Sign out and remove").click()
        expect(page.get_by_role("button", name="Start a diary")).to_be_visible()
    assert databases(page) == []


def test_an_entry_saved_in_another_tab_after_the_file_stops_the_sign_out(
    open_phone: Callable[[], BrowserContext],
) -> None:
    context = open_phone()
    page, other = context.new_page(), context.new_page()
    steps.sign_up(page)
    other.goto("/")
    with outages.every_write(page, outages.problem(413, "too-large")):
        outages.expire_session(context)
        steps.say_no_cramps(page)
        steps.expect_state(page, "Saved on this phone")
        steps.go_to(page, "Me")
        page.get_by_role("button", name="Remove the diary from this phone").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("link", name="Sign in again")).to_be_visible()
        with page.expect_download():
            dialog.get_by_role("button", name="Save unsent entries as a file").click()
        expect(dialog.get_by_role("button", name="Remove the diary and")).to_be_visible()
        steps.go_to_earlier_night(other)
        steps.say_no_cramps(other)
        expect(dialog.get_by_text("1 entry is not sent yet")).to_be_visible()
        expect(dialog.get_by_role("button", name="Remove the diary and")).to_have_count(0)


def test_a_database_of_the_first_version_is_upgraded_and_its_entry_sent(
    open_phone: Callable[[], BrowserContext],
) -> None:
    context = open_phone()
    page = context.new_page()
    steps.sign_up(page)
    steps.go_to(page, "Me")
    [name] = databases(page)
    steps.go_to(page, "Today")
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    night = next(iter(outages.nights_of(context).values()))
    date = str(outages.last_night() - DAY)
    # A page of the same origin that does not open the diary.
    page.goto("/healthz")
    page.evaluate(FIRST_VERSION, {"name": name, "night": {**night, "night_date": date, "note": "typed long ago"}})
    page.goto(f"/nights/{date}")
    steps.expect_state(page, "Sent")
    expect(page.get_by_text("typed long ago")).to_be_visible()
    assert outages.nights_of(context)[date]["note"] == "typed long ago"


def test_a_tab_that_another_one_has_outdated_offers_to_open_again(open_phone: Callable[[], BrowserContext]) -> None:
    context = open_phone()
    page, other = context.new_page(), context.new_page()
    steps.sign_up(page)
    other.goto("/healthz")
    steps.say_cramps(page, 1)
    page.get_by_label("Note").fill("being typed")
    [name] = databases(page)
    # What a newer program in another tab does first.
    other.evaluate(
        "(name) => new Promise((resolve) => {"
        "  const opening = indexedDB.open(name, 99);"
        "  opening.onupgradeneeded = () => opening.transaction.abort();"
        "  opening.onerror = resolve;"
        "})",
        name,
    )
    expect(page.get_by_text("A new version of Charley is ready")).to_be_visible()
    page.get_by_role("button", name="Use it now").click()
    expect(page.get_by_label("Note")).to_have_value("being typed")
    steps.save(page)
    steps.expect_state(page, "Sent")


def test_a_full_phone_keeps_what_was_typed_on_the_screen_and_says_so(
    open_phone: Callable[[], BrowserContext], server: Server
) -> None:
    context = open_phone()
    page = context.new_page()
    storage = context.new_cdp_session(page)
    storage.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 3_000_000})
    steps.sign_up(page)
    outages.wait_until_kept(page)
    steps.say_cramps(page, 1)
    page.evaluate(FILL_UP)
    page.get_by_label("Note").fill("typed on a full phone")
    expect(page.get_by_text("This phone has no room left")).to_be_visible()
    steps.save(page)
    expect(page.get_by_role("main").get_by_text("This could not be saved on the phone")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("typed on a full phone")
    storage.send("Storage.overrideQuotaForOrigin", {"origin": server.url})
    steps.save(page)
    steps.expect_state(page, "Sent")
    expect(page.get_by_text("This phone has no room left")).to_have_count(0)
    [night] = outages.nights_of(context).values()
    assert night["note"] == "typed on a full phone"


@pytest.mark.parametrize(
    ("ahead", "state"), [(DAY, "Needs attention"), (-DAY, "Sent")], ids=["ahead by a day", "behind by a day"]
)
def test_a_wrong_clock_is_said_and_no_entry_is_lost(open_context: Opener, ahead: timedelta, state: str) -> None:
    zone = zone_where_it_is(9)
    context = open_context(**PHONE, locale="en-GB", timezone_id=zone)
    page = context.new_page()
    steps.sign_up(page)
    page.clock.set_system_time(datetime.now().astimezone() + ahead)
    page.reload()
    expect(page.get_by_text("The clock of this phone seems to be wrong")).to_be_visible()
    steps.say_no_cramps(page)
    steps.expect_state(page, state)
    if state == "Needs attention":
        expect(page.get_by_text("For the server this night has not begun")).to_be_visible()

    page.clock.set_system_time(datetime.now().astimezone())
    page.goto(f"/nights/{outages.last_night(zone) + ahead}")
    expect(page.get_by_text("The clock of this phone seems to be wrong")).to_have_count(0)
    steps.expect_state(page, state)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    steps.go_to(page, "Today")
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    outages.expect_everything_sent(page)
    assert list(outages.nights_of(context)) == [str(outages.last_night(zone))]


@pytest.mark.parametrize("cure", ["time", "foreground", "start"])
def test_a_server_whose_clock_is_behind_gets_the_night_by_itself_later(
    open_phone: Callable[[], BrowserContext], cure: str
) -> None:
    context = open_phone()
    page = context.new_page()
    page.clock.install()
    steps.sign_up(page)
    with outages.every_write(page, outages.problem(422, "validation", reason="not_begun")):
        steps.say_no_cramps(page)
        steps.expect_state(page, "Needs attention")
        expect(page.get_by_text("Charley tries again by itself")).to_be_visible()
    # By the clock of the server the night has begun meanwhile; nobody presses anything.
    if cure == "time":
        page.clock.fast_forward("05:30")
    elif cure == "foreground":
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    else:
        page.reload()
    steps.expect_state(page, "Sent")
    outages.expect_everything_sent(page)
    assert list(outages.nights_of(context)) == [str(outages.last_night())]
