"""The database goes away under people's hands, and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import postgres
from tests.browser import steps
from tests.browser.clocks import HOME
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.outages import network_returns
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def database() -> Iterator[postgres.Server]:
    with postgres.server() as running:
        yield running


@pytest.fixture
def server_on_it(database: postgres.Server, tmp_path: Path) -> Iterator[Server]:
    server = Server(
        tmp_path, postgres.free_port(), environ={"DATABASE_URL": database.url, "SECRET_KEY": "a key for tests " * 2}
    )
    server.start(demo=False)
    yield server
    server.stop()


def test_a_night_waits_on_the_phone_while_the_database_is_away_and_pages_still_open(
    browser: Browser, database: postgres.Server, server_on_it: Server
) -> None:
    context = browser.new_context(base_url=server_on_it.url, **PHONE, locale="en-GB", timezone_id=HOME)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    steps.sign_up(page)
    database.stop()
    steps.say_no_cramps(page)
    steps.expect_state(page, "Saved on this phone")
    expect(page.get_by_text("The server could not take your entries just now.")).to_be_visible()
    # A page that no phone keeps.
    desk = context.new_page()
    desk.goto("/clinic/patients/nobody")
    expect(desk.get_by_text("The server had a problem")).to_be_visible()
    database.start()
    network_returns(page)
    expect(page.get_by_text("The server could not take your entries just now.")).to_have_count(0)
    context.close()
    told = [line for line in (server_on_it.instance / "server.log").read_text().splitlines() if "outages" in line]
    # Each of the two web processes says so once, if it met the outage.
    assert 1 <= sum("does not answer" in line for line in told) <= 2
