"""axe finds nothing on any screen, in both schemes and both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import steps
from tests.browser.conftest import DESK, PHONE
from tests.browser.server import PASSWORD, PATIENT, PHYSICIAN

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {RULES}).then(result => result.violations)")
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_patients_screens_have_no_barriers(
    open_context: Callable[..., BrowserContext], scheme: str, language: str
) -> None:
    page = open_context(**PHONE, color_scheme=scheme, locale=language).new_page()
    page.goto("/welcome")
    settled(page)
    found = violations(page)
    # The diary opens for whoever signed in on this phone: a session of requests alone would show the first page only.
    page.evaluate("localStorage.setItem('charley-language', 'en')")
    steps.sign_in(page, PATIENT, PASSWORD)
    page.evaluate(f"localStorage.setItem('charley-language', '{language}')")
    for path in ("/", "/nights", "/result", "/me", "/me/profile", "/me/look", "/me/sharing"):
        page.goto(path)
        settled(page)
        assert page.evaluate("location.pathname") == path
        found += violations(page)
    page.goto("/")
    settled(page)
    page.get_by_role("main").get_by_role("button").nth(-1).click()
    settled(page)
    found += violations(page)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_physicians_screens_have_no_barriers(
    open_context: Callable[..., BrowserContext], scheme: str, language: str
) -> None:
    page = open_context(**DESK, color_scheme=scheme, locale=language).new_page()
    page.goto("/clinic/")
    settled(page)
    found = violations(page)
    _sign_in_by_request(page, PHYSICIAN)
    page.request.patch("/api/me", data={"language": language}, headers=_token(page))
    page.goto("/clinic/patients")
    settled(page)
    found += violations(page)
    page.locator("details.overview summary").click()
    page.locator(".chart-overview .points path").first.wait_for()
    settled(page)
    found += violations(page)
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    settled(page)
    found += violations(page)
    page.goto("/clinic/evidence")
    page.get_by_role("table").first.wait_for()
    settled(page)
    found += violations(page)
    page.request.patch("/api/me", data={"language": "en"}, headers=_token(page))
    assert found == []


def _token(page: Page) -> dict[str, str]:
    answer = page.request.get("/api/auth/login", headers={"Accept": "application/json"})
    return {"X-CSRF-Token": answer.json()["response"]["csrf_token"]}


def _sign_in_by_request(page: Page, email: str) -> None:
    sent = {"email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/login", data=sent, headers=_token(page)).ok
