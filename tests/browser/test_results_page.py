"""The result a patient reads: every outcome, in both languages and schemes, and with text twice as large."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from backend.accounts import service as accounts
from backend.app import create_app
from backend.config import Settings
from backend.db import db
from backend.demo import CASES
from tests.backend.diaries import diary, keep
from tests.backend.people import Person
from tests.browser import steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, settled, speak, violations
from tests.browser.clocks import AWAY
from tests.browser.conftest import PHONE
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PASSWORD = "a password for everybody"
# Headlines by outcome; the made-up patients of the demo have all but the last. A flag of a diary without a plan is told
# as such.
HEADLINES = {
    "running": ("Your trial is still running", "Su prueba sigue en marcha"),
    "insufficient": ("There was not enough to compare", "No hubo bastantes datos para comparar"),
    "help": ("Stockings seem to help you", "Parece que las medias le ayudan"),
    "help_unplanned": ("Your own diary: fewer cramps with stockings", "Su propio diario: menos calambres con medias"),
    "worse": ("You had more cramps with stockings", "Tuvo más calambres con las medias"),
    "fewer_unclear": ("Fewer cramps with stockings, cause unclear", "Menos calambres con medias, sin causa clara"),
    "no_clear_difference": ("Not clear if stockings make a difference", "No está claro si las medias cambian algo"),
    "more_unclear": ("More cramps with stockings, cause unclear", "Más calambres con medias, sin causa clara"),
}
COUNTED = ("running", "insufficient")


@pytest.fixture(scope="module")
def behind(server: Server) -> Iterator[Flask]:
    """The application on the database of the running server."""
    url = f"sqlite:///{server.instance / 'demo.sqlite3'}"
    app = create_app(Settings(database_url=url, secret_key="a key of the tests " * 2, public_url=server.url))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def patients(behind: Flask) -> dict[str, str]:
    """An e-mail address to sign in with, by outcome."""
    from backend.results.roster import roster_of

    emails = {case.name: f"demo-{number:02}@example.org" for number, case in enumerate(CASES, start=1)}
    with behind.app_context():
        people = [accounts.find_by_email(email) for email in emails.values()]
        rows = roster_of([person for person in people if person])
        found = {row["state"]: emails[row["display_name"]] for row in reversed(rows)}
        found["running"] = emails["Miriam Feldman"]
        found["help"], found["help_unplanned"] = emails["Dorothy Whitfield"], emails["Norma Castillo"]
        # A second try of a journey comes here again, on the same server.
        email = "more-unclear@example.org"
        known = accounts.find_by_email(email)
        more = known or accounts.create_user(email, PASSWORD, "patient", "Ida More")
        found["more_unclear"] = more.email
        db.session.commit()
        for email in found.values():
            accounts.set_password(email, PASSWORD)
    worse = diary(30, number=11, off=0.4, on=2.4, design="before_after", block_nights=14)
    if known is None:
        keep(behind, Person(behind, found["more_unclear"]), worse)
    return found


def open_result(page: Page, email: str) -> None:
    steps.sign_in(page, email, PASSWORD)
    page.goto("/result")
    settled(page)


@pytest.mark.parametrize("state", HEADLINES)
def test_every_outcome_has_a_page_without_barriers(
    open_context: Callable[..., BrowserContext], patients: dict[str, str], state: str
) -> None:
    page = open_context(**TALL_PHONE, locale="en-US", timezone_id=AWAY).new_page()
    page.add_init_script(path=AXE)
    steps.sign_in(page, patients[state], PASSWORD)
    for language, headline in zip(("en", "es"), HEADLINES[state], strict=True):
        speak(page, language)
        page.goto("/result")
        expect(page.get_by_role("heading", level=2, name=headline)).to_be_visible()
        expect(page.locator(".interval-picture")).to_have_count(0 if state in COUNTED else 1)
        assert barriers(page) == []


def test_the_red_flags_and_the_way_to_a_physician_are_one_tap_away(phone: Page, patients: dict[str, str]) -> None:
    open_result(phone, patients["help"])
    phone.get_by_role("main").get_by_role("button", name="Get help").click()
    expect(phone.get_by_role("dialog", name="When to get help")).to_be_visible()
    phone.keyboard.press("Escape")
    phone.get_by_role("link", name="Show it to your physician").click()
    expect(phone.get_by_role("heading", name="Sharing")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_role("heading", name="Stockings seem to help you")).to_be_visible()


def test_without_a_connection_the_last_result_is_shown_as_such(
    open_context: Callable[..., BrowserContext], patients: dict[str, str]
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=AWAY)
    page = context.new_page()
    open_result(page, patients["help"])
    page.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("This is the last result that this phone has seen.")).to_be_visible()
    expect(page.get_by_role("heading", name="Stockings seem to help you")).to_be_visible()


def test_a_new_patient_is_told_what_comes_here(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/result")
    expect(phone.get_by_role("heading", name="No result yet")).to_be_visible()
    settled(phone)
    assert violations(phone) == []
    phone.get_by_role("link", name="Record a night").click()
    expect(phone.get_by_role("heading", name="How was last night?")).to_be_visible()


def test_a_result_never_overrules_the_safety_screen(phone: Page, patients: dict[str, str], behind: Flask) -> None:
    open_result(phone, patients["worse"])
    questions = phone.request.get("/api/screening").json()
    answers = dict.fromkeys(questions["answers"], False) | {"severe_arterial_disease": True}
    body = {"questions_version": questions["questions_version"], "answers": answers, "asked": {}, "red_flags": []}
    assert phone.request.post("/api/screening", data=body, headers=steps.token_of(phone.request)).status == 201
    phone.reload()
    expect(phone.get_by_text("Your safety answers say: no stockings for now.")).to_be_visible()
    expect(phone.get_by_text("Do not wear stockings before you have asked a doctor.")).to_be_visible()
    settled(phone)
    assert violations(phone) == []
