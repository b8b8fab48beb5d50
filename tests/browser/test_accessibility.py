"""axe finds nothing on any screen: in both schemes, both languages, and with text of double size."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, settled, violations
from tests.browser.conftest import DESK
from tests.browser.server import PASSWORD, PATIENT, PHYSICIAN

pytestmark = pytest.mark.browser

SCREENS = (
    "/",
    "/nights",
    "/plan",
    "/result",
    "/me",
    "/me/profile",
    "/me/look",
    "/me/passkeys",
    "/me/sharing",
    "/me/reminders",
    "/me/data",
    "/me/import",
    "/me/delete",
    "/cramp",
    "/start",
    *(f"/start/{section}" for section in ("profile", "safety", "health", "stockings", "trial", "reminders", "install")),
)
SIGN_IN = {"en": "I already have an account", "es": "Ya tengo una cuenta"}


def sign_in(page: Page, language: str) -> None:
    page.get_by_role("button", name=SIGN_IN[language]).click()
    page.locator("input[name=email]").fill(PATIENT)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.primary").click()
    page.get_by_role("navigation").wait_for()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_patients_screens_have_no_barriers(open_context: Callable[..., BrowserContext], language: str) -> None:
    page = open_context(**TALL_PHONE, locale=language).new_page()
    page.add_init_script(path=AXE)
    page.goto("/welcome")
    found = barriers(page)
    sign_in(page, language)
    for path in SCREENS:
        page.goto(path)
        found += barriers(page)
        assert urlsplit(page.url).path == path
    page.goto("/")
    settled(page)
    page.get_by_role("main").get_by_role("button").nth(-1).click()
    found += barriers(page)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_physicians_screens_have_no_barriers(
    open_context: Callable[..., BrowserContext], scheme: str, language: str
) -> None:
    page = open_context(**DESK, color_scheme=scheme, locale=language).new_page()
    page.add_init_script(path=AXE)
    page.goto("/clinic/")
    settled(page)
    found = violations(page)
    _sign_in_by_request(page, PHYSICIAN)
    page.request.patch("/api/me", data={"language": language}, headers=steps.token_of(page.request))
    page.goto("/clinic/patients")
    settled(page)
    found += violations(page)
    page.locator("details.overview summary").click()
    page.locator(".chart-overview .points path").first.wait_for()
    settled(page)
    found += violations(page)
    page.get_by_role("row").filter(has_text="Ruth Abernathy").get_by_role("link").first.click()
    page.locator(".changes summary").click()
    page.locator(".changes .chip").last.click()
    page.locator(".changes-table").wait_for()
    settled(page)
    found += violations(page)
    for button in page.locator(".chart-head .choice:last-child .chip:last-child").all():
        button.click()
    page.locator(".nights-table").wait_for()
    found += violations(page)
    page.goto("/clinic/evidence/randomized")
    page.get_by_role("table").first.wait_for()
    settled(page)
    found += violations(page)
    page.request.patch("/api/me", data={"language": "en"}, headers=steps.token_of(page.request))
    assert found == []


def _sign_in_by_request(page: Page, email: str) -> None:
    sent = {"email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/login", data=sent, headers=steps.token_of(page.request)).ok
