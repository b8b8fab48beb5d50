"""Sharing with a physician: by code or by the QR code's link, with a consent that is read first, and an end to it."""

import re
from collections.abc import Callable

import pytest
import segno
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.barriers import settled, violations
from tests.browser.clocks import HOME
from tests.browser.conftest import DESK, PHONE
from tests.browser.server import PASSWORD, PHYSICIAN, Server

pytestmark = pytest.mark.browser


@pytest.fixture
def physician(open_context: Callable[..., BrowserContext]) -> Page:
    page = open_context(**DESK, timezone_id=HOME).new_page()
    steps.sign_in_to_clinic(page, PHYSICIAN, PASSWORD)
    return page


def code_of(physician: Page) -> str:
    code: str = physician.request.get("/api/me").json()["share_code"]
    return code


def shares(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.request.get("/api/shares").json()["shares"]
    return found


def agree(page: Page) -> None:
    page.get_by_role("button", name="I agree: share with Dr. Elena Park").click()
    expect(page.get_by_text("Dr. Elena Park can now see your diary.")).to_be_visible()


def test_a_patient_reads_who_and_what_before_anything_is_shared(phone: Page, physician: Page) -> None:
    steps.sign_up(phone)
    steps.go_to(phone, "Me")
    phone.get_by_role("link", name="Sharing").click()
    expect(phone.get_by_text("Only you can see your diary.")).to_be_visible()
    steps.look_up(phone, code_of(physician).lower().replace("-", " "))
    expect(phone.get_by_role("listitem").filter(has_text="my answers about my health")).to_be_visible()
    settled(phone)
    assert violations(phone) == []
    phone.get_by_role("button", name="Do not share").click()
    expect(phone.get_by_text("Nothing was shared.")).to_be_visible()
    assert shares(phone) == []


def test_a_mistyped_code_is_told_beside_the_code(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/me/sharing")
    code = phone.get_by_label("Code from your physician")
    code.fill("ABCD-EFGH")
    phone.get_by_role("button", name="Look up the code").click()
    problem = phone.get_by_role("alert").filter(has_text="This code has a typing mistake.")
    expect(problem).to_be_in_viewport(ratio=1)
    expect(code).to_have_attribute("aria-invalid", "true")
    expect(code).to_have_value("ABCD-EFGH")


def test_a_patient_sees_who_looked_and_ends_it_at_once(phone: Page, physician: Page) -> None:
    steps.sign_up(phone, "Marta Looked-at")
    phone.goto("/me/sharing")
    steps.look_up(phone, code_of(physician))
    agree(phone)
    steps.go_to(phone, "Me")
    expect(phone.get_by_role("link", name="Sharing Shared with 1 physician")).to_be_visible()
    patient_id = phone.request.get("/api/me").json()["id"]
    for view in ("result", "nights", "nights", "nights.csv"):
        assert physician.request.get(f"/api/patients/{patient_id}/{view}").ok

    phone.goto("/me/sharing")
    phone.get_by_text("Who looked at what").click()
    log = phone.locator(".looks li")
    expect(log.filter(has_text="Dr. Elena Park looked at your nights")).to_have_count(1)
    expect(log.filter(has_text="Dr. Elena Park saved a file of your nights")).to_have_count(1)
    settled(phone)
    assert violations(phone) == []

    phone.get_by_role("button", name="Stop sharing").click()
    phone.get_by_role("dialog").get_by_role("button", name="Stop sharing").click()
    expect(phone.get_by_text("Dr. Elena Park can no longer see your diary.")).to_be_visible()
    expect(phone.get_by_text("No longer shared")).to_be_visible()
    assert physician.request.get(f"/api/patients/{patient_id}/nights").status == 404


def test_a_link_opened_before_sign_up_is_kept_until_the_person_decides(phone: Page, physician: Page) -> None:
    phone.goto(f"/#share={code_of(physician)}")
    expect(phone.get_by_text("Then you can share it with your physician.")).to_be_visible()
    assert "share" not in phone.url
    phone.get_by_label("Your name").fill("Jane Invited")
    phone.get_by_role("textbox", name="E-mail").fill(steps.new_email())
    phone.get_by_role("textbox", name="Password").fill(steps.SECRET)
    phone.get_by_role("button", name="Start a diary").click()
    expect(phone.get_by_role("navigation", name="Places")).to_be_visible()

    # Whatever comes first on the first day, and however often it is interrupted.
    phone.context.new_page().goto("/")
    phone.goto("/")
    phone.get_by_role("link", name="Read and decide").click()
    expect(phone.get_by_role("heading", name="Share your diary with Dr. Elena Park?")).to_be_visible()
    agree(phone)
    assert [share["physician_name"] for share in shares(phone)] == ["Dr. Elena Park"]
    steps.go_to(phone, "Today")
    expect(phone.get_by_role("heading", name="How was last night?")).to_be_visible()
    expect(phone.get_by_role("link", name="Read and decide")).to_have_count(0)


def test_an_invitation_leads_through_the_first_day_and_ends_in_the_grant(phone: Page, physician: Page) -> None:
    physician.goto("/clinic/share")
    invitation = physician.locator(".invitation").inner_text()
    assert invitation.startswith("Dr. Elena Park invites you")
    (way,) = re.findall(r"http://[^/]+(/\S+)", invitation)
    phone.goto(way)
    phone.get_by_label("Your name").fill("Jane Invited")
    phone.get_by_role("textbox", name="E-mail").fill(steps.new_email())
    phone.get_by_role("textbox", name="Password").fill(steps.SECRET)
    phone.get_by_role("button", name="Start a diary").click()
    phone.get_by_role("link", name="Begin").click()
    for step in range(1, 8):
        expect(phone.get_by_text(f"Step {step} of 7")).to_be_visible()
        phone.get_by_role("button", name="Skip for now").click()
    phone.get_by_role("link", name="Share with my physician").click()
    expect(phone.get_by_role("heading", name="Share your diary with Dr. Elena Park?")).to_be_visible()
    agree(phone)
    assert [share["physician_name"] for share in shares(phone)] == ["Dr. Elena Park"]


def test_a_new_code_ends_the_old_one_and_its_pictures_but_no_share(phone: Page, physician: Page) -> None:
    steps.sign_up(phone)
    old = code_of(physician)
    phone.goto("about:blank")
    phone.goto(f"/#share={old}")
    agree(phone)
    physician.goto("/clinic/share")
    expect(physician.get_by_role("img", name=re.compile(old))).to_have_js_property("complete", value=True)
    before = painted_modules(physician)
    physician.get_by_text("New code").click()
    physician.get_by_role("button", name="Change the code").click()
    expect(physician.get_by_text("The new code is")).to_be_visible()
    new = code_of(physician)
    assert new != old
    expect(physician.locator(".share-link")).to_have_text(re.compile(f"#share={new}$"))
    expect(physician.get_by_role("img", name=re.compile(new))).to_have_js_property("complete", value=True)
    assert painted_modules(physician) != before
    assert phone.request.get(f"/api/physicians/{old}").status == 404
    assert [share["revoked_at"] for share in shares(phone)] == [None]
    settled(physician)
    assert violations(physician) == []


def test_a_link_opened_in_a_running_diary_asks_at_once(phone: Page, physician: Page) -> None:
    steps.sign_up(phone)
    code = code_of(physician)
    phone.goto("about:blank")
    phone.goto(f"/#share={code}")
    expect(phone.get_by_role("heading", name="Share your diary with Dr. Elena Park?")).to_be_visible()
    phone.go_back()
    assert shares(phone) == []


def test_without_a_connection_the_code_is_kept_and_the_page_says_so(
    open_context: Callable[..., BrowserContext], physician: Page
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = context.new_page()
    steps.sign_up(page)
    page.evaluate("navigator.serviceWorker.ready")
    code = code_of(physician)
    context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"/#share={code}")
    expect(page.get_by_text("The code is kept on this phone.")).to_be_visible()
    page.get_by_text("Who looked at what").click()
    expect(page.get_by_text("This list is on the server.")).to_be_visible()
    context.set_offline(False)
    page.reload()
    expect(page.get_by_role("heading", name="Share your diary with Dr. Elena Park?")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("ABCD-EFGH", "This code has a typing mistake."), ("2222-2222", "No physician has this code.")],
)
def test_a_code_that_leads_nowhere_says_why(phone: Page, typed: str, answer: str) -> None:
    steps.sign_up(phone)
    phone.goto("/me/sharing")
    phone.get_by_label("Code from your physician").fill(typed)
    phone.get_by_role("button", name="Look up the code").click()
    expect(phone.get_by_text(answer)).to_be_visible()
    expect(phone.get_by_label("Code from your physician")).to_have_value(typed)


def test_the_clinic_shows_a_sheet_whose_picture_is_the_code_of_its_link(physician: Page, server: Server) -> None:
    physician.get_by_role("link", name="QR code").click()
    expect(physician.get_by_role("heading", name="For your patients")).to_be_visible()
    picture = physician.get_by_role("img", name=re.compile("QR code with the link"))
    expect(picture).to_have_js_property("complete", value=True)
    link = physician.locator(".share-link").inner_text()
    assert link.endswith(f":{server.port}/#share={code_of(physician)}")
    assert painted_modules(physician) == [
        [bool(on) for on in row] for row in segno.make(link, error="m", micro=False).matrix_iter(border=4)
    ]
    settled(physician)
    assert violations(physician) == []


def painted_modules(page: Page) -> list[list[bool]]:
    """Return which modules of the QR code the browser has painted black, the blank margin included."""
    painted: list[list[bool]] = page.evaluate(
        """() => {
            const picture = document.querySelector('img.qr');
            const side = 4 * 200;
            const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
            const paper = canvas.getContext('2d');
            paper.drawImage(picture, 0, 0, side, side);
            const pixels = paper.getImageData(0, 0, side, side).data;
            const dark = (x, y) => pixels[4 * (Math.floor(y) * side + Math.floor(x))] < 128;
            // The margin is four modules wide, and a finder pattern begins with seven black ones.
            const row = Array.from({ length: side }, (_, x) => x);
            const left = row.find((at) => row.some((y) => dark(at, y)));
            const count = Math.round(4 * side / left);
            const step = side / count;
            const middle = Array.from({ length: count }, (_, n) => (n + 0.5) * step);
            return middle.map((y) => middle.map((x) => dark(x, y)));
        }"""
    )
    return painted
