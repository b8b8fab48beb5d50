"""A sign that stockings do harm: what the phone then says, on every screen, and what ends it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, speak
from tests.browser.server import PHYSICIAN
from tests.browser.test_first_day import press, title
from tests.browser.test_safety import OFF, exchange, expect_stockings_off, instruction, read_holds, wait_until
from tests.browser.test_safety import context as context
from tests.browser.test_safety import page as page

pytestmark = pytest.mark.browser


def tell(page: Page, *problems: str, cramps: int = 0) -> None:
    """Say how last night was, with trouble from the stockings."""
    if cramps:
        steps.say_cramps(page, cramps)
    else:
        press(page, "No cramps")
    page.get_by_text("More about this night").click()
    for problem in problems:
        page.get_by_role("group", name="Trouble with the stockings").get_by_role("button", name=problem).click()
    steps.save(page)


def said(page: Page) -> str:
    """Return everything a page says, hidden text included."""
    return str(page.evaluate("document.body.textContent"))


def test_a_night_short_of_breath_leaves_one_sentence_about_stockings(page: Page) -> None:
    tell(page, "Short of breath", cramps=3)
    expect(page.get_by_text("If you are short of breath now, call for help at once.")).to_be_visible()
    expect_stockings_off(page)
    expect(page.get_by_text("Nobody watches these pages around the clock.").first).to_be_visible()
    assert "tockings on" not in said(page)
    wait_until(page, lambda: len(read_holds(page)) == 1)
    page.goto("/hold")
    expect(page.get_by_role("button", name="It is gone")).to_have_count(0)
    expect(page.get_by_text("Call your emergency number")).to_be_visible()


def test_a_sign_stands_until_it_is_gone_without_a_connection_too(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    tell(page, "Sore skin")
    expect_stockings_off(page)
    # Neither a correction nor a reload ends it, and it reaches the server though the night no longer says it.
    press(page, "Change")
    page.get_by_text("More about this night").click()
    page.get_by_role("group", name="Trouble with the stockings").get_by_role("button", name="Sore skin").click()
    expect(page.get_by_text("stays, unless this was a mistake")).to_be_visible()
    steps.save(page)
    expect_stockings_off(page)
    page.reload()
    expect_stockings_off(page)
    context.set_offline(False)
    exchange(page)
    wait_until(page, lambda: [sign["code"] for sign in read_holds(page)] == ["skin"])
    assert "no problem" not in said(page)
    for path, text in (("/plan", OFF), ("/cramp", OFF), ("/start/trial", "Your plan is running")):
        page.goto(path)
        expect(page.get_by_text(text).first).to_be_visible()
        assert "tockings on" not in said(page)
    page.goto("/hold")
    press(page, "It is gone")
    expect(page.get_by_text("You chose")).to_be_visible()
    press(page, "Save")
    steps.go_to(page, "Today")
    expect(instruction(page)).to_be_visible()
    expect(page.get_by_text("Take the stockings off")).to_have_count(0)
    wait_until(page, lambda: read_holds(page)[0]["ended"] is not None)


def test_what_was_entered_by_mistake_ends_with_its_correction(page: Page) -> None:
    tell(page, "Numb toes")
    expect_stockings_off(page)
    press(page, "Change")
    page.get_by_text("More about this night").click()
    page.get_by_role("group", name="Trouble with the stockings").get_by_role("button", name="Numb toes").click()
    page.get_by_role("group", name="I entered it by mistake:").get_by_role("button", name="Numb toes").click()
    steps.save(page)
    expect(instruction(page)).to_be_visible()
    wait_until(page, lambda: [sign["ended"] and sign["ended"]["how"] for sign in read_holds(page)] == ["mistake"])


def test_of_two_phones_the_stricter_counts(
    context: BrowserContext, page: Page, open_context: Callable[..., BrowserContext]
) -> None:
    email = page.request.get("/api/me").json()["email"]
    other = open_context(**TALL_PHONE, locale="en-GB", timezone_id="Pacific/Kiritimati").new_page()
    steps.sign_in(other, email, steps.SECRET)
    expect(instruction(other)).to_be_visible()
    tell(page, "Pain")
    expect_stockings_off(page)
    wait_until(page, lambda: len(read_holds(page)) == 1)
    exchange(other)
    expect_stockings_off(other)
    # One phone says that the pain is gone, while the other, without a connection, hears of numb toes.
    other.context.set_offline(True)
    other.get_by_role("button", name="Earlier night").click()
    tell(other, "Numb toes")
    page.goto("/hold")
    press(page, "It is gone")
    press(page, "Save")
    title(page, "Nothing you told speaks against stockings now")
    other.context.set_offline(False)
    exchange(other)
    wait_until(page, lambda: len(read_holds(page)) == 2)
    page.goto("/")
    expect_stockings_off(page)
    expect(page.get_by_text("You told of: Numb toes")).to_be_visible()
    other.goto("/")
    expect_stockings_off(other)


def test_a_physician_reads_every_sign_and_how_it_ended(page: Page, desk: Page) -> None:
    tell(page, "Short of breath", "Pain")
    wait_until(page, lambda: len(read_holds(page)) == 2)
    page.goto("/hold")
    press(page, "It is gone")
    press(page, "Save")
    wait_until(page, lambda: any(sign["ended"] for sign in read_holds(page)))
    steps.sign_in_to_clinic(desk, PHYSICIAN, "a password for the demo")
    code = desk.request.get("/api/me").json()["share_code"]
    steps.post(page, "/api/shares", {"code": code})
    patient = page.request.get("/api/me").json()["id"]
    row = next(row for row in desk.request.get("/api/patients").json()["patients"] if row["id"] == patient)
    assert row["alerts"] == ["red_flag", "stocking_problem"]
    desk.goto(f"/clinic/patients/{patient}")
    alerts = desk.get_by_role("region", name="Before anything else")
    expect(alerts).to_contain_text("Red flag of a night (emergency): breathlessness")
    expect(alerts).to_contain_text("Told to leave the stockings off")
    expect(alerts).to_contain_text("Nobody watches this page around the clock.")
    health = desk.get_by_role("region", name="Health, as the patient told it")
    expect(health).to_contain_text("gone, as the patient said, on")
    expect(health).to_contain_text("stands")


def test_the_page_of_what_ends_it_has_no_barriers(page: Page) -> None:
    tell(page, "Pain", "Short of breath")
    page.set_viewport_size(TALL_PHONE["viewport"])  # type: ignore[arg-type]
    page.add_init_script(path=AXE)
    found = []
    for language in ("en", "es"):
        speak(page, language)
        page.goto("/hold")
        page.locator(".option.asked").first.click()
        expect(page.locator("input[type=date]")).to_be_visible()
        found += barriers(page)
    assert found == []
