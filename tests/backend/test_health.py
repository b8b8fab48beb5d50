"""What patients tell about their health: kept in versions, read by them and by whom they share with."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from backend import clock
from backend.audit import AppendOnlyError
from backend.db import db
from backend.health import service
from backend.health.gate import EMERGENCY, QUESTIONS, RED_FLAGS, SAME_DAY
from backend.health.models import HealthRecord
from tests.backend.conftest import SetClock
from tests.backend.errors import pointers, refusal
from tests.backend.people import Person, read, shared
from tests.backend.screenings import screened, screening

pytestmark = pytest.mark.usefixtures("morning")
HISTORY = {
    "signs": {"swelling": "left", "skin_change": "none", "varicose": "both", "spider": None},
    "symptoms_by_day": ["aching", "heaviness"],
    "causes": ["diabetes", "caffeine"],
    "vein_risks": ["age", "long_standing"],
    "medicines": ["statin", "other"],
    "medicines_note": "Something for the blood pressure.",
    "pregnancy": "not_applicable",
    "cramp_or_urge": {
        "muscle_hardens": True, "urge_first": False, "walking_brings_on": None, "numb_feet": False,
        "shifting_ends": False,
    },
    "note": None,
}  # fmt: skip


def test_before_the_first_answer_everything_is_open(patient: Person) -> None:
    found = read(patient.get("/api/screening"))
    assert (found["version"], found["answered_at"], found["outcome"]) == (0, None, "not_answered")
    assert found["answers"] == dict.fromkeys(QUESTIONS)
    assert (found["missing"], found["blocked"], found["ask_first"]) == (list(QUESTIONS), [], [])
    assert (found["abi_left"], found["abi_right"], found["abi"]) == (None, None, None)
    assert (found["asked"], found["red_flags"]) == ({}, [])
    assert read(patient.get("/api/screening/history")) == {"screenings": []}
    history = read(patient.get("/api/health-history"))
    assert (history["version"], history["answered_at"], history["causes"]) == (0, None, [])
    assert history["signs"] == dict.fromkeys(("swelling", "skin_change", "varicose", "spider"))
    garment = read(patient.get("/api/garment"))
    assert garment == dict.fromkeys(garment) | {"version": 0}


def test_every_answering_of_the_screen_is_a_version_and_the_older_ones_stay(
    patient: Person, clock_at: SetClock
) -> None:
    asked = {"diabetes": "2026-11-01"}
    first = screened(patient, "gangrene")
    clock_at("2026-11-05T06:30:00+00:00")
    second = screened(patient, "diabetes")
    third = screened(patient, "diabetes", asked=asked, abi_left=1.1, red_flags=["numbness"])
    assert [found["outcome"] for found in (first, second, third)] == ["blocked", "ask_first", "free"]
    assert [found["version"] for found in (first, second, third)] == [1, 2, 3]
    assert third["answered_at"] == "2026-11-05T06:30:00+00:00"
    assert (third["asked"], third["red_flags"]) == (asked, ["numbness"])
    assert (third["abi_left"], third["abi_right"], third["abi"]) == (1.1, None, None)
    assert (second["unconfirmed"], third["unconfirmed"]) == (["diabetes"], [])
    assert read(patient.get("/api/screening")) == third
    versions = read(patient.get("/api/screening/history"))["screenings"]
    assert [version["version"] for version in versions] == [3, 2, 1]
    assert (versions[2]["outcome"], versions[2]["answers"]) == ("blocked", first["answers"])


def test_old_answers_have_to_be_given_again_and_the_history_says_what_they_came_to(
    patient: Person, clock_at: SetClock
) -> None:
    assert screened(patient)["outcome"] == "free"
    clock_at("2027-05-04T06:30:00+00:00")
    found = read(patient.get("/api/screening"))
    assert (found["outcome"], found["missing"]) == ("incomplete", list(QUESTIONS))
    assert found["answers"] == dict.fromkeys(QUESTIONS, False)
    assert found["confirmed_since"] == "2026-11-05"
    assert read(patient.get("/api/screening/history"))["screenings"][0]["outcome"] == "free"


def test_the_day_of_asking_is_a_day_where_the_patient_is(patient: Person, clock_at: SetClock) -> None:
    clock_at("2026-11-04T11:30:00+00:00")
    body = screening("diabetes", asked={"diabetes": "2026-11-05"})
    patient.patch("/api/me", {"zone": "Europe/Paris"})
    response = patient.post("/api/screening", body)
    assert refusal(response, "validation")["errors"] == [
        {"pointer": "/asked/diabetes", "detail": "Must not be later than 2026-11-04, today."}
    ]
    assert read(patient.get("/api/screening"))["version"] == 0
    patient.patch("/api/me", {"zone": "Pacific/Auckland"})
    assert screened(patient, "diabetes", asked={"diabetes": "2026-11-05"})["outcome"] == "free"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"questions_version": "1999-01"}, "/questions_version"),
        ({"questions_version": None}, "/questions_version"),
        ({"answers": None}, "/answers"),
        ({"answers": {"gangrene": "no"}}, "/answers/gangrene"),
        ({"answers": {"gangrene": 0}}, "/answers/gangrene"),
        ({"answers": {"headache": False}}, "/answers/headache"),
        ({"abi_left": -0.1}, "/abi_left"),
        ({"abi_right": 2.51}, "/abi_right"),
        ({"abi_right": "1.0"}, "/abi_right"),
        ({"abi": 2.51}, "/abi"),
        ({"abi": 1.0, "abi_right": 1.0}, "/abi"),
        ({"asked": {"gangrene": "2026-11-01"}}, "/asked/gangrene"),
        ({"asked": {"diabetes": "yesterday"}}, "/asked/diabetes"),
        ({"asked": {"diabetes": None}}, "/asked/diabetes"),
        ({"red_flags": ["headache"]}, "/red_flags/0"),
        ({"red_flags": ["fainting", "fainting"]}, "/red_flags"),
        ({"outcome": "free"}, "/outcome"),
    ],
)
def test_a_screen_that_cannot_be_is_refused_by_field(patient: Person, changes: dict[str, Any], pointer: str) -> None:
    assert pointers(patient.post("/api/screening", screening() | changes)) == [pointer]
    assert read(patient.get("/api/screening"))["version"] == 0


def test_an_index_told_once_for_both_legs_stays_readable_and_counts(patient: Person, physician: Person) -> None:
    first_version = {**screening(), "questions_version": "2026-11"}
    for leg in ("abi_left", "abi_right"):
        del first_version[leg]
    found = read(patient.post("/api/screening", first_version | {"abi": 0.5}))
    assert (found["outcome"], found["blocked"]) == ("blocked", ["abi_low"])
    assert (found["questions_version"], found["abi"]) == ("2026-11", 0.5)
    assert (found["abi_left"], found["abi_right"]) == (None, None)
    shared(patient, physician)
    assert read(physician.get(f"/api/patients/{patient.id}/health"))["screening"] == found
    assert screened(patient, abi_left=1.0, abi_right=1.1)["outcome"] == "free"
    versions = read(patient.get("/api/screening/history"))["screenings"]
    assert [(version["abi"], version["abi_right"]) for version in versions] == [(None, 1.1), (0.5, None)]


def test_answers_from_before_the_legs_were_asked_each_are_read_from_the_table(app: Flask, patient: Person) -> None:
    answers = {code: code == "claudication" for code in QUESTIONS}
    stored = {"questions_version": "2026-11", "answers": answers, "abi": 0.7, "asked": {}, "red_flags": []}
    screened(patient)
    with app.app_context():
        patient_id = db.session.scalars(select(HealthRecord.patient_id)).one()
        service.add_record(patient_id, "screening", stored, clock.now())
        db.session.commit()
    found = read(patient.get("/api/screening"))
    assert (found["abi"], found["abi_left"], found["abi_right"]) == (0.7, None, None)
    assert (found["outcome"], found["ask_first"]) == ("ask_first", ["claudication", "abi_borderline"])


def test_questions_that_were_left_out_altogether_are_missing(patient: Person) -> None:
    response = patient.post("/api/screening", screening() | {"answers": {"gangrene": False}})
    found = read(response)
    assert (response.status_code, found["outcome"]) == (201, "incomplete")
    assert found["missing"] == [code for code in QUESTIONS if code != "gangrene"]


def test_the_health_history_is_told_in_versions(app: Flask, patient: Person) -> None:
    response = patient.put("/api/health-history", HISTORY)
    found = read(response)
    assert (response.status_code, found["version"]) == (200, 1)
    assert {name: found[name] for name in HISTORY} == HISTORY
    assert read(patient.put("/api/health-history", HISTORY)) == found
    changed = read(patient.put("/api/health-history", {"pregnancy": "no"}))
    assert (changed["version"], changed["pregnancy"], changed["medicines"]) == (2, "no", [])
    assert read(patient.get("/api/health-history")) == changed
    with app.app_context():
        assert len(db.session.scalars(select(HealthRecord)).all()) == 2


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"signs": {"swelling": "front"}}, "/signs/swelling"),
        ({"symptoms_by_day": ["itch"]}, "/symptoms_by_day/0"),
        ({"causes": ["caffeine", "caffeine"]}, "/causes"),
        ({"medicines": "statin"}, "/medicines"),
        ({"medicines_note": "x" * 501}, "/medicines_note"),
        ({"medicines_note": "\x00"}, "/medicines_note"),
        ({"pregnancy": True}, "/pregnancy"),
        ({"cramp_or_urge": {"urge_first": "yes"}}, "/cramp_or_urge/urge_first"),
        ({"note": "x" * 2001}, "/note"),
        ({"weight": 80}, "/weight"),
    ],
)
def test_a_history_that_cannot_be_is_refused_by_field(patient: Person, changes: dict[str, Any], pointer: str) -> None:
    assert pointers(patient.put("/api/health-history", HISTORY | changes)) == [pointer]
    assert read(patient.get("/api/health-history"))["version"] == 0


@pytest.mark.parametrize(
    ("scheme", "compression_class", "low", "high"),
    [
        ("RAL", "I", 18, 21),
        ("RAL", "II", 23, 32),
        ("RAL", "III", 34, 46),
        ("RAL", "IV", 49, None),
        ("UK", "1", 14, 17),
        ("UK", "2", 18, 24),
        ("UK", "3", 25, 35),
        ("US", "15-20", 15, 20),
        ("US", "20-30", 20, 30),
        ("US", "30-40", 30, 40),
        ("unknown", "strong", None, None),
        ("RAL", None, None, None),
        (None, "2", None, None),
    ],
)
def test_the_pressures_of_a_class_are_those_of_its_scheme(
    patient: Person, scheme: str | None, compression_class: str | None, low: int | None, high: int | None
) -> None:
    told = {"scheme": scheme, "compression_class": compression_class, "length": "knee"}
    found = read(patient.put("/api/garment", told))
    assert {name: found[name] for name in told} == told
    assert (found["mmhg_low"], found["mmhg_high"], found["version"]) == (low, high, 1)
    assert read(patient.put("/api/garment", told)) == found


@pytest.mark.parametrize(("low", "high"), [(16, 22), (16, None), (None, 22), (20, 20)])
def test_pressures_that_were_told_stay_as_told(patient: Person, low: int | None, high: int | None) -> None:
    found = read(
        patient.put("/api/garment", {"scheme": "RAL", "compression_class": "I", "mmhg_low": low, "mmhg_high": high})
    )
    assert (found["mmhg_low"], found["mmhg_high"]) == (low, high)


@pytest.mark.parametrize(
    ("garment", "pointer"),
    [
        ({"scheme": "FR"}, "/scheme"),
        ({"scheme": "RAL", "compression_class": "2"}, "/compression_class"),
        ({"scheme": "UK", "compression_class": "II"}, "/compression_class"),
        ({"scheme": "US", "compression_class": "18-21"}, "/compression_class"),
        ({"compression_class": ""}, "/compression_class"),
        ({"mmhg_low": 7}, "/mmhg_low"),
        ({"mmhg_high": 61}, "/mmhg_high"),
        ({"mmhg_low": 18.5}, "/mmhg_low"),
        ({"mmhg_low": 30, "mmhg_high": 20}, "/mmhg_high"),
        ({"length": "ankle"}, "/length"),
    ],
)
def test_stockings_that_cannot_be_are_refused_by_field(patient: Person, garment: dict[str, Any], pointer: str) -> None:
    assert pointers(patient.put("/api/garment", garment)) == [pointer]
    assert read(patient.get("/api/garment"))["version"] == 0


def test_what_was_answered_is_never_changed(app: Flask, patient: Person) -> None:
    screened(patient)
    with app.app_context():
        db.session.scalars(select(HealthRecord)).one().document = "{}"
        with pytest.raises(AppendOnlyError, match="HealthRecord rows are never changed"):
            db.session.commit()


def test_a_physician_with_a_grant_reads_what_was_told_and_the_look_is_logged(
    patient: Person, physician: Person
) -> None:
    screened(patient, "diabetes", red_flags=["numbness"])
    patient.put("/api/health-history", HISTORY)
    patient.put("/api/garment", {"scheme": "UK", "compression_class": "2", "length": "thigh"})
    path = f"/api/patients/{patient.id}/health"
    refusal(physician.get(path), "not-found")
    shared(patient, physician)
    found = read(physician.get(path))
    assert found == {
        "red_flags": [{"flag": "numbness", "urgency": "soon"}],
        "screening": read(patient.get("/api/screening")),
        "history": read(patient.get("/api/health-history")),
        "garment": read(patient.get("/api/garment")),
    }
    assert found["screening"]["outcome"] == "ask_first"
    assert [entry["what"] for entry in read(patient.get("/api/access-log"))["entries"]] == ["health"]


def test_patients_meet_their_own_health_only(patient: Person, other_patient: Person) -> None:
    screened(patient, "gangrene")
    patient.put("/api/health-history", HISTORY)
    patient.put("/api/garment", {"length": "knee"})
    for path in ("/api/screening", "/api/health-history", "/api/garment"):
        assert read(other_patient.get(path))["version"] == 0


@pytest.mark.parametrize("flag", RED_FLAGS)
def test_a_red_flag_that_needs_help_today_is_an_alert(patient: Person, physician: Person, flag: str) -> None:
    shared(patient, physician)
    screened(patient, red_flags=[flag])
    (row,) = read(physician.get("/api/patients"))["patients"]
    assert row["alerts"] == (["red_flag"] if flag in EMERGENCY + SAME_DAY else [])


def test_an_alert_lasts_until_the_flag_is_gone_and_is_its_patients_alone(
    patient: Person, other_patient: Person, physician: Person
) -> None:
    for person in (patient, other_patient):
        shared(person, physician)
    screened(other_patient)
    for flags, alerts in (([], []), (["fainting"], ["red_flag"]), (["fainting", "swelling"], ["red_flag"]), ([], [])):
        screened(patient, red_flags=flags)
        rows = {row["id"]: row["alerts"] for row in read(physician.get("/api/patients"))["patients"]}
        assert rows == {str(patient.id): alerts, str(other_patient.id): []}


def test_answers_sent_at_once_are_versions_in_a_row(app: Flask, patient: Person) -> None:
    phones = [Person(app, patient.email) for _ in range(4)]
    for phone in phones:
        assert phone.sign_in().status_code == 200

    def send(phone: Person) -> list[int]:
        answers = [phone.post("/api/screening", screening()) for _ in range(3)]
        return [read(answer)["version"] for answer in answers if answer.status_code == 201]

    with ThreadPoolExecutor(len(phones)) as pool:
        versions = Counter(version for sent in pool.map(send, phones) for version in sent)
    assert versions == Counter(range(1, 13))
