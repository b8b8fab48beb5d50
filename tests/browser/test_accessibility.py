"""axe finds nothing on any screen: in both schemes, both languages, with text of usual and of double size."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.server import PASSWORD, PATIENT, PHYSICIAN

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


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
# So tall that the bar at the bottom covers nothing: axe would call what is half behind it too small to touch.
TALL_PHONE = PHONE | {"viewport": {"width": 360, "height": 6000}, "device_scale_factor": 1}
# Pixels by which the page, or anything that does not scroll by itself, is wider than the phone.
SURPLUS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # A color on its way to another scheme has a contrast of its own.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))")
    found = page.evaluate(f"axe.run(document, {RULES}).then(result => result.violations)")
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.locator("h1").first.wait_for(state="attached")
    page.wait_for_timeout(100)


def barriers(page: Page) -> list[str]:
    """Return what bars the way on the screen as it is, in each scheme, with text of usual and of double size."""
    settled(page)
    page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
    page.wait_for_load_state("networkidle")
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    found = []
    for scheme, size in product(("light", "dark"), ("", "200%")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        surplus = page.evaluate(SURPLUS)
        names = violations(page) + ([f"{page.url} is {surplus} px too wide"] if surplus > 0 else [])
        found += [f"{scheme} {size or '100%'}: {name}" for name in names]
    return found


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
