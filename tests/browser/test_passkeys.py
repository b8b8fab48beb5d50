"""Signing in with the phone's own lock, by a virtual authenticator in Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = pytest.mark.browser

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Lock:
    """The lock of a phone: whose finger it meets is ours to say."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})["authenticatorId"]

    def meets_owner(self, owner: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": owner})


@pytest.fixture
def lock(phone: Page) -> Iterator[Lock]:
    phone.goto("/welcome")
    made = Lock(phone)
    yield made
    made.session.detach()


def make_passkey(page: Page, password: str = steps.SECRET) -> None:
    page.goto("/me/passkeys")
    page.get_by_role("textbox", name="Your password, once more").fill(password)
    page.get_by_role("button", name="Set up on this phone").click()


def sign_out(page: Page) -> None:
    steps.go_to(page, "Me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Start a diary")).to_be_visible()


def enter_with_passkey(page: Page) -> None:
    page.goto("/welcome")
    if page.get_by_role("button", name="I already have an account").is_visible():
        page.get_by_role("button", name="I already have an account").click()
    page.get_by_role("button", name="Use fingerprint, face or phone code").click()


def test_a_person_signs_in_with_the_lock_of_the_phone(phone: Page, lock: Lock) -> None:
    steps.sign_up(phone)
    make_passkey(phone)
    expect(phone.get_by_text("Next time you can open Charley without the password.")).to_be_visible()
    expect(phone.get_by_text("My phone", exact=True)).to_be_visible()
    sign_out(phone)
    enter_with_passkey(phone)
    expect(phone.get_by_role("heading", name="How was last night?")).to_be_visible()


def test_a_passkey_is_made_and_removed_only_with_the_password(phone: Page, lock: Lock) -> None:
    steps.sign_up(phone)
    make_passkey(phone, "somebody else's guess")
    expect(phone.get_by_text("This is not your password.")).to_be_visible()
    make_passkey(phone)
    phone.get_by_role("button", name="Remove My phone").click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Your password, once more").fill(steps.SECRET)
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(phone.get_by_text("Removed.")).to_be_visible()
    sign_out(phone)
    enter_with_passkey(phone)
    expect(phone.get_by_text("This phone is not known here yet. Use your password.")).to_be_visible()


def test_somebody_elses_finger_opens_nothing(phone: Page, lock: Lock) -> None:
    steps.sign_up(phone)
    make_passkey(phone)
    expect(phone.get_by_text("My phone", exact=True)).to_be_visible()
    sign_out(phone)
    lock.meets_owner(False)
    enter_with_passkey(phone)
    expect(phone.get_by_text("Nothing was unlocked. Try again, or use your password.")).to_be_visible()
    assert phone.request.get("/api/me").status == 401
