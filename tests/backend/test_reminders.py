"""Reminders: who is told what and when nothing is said, and what becomes of a message that does not get through."""

import base64
import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests
from flask import Flask
from py_vapid import Vapid02
from sqlalchemy import delete, select, update

from analysis.design import draw_schedule
from backend.accounts import service as accounts
from backend.accounts.service import find_by_email
from backend.db import db
from backend.reminders import delivery
from backend.reminders.delivery import BACK_OFF, LEASE, TOO_LATE, run_round
from backend.reminders.models import PushSubscription, Reminder, ReminderClock
from backend.reminders.push_services import is_known
from backend.reminders.sending import Sender
from backend.reminders.service import SUBSCRIPTIONS_MAX
from backend.trials.models import Trial
from backend.trials.service import store_trial
from backend.vapid import make_private_key, public_key_of
from tests.backend.conftest import SetClock
from tests.backend.errors import pointers, refusal
from tests.backend.nights import NIGHT, night, record
from tests.backend.people import Person, read, signed_in
from tests.backend.push_service import Phone, PushService, base64url, push_service
from tests.backend.screenings import screened

KEY = make_private_key()
# Rose lives in Paris: 07:30 and 21:00 are 06:30 and 20:00 UTC in November.
BEFORE, MORNING = datetime.fromisoformat("2026-11-04T06:29:00Z"), datetime.fromisoformat("2026-11-04T06:30:00Z")
EVENING = datetime.fromisoformat("2026-11-04T20:00:00Z")
HEALTH_WORDS = ("cramp", "calambre", "leg", "pierna", "vein", "vena", "stocking", "media", "pain", "dolor", "trial")
Round = Callable[[datetime], int]


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def rose(app: Flask, service: PushService, monkeypatch: pytest.MonkeyPatch) -> Person:
    """A patient in Paris who wants both reminders."""
    monkeypatch.setitem(app.config, "PUSH_TEST_SERVICE", service.url)
    with app.app_context():
        db.session.execute(delete(ReminderClock))
        db.session.commit()
    return signed_in(
        app, "patient", "rose@example.org", zone="Europe/Paris", reminder_morning="07:30", reminder_evening="21:00"
    )


@pytest.fixture
def phone(rose: Person, service: PushService) -> Phone:
    return subscribed(rose, service)


def subscribed(patient: Person, service: PushService) -> Phone:
    phone = Phone(service)
    assert patient.put("/api/push/subscriptions", phone.subscription).status_code == 201
    return phone


@pytest.fixture
def round_at(app: Flask, rose: Person, service: PushService, clock_at: SetClock) -> Round:
    """Send what is due at an instant; the first look was at `BEFORE`."""
    sender = Sender(KEY, "mailto:operator@example.org", service.url)

    def look(instant: datetime) -> int:
        clock_at(instant)
        with app.app_context():
            return run_round(sender)

    look(BEFORE)
    return look


def start_trial(app: Flask, patient: Person, start: date, exposure: str = "any") -> None:
    with app.app_context():
        user = find_by_email(patient.email)
        assert user
        schedule = draw_schedule("pairs", pairs=5, block_nights=2, seed="a test")
        store_trial(user.id, schedule, start, exposure=exposure)
        db.session.commit()


def states(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Reminder.state).order_by(Reminder.id)))


def test_the_morning_asks_once_how_the_night_was(phone: Phone, round_at: Round) -> None:
    round_at(MORNING)
    for minutes in (0, 1, 30, 170, 600):
        round_at(MORNING + timedelta(minutes=minutes))
    (message,) = phone.messages
    assert message["title"] == "How was last night?"
    assert message["url"] == "/"
    assert message["snooze"] == "In 30 minutes"


def test_a_recorded_night_is_not_asked_about(app: Flask, rose: Person, phone: Phone, round_at: Round) -> None:
    record(rose, night(NIGHT))
    round_at(MORNING)
    assert phone.messages == []
    assert states(app) == ["quiet"]


def test_a_night_whose_entry_was_deleted_is_asked_about(rose: Person, phone: Phone, round_at: Round) -> None:
    (etag,) = record(rose, night(NIGHT))
    assert rose.delete(f"/api/nights/{NIGHT}", headers={"If-Match": etag}).status_code == 204
    round_at(MORNING)
    assert phone.shown == ["How was last night?"]


@pytest.mark.parametrize(
    ("exposure", "start", "title"),
    [
        ("any", date(2026, 11, 4), "Your plan for tonight is ready"),
        ("night", date(2026, 11, 1), "Your plan for tonight is ready"),
        ("day", date(2026, 11, 5), "Your plan for tomorrow is ready"),
        ("any", date(2026, 11, 5), None),
        ("any", date(2026, 10, 15), None),
    ],
)
def test_the_evening_speaks_of_the_plan_while_a_trial_goes_on(
    app: Flask, rose: Person, phone: Phone, round_at: Round, exposure: str, start: date, title: str | None
) -> None:
    start_trial(app, rose, start, exposure)
    round_at(EVENING - timedelta(hours=1))
    round_at(EVENING)
    assert [message["title"] for message in phone.messages if message["url"] == "/plan"] == [title] * bool(title)


def test_without_a_trial_and_after_a_stopped_one_the_evening_is_quiet(
    app: Flask, rose: Person, phone: Phone, round_at: Round
) -> None:
    record(rose, night(NIGHT))
    round_at(EVENING)
    start_trial(app, rose, date(2026, 11, 4))
    with app.app_context():
        db.session.execute(update(Trial).values(stopped_at=EVENING, stop_reason="itch"))
        db.session.commit()
    round_at(EVENING + timedelta(days=1))
    assert phone.messages == [] or all(message["url"] == "/" for message in phone.messages)


@pytest.mark.parametrize(
    ("yes", "flags", "told"),
    [((), (), True), (("acute_dvt",), (), False), ((), ("hard_sore_vein",), False), ((), ("sleep_disturbed",), True)],
)
def test_the_evening_is_quiet_while_the_safety_screen_speaks_against_stockings(
    app: Flask,
    rose: Person,
    phone: Phone,
    round_at: Round,
    yes: tuple[str, ...],
    flags: tuple[str, ...],
    told: bool,
) -> None:
    start_trial(app, rose, date(2026, 11, 4))
    screened(rose, *yes, red_flags=list(flags))
    round_at(EVENING)
    assert [message["url"] for message in phone.messages if message["url"] == "/plan"] == ["/plan"] * told


@pytest.mark.parametrize("code", ["pain", "numb"])
def test_the_evening_is_quiet_while_a_sign_of_a_night_stands_and_speaks_again_when_it_has_ended(
    app: Flask, rose: Person, phone: Phone, round_at: Round, code: str
) -> None:
    start_trial(app, rose, date(2026, 11, 3))
    record(rose, night(NIGHT, problems=[code]), night(NIGHT - timedelta(days=1), problems=[]))
    round_at(EVENING)
    assert [message["url"] for message in phone.messages if message["url"] == "/plan"] == []
    told = {"signs": [{"night_date": NIGHT.isoformat(), "code": code}], "how": "asked", "on": "2026-11-04"}
    assert rose.post("/api/holds/ends", told).status_code == 200
    round_at(EVENING + timedelta(days=1))
    assert [message["url"] for message in phone.messages if message["url"] == "/plan"] == ["/plan"]


def test_nothing_on_the_lock_screen_tells_of_health_in_any_language(
    app: Flask, rose: Person, phone: Phone, round_at: Round
) -> None:
    start_trial(app, rose, date(2026, 11, 4))
    round_at(MORNING)
    rose.patch("/api/me", {"language": "es"})
    round_at(EVENING)
    round_at(MORNING + timedelta(days=1))
    titles = [message["title"] for message in phone.messages]
    assert titles == ["How was last night?", "Su plan para esta noche está listo", "¿Qué tal anoche?"]
    said = json.dumps(phone.messages, ensure_ascii=False).lower()
    assert [word for word in HEALTH_WORDS if word in said] == []


def test_a_message_is_signed_expires_and_replaces_an_undelivered_one(phone: Phone, round_at: Round) -> None:
    round_at(MORNING + timedelta(minutes=20))
    (sent,) = phone.deliveries
    (message,) = phone.messages
    assert sent.headers["TTL"] == str(int((TOO_LATE - timedelta(minutes=20)).total_seconds()))
    assert sent.headers["Topic"] == message["id"].replace("-", "")
    assert len(sent.headers["Topic"]) == 32
    assert sent.headers["Urgency"] == "high"
    assert Vapid02.verify(sent.headers["Authorization"])
    token, key = (part.split("=")[1] for part in sent.headers["Authorization"].removeprefix("vapid ").split(","))
    assert key == public_key_of(KEY)
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["aud"] == phone.service.url
    assert claims["sub"] == "mailto:operator@example.org"


def test_every_phone_of_a_person_is_told(rose: Person, phone: Phone, service: PushService, round_at: Round) -> None:
    tablet = subscribed(rose, service)
    round_at(MORNING)
    assert phone.shown == tablet.shown == ["How was last night?"]
    assert phone.messages == tablet.messages


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_the_browser_gave_up_is_removed(
    app: Flask, rose: Person, phone: Phone, service: PushService, round_at: Round, status: int
) -> None:
    tablet = subscribed(rose, service)
    service.answers[phone.path] = [status]
    round_at(MORNING)
    assert tablet.shown
    assert states(app) == ["sent"]
    with app.app_context():
        assert db.session.scalars(select(PushSubscription.endpoint)).all() == [tablet.subscription["endpoint"]]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_push_service_is_asked_again_later_and_less_and_less_often(
    rose: Person, phone: Phone, service: PushService, round_at: Round, status: int
) -> None:
    tablet = subscribed(rose, service)
    service.answers[phone.path] = [status, status]
    moment, tries = MORNING, [len(phone.deliveries)]
    for _ in range(5):
        round_at(moment)
        tries.append(len(phone.deliveries))
        moment += BACK_OFF
    assert tries == [0, 1, 2, 2, 3, 3]
    assert len({message["id"] for message in phone.messages}) == 1
    # Who has it already is left alone meanwhile.
    assert len(tablet.deliveries) == 1


def test_a_push_service_that_stays_down_is_given_up_when_it_is_too_late(
    app: Flask, phone: Phone, service: PushService, round_at: Round
) -> None:
    service.answers[phone.path] = [503] * 100
    for minutes in range(240):
        round_at(MORNING + timedelta(minutes=minutes))
    assert len(phone.deliveries) == 8
    assert states(app) == ["missed"]


@pytest.mark.parametrize("status", [301, 400, 403, 413])
def test_a_refusal_is_logged_without_the_address_and_not_repeated(
    app: Flask,
    phone: Phone,
    service: PushService,
    round_at: Round,
    caplog: pytest.LogCaptureFixture,
    status: int,
) -> None:
    service.answers[phone.path] = [status]
    with caplog.at_level(logging.DEBUG, "backend"):
        round_at(MORNING)
        round_at(MORNING + timedelta(minutes=10))
    # A redirect is not followed either.
    assert len(service.received) == 1
    assert states(app) == ["refused"]
    assert f"push service 127.0.0.1 answered {status}" in caplog.text
    assert phone.path not in caplog.text


def test_an_unreachable_push_service_is_tried_again(
    phone: Phone, service: PushService, round_at: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise requests.ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(requests, "post", fail)
        round_at(MORNING)
    assert phone.messages == []
    round_at(MORNING + BACK_OFF)
    assert phone.shown == ["How was last night?"]


def test_an_unexpected_error_leaves_the_reminder_to_the_next_try_and_others_alone(
    app: Flask, rose: Person, phone: Phone, service: PushService, round_at: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = signed_in(app, "patient", "second@example.org", zone="Europe/Paris", reminder_morning="07:30")
    other = subscribed(second, service)
    send = Sender.send

    def fail_for_rose(self: Sender, subscription: PushSubscription, *args: Any, **options: Any) -> Any:
        if subscription.endpoint == phone.subscription["endpoint"]:
            raise RuntimeError("unforeseen")
        return send(self, subscription, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Sender, "send", fail_for_rose)
        round_at(MORNING)
    assert (phone.shown, other.shown) == ([], ["How was last night?"])
    round_at(MORNING + LEASE)
    assert phone.shown == other.shown == ["How was last night?"]


def test_what_a_server_that_was_down_missed_by_hours_is_not_sent_at_noon(
    app: Flask, phone: Phone, round_at: Round
) -> None:
    round_at(MORNING + TOO_LATE)
    assert phone.messages == []
    assert states(app) == ["missed"]


def test_what_a_server_that_was_down_missed_by_minutes_is_sent(phone: Phone, round_at: Round) -> None:
    round_at(MORNING + timedelta(minutes=100))
    assert phone.shown == ["How was last night?"]


def test_a_time_chosen_after_it_has_passed_begins_the_next_day(rose: Person, phone: Phone, round_at: Round) -> None:
    rose.patch("/api/me", {"reminder_morning": "09:00"})
    round_at(MORNING)
    rose.patch("/api/me", {"reminder_morning": "07:15"})
    round_at(MORNING + timedelta(minutes=1))
    assert phone.messages == []
    round_at(MORNING + timedelta(days=1))
    assert len(phone.messages) == 1


def test_a_later_time_chosen_after_a_reminder_asks_no_second_time(rose: Person, phone: Phone, round_at: Round) -> None:
    round_at(MORNING)
    rose.patch("/api/me", {"reminder_morning": "08:30"})
    round_at(MORNING + timedelta(hours=1))
    assert len(phone.messages) == 1


def test_who_travels_west_is_asked_once_about_a_night(rose: Person, phone: Phone, round_at: Round) -> None:
    round_at(MORNING)
    rose.patch("/api/me", {"zone": "America/New_York"})
    round_at(MORNING + timedelta(hours=6))
    assert len(phone.messages) == 1


def test_old_reminders_are_forgotten(app: Flask, phone: Phone, round_at: Round) -> None:
    for day in range(40):
        round_at(MORNING + timedelta(days=day))
    assert len(phone.messages) == 40
    with app.app_context():
        nights = db.session.scalars(select(Reminder.night_date)).all()
    assert min(nights) == date(2026, 11, 3) + timedelta(days=9)


def test_a_reminder_put_off_comes_again_once(app: Flask, rose: Person, phone: Phone, round_at: Round) -> None:
    round_at(MORNING)
    first = phone.messages[0]["id"]
    assert rose.post("/api/reminders/snooze", {"id": first}).status_code == 204
    refusal(rose.post("/api/reminders/snooze", {"id": first}), "conflict")
    round_at(MORNING + timedelta(minutes=29))
    assert len(phone.messages) == 1
    round_at(MORNING + timedelta(minutes=30))
    again = phone.messages[1]
    assert again["title"] == "How was last night?"
    assert again["id"] != first
    assert again["snooze"] is None
    refusal(rose.post("/api/reminders/snooze", {"id": again["id"]}), "conflict")
    assert states(app) == ["sent", "sent"]


def test_a_night_recorded_after_putting_off_is_not_asked_about_again(
    rose: Person, phone: Phone, round_at: Round
) -> None:
    round_at(MORNING)
    assert rose.post("/api/reminders/snooze", {"id": phone.messages[0]["id"]}).status_code == 204
    record(rose, night(NIGHT))
    round_at(MORNING + timedelta(minutes=30))
    assert len(phone.messages) == 1


def test_nobody_puts_off_the_reminder_of_another(phone: Phone, other_patient: Person, round_at: Round) -> None:
    round_at(MORNING)
    refusal(other_patient.post("/api/reminders/snooze", {"id": phone.messages[0]["id"]}), "not-found")
    refusal(other_patient.post("/api/reminders/snooze", {"id": str(uuid4())}), "not-found")


def test_subscribing_twice_is_subscribing_once(app: Flask, rose: Person, phone: Phone, round_at: Round) -> None:
    assert rose.put("/api/push/subscriptions", phone.subscription).status_code == 200
    round_at(MORNING)
    assert len(phone.messages) == 1


def test_a_phone_belongs_to_whoever_subscribed_last_on_it(
    rose: Person, other_patient: Person, phone: Phone, round_at: Round
) -> None:
    assert other_patient.put("/api/push/subscriptions", phone.subscription).status_code == 200
    round_at(MORNING)
    assert phone.messages == []
    # Who had it before cannot end it either.
    assert rose.delete("/api/push/subscriptions", json={"endpoint": phone.subscription["endpoint"]}).status_code == 204
    other_patient.patch("/api/me", {"reminder_morning": "07:45", "zone": "Europe/Paris"})
    round_at(MORNING + timedelta(minutes=15))
    assert len(phone.messages) == 1


def test_a_phone_that_unsubscribed_hears_nothing(rose: Person, phone: Phone, round_at: Round) -> None:
    for _ in range(2):
        response = rose.delete("/api/push/subscriptions", json={"endpoint": phone.subscription["endpoint"]})
        assert response.status_code == 204
    round_at(MORNING)
    assert phone.messages == []


def test_a_disabled_account_hears_nothing(app: Flask, rose: Person, phone: Phone, round_at: Round) -> None:
    with app.app_context():
        accounts.disable_user(rose.email)
    round_at(MORNING)
    assert phone.messages == []


def test_of_many_phones_the_latest_are_kept(
    app: Flask, rose: Person, service: PushService, clock_at: SetClock, round_at: Round
) -> None:
    phones = []
    for minute in range(SUBSCRIPTIONS_MAX + 2):
        clock_at(BEFORE - timedelta(hours=1) + timedelta(minutes=minute))
        phones.append(subscribed(rose, service))
    round_at(MORNING)
    assert [len(phone.messages) for phone in phones] == [0, 0] + [1] * SUBSCRIPTIONS_MAX


def test_two_looks_at_one_moment_write_a_reminder_down_once(
    app: Flask, phone: Phone, round_at: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look begins before the first has ended."""
    falling_due = delivery.plan_due.__globals__["_falling_due"]

    def and_meanwhile_another_looks(since: datetime, now: datetime) -> Any:
        monkeypatch.setitem(delivery.plan_due.__globals__, "_falling_due", falling_due)
        rows = list(falling_due(since, now))
        with app.app_context():
            delivery.plan_due(now)
        return rows

    monkeypatch.setitem(delivery.plan_due.__globals__, "_falling_due", and_meanwhile_another_looks)
    round_at(MORNING)
    assert len(phone.messages) == 1


KNOWN = [
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
    "https://web.push.apple.com/QGuQyavXutnMH...",
    "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d",
    "https://fcm.googleapis.com:443/fcm/send/abc",
]
UNKNOWN = [
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com.example.org/x",
    "https://evil.example/fcm.googleapis.com/",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://127.0.0.1\\@fcm.googleapis.com/x",
    "https://fcm.googleapis.com\\.evil.example/x",
    "https://notify.windows.com/x",
    "https://evilpush.apple.com/x",
    "https://169.254.169.254/latest",
    "https://[::1]/x",
    "https://FCM.GOOGLEAPIS.COM/x",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/\r\nx",
    "file:///etc/passwd",
    "http://127.0.0.1:1/x",
    "",
]


def test_messages_go_to_push_services_of_browsers_only() -> None:
    assert [endpoint for endpoint in KNOWN if not is_known(endpoint)] == []
    assert [endpoint for endpoint in UNKNOWN if is_known(endpoint)] == []


@pytest.mark.parametrize("endpoint", UNKNOWN[:-1])
def test_a_subscription_elsewhere_is_refused(rose: Person, service: PushService, endpoint: str) -> None:
    subscription = Phone(service).subscription | {"endpoint": endpoint}
    body = refusal(rose.put("/api/push/subscriptions", subscription), "validation")
    assert "endpoint" in body["detail"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("p256dh", ""),
        ("p256dh", base64url(b"\x04" * 65)),
        ("p256dh", base64url(bytes(65))),
        ("p256dh", "A" * 87),
        ("p256dh", "é" * 40),
        ("auth", ""),
        ("auth", base64url(bytes(15))),
        ("auth", base64url(bytes(17))),
        ("auth", "*" * 22),
    ],
)
def test_keys_with_which_nothing_could_be_encrypted_are_refused(
    rose: Person, service: PushService, name: str, value: str
) -> None:
    subscription = Phone(service).subscription
    subscription["keys"][name] = value
    assert f"/keys/{name}" in pointers(rose.put("/api/push/subscriptions", subscription))


def test_keys_may_carry_padding(rose: Person, service: PushService, round_at: Round) -> None:
    phone = Phone(service)
    subscription = phone.subscription
    subscription["keys"] = {name: text + "=" * (-len(text) % 4) for name, text in subscription["keys"].items()}
    assert rose.put("/api/push/subscriptions", subscription).status_code == 201
    round_at(MORNING)
    assert len(phone.messages) == 1


def test_a_server_without_keys_says_so(patient: Person) -> None:
    assert read(patient.get("/api/push/key")) == {"key": None}


def test_a_server_with_keys_tells_the_public_one(app: Flask, patient: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "VAPID_PUBLIC_KEY", public_key_of(KEY))
    assert read(patient.get("/api/push/key")) == {"key": public_key_of(KEY)}
    assert len(base64.urlsafe_b64decode(public_key_of(KEY) + "=")) == 65


@pytest.mark.parametrize("endpoint", ["\ud800", "https://fcm.googleapis.com/\x00"])
def test_an_address_that_is_no_text_is_refused_when_it_is_to_go(rose: Person, endpoint: str) -> None:
    assert pointers(rose.delete("/api/push/subscriptions", json={"endpoint": endpoint})) == ["/endpoint"]
