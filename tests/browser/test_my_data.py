"""The person's own data: a copy of everything, nights from elsewhere, and the end of an account."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import outages, steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, settled, speak
from tests.browser.clocks import HOME
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011


def day(back: int) -> date:
    """Return the date of a night so many nights before the last one."""
    return YESTERDAY - timedelta(days=back)


def choose_files(page: Page, **files: str) -> None:
    page.get_by_label(re.compile("Choose .*file|Elegir .*archivo")).set_input_files(
        [{"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content.encode()} for name, content in files.items()]
    )


def databases(page: Page) -> list[str]:
    names: list[str] = page.evaluate("indexedDB.databases().then(found => found.map(one => one.name))")
    return [name for name in names if re.fullmatch(r"charley-[0-9a-f-]{36}", name)]


def test_me_is_a_list_of_places_and_each_one_leads_back(phone: Page) -> None:
    steps.sign_up(phone)
    steps.go_to(phone, "Me")
    places = phone.locator("a.place")
    expect(places.first).to_be_visible()
    for name in places.locator(".place-name").all_inner_texts():
        place = phone.locator("a.place", has_text=name)
        box = place.bounding_box()
        assert box is not None
        assert box["height"] >= 56
        place.click()
        expect(phone.get_by_role("heading", level=1)).not_to_have_text("Me")
        expect(phone.get_by_role("navigation").get_by_role("link", name="Me", exact=True)).to_be_visible()
        phone.go_back()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Me")


def test_what_is_said_of_oneself_is_kept_as_typed(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/me/profile")
    name = phone.get_by_label("Name")
    name.fill("")
    name.press_sequentially(" Ana María Ruiz ")
    phone.get_by_label("Year of birth").fill("1949")
    phone.get_by_label("Country").select_option("ES")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Saved", exact=True)).to_be_visible()
    me = phone.request.get("/api/me").json()
    assert (me["display_name"], me["birth_year"], me["country"]) == ("Ana María Ruiz", 1949, "ES")


def test_everything_can_be_saved_as_one_file_that_opens(phone: Page) -> None:
    steps.sign_up(phone, "Rose Miller")
    steps.say_no_cramps(phone)
    steps.expect_state(phone, "Sent")
    phone.goto("/me/data")
    with phone.expect_download() as saving:
        phone.get_by_role("button", name="Save a copy of everything").click()
    expect(phone.get_by_text("Your file is saved.")).to_be_visible()
    assert re.fullmatch(r"charley-\d{4}-\d\d-\d\d\.zip", saving.value.suggested_filename)
    with zipfile.ZipFile(saving.value.path()) as archive:
        assert {"README.txt", "nights.csv", "cramps.csv", "datapackage.json", "data.json"} <= set(archive.namelist())
        rows = list(csv.DictReader(io.StringIO(archive.read("nights.csv").decode("utf-8-sig"))))
        data = json.loads(archive.read("data.json"))
    recorded = {row["night_date"]: row["cramps"] for row in rows if row["cramps"]}
    assert recorded == dict.fromkeys(outages.nights_of(phone.context), "0")
    assert data["person"]["display_name"] == "Rose Miller"


def test_a_table_can_be_saved_for_the_persons_spreadsheet(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/me/data")
    phone.get_by_text("Tables for a spreadsheet").click()
    phone.get_by_text("Numbers like 4,5").click()
    with phone.expect_download() as saving:
        phone.get_by_role("button", name="Cramps").click()
    assert saving.value.suggested_filename == "charley-episodes.csv"
    assert saving.value.path().read_text(encoding="utf-8-sig").startswith("patient_id;night_date;")


def test_without_a_connection_a_copy_says_so_and_offers_what_is_unsent(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = outages.open_diary(context)
    outages.go_offline_and_say_no_cramps(page)
    page.goto("/me/data")
    expect(page.get_by_text("1 entry on this phone is not sent yet, and not in this file.")).to_be_visible()
    page.get_by_role("button", name="Save a copy of everything").click()
    expect(page.get_by_text("You need a connection to save a copy.")).to_be_visible()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save unsent entries as a file").click()
    assert len(json.loads(saving.value.path().read_text())["entries"]) == 1


def test_nights_from_a_file_are_shown_first_and_then_added(phone: Page) -> None:
    steps.sign_up(phone)
    steps.say_no_cramps(phone)
    steps.expect_state(phone, "Sent")
    (last,) = outages.nights_of(phone.context)
    phone.goto("/me/data")
    phone.get_by_role("link", name="Bring in nights").click()
    table = f"date,cramps,stockings_day\n{day(3)},2,1\n{day(2)},0,0\n{last},4,\n{day(5)},many,1\n"
    choose_files(phone, diary=table)
    expect(phone.get_by_text("2 nights will be added")).to_be_visible()
    expect(phone.get_by_text("Line 5", exact=True)).to_be_visible()
    expect(phone.get_by_text("“cramps” is not a number.")).to_be_visible()
    expect(phone.get_by_text("1 night is here with other answers. Yours stays.")).to_be_visible()
    phone.get_by_text("Here with other answers: 1").click()
    expect(phone.get_by_text("In the file: 4 cramps")).to_be_visible()
    expect(phone.get_by_text("In your diary: No cramps")).to_be_visible()
    assert list(outages.nights_of(phone.context)) == [last]
    phone.get_by_role("button", name="Add 2 nights").click()
    expect(phone.get_by_role("heading", name="2 nights added")).to_be_visible()
    nights = outages.nights_of(phone.context)
    assert sorted(nights) == sorted({str(day(3)), str(day(2)), last})
    assert nights[last]["cramps"] == []
    phone.goto(f"/nights/{day(3)}")
    expect(phone.get_by_text("2 cramps").first).to_be_visible()
    phone.get_by_text("Earlier versions").click()
    expect(phone.get_by_text("Added from a file", exact=True)).to_be_visible()


def test_while_a_file_is_read_the_page_says_so_and_that_nothing_is_added(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/me/import")
    held: list[Route] = []
    phone.route("**/api/import/preview", lambda route: held.append(route), times=1)
    with phone.expect_request("**/api/import/preview"):
        choose_files(phone, diary=f"date,cramps\n{day(3)},2\n")
    status = phone.get_by_role("main").get_by_role("status")
    expect(status).to_contain_text("Reading your file…")
    expect(status).to_contain_text("Nothing is added yet.")
    expect(phone.get_by_role("button", name=re.compile("Add"))).to_have_count(0)
    held[0].continue_()
    expect(phone.get_by_text("1 night will be added")).to_be_visible()


def test_a_saved_copy_comes_back_into_another_diary(open_context: Callable[..., BrowserContext]) -> None:
    first = open_context(**PHONE, locale="en-GB", timezone_id=HOME).new_page()
    steps.sign_up(first)
    steps.say_cramps(first, 2)
    steps.answer(first, "How long did it last?", "5 min")
    steps.save(first)
    steps.expect_state(first, "Sent")
    first.goto("/me/data")
    with first.expect_download() as saving:
        first.get_by_role("button", name="Save a copy of everything").click()
    second = open_context(**PHONE, locale="es-ES", timezone_id=HOME).new_page()
    second.goto("/")
    second.get_by_label("Su nombre").fill("Rosa")
    second.get_by_role("textbox", name="Correo electrónico").fill(steps.new_email())
    second.get_by_role("textbox", name="Contraseña").fill(steps.SECRET)
    second.get_by_role("button", name="Empezar un diario").click()
    expect(second.get_by_role("navigation")).to_be_visible()
    second.goto("/me/import")
    second.get_by_label("Elegir un archivo").set_input_files(saving.value.path())
    second.get_by_role("button", name="Añadir 1 noche").click()
    expect(second.get_by_role("heading", name="1 noche añadida")).to_be_visible()
    (mine,), (theirs,) = outages.nights_of(first.context).values(), outages.nights_of(second.context).values()
    assert [cramp["duration_min"] for cramp in theirs["cramps"]] == [5, None]
    assert mine["edited_at"] == theirs["edited_at"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("shopping list: milk, bread\n", "The first line of the table must name the columns"),
        ("date,cramps\n2026-11-03,1\n2026-11-02,1,2,3\n", "look at line 3"),
        ("PK\x03\x04 nothing", "This file cannot be read as a table of nights."),
    ],
)
def test_a_file_that_is_no_diary_is_refused_in_words_and_another_can_be_chosen(
    phone: Page, content: str, words: str
) -> None:
    steps.sign_up(phone)
    phone.goto("/me/import")
    choose_files(phone, other=content)
    expect(phone.get_by_role("alert")).to_contain_text(words)
    expect(phone.get_by_text("Choose another file")).to_be_visible()


def test_a_diary_that_changed_meanwhile_is_shown_again_before_anything_is_added(phone: Page) -> None:
    steps.sign_up(phone)
    phone.goto("/me/import")
    choose_files(phone, diary=f"date;cramps\n{day(1)};1\n{day(2)};1\n")
    expect(phone.get_by_role("button", name="Add 2 nights")).to_be_visible()
    headers = steps.token_of(phone.request)
    body = {"cramps": [], "tz": HOME, "edited_at": f"{day(0)}T09:00:00Z"}
    assert phone.request.put(f"/api/nights/{day(1)}", data=body, headers=headers).ok
    phone.get_by_role("button", name="Add 2 nights").click()
    expect(phone.get_by_text("Your diary has changed since.")).to_be_visible()
    expect(phone.get_by_role("button", name="Add 1 night")).to_be_visible()
    assert list(outages.nights_of(phone.context)) == [str(day(1))]


def test_a_deleted_account_is_gone_here_on_other_phones_and_at_sign_in(
    open_context: Callable[..., BrowserContext],
) -> None:
    first = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = first.new_page()
    email = steps.sign_up(page)
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    second = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    other = second.new_page()
    steps.sign_in(other, email, steps.SECRET)
    steps.expect_state(other, "Sent")

    page.goto("/me/delete")
    ask = page.get_by_role("button", name="Delete my account")
    delete = page.get_by_role("button", name="Delete for good")
    password = page.get_by_role("textbox", name="Type your password to agree")
    ask.click()
    delete.click()
    expect(page.get_by_role("alert")).to_have_text("Type your password first.")
    password.fill("a wrong password")
    delete.click()
    expect(page.get_by_role("alert")).to_have_text("This is not your password. Nothing is deleted.")
    assert len(outages.nights_of(page.context)) == 1
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    ask.click()
    password.fill(steps.SECRET)
    delete.click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    assert databases(page) == []
    assert page.request.get("/api/me").status == 401
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="I already have an account").click()
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(steps.SECRET)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()

    other.get_by_role("button", name="Change").click()
    steps.answer(other, "By day", "Worn")
    steps.save(other)
    expect(other.get_by_text("Sign in again to send your entries.")).to_be_visible()
    steps.go_to(other, "Me")
    with other.expect_download() as saving:
        other.get_by_role("button", name="Save unsent entries as a file").click()
    assert len(json.loads(saving.value.path().read_text())["entries"]) == 1


def test_without_a_connection_nothing_is_deleted(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**PHONE, locale="en-GB", timezone_id=HOME)
    page = outages.open_diary(context)
    outages.go_offline_and_say_no_cramps(page)
    page.goto("/me/delete")
    expect(page.get_by_text("1 entry on this phone is not sent yet. It will be deleted too.")).to_be_visible()
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_role("textbox", name="Type your password to agree").fill(steps.SECRET)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("alert")).to_have_text("There was no answer. Check your connection, then try again.")
    assert len(databases(page)) == 1
    context.set_offline(False)
    page.goto("/")
    steps.expect_state(page, "Sent")


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_asked_and_shown_of_ones_data_has_no_barriers(
    open_context: Callable[..., BrowserContext], language: str
) -> None:
    page = open_context(**TALL_PHONE, locale="en-GB", timezone_id=HOME).new_page()
    page.add_init_script(path=AXE)
    steps.sign_up(page)
    speak(page, language)
    page.goto("/me/import")
    choose_files(page, diary=f"date,cramps,rain\n{day(3)},2,1\n{day(2)},x,0\n{day(4)},0,0\n")
    page.get_by_text("rain").wait_for()
    found = barriers(page)
    page.locator(".pinned button").click()
    page.locator(".pinned a").wait_for()
    found += barriers(page)
    page.goto("/me/delete")
    settled(page)
    page.locator("button.danger").click()
    found += barriers(page)
    page.locator("input[name=password]").fill(steps.SECRET)
    page.locator("dialog button.danger").click()
    page.locator("nav").wait_for(state="detached")
    found += barriers(page)
    assert found == []
