"""What people do, in their own words."""

import re
import time
from datetime import date
from itertools import count
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

SECRET = "three plain words"
_numbers = count(int(time.time()))


def new_email() -> str:
    return f"patient-{next(_numbers)}@example.org"


def sign_up(page: Page, name: str = "Jane Doe") -> str:
    email = begin_first_day(page, name)
    page.get_by_role("main").get_by_role("link", name="Go to my diary").click()
    expect(page.get_by_role("heading", name=re.compile("How was last night|Is the night over"))).to_be_visible()
    return email


def begin_first_day(page: Page, name: str = "Jane Doe") -> str:
    email = new_email()
    page.goto("/")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(SECRET)
    page.get_by_role("button", name="Start a diary").click()
    expect(page.get_by_role("heading", name="Your first day")).to_be_visible()
    return email


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_role("button", name="I already have an account").click()
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="How was")).to_be_visible()


def sign_out(page: Page) -> None:
    go_to(page, "Me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Start a diary")).to_be_visible()


def sign_in_to_clinic(page: Page, email: str, password: str) -> None:
    page.goto("/clinic/")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Patients")).to_be_visible()


def get_up(page: Page) -> None:
    """Call the night over before its morning."""
    page.get_by_role("button", name="I am up").click()
    expect(page.get_by_role("heading", name="How was last night?")).to_be_visible()


def say_no_cramps(page: Page) -> None:
    page.get_by_role("button", name="No cramps").click()
    save(page)


def say_cramps(page: Page, number: int) -> None:
    page.get_by_role("button", name="I had cramps").click()
    for _ in range(number - 1):
        page.get_by_role("button", name="One cramp more").click()


def answer(page: Page, question: str, choice: str) -> None:
    group(page, question).get_by_text(choice, exact=True).click()


def group(page: Page, question: str) -> Locator:
    return page.get_by_role("group", name=question).or_(page.get_by_role("radiogroup", name=question)).first


def save(page: Page) -> None:
    page.get_by_role("button", name="Save:").click()


def go_to_earlier_night(page: Page) -> None:
    page.get_by_role("button", name="Earlier night").click()


def turn_to_month_of(page: Page, night: date) -> None:
    """Turn the calendar back to a night's month: on the first of a month last night lies in the one before."""
    month = page.get_by_role("heading", level=2, name=re.compile(r"^\w+ \d{4}$"))
    expect(month).to_be_visible()
    while (shown := month.inner_text()) != f"{night:%B %Y}":
        page.get_by_role("button", name="Month before").click()
        expect(month).not_to_have_text(shown)


def look_up(page: Page, code: str) -> None:
    page.get_by_label("Code from your physician").fill(code)
    page.get_by_role("button", name="Look up the code").click()
    expect(page.get_by_role("heading", name="Share your diary with Dr. Elena Park?")).to_be_visible()


def go_to(page: Page, place: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=place, exact=True).click()


def expect_state(page: Page, text: str) -> None:
    expect(page.get_by_role("main").get_by_text(text, exact=True).first).to_be_visible()


def token_of(request: APIRequestContext) -> dict[str, str]:
    """Return the header without which the server takes no write of whoever is signed in."""
    answer = request.get("/api/auth/login", headers={"Accept": "application/json"})
    return {"X-CSRF-Token": answer.json()["response"]["csrf_token"]}


def post(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Tell the server something as another phone of this person would."""
    answer = page.request.post(path, data=body, headers=token_of(page.request))
    assert answer.ok, answer.text()
    return answer.json()
