"""A phone asks whether a restore lost its account: only where there was one, and nobody knows or deleted it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from backend.accounts.models import User
from backend.accounts.tombstones import FILE_NAME, Tombstones
from backend.db import db
from backend.diary.models import Diary
from backend.installation import Installation
from tests.backend.apps import make_app, migrated
from tests.backend.errors import pointers, refusal
from tests.backend.people import PASSWORD, Person, read, signed_in

RESTORED = datetime.fromisoformat("2026-11-10T08:00:00+00:00")
MINUTE = timedelta(minutes=1)
NO, YES = {"lost": False, "new_account": False}, {"lost": True, "new_account": False}


@pytest.fixture(autouse=True)
def as_before(app: Flask) -> Any:
    """Leave the one row about the database as it was."""
    with app.app_context():
        before = db.session.execute(select(Installation.epoch, Installation.epoch_since)).one()
    yield
    with app.app_context():
        db.session.execute(update(Installation).values(epoch=before.epoch, epoch_since=before.epoch_since))
        db.session.commit()


@pytest.fixture
def stranger(app: Flask) -> Person:
    person = Person(app)
    person.fetch_token()
    return person


def epoch_of(app: Flask) -> UUID:
    with app.app_context():
        return db.session.scalars(select(Installation.epoch)).one()


def restore(app: Flask, *lost: UUID, at: datetime | None = RESTORED) -> UUID:
    """Bring back a copy without some accounts; return the epoch from before."""
    before = epoch_of(app)
    with app.app_context():
        db.session.execute(delete(User).where(User.public_id.in_(lost)))
        db.session.execute(update(Installation).values(epoch=uuid4(), epoch_since=at))
        db.session.commit()
    return before


def ask(person: Person, account: UUID, epoch: UUID) -> Any:
    answer = person.post("/api/restored", {"account": str(account), "epoch": str(epoch)})
    assert answer.status_code == 200, answer.text
    return read(answer)


def test_an_account_that_the_restored_copy_does_not_have_is_lost(app: Flask, patient: Person, stranger: Person) -> None:
    account = patient.id
    before = restore(app, account)
    assert ask(stranger, account, before) == YES
    # Her own phone asks with the cookie of a sign-in that nobody knows.
    patient.fetch_token()
    assert ask(patient, account, before) == YES


def test_an_account_that_is_known_is_not_lost(app: Flask, patient: Person, stranger: Person) -> None:
    account = patient.id
    assert ask(stranger, account, restore(app)) == NO


def test_without_a_restore_since_nothing_is_lost(app: Flask, patient: Person, stranger: Person) -> None:
    account, nobody = patient.id, uuid4()
    with app.app_context():
        db.session.execute(delete(User).where(User.public_id == account))
        db.session.execute(update(Installation).values(epoch_since=None))
        db.session.commit()
    for epoch in (epoch_of(app), uuid4()):
        assert ask(stranger, account, epoch) == NO
    restore(app)
    # Whoever was told the present epoch was here after the restore.
    for each in (account, nobody):
        assert ask(stranger, each, epoch_of(app)) == NO


def test_a_deleted_account_is_not_lost_whatever_was_restored(app: Flask, patient: Person, stranger: Person) -> None:
    account = patient.id
    assert patient.delete("/api/me", json={"password": PASSWORD}).status_code == 204
    assert ask(stranger, account, restore(app)) == NO


def test_the_epoch_of_a_diary_that_is_here_is_none_from_before(
    app: Flask, patient: Person, other_patient: Person, stranger: Person
) -> None:
    account = patient.id
    own = UUID(read(other_patient.get("/api/nights?cursor=5"))["epoch"])
    restore(app, account)
    assert ask(stranger, account, own) == NO
    with app.app_context():
        db.session.execute(update(Diary).values(epoch=None))
        db.session.commit()
    assert ask(stranger, account, own) == YES


@pytest.mark.parametrize(
    ("role", "made", "expected"),
    [
        ("patient", RESTORED + MINUTE, True),
        ("patient", RESTORED - MINUTE, False),
        ("physician", RESTORED + MINUTE, False),
        ("admin", RESTORED + MINUTE, False),
    ],
)
def test_a_new_account_is_that_of_a_patient_made_since(app: Flask, role: str, made: datetime, expected: bool) -> None:
    person = signed_in(app, role, created_at=made)
    before = restore(app)
    assert ask(person, uuid4(), before) == {"lost": True, "new_account": expected}
    assert ask(person, person.id, before) == {"lost": False, "new_account": expected}


def test_without_any_restore_no_account_is_a_new_one(app: Flask, patient: Person) -> None:
    before = restore(app, at=None)
    assert ask(patient, uuid4(), before) == NO


def test_whoever_signed_out_has_no_new_account(app: Flask) -> None:
    person = signed_in(app, "patient", created_at=RESTORED + MINUTE)
    before = restore(app)
    person.post("/api/auth/logout")
    person.fetch_token()
    assert ask(person, uuid4(), before) == YES


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ["/account", "/epoch"]),
        ({"account": str(uuid4())}, ["/epoch"]),
        ({"account": "me", "epoch": str(uuid4())}, ["/account"]),
        ({"account": str(uuid4()), "epoch": 3}, ["/epoch"]),
        ({"account": str(uuid4()), "epoch": str(uuid4()), "email": "a@example.org"}, ["/email"]),
    ],
)
def test_a_wrong_question_is_named(stranger: Person, body: dict[str, Any], wrong: list[str]) -> None:
    assert pointers(stranger.post("/api/restored", body)) == wrong


def test_questions_from_one_address_are_bounded_as_sign_ups_are(tmp_path: Path) -> None:
    limits = ("100000/minute", "3/minute")
    made = make_app(f"sqlite:///{tmp_path / 'charley.sqlite3'}", login_limits=limits, instance_dir=tmp_path)
    with migrated(made) as app:
        person = Person(app)
        person.fetch_token()
        body = {"account": str(uuid4()), "epoch": str(uuid4())}
        answers = [person.post("/api/restored", body) for _ in range(4)]
        assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
        refusal(answers[3], "rate-limited")


def test_a_tombstone_is_found_by_its_whole_id_only(tmp_path: Path) -> None:
    tombstones = Tombstones(tmp_path / FILE_NAME)
    first, second, third = uuid4(), uuid4(), uuid4()
    assert not tombstones.names(first)
    for one in (first, second):
        tombstones.add(one)
    with tombstones.path.open("a") as file:
        # What a power cut left of a line.
        file.write(str(third)[:20])
    assert [tombstones.names(one) for one in (first, second, third, uuid4())] == [True, True, False, False]
    tombstones.add(third)
    assert tombstones.names(third)
