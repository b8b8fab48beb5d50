"""The restore drill: two phones with sent and unsent entries, a backup put back, and nothing of it lost."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import outages, steps
from tests.browser.clocks import HOME
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.soak.installation import Installation, installed

pytestmark = pytest.mark.browser

# Every night that the phone shows, by date, as JSON.
NIGHTS = """async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /^charley-[0-9a-f-]{36}$/.test(name));
  const database = await asked(indexedDB.open(name));
  const nights = await asked(database.transaction('nights').objectStore('nights').getAll());
  database.close();
  return JSON.stringify(Object.fromEntries(nights.map(({ night_date, night }) => [night_date, night])));
}"""
ROUNDS = 5


@dataclass
class Copies:
    """How a copy of the database is made and put back; both are done while the server is stopped, if by hand."""

    make: Callable[[Installation], None]
    put_back: Callable[[Installation], None]


def back_up(place: Installation) -> None:
    place.charley("backup", str(place.folder / "drill.charley"))


def restore(place: Installation) -> None:
    place.stop()
    place.charley("restore", str(place.folder / "drill.charley"))
    place.start()


def copy_by_hand(place: Installation) -> None:
    place.stop()
    if place.database is None:
        shutil.copy(place.folder / "charley.sqlite3", place.folder / "copy.sqlite3")
    else:
        _on_postgres(place, "CREATE DATABASE by_hand TEMPLATE postgres")
    place.start()


def put_back_by_hand(place: Installation) -> None:
    place.stop()
    if place.database is None:
        shutil.copy(place.folder / "copy.sqlite3", place.folder / "charley.sqlite3")
    else:
        _on_postgres(place, "ALTER DATABASE postgres RENAME TO spoiled", "ALTER DATABASE by_hand RENAME TO postgres")
    place.start()


def _on_postgres(place: Installation, *statements: str) -> None:
    assert place.database
    address = place.database.address.set(database="template1").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


WAYS = {"by command": Copies(back_up, restore), "by hand": Copies(copy_by_hand, put_back_by_hand)}


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installed(request.param, tmp_path / "instance") as running:
        yield running


@contextmanager
def phone_of(browser: Browser, place: Installation) -> Iterator[BrowserContext]:
    address = f"http://localhost:{place.port}"
    context = browser.new_context(base_url=address, **PHONE, locale="en-GB", timezone_id=HOME)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def change(page: Page, question: str, field: str) -> None:
    """Say that stockings were worn, and wait until the phone has written it down."""
    page.get_by_role("button", name="Change").click()
    steps.answer(page, question, "Worn")
    steps.save(page)
    while not shown_on(page)[str(outages.last_night())][field]:
        page.wait_for_timeout(50)


def sign_in_again(page: Page, email: str) -> None:
    """Sign in where the app asks for it; a database put back by hand knows its sign-ins."""
    page.goto("/")
    page.reload()
    if page.request.get("/api/me").status == 401:
        page.get_by_role("link", name="Sign in").click()
        page.get_by_role("textbox", name="Password").fill(steps.SECRET)
        page.get_by_role("button", name="Sign in", exact=True).click()
    outages.expect_everything_sent(page)


def shown_on(page: Page) -> dict[str, Any]:
    nights: dict[str, Any] = json.loads(page.evaluate(NIGHTS))
    return nights


@pytest.mark.parametrize("way", WAYS)
def test_after_a_restore_phones_and_server_are_equal_and_nothing_is_missing(
    browser: Browser, place: Installation, way: str
) -> None:
    copies = WAYS[way]
    last = outages.last_night()
    with phone_of(browser, place) as mine, phone_of(browser, place) as tablets, phone_of(browser, place) as others:
        one, other, leaving = outages.open_diary(mine), tablets.new_page(), others.new_page()
        one.goto("/")
        steps.say_cramps(one, 1)
        one.get_by_label("Note").fill("before the backup")
        steps.save(one)
        steps.expect_state(one, "Sent")
        email = one.request.get("/api/me").json()["email"]
        steps.sign_in(other, email, steps.SECRET)
        steps.expect_state(other, "Sent")
        outages.wait_until_kept(other)
        goner = steps.sign_up(leaving, "Somebody Else")
        copies.make(place)

        # Since the backup: sent from one phone, unsent on both, and an account that is deleted.
        change(one, "In bed that night", "stockings_night")
        steps.expect_state(one, "Sent")
        one.goto(f"/nights/{_before(last, 1)}")
        steps.say_no_cramps(one)
        steps.expect_state(one, "Sent")
        tablets.set_offline(True)
        other.goto("/")
        change(other, "By day", "stockings_day")
        other.goto(f"/nights/{_before(last, 2)}")
        steps.say_no_cramps(other)
        steps.expect_state(other, "Saved on this phone")
        mine.set_offline(True)
        one.goto(f"/nights/{_before(last, 3)}")
        steps.say_no_cramps(one)
        steps.expect_state(one, "Saved on this phone")
        token = steps.token_of(leaving.request)
        assert leaving.request.delete("/api/me", data={"password": steps.SECRET}, headers=token).status == 204

        copies.put_back(place)
        mine.set_offline(False)
        tablets.set_offline(False)
        for _ in range(ROUNDS):
            for page in (one, other):
                sign_in_again(page, email)
        stored = outages.nights_of(mine)
        assert set(stored) == {str(_before(last, days)) for days in range(4)}
        assert shown_on(one) == shown_on(other) == stored
        assert (stored[str(last)]["stockings_night"], stored[str(last)]["stockings_day"]) == (True, True)
        history = one.request.get(f"/api/nights/{last}/history").json()["revisions"]
        told = [(each["new"]["stockings_day"], each["new"]["stockings_night"]) for each in history]
        assert {(None, None), (None, True), (True, None), (True, True)} <= set(told), told
        answer = leaving.request.post(
            "/api/auth/login",
            data={"email": goner, "password": steps.SECRET},
            headers=steps.token_of(leaving.request),
        )
        assert answer.status == 400
        assert place.charley("check").stdout == "sound\n"


def _before(last: date, days: int) -> date:
    return last - timedelta(days=days)
