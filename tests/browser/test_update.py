"""A new version comes when the person says so, and never in the middle of an entry."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import outages, steps
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.server import Server

pytestmark = pytest.mark.browser


# What a browser says of the content it holds or wants, which here is another than the server's.
OF_OLD_CONTENT = {"Accept-Encoding", "If-None-Match", "If-Modified-Since"}


class Publisher(ThreadingHTTPServer):
    """Stands before the server, and hands out a newer service worker when told to."""

    server_port_behind = 0
    newer = False


class Handler(BaseHTTPRequestHandler):
    """Passes every request on."""

    server: Publisher

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        behind = HTTPConnection("127.0.0.1", self.server.server_port_behind)
        headers = {name: value for name, value in self.headers.items() if name not in OF_OLD_CONTENT}
        behind.request(self.command, self.path, body, headers)
        answer = behind.getresponse()
        content = answer.read()
        behind.close()
        if self.path == "/sw.js" and self.server.newer:
            content = re.sub(rb"charley-(?=[0-9a-f]{12})", b"charley-newer-", content)
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"content-length", "transfer-encoding", "connection", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def publisher(server: Server) -> Iterator[Publisher]:
    made = Publisher(("127.0.0.1", 0), Handler)
    made.server_port_behind = server.port
    thread = Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def context(browser: Browser, publisher: Publisher) -> Iterator[BrowserContext]:
    url = f"http://localhost:{publisher.server_port}"
    context = browser.new_context(base_url=url, **PHONE, locale="en-GB", timezone_id=HOME)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_a_new_version_waits_for_consent_and_keeps_what_is_being_typed(
    context: BrowserContext, publisher: Publisher
) -> None:
    page = context.new_page()
    steps.sign_up(page)
    outages.wait_until_kept(page)
    other = context.new_page()
    other.goto("/nights")
    outages.wait_until_kept(other)
    steps.say_cramps(page, 1)
    page.get_by_label("Note").fill("being typed")

    publisher.newer = True
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="Use it now").wait_for()
    expect(page.get_by_label("Note")).to_have_value("being typed")
    [old] = page.evaluate("caches.keys().then((names) => names.filter((name) => !name.includes('newer')))")

    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    expect(page.get_by_label("Note")).to_have_value("being typed")
    expect(page.get_by_role("button", name="Use it now")).to_have_count(0)
    assert old not in page.evaluate("caches.keys()")
    steps.save(page)
    steps.expect_state(page, "Sent")

    # The other tab still runs the old program, and is asked, too.
    with other.expect_navigation():
        other.get_by_role("button", name="Use it now").click()
    expect(other.get_by_role("heading", name="Nights")).to_be_visible()


def test_who_says_later_goes_on_with_the_old_version(context: BrowserContext, publisher: Publisher) -> None:
    page = context.new_page()
    steps.sign_up(page)
    outages.wait_until_kept(page)
    [old] = page.evaluate("caches.keys()")
    publisher.newer = True
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    offer = page.get_by_role("status").filter(has_text="A new version of Charley is ready")
    offer.get_by_role("button", name="Later").click()
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    assert old in page.evaluate("caches.keys()")
