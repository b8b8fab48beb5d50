"""A database that was put back by hand keeps its epoch: the phones show what it lacks, diary by diary."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import delete, event, insert, select

from backend.accounts.models import User
from backend.audit import NightRevision
from backend.db import db, table_of
from backend.diary.models import Diary, Night
from backend.diary.schemas import CHANGED, NightSchema
from backend.diary.service import FEED_PAGE, import_nights, record_many
from backend.installation import Installation, epoch
from tests.backend.errors import refusal
from tests.backend.nights import MORNING, NIGHT, night, path_of, record
from tests.backend.people import Person, read

TABLES = [table_of(model) for model in (Diary, Night, NightRevision)]
Copy = list[list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the morning after `NIGHT`, and each look at the clock is a third of a millisecond after the last."""
    looks = count(1)
    monkeypatch.setattr(
        "backend.clock.now", lambda: MORNING.astimezone(UTC) + timedelta(microseconds=333) * next(looks)
    )


def feed(patient: Person, cursor: int = 0, *told: str | None) -> dict[str, Any]:
    query = urlencode([("cursor", cursor), *(("last_change", each) for each in told if each)])
    body: dict[str, Any] = read(patient.get(f"/api/nights?{query}"))
    return body


def back(nights: int) -> Any:
    return NIGHT - timedelta(days=nights)


def key_of(patient: Person) -> int:
    return db.session.scalars(select(User.id).where(User.email == patient.email)).one()


def copy_of(app: Flask) -> Copy:
    with app.app_context():
        return [[dict(row) for row in db.session.execute(select(table)).mappings()] for table in TABLES]


def put_back(app: Flask, copy: Copy) -> None:
    with app.app_context():
        for table, rows in zip(TABLES, copy, strict=True):
            db.session.execute(delete(table))
            if rows:
                db.session.execute(insert(table), rows)
        db.session.commit()


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    found: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)


def test_a_cursor_beyond_the_counter_gets_the_diary_from_its_beginning_under_a_new_epoch(
    app: Flask, patient: Person, other_patient: Person
) -> None:
    record(patient, night(back(1)), night())
    before, others = feed(patient), feed(other_patient)["epoch"]
    healed = feed(patient, before["cursor"] + 1)
    assert healed["epoch"] not in (before["epoch"], others)
    assert {**healed, "epoch": ""} == {**before, "epoch": ""}
    # The new epoch stays, for every phone of this patient and for nobody else.
    for query in ("cursor=0", f"cursor={healed['cursor']}", "", "to=2026-11-01"):
        assert read(patient.get(f"/api/nights?{query}"))["epoch"] == healed["epoch"]
    assert feed(other_patient)["epoch"] == others
    with app.app_context():
        assert str(epoch()) == others


def test_a_diary_that_was_never_written_heals_too(patient: Person) -> None:
    before = feed(patient)
    healed = feed(patient, 3)
    assert healed["epoch"] != before["epoch"]
    assert {**healed, "epoch": ""} == {**before, "epoch": ""}
    assert feed(patient)["epoch"] == healed["epoch"]
    assert record(patient, night())
    assert feed(patient) == feed(patient, 0, feed(patient)["last_change"])


def test_a_new_epoch_of_the_installation_is_told_where_the_diary_has_none_of_its_own(
    app: Flask, patient: Person
) -> None:
    own = feed(patient, 1)["epoch"]
    with app.app_context():
        db.session.query(Diary).update({"epoch": None})
        db.session.commit()
        shared = str(db.session.scalars(select(Installation.epoch)).one())
    assert feed(patient)["epoch"] == shared != own


def test_a_counter_overtaken_before_anybody_asked_hides_nothing(app: Flask, patient: Person) -> None:
    record(patient, night(back(3)))
    copy = copy_of(app)
    record(patient, night(back(2)), night(back(1)))
    seen = feed(patient)
    put_back(app, copy)
    # Another phone sends what it has before it asks: the cursor lies no longer beyond the counter.
    record(patient, night(back(6)), night(back(5)), night(back(4)))
    assert feed(patient, seen["cursor"])["epoch"] == seen["epoch"]
    healed = feed(patient, seen["cursor"], seen["last_change"])
    assert healed["epoch"] != seen["epoch"]
    assert [one["night_date"] for one in healed["nights"]] == [str(back(number)) for number in (3, 6, 5, 4)]
    assert feed(patient, healed["cursor"], healed["last_change"])["epoch"] == healed["epoch"]


def test_each_of_the_changes_that_a_phone_names_must_be_there(app: Flask, patient: Person) -> None:
    first = patient.put(path_of(back(2)), night(back(2))).headers[CHANGED]
    copy = copy_of(app)
    lost = patient.put(path_of(back(1)), night(back(1))).headers[CHANGED]
    put_back(app, copy)
    last = patient.put(path_of(), night()).headers[CHANGED]
    known = feed(patient, 0, first, last)
    assert feed(patient, 0, first, lost, last)["epoch"] != known["epoch"]


def test_a_diary_that_has_what_the_phone_saw_keeps_its_epoch(patient: Person) -> None:
    versions = record(patient, night(back(2)), night(back(1)))
    seen = feed(patient)
    # Each write takes the newest change out of the table of nights; the history keeps it.
    patient.put(path_of(back(1)), night(back(1), note="corrected"), headers={"If-Match": versions[1]})
    patient.delete(path_of(back(2)), headers={"If-Match": versions[0]})
    changes = feed(patient, seen["cursor"], seen["last_change"])
    assert changes["epoch"] == seen["epoch"]
    assert [one["note"] for one in changes["nights"]] == ["corrected"]
    assert changes["deleted"] == [str(back(2))]


def test_a_change_of_somebody_else_is_no_change_of_this_diary(patient: Person, other_patient: Person) -> None:
    record(patient, night())
    record(other_patient, night())
    before = feed(patient)
    assert feed(patient, 0, feed(other_patient)["last_change"])["epoch"] != before["epoch"]


def test_the_last_change_is_told_to_the_microsecond_and_stands_in_the_history(patient: Person) -> None:
    record(patient, night(back(1)), night())
    told = feed(patient)["last_change"]
    assert told.endswith("Z")
    assert datetime.fromisoformat(told).microsecond % 1000 != 0
    [revision] = read(patient.get(f"{path_of()}/history"))["revisions"]
    assert datetime.fromisoformat(revision["at"]) == datetime.fromisoformat(told)
    # The same instant in other words.
    other_words = datetime.fromisoformat(told).astimezone(MORNING.tzinfo).isoformat()
    assert feed(patient, 0, other_words)["epoch"] == feed(patient)["epoch"]


def test_every_answer_after_which_a_phone_changes_its_copy_tells_the_newest_change(patient: Person) -> None:
    at = path_of(back(1))
    assert CHANGED not in patient.delete(at).headers
    recorded = patient.put(at, night(back(1)))
    assert recorded.headers[CHANGED] == feed(patient)["last_change"]
    corrected = patient.put(at, night(back(1), note="x"), headers={"If-Match": recorded.headers["ETag"]})
    assert corrected.headers[CHANGED] == feed(patient)["last_change"] > recorded.headers[CHANGED]
    other = patient.put(path_of(), night())
    newest = other.headers[CHANGED]
    assert newest == feed(patient)["last_change"] > corrected.headers[CHANGED]
    # Nothing is written: what is told is not when this night came, but what the diary has by now.
    same = patient.put(at, night(back(1), note="x"))
    unnamed = patient.put(at, night(back(1), note="y"))
    stale = patient.put(at, night(back(1), note="z"), headers={"If-Match": recorded.headers["ETag"]})
    gone = patient.delete(path_of(back(5)))
    refused = patient.delete(at)
    assert [answer.status_code for answer in (same, unnamed, stale, gone, refused)] == [200, 428, 412, 204, 428]
    for answer in (same, unnamed, stale, gone, refused, patient.get(at)):
        assert answer.headers[CHANGED] == newest
    deleted = patient.delete(at, headers={"If-Match": corrected.headers["ETag"]})
    assert deleted.status_code == 204
    assert deleted.headers[CHANGED] == feed(patient)["last_change"] > newest


@pytest.mark.parametrize("store", [record_many, import_nights])
def test_all_pages_of_a_long_feed_tell_of_the_newest_change(
    app: Flask, patient: Person, store: Callable[[int, dict[Any, Any]], None]
) -> None:
    with app.app_context():
        store(
            key_of(patient), {back(number): NightSchema().load(night(back(number))) for number in range(FEED_PAGE + 2)}
        )
    own = patient.put(path_of(back(700)), night(back(700))).headers[CHANGED]
    first = feed(patient)
    # A phone that turns no further page must not forget the later change that it made itself.
    assert first["last_change"] == own
    second = feed(patient, first["cursor"], own)
    last = feed(patient, second["cursor"], own)
    assert (second["last_change"], last["last_change"]) == (own, own)
    assert {first["epoch"], second["epoch"]} == {last["epoch"]}
    assert (len(first["nights"]), len(second["nights"]), last["nights"]) == (FEED_PAGE, 3, [])


def test_a_round_of_a_phone_costs_one_look_at_the_history_at_most(app: Flask, patient: Person) -> None:
    record(patient, night(back(1)))
    seen = feed(patient)
    with statements(app) as plain:
        feed(patient, seen["cursor"])
    with statements(app) as up_to_date:
        feed(patient, seen["cursor"], seen["last_change"])
    assert len(up_to_date) == len(plain)
    record(patient, night())
    with statements(app) as behind:
        feed(patient, seen["cursor"], seen["last_change"], seen["last_change"])
    assert len(behind) == len(plain) + 1
    assert sum("night_revisions" in statement for statement in behind) == 1


def test_a_night_that_has_not_begun_is_refused_with_a_mark_for_programs(patient: Person) -> None:
    body = refusal(patient.put(path_of(back(-1)), night(back(-1))), "validation")
    assert body["reason"] == "not_begun"
    assert [error["pointer"] for error in body["errors"]] == ["/night_date"]
    assert "has not begun" in body["errors"][0]["detail"]


def test_other_refusals_of_a_night_have_no_mark_that_promises_anything(patient: Person) -> None:
    for path, body in (
        (path_of(date(1999, 1, 1)), night(date(1999, 1, 1))),
        (path_of(), night(back(1))),
        (path_of(), night(pain="much")),
    ):
        assert "reason" not in refusal(patient.put(path, body), "validation")
