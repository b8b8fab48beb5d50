"""Pages of a phone and of a desk, on one server and one browser for all journeys."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.clocks import AWAY, HOME
from tests.browser.server import Server, chromium, running_server

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 800}}
# A busy machine must not fail a test.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every journey a second try, which the summary names: two browsers on two cores meet what no person does."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("instance")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def open_context(browser: Browser, server: Server) -> Iterator[Callable[..., BrowserContext]]:
    """Open contexts that fail the test on a script error, a refused style or script, and a request to elsewhere."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=server.url, accept_downloads=True, **options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", lambda page: _listen(page, server.url, complaints))
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(page: Page, url: str, complaints: list[str]) -> None:
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", lambda message: complaints.extend(_complaint(message)))
    page.on(
        "request",
        lambda request: (
            complaints.append(f"request to {request.url}")
            if not request.url.startswith((url, "data:", "blob:"))
            else None
        ),
    )


def _complaint(message: ConsoleMessage) -> list[str]:
    # A refused or failed request is part of several journeys; what the page makes of it is tested there.
    expected = "Failed to load resource"
    return [f"console: {message.text}"] if message.type == "error" and expected not in message.text else []


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(**PHONE, locale="en-GB", timezone_id=HOME).new_page()


@pytest.fixture
def desk(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(**DESK, locale="en-US", timezone_id=AWAY).new_page()
