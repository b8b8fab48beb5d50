"""The morning, the plan and looking back: how fast, how kind, and what a glance tells."""

import re
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import steps
from tests.browser.barriers import AXE, TALL_PHONE, barriers, settled, speak, violations
from tests.browser.clocks import AWAY, HOME, zone_where_it_is
from tests.browser.conftest import PHONE
from tests.browser.outages import actions_of, expect_everything_sent, nights_of
from tests.browser.server import PASSWORD, PATIENT

pytestmark = pytest.mark.browser

# A person of 70 who looks for a moment before every tap.
THINKING_S = 1.5


class SlowHand:
    """Taps as a person does, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.began = time.monotonic()

    def tap(self, target: Locator) -> None:
        expect(target).to_be_visible()
        time.sleep(THINKING_S)
        target.tap()
        self.taps += 1

    def seconds_until_saved(self) -> float:
        expect(self.page.get_by_role("main").get_by_text(re.compile("^(Saved on this phone|Sent)$"))).to_be_visible()
        return time.monotonic() - self.began


@pytest.fixture
def morning(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A phone somewhere where it is past seven in the morning, with a diary that was closed again."""
    context = open_context(**PHONE, locale="en-GB", timezone_id=zone_where_it_is(7))
    page = context.new_page()
    steps.sign_up(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.close()
    return context


def open_cold(context: BrowserContext) -> SlowHand:
    page = context.new_page()
    hand = SlowHand(page)
    page.goto("/")
    return hand


def report(what: str, hand: SlowHand, seconds: float) -> None:
    sys.stdout.write(f"\n{what}: {hand.taps} taps, {seconds:.1f} s from opening the app to the saved night\n")


def last_night(page: Page) -> date:
    told = page.evaluate("new Intl.DateTimeFormat('en-CA').format(new Date())")
    return date.fromisoformat(told) - timedelta(days=1)


def put_night(page: Page, night_date: date, **answers: Any) -> None:
    edited = f"{night_date + timedelta(days=1)}T09:00:00Z"
    night = {"night_date": str(night_date), "cramps": [], "tz": HOME, "edited_at": edited, **answers}
    answer = page.request.put(f"/api/nights/{night_date}", data=night, headers=steps.token_of(page.request))
    assert answer.ok, answer.text()


def test_a_night_without_cramps_takes_two_slow_taps_and_less_than_ten_seconds(morning: BrowserContext) -> None:
    hand = open_cold(morning)
    hand.tap(hand.page.get_by_role("button", name="No cramps"))
    hand.tap(hand.page.get_by_role("button", name="Save: no cramps"))
    seconds = hand.seconds_until_saved()
    report("no cramps", hand, seconds)
    assert hand.taps == 2
    assert seconds < 10


def test_two_cramps_with_their_durations_take_less_than_thirty_seconds(morning: BrowserContext) -> None:
    hand = open_cold(morning)
    page = hand.page
    hand.tap(page.get_by_role("button", name="I had cramps"))
    hand.tap(page.get_by_role("button", name="One cramp more"))
    hand.tap(steps.group(page, "How long did it last?").get_by_text("5 min", exact=True))
    hand.tap(page.get_by_text("Cramp 2"))
    hand.tap(page.get_by_role("group", name="How long did it last?").last.get_by_text("2 min", exact=True))
    hand.tap(page.get_by_role("button", name="Save: 2 cramps"))
    seconds = hand.seconds_until_saved()
    report("two cramps", hand, seconds)
    assert seconds < 30
    steps.expect_state(page, "Sent")
    [night] = page.request.get("/api/nights").json()["nights"]
    assert [cramp["duration_min"] for cramp in night["cramps"]] == [5, 2]


def test_a_missed_night_is_offered_by_its_name_and_may_be_left(morning: BrowserContext) -> None:
    page = open_cold(morning).page
    last = last_night(page)
    put_night(page, last - timedelta(days=4))
    page.reload()
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    missed = [
        page.get_by_role("group", name=f"{last - timedelta(days=back):%A} night is not recorded.") for back in (1, 2, 3)
    ]
    for offer in missed:
        expect(offer).to_be_visible()
    missed[1].get_by_role("button", name="Leave it").click()
    expect(missed[1]).to_be_hidden()
    page.reload()
    expect(missed[0]).to_be_visible()
    expect(missed[1]).to_be_hidden()
    missed[0].get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="How was this night?")).to_be_visible()
    steps.say_no_cramps(page)
    steps.expect_state(page, "Sent")
    dates = {night["night_date"] for night in page.request.get("/api/nights").json()["nights"]}
    assert dates == {str(last - timedelta(days=back)) for back in (0, 1, 4)}


@pytest.mark.parametrize(("nights", "said"), [(2, "stockings not answered"), (3, "stockings worn by day")])
def test_stockings_are_expected_only_from_a_habit_and_said_before_saving(
    morning: BrowserContext, nights: int, said: str
) -> None:
    page = open_cold(morning).page
    for back in range(1, nights + 1):
        put_night(page, last_night(page) - timedelta(days=back), stockings_day=True, stockings_night=False)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="No cramps").click()
    expect(page.get_by_role("button", name=f"Save: no cramps, {said}")).to_be_visible()


def test_the_plan_is_on_the_phone_without_a_connection(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(**PHONE, locale="en-US", timezone_id=AWAY)
    page = context.new_page()
    steps.sign_in(page, PATIENT, PASSWORD)
    plan = page.get_by_role("region", name="Your plan")
    expect(plan.get_by_text(re.compile("^(Stockings on|No stockings)"))).to_be_visible()
    expect(plan.get_by_role("listitem")).to_have_count(7)
    page.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)
    page.reload()
    expect(plan.get_by_role("listitem")).to_have_count(7)
    plan.get_by_role("link", name="The whole plan").click()
    expect(page.get_by_role("heading", name="The plan")).to_be_visible()
    [trial] = [trial for trial in page.request.get("/api/trials").json()["trials"] if trial["active"]]
    days = page.locator(".plan-month .day:not(.day-future)")
    expect(days).to_have_count(trial["planned_nights"])
    expect(days.filter(has_text="stockings on")).to_have_count(trial["planned_nights"] // 2)
    expect(page.get_by_text(trial["seed"], exact=True)).to_be_visible()
    expect(page.get_by_text("Nothing redraws it.")).to_be_visible()


def begin_trial(page: Page) -> dict[str, Any]:
    asked = page.request.get("/api/screening").json()
    answers = dict.fromkeys(asked["missing"], False)
    screening = {"questions_version": asked["questions_version"], "answers": answers, "asked": {}}
    steps.post(page, "/api/screening", screening | {"red_flags": []})
    start = str(last_night(page) + timedelta(days=2))
    plan = {
        "design": "pairs",
        "pairs": 12,
        "block_nights": 3,
        "looks": [6, 9, 12],
        "exposure": "day",
        "start_date": start,
    }
    trial = steps.post(page, "/api/trials", plan | {"expectation": 5})
    return dict(trial)


def test_a_trial_is_stopped_with_a_reason_and_says_what_happens_then(morning: BrowserContext) -> None:
    page = open_cold(morning).page
    trial = begin_trial(page)
    page.reload()
    expect(page.get_by_text("Your trial starts on")).to_be_visible()
    page.goto("/plan")
    expect(page.get_by_text("First possible answer on")).to_be_visible()
    page.get_by_role("button", name="Stop the trial early").click()
    dialog = page.get_by_role("dialog")
    # Before its first night it leaves nothing to compare.
    expect(dialog.get_by_text("It has not begun, so there is nothing to compare.")).to_be_visible()
    dialog.get_by_role("button", name="Stop it").click()
    expect(dialog.get_by_text("Choose a reason, or write one.")).to_be_visible()
    dialog.get_by_role("button", name="The stockings hurt or cause trouble").click()
    expect(dialog.get_by_text("Take the stockings off, and ask your doctor")).to_be_visible()
    dialog.get_by_label("In your own words").fill("blisters")
    dialog.get_by_role("button", name="Stop it").click()
    expect(page.get_by_text("You stopped this trial. Nothing more is planned.")).to_be_visible()
    expect(page.get_by_text("The stockings hurt or cause trouble: blisters")).to_be_visible()
    [stored] = page.request.get("/api/trials").json()["trials"]
    assert (stored["id"], stored["stop_reason"]) == (trial["id"], "The stockings hurt or cause trouble: blisters")
    page.goto("/")
    expect(page.get_by_text("You stopped the trial. Nothing is planned for tonight.")).to_be_visible()


def test_an_old_night_is_added_late_and_corrected_with_every_version_in_sight(morning: BrowserContext) -> None:
    page = open_cold(morning).page
    night = last_night(page) - timedelta(days=3)
    page.goto(f"/nights/{night}")
    expect(page.get_by_role("main").get_by_text("Not recorded", exact=True)).to_be_visible()
    steps.say_cramps(page, 2)
    steps.save(page)
    steps.expect_state(page, "Sent")
    page.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="One cramp fewer").click()
    steps.save(page)
    steps.expect_state(page, "Sent")
    page.get_by_text("Earlier versions").click()
    versions = page.locator(".versions > li")
    expect(versions).to_have_count(2)
    before, after = versions.first.locator("dd").all()
    expect(versions.first.locator("dt")).to_have_text(["Before", "After"])
    expect(before.get_by_role("listitem").first).to_have_text("2 cramps")
    expect(after.get_by_role("listitem").first).to_have_text("1 cramp")
    expect(versions.first).to_contain_text("You,")
    expect(versions.last).to_contain_text("Recorded more than a day later")


def test_the_advice_of_a_night_stays_with_it(morning: BrowserContext) -> None:
    page = open_cold(morning).page
    steps.say_cramps(page, 1)
    page.get_by_label("Minutes", exact=True).fill("11")
    page.get_by_text("More about this night").click()
    steps.answer(page, "Trouble with the stockings", "Short of breath")
    advice = (
        "If you are short of breath now, call for help at once.",
        "More than 10 minutes is long for a cramp.",
        "Take the stockings off, and ask your doctor",
    )
    for line in advice:
        expect(page.get_by_text(line)).to_be_visible()
    steps.save(page)
    expect(page.locator(".summary")).to_be_visible()
    for line in advice:
        expect(page.get_by_text(line)).to_be_visible()
    expect(page.get_by_text("Call your emergency number: 112 or 911")).to_be_visible()
    settled(page)
    assert violations(page) == []
    page.get_by_role("button", name="When to get help").click()
    expect(page.get_by_role("dialog", name="When to get help")).to_be_visible()
    morning.set_offline(True)
    page.goto(f"/nights/{last_night(page)}")
    for line in advice:
        expect(page.get_by_text(line)).to_be_visible()


def test_the_way_out_of_a_trial_has_no_barriers(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(**TALL_PHONE, locale="en-GB", timezone_id=AWAY).new_page()
    page.add_init_script(path=AXE)
    steps.sign_in(page, PATIENT, PASSWORD)
    for language, stop in (("en", "Stop the trial"), ("es", "Interrumpir")):
        speak(page, language)
        page.goto("/plan")
        page.get_by_role("button", name=re.compile(stop)).click()
        assert barriers(page) == []


def test_a_deleted_night_is_put_back_from_its_versions_on_both_phones(
    open_context: Callable[..., BrowserContext],
) -> None:
    zone = zone_where_it_is(9)
    here = open_context(**PHONE, locale="en-GB", timezone_id=zone)
    page = here.new_page()
    email = steps.sign_up(page)
    steps.say_cramps(page, 2)
    steps.answer(page, "What eased it?", "Walking")
    steps.save(page)
    expect_everything_sent(page)
    [(night, before)] = nights_of(here).items()

    page.goto(f"/nights/{night}")
    page.get_by_role("button", name="Delete this night").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Not recorded")).to_be_visible()
    while nights_of(here):
        page.wait_for_timeout(100)

    # The other phone has heard of the deletion, and puts the night back.
    there = open_context(**PHONE, locale="en-GB", timezone_id=zone)
    other = there.new_page()
    steps.sign_in(other, email, steps.SECRET)
    other.goto(f"/nights/{night}")
    other.get_by_text("Earlier versions").click()
    other.get_by_role("button", name="Put this night back").click()
    expect(other.get_by_role("main").get_by_text("2 cramps").first).to_be_visible()
    expect_everything_sent(other)
    [after] = nights_of(there).values()
    changing = {"edited_at", "received_at"}
    assert {**after, **dict.fromkeys(changing)} == {**before, **dict.fromkeys(changing)}
    assert actions_of(there, night) == ["recorded", "deleted", "recorded"]
    other.get_by_text("Earlier versions").click()
    expect(other.get_by_text("Recorded", exact=True)).to_have_count(2)
    expect(other.get_by_role("button", name="Put this night back")).to_have_count(0)

    page.reload()
    expect(page.get_by_role("main").get_by_text("2 cramps").first).to_be_visible()
