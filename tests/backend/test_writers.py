"""Two phones at once, on both engines: one wins, the other is told, and nothing typed is lost."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import Person, read, signed_in

pytestmark = pytest.mark.usefixtures("morning")
PHONES = 4


@pytest.fixture
def phones(app: Flask, patient: Person) -> list[Person]:
    """Phones of one patient, each with a session of its own."""
    several = [Person(app, patient.email) for _ in range(PHONES)]
    for phone in several:
        assert phone.sign_in().status_code == 200
    return several


def at_once(phones: Sequence[Person], send: Callable[[int, Person], TestResponse]) -> list[TestResponse]:
    """Let every phone send at the same moment."""
    barrier = Barrier(len(phones))

    def run(numbered: tuple[int, Person]) -> TestResponse:
        barrier.wait(timeout=30)
        return send(*numbered)

    with ThreadPoolExecutor(len(phones)) as pool:
        return list(pool.map(run, enumerate(phones)))


def history(patient: Person) -> list[dict[str, Any]]:
    revisions: list[dict[str, Any]] = read(patient.get(f"{path_of()}/history"))["revisions"]
    return revisions


def notes(revisions: Sequence[dict[str, Any]], action: str) -> set[str]:
    return {revision["new"]["note"] for revision in revisions if revision["action"] == action}


def test_of_several_first_entries_one_is_recorded_and_the_others_are_kept(
    patient: Person, phones: list[Person]
) -> None:
    answers = at_once(phones, lambda number, phone: phone.put(path_of(), night(note=f"phone {number}")))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 428: PHONES - 1}
    winner = read(next(answer for answer in answers if answer.status_code == 201))
    assert read(patient.get(path_of())) == winner
    revisions = history(patient)
    assert notes(revisions, "recorded") == {winner["note"]}
    assert notes(revisions, "refused") == {f"phone {number}" for number in range(PHONES)} - {winner["note"]}


def test_of_several_corrections_of_one_version_one_is_stored_and_the_others_are_kept(
    patient: Person, phones: list[Person]
) -> None:
    (version,) = record(patient, night())
    headers = {"If-Match": version}
    answers = at_once(
        phones, lambda number, phone: phone.put(path_of(), night(note=f"phone {number}"), headers=headers)
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: PHONES - 1}
    winner = read(next(answer for answer in answers if answer.status_code == 200))
    for answer in answers:
        if answer.status_code == 412:
            assert read(answer)["current"] == winner
    revisions = history(patient)
    assert notes(revisions, "corrected") == {winner["note"]}
    assert notes(revisions, "refused") == {f"phone {number}" for number in range(PHONES)} - {winner["note"]}


def test_the_same_night_sent_by_several_phones_is_recorded_once(patient: Person, phones: list[Person]) -> None:
    answers = at_once(phones, lambda _, phone: phone.put(path_of(), night()))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: PHONES - 1}
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert [revision["action"] for revision in history(patient)] == ["recorded"]


def test_a_correction_and_a_deletion_of_one_version_cannot_both_happen(patient: Person, phones: list[Person]) -> None:
    (version,) = record(patient, night())
    headers = {"If-Match": version}

    def send(number: int, phone: Person) -> TestResponse:
        if number == 0:
            return phone.delete(path_of(), headers=headers)
        return phone.put(path_of(), night(note="corrected"), headers=headers)

    deletion, correction = at_once(phones[:2], send)
    if deletion.status_code == 204:
        # The correction came later: what was typed is recorded anew rather than lost.
        assert correction.status_code == 201
        assert [revision["action"] for revision in history(patient)] == ["recorded", "deleted", "recorded"]
    else:
        assert (deletion.status_code, correction.status_code) == (412, 200)
        assert [revision["action"] for revision in history(patient)] == ["recorded", "corrected"]
    assert read(patient.get(path_of()))["note"] == "corrected"


def test_many_nights_sent_at_once_all_arrive_and_each_has_its_place_in_the_feed(
    patient: Person, phones: list[Person]
) -> None:
    def send(number: int, phone: Person) -> TestResponse:
        for step in range(5):
            response = phone.put(
                path_of(NIGHT - timedelta(days=number * 5 + step)), night(NIGHT - timedelta(days=number * 5 + step))
            )
            assert response.status_code == 201
        return response

    at_once(phones, send)
    body = read(patient.get("/api/nights?cursor=0"))
    assert len(body["nights"]) == body["cursor"] == PHONES * 5


def test_patients_who_write_at_once_do_not_disturb_each_other(app: Flask) -> None:
    several = [signed_in(app, "patient", f"{number}@example.org") for number in range(PHONES)]
    answers = at_once(several, lambda number, person: person.put(path_of(), night(note=f"patient {number}")))
    assert [answer.status_code for answer in answers] == [201] * PHONES
    for number, person in enumerate(several):
        assert read(person.get(path_of()))["note"] == f"patient {number}"
