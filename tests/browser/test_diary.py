"""The patient's phone: sign up, log, look back, correct; with and without a connection."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import outages, steps
from tests.browser.barriers import speak
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def test_a_new_patient_logs_a_quiet_night_in_two_taps(phone: Page) -> None:
    steps.sign_up(phone)
    phone.get_by_role("button", name="No cramps").click()
    phone.get_by_role("button", name="Save: no cramps").click()
    steps.expect_state(phone, "Sent")
    [night] = outages.nights_of(phone.context).values()
    assert night["cramps"] == []
    assert night["tz"] == HOME


def test_the_first_page_speaks_the_language_of_the_phone(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(**PHONE, locale="es-MX").new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="¿Cómo pasa las noches?")).to_be_visible()
    page.get_by_role("button", name="Empezar un diario").click()
    expect(page.get_by_label("Su nombre")).to_be_focused()
    expect(page.get_by_label("Su nombre")).to_have_accessible_description("Escriba su nombre.")


def test_whoever_comes_to_a_page_for_the_first_time_is_at_its_heading(phone: Page) -> None:
    steps.sign_up(phone)
    expect(phone.get_by_role("heading", name="How was last night?")).to_be_focused()
    for place, heading in (("Nights", "Nights"), ("Result", "Result"), ("Me", "Me")):
        steps.go_to(phone, place)
        expect(phone.get_by_role("heading", level=1, name=heading)).to_be_focused()
    phone.get_by_role("link", name="Reminders").click()
    expect(phone.get_by_role("heading", level=1, name="Reminders")).to_be_focused()
    phone.go_back()
    expect(phone.get_by_role("heading", level=1, name="Me")).to_be_focused()


def test_a_night_with_cramps_keeps_every_detail_and_what_stood_there_before(phone: Page) -> None:
    steps.sign_up(phone)
    steps.go_to_earlier_night(phone)
    steps.say_cramps(phone, 2)
    steps.answer(phone, "How long did it last?", "5 min")
    steps.answer(phone, "How bad was the pain?", "7")
    steps.answer(phone, "Where?", "Calf")
    steps.answer(phone, "Which leg?", "Left")
    steps.answer(phone, "What eased it?", "Stretching")
    steps.answer(phone, "By day", "Worn")
    steps.answer(phone, "In bed that night", "Not worn")
    steps.answer(phone, "urge to move your legs", "Yes")
    phone.get_by_label("Note").fill("=after a long drive")
    steps.save(phone)
    steps.expect_state(phone, "Sent")
    [(night_date, night)] = outages.nights_of(phone.context).items()
    first, second = night["cramps"]
    assert (first["duration_min"], first["pain_nrs"], first["site"], first["side"]) == (5, 7, "calf", "left")
    assert first["relief"] == ["stretch"]
    assert second["duration_min"] is None
    assert (night["stockings_day"], night["stockings_night"], night["rls_urge"]) == (True, False, True)

    phone.goto(f"/nights/{night_date}")
    phone.get_by_role("button", name="Change").click()
    phone.get_by_role("button", name="One cramp more").click()
    steps.save(phone)
    steps.expect_state(phone, "Sent")
    phone.get_by_text("Earlier versions").click()
    history = phone.get_by_role("main")
    expect(history.get_by_text("Corrected", exact=True)).to_be_visible()
    expect(history.get_by_text("Recorded", exact=True)).to_be_visible()
    assert len(outages.nights_of(phone.context)[night_date]["cramps"]) == 3


def test_the_calendar_tells_cramps_none_and_not_recorded_apart(phone: Page) -> None:
    steps.sign_up(phone)
    steps.say_no_cramps(phone)
    steps.expect_state(phone, "Sent")
    steps.go_to_earlier_night(phone)
    steps.go_to_earlier_night(phone)
    steps.say_cramps(phone, 1)
    steps.save(phone)
    steps.expect_state(phone, "Sent")
    dates = sorted(outages.nights_of(phone.context))
    steps.go_to(phone, "Nights")
    for night, words in ((dates[1], "No cramps"), (dates[0], "1 cramp")):
        phone.goto("/nights")
        steps.turn_to_month_of(phone, date.fromisoformat(night))
        phone.locator(f'a[href="/nights/{night}"]').first.click()
        expect(phone.get_by_role("main").get_by_text(words).first).to_be_visible()


def test_a_night_logged_without_a_connection_survives_and_is_sent_later(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = outages.open_diary(context)
    outages.go_offline_and_say_no_cramps(page)
    page.close()

    reopened = context.new_page()
    reopened.goto("/nights")
    expect(reopened.get_by_role("heading", name="Nights")).to_be_visible()
    reopened.goto("/")
    steps.expect_state(reopened, "Saved on this phone")
    context.set_offline(False)
    steps.expect_state(reopened, "Sent")
    assert len(outages.nights_of(reopened.context)) == 1


def test_a_dead_server_loses_nothing(phone: Page, server: Server) -> None:
    steps.sign_up(phone)
    phone.evaluate("navigator.serviceWorker.ready")
    server.stop()
    try:
        steps.say_no_cramps(phone)
        steps.expect_state(phone, "Saved on this phone")
        phone.reload()
        steps.expect_state(phone, "Saved on this phone")
    finally:
        server.start()
    phone.reload()
    steps.expect_state(phone, "Sent")


def test_two_phones_that_change_the_same_night_lose_nothing(open_context: Callable[..., BrowserContext]) -> None:
    first = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = first.new_page()
    email = steps.sign_up(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    second = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    other = second.new_page()
    steps.sign_in(other, email, steps.SECRET)
    steps.expect_state(other, "Sent")

    first.set_offline(True)
    page.get_by_role("button", name="Change").click()
    steps.answer(page, "By day", "Worn")
    steps.save(page)
    steps.expect_state(page, "Saved on this phone")
    other.get_by_role("button", name="Change").click()
    steps.answer(other, "In bed that night", "Worn")
    steps.save(other)
    steps.expect_state(other, "Sent")
    first.set_offline(False)
    steps.expect_state(page, "Sent")

    [(night_date, night)] = outages.nights_of(page.context).items()
    assert (night["stockings_day"], night["stockings_night"]) == (True, True)
    history = page.request.get(f"/api/nights/{night_date}/history").json()["revisions"]
    assert "refused" in [revision["action"] for revision in history]


def test_signing_out_with_unsent_entries_is_stopped_with_a_way_out(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = outages.open_diary(context)
    outages.go_offline_and_say_no_cramps(page)
    steps.go_to(page, "Me")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    context.set_offline(False)
    page.goto("/")
    steps.expect_state(page, "Sent")
    steps.go_to(page, "Me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name=re.compile("Start a diary|Sign in")).first).to_be_visible()
    names = page.evaluate("indexedDB.databases().then(found => found.map(one => one.name))")
    assert [name for name in names if re.fullmatch(r"charley-[0-9a-f-]{36}", name)] == []


def test_the_app_can_be_installed(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(**PHONE, locale="en-US").new_page()
    page.goto("/")
    described = manifest_of(page)
    assert described["display"] == "standalone"
    assert [shortcut["name"] for shortcut in described["shortcuts"]] == ["Cramp now", "Last night"]
    assert {icon["sizes"] for icon in described["icons"]} >= {"192x192", "512x512"}
    for icon in described["icons"]:
        assert page.request.get(icon["src"]).ok


def test_the_installed_app_speaks_the_language_chosen(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(**PHONE, locale="en-US").new_page()
    page.goto("/")
    english = manifest_of(page)
    speak(page, "es")
    page.reload()
    spanish = manifest_of(page)
    assert [shortcut["name"] for shortcut in spanish["shortcuts"]] == ["Tengo un calambre", "Anoche"]
    told = {"lang", "name", "description", "shortcuts"}
    assert {key: english[key] for key in english.keys() - told} == {key: spanish[key] for key in spanish.keys() - told}
    assert [shortcut["url"] for shortcut in english["shortcuts"]] == [one["url"] for one in spanish["shortcuts"]]


def manifest_of(page: Page) -> dict[str, Any]:
    answer = page.request.get(page.locator('link[rel="manifest"]').get_attribute("href") or "")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    return dict(json.loads(answer.text()))
