"""The feed of changes, by cursor and by date."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from backend.accounts.models import User
from backend.db import db
from backend.diary.schemas import NightSchema
from backend.diary.service import FEED_PAGE, record_many
from tests.backend.errors import pointers
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import Person, read

pytestmark = pytest.mark.usefixtures("morning")


def feed(patient: Person, query: str = "cursor=0") -> dict[str, Any]:
    body: dict[str, Any] = read(patient.get(f"/api/nights?{query}"))
    return body


def back(nights: int) -> date:
    return NIGHT - timedelta(days=nights)


def test_an_empty_diary_has_an_epoch_and_nothing_else(patient: Person) -> None:
    body = feed(patient)
    assert body.pop("epoch")
    assert body == {"cursor": 0, "nights": [], "etags": {}, "deleted": [], "last_change": None}


def test_the_feed_gives_every_change_once_and_then_nothing(patient: Person) -> None:
    versions = record(patient, night(back(1)), night())
    first = feed(patient)
    assert first["nights"] == [night(back(1)), night()]
    assert first["etags"] == {back(1).isoformat(): versions[0], NIGHT.isoformat(): versions[1]}
    assert first["deleted"] == []
    rest = feed(patient, f"cursor={first['cursor']}")
    assert (rest["nights"], rest["deleted"], rest["cursor"]) == ([], [], first["cursor"])


def test_the_feed_tells_the_last_state_of_what_changed_since(patient: Person) -> None:
    versions = record(patient, night(back(2)), night(back(1)), night())
    cursor = feed(patient)["cursor"]
    patient.put(path_of(), night(note="corrected"), headers={"If-Match": versions[2]})
    patient.delete(path_of(back(1)), headers={"If-Match": versions[1]})
    changes = feed(patient, f"cursor={cursor}")
    assert changes["nights"] == [night(note="corrected")]
    assert changes["deleted"] == [back(1).isoformat()]
    assert list(changes["etags"]) == [NIGHT.isoformat()]
    again = feed(patient)
    assert again["nights"] == [night(back(2)), night(note="corrected")]
    assert again["deleted"] == [back(1).isoformat()]


def test_a_night_recorded_again_is_a_night_and_no_deletion(patient: Person) -> None:
    (version,) = record(patient, night())
    patient.delete(path_of(), headers={"If-Match": version})
    cursor = feed(patient)["cursor"]
    record(patient, night(cramps=[]))
    changes = feed(patient, f"cursor={cursor}")
    assert (changes["nights"], changes["deleted"]) == ([night(cramps=[])], [])


def test_what_changes_nothing_moves_no_cursor(patient: Person) -> None:
    record(patient, night())
    cursor = feed(patient)["cursor"]
    patient.put(path_of(), night())
    patient.put(path_of(), night(note="refused"))
    patient.delete(path_of(back(5)))
    assert feed(patient, f"cursor={cursor}")["cursor"] == cursor


def test_each_patient_has_a_cursor_of_their_own(patient: Person, other_patient: Person) -> None:
    record(patient, night(back(1)), night())
    assert feed(other_patient)["cursor"] == 0
    record(other_patient, night(note="mine"))
    assert feed(other_patient)["nights"] == [night(note="mine")]
    assert len(feed(patient)["nights"]) == 2


def test_all_phones_of_one_server_see_one_epoch(patient: Person, other_patient: Person) -> None:
    assert feed(patient)["epoch"] == feed(other_patient)["epoch"] == feed(patient, "to=2026-11-01")["epoch"]


def test_a_long_diary_comes_in_pages(app: Flask, patient: Person) -> None:
    count = FEED_PAGE + 3
    with app.app_context():
        patient_id = db.session.scalars(select(User.id).where(User.email == patient.email)).one()
        bodies = {back(number): NightSchema().load(night(back(number))) for number in range(count)}
        record_many(patient_id, bodies)
    dates: list[str] = []
    cursor, pages = 0, 0
    while True:
        page = feed(patient, f"cursor={cursor}")
        assert len(page["nights"]) <= FEED_PAGE
        if page["cursor"] == cursor:
            break
        dates += [body["night_date"] for body in page["nights"]]
        cursor, pages = page["cursor"], pages + 1
    assert pages == 2
    assert dates == [back(number).isoformat() for number in range(count)]
    assert len(feed(patient, "")["nights"]) == count


def test_a_range_of_dates_has_both_its_ends(patient: Person) -> None:
    record(patient, *(night(back(number)) for number in range(5)))
    body = feed(patient, f"from={back(3)}&to={back(1)}")
    assert [found["night_date"] for found in body["nights"]] == [str(back(3)), str(back(2)), str(back(1))]
    assert len(feed(patient, f"from={back(1)}")["nights"]) == 2
    assert len(feed(patient, f"to={back(3)}")["nights"]) == 2
    assert feed(patient, f"from={back(1)}&to={back(3)}")["nights"] == []


def test_a_range_leaves_out_deleted_nights_and_tells_where_the_feed_stands(patient: Person) -> None:
    versions = record(patient, night(back(1)), night())
    patient.delete(path_of(), headers={"If-Match": versions[1]})
    body = feed(patient, f"from={back(9)}&to={NIGHT}")
    assert (body["nights"], body["deleted"]) == ([night(back(1))], [])
    assert body["cursor"] == feed(patient)["cursor"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("cursor=-1", "/cursor"),
        ("cursor=2147483648", "/cursor"),
        ("cursor=one", "/cursor"),
        ("cursor=", "/cursor"),
        ("from=2026-02-30", "/from"),
        ("to=yesterday", "/to"),
        ("cursor=0&last_change=yesterday", "/last_change"),
        ("cursor=0&last_change=2026-11-04T07:10:00", "/last_change"),
        ("cursor=0&last_change=0001-01-01T00:00:00%2B14:00", "/last_change"),
        ("cursor=0" + "&last_change=2026-11-04T07:10:00Z" * 101, "/last_change"),
    ],
)
def test_a_wrong_question_is_named(patient: Person, query: str, pointer: str) -> None:
    assert pointers(patient.get(f"/api/nights?{query}")) == [pointer]
