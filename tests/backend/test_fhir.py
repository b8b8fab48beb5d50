"""The diary for other systems: valid FHIR R4, the numbers of the diary, and never a diagnosis."""

import json
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from backend.diary.schemas import CrampSchema, NightSchema
from backend.exports.fhir.bundle import own_codes
from backend.exports.fhir.form import QUESTIONS
from backend.exports.fhir.resources import CODES, FORM, HCPCS, LOINC, SNOMED, UCUM
from backend.exports.fhir.stockings import device
from tests.backend.apps import emptied
from tests.backend.conftest import SetClock
from tests.backend.diaries import START, diary, keep
from tests.backend.nights import NIGHT, cramp, night, path_of, record, whole_night
from tests.backend.people import Person, read, shared, signed_in

Bundle = dict[str, Any]
SetUp = Callable[[Flask, Person, SetClock], None]
VALIDATE = Path(__file__).with_name("fhir") / "validate.mjs"
GARMENT = {"scheme": "US", "compression_class": "20-30", "mmhg_low": None, "mmhg_high": None, "length": "knee"}
AFTERNOON = "2026-11-04T15:00:00+00:00"


def validated(*resources: Bundle) -> list[dict[str, list[str]]]:
    """Return for each resource, by validator, the errors it finds."""
    done = subprocess.run(["node", VALIDATE], input=json.dumps(resources), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return [
        {name: [one for one in told if one.startswith(("error", "fatal"))] for name, told in each.items()}
        for each in found
    ]


def bundle_of(physician: Person, patient: Person) -> Bundle:
    response = physician.get(f"/api/patients/{patient.id}/fhir")
    assert response.status_code == 200
    assert response.content_type == "application/fhir+json"
    bundle: Bundle = read(response)
    return bundle


def resources(bundle: Bundle, kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def code_of(resource: dict[str, Any]) -> str:
    code: str = resource["code"]["coding"][0]["code"]
    return code


def measured(bundle: Bundle, code: str) -> dict[str, Any]:
    """Return the values of a measure by the date they are of."""
    found = {}
    for one in resources(bundle, "Observation"):
        if code_of(one) == code:
            day = one.get("effectiveDateTime") or one["effectivePeriod"]["start"][:10]
            assert day not in found
            found[day] = one["valueQuantity"]["value"] if "valueQuantity" in one else one["valueBoolean"]
    return found


STRAY = "\ufeffwith\u00a0every\x0bkind\u2028of\x1bspace\r\n\tand <b>&amp;</b>"
PAIRS = {"design": "pairs", "pairs": 9, "block_nights": 3, "seed": "a trial"}


def stopped_early(app: Flask, patient: Person, clock_at: SetClock) -> None:
    kept = diary(36, **PAIRS)
    clock_at(datetime.combine(START + timedelta(days=36), time(15), UTC))
    keep(app, patient, kept)
    (trial,) = read(patient.get("/api/trials"))["trials"]
    assert patient.post(f"/api/trials/{trial['id']}/stop", {"reason": "They are too tight."}).status_code == 200
    clock_at(datetime.combine(START + timedelta(days=60), time(15), UTC))


def of_options(app: Flask, patient: Person, clock_at: SetClock) -> None:
    clock_at(AFTERNOON)
    patient.patch("/api/me", {"birth_year": 1953, "display_name": "Zoë Müller"})
    patient.put("/api/me/garment", GARMENT)
    record(
        patient,
        whole_night(NIGHT - timedelta(days=2), note=STRAY, tz="Pacific/Kiritimati"),
        night(NIGHT, cramps=[], note=" ", symptoms={}),
    )


def kept_as(length: int, **options: Any) -> SetUp:
    def set_up(app: Flask, patient: Person, clock_at: SetClock) -> None:
        clock_at(datetime.combine(START + timedelta(days=length), time(15), UTC))
        keep(app, patient, diary(length, **options))

    return set_up


DIARIES: dict[str, SetUp] = {
    "nobody told anything": lambda _app, _patient, clock_at: clock_at(AFTERNOON),
    "every option": of_options,
    "a trial that runs": kept_as(20, **PAIRS),
    "a trial that is over": kept_as(58, **PAIRS),
    "a trial stopped early": stopped_early,
    "too few cramps": kept_as(58, on=0, off=0.05, **PAIRS),
    "no plan": kept_as(60),
}


@pytest.fixture(scope="module")
def bundles(served_app: Flask) -> dict[str, Bundle]:
    """The bundle of each diary, made once for the tests that only read them."""
    app = emptied(served_app)
    physician = signed_in(app, "physician")
    with pytest.MonkeyPatch.context() as patch:

        def clock_at(instant: str | datetime) -> None:
            stopped = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
            patch.setattr("backend.clock.now", lambda: stopped)

        return {
            name: made(app, physician, set_up, clock_at, f"patient{number}@example.org")
            for number, (name, set_up) in enumerate(DIARIES.items())
        }


def made(app: Flask, physician: Person, set_up: SetUp, clock_at: SetClock, email: str) -> Bundle:
    patient = signed_in(app, "patient", email)
    set_up(app, patient, clock_at)
    shared(patient, physician)
    return bundle_of(physician, patient)


def test_two_validators_find_nothing_wrong_in_any_diary(bundles: dict[str, Bundle]) -> None:
    found = dict(zip(bundles, validated(*bundles.values()), strict=True))
    assert found == {name: {"fhir": [], "medplum": []} for name in DIARIES}
    assert len(resources(bundles["a trial that is over"], "QuestionnaireResponse")) > 40


def broken(bundle: Bundle, kind: str, **changes: Any) -> Bundle:
    """Return a bundle of which the first resource of a kind is changed; None takes an element away."""
    copy = deepcopy(bundle)
    resource = resources(copy, kind)[0]
    for name, value in changes.items():
        if value is None:
            del resource[name]
        else:
            resource[name] = value
    return copy


def test_each_validator_refuses_a_broken_bundle(bundles: dict[str, Bundle]) -> None:
    good = bundles["every option"]
    both = [
        broken(good, "Observation", status=None),
        broken(good, "Observation", code=None),
        broken(good, "Patient", diagnosis="none of ours"),
        broken(good, "DeviceUseStatement", subject=None),
        broken(good, "QuestionnaireResponse", authored="yesterday"),
        {**good, "type": None},
    ]
    assert [[bool(found["fhir"]), bool(found["medplum"])] for found in validated(*both)] == [[True, True]] * len(both)
    # Each sees something that the other does not.
    code, text = broken(good, "Observation", status="finale"), broken(good, "Patient", name=[{"text": "Zoë\x0b"}])
    found_code, found_text = validated(code, text)
    assert (bool(found_code["fhir"]), bool(found_text["medplum"])) == (True, True)


ALLOWED = {
    LOINC: {"72514-3"},
    SNOMED: {"348681001", "1142010007", "1142015002"},
    HCPCS: {"A6530", "A6531"},
    UCUM: {"{count}", "{score}", "h", "min", "mm[Hg]", "1"},
    "http://terminology.hl7.org/CodeSystem/observation-category": {"survey"},
    CODES: set(own_codes()),
}
KINDS = {
    "Patient", "CodeSystem", "Questionnaire", "QuestionnaireResponse", "Observation", "Device", "DeviceUseStatement",
}  # fmt: skip
REFERRED = {
    "subject": {"Patient"}, "author": {"Patient"}, "source": {"Patient"}, "performer": {"Patient"},
    "patient": {"Patient"}, "derivedFrom": {"QuestionnaireResponse"}, "device": {"Device"},
}  # fmt: skip


def elements(value: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every object in a document with the name it stands under."""
    if isinstance(value, dict):
        yield name, value
        for key, inner in value.items():
            yield from elements(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from elements(inner, name)


def test_references_resolve_codes_are_known_and_there_is_no_diagnosis(bundles: dict[str, Bundle]) -> None:
    words = own_codes()
    for bundle in bundles.values():
        by_url = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
        assert len(by_url) == len(bundle["entry"])
        assert {resource["resourceType"] for resource in by_url.values()} <= KINDS
        assert all(url == f"urn:uuid:{resource['id']}" for url, resource in by_url.items())
        for name, element in elements(bundle):
            if "reference" in element:
                assert by_url[element["reference"]]["resourceType"] in REFERRED[name]
            if "system" in element:
                assert element["code"] in ALLOWED[element["system"]]
                if element["system"] == CODES:
                    assert element["display"] == words[element["code"]]
        assert {one["questionnaire"] for one in resources(bundle, "QuestionnaireResponse")} <= {FORM}
        (told,) = resources(bundle, "CodeSystem")
        assert {one["code"]: one["display"] for one in told["concept"]} == words


def test_the_form_asks_what_a_night_tells() -> None:
    asked = {question.link_id for question in QUESTIONS}
    # When it was edited is when the responses were authored; of one cramp there is a group.
    assert asked == set(NightSchema().fields) - {"edited_at"} | {"cramp"}
    (group,) = (question for question in QUESTIONS if question.link_id == "cramp")
    assert {question.name for question in group.questions} == set(CrampSchema().fields) - {"id"}


@pytest.fixture
def sharing(patient: Person, physician: Person, clock_at: SetClock) -> Person:
    """A patient who shares, on the afternoon after `NIGHT`."""
    clock_at(AFTERNOON)
    shared(patient, physician)
    return patient


def answers(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return answers by their questions; a group that repeats is a list."""
    found: dict[str, Any] = {}
    for item in items:
        if "answer" in item:
            values = [next(iter(answer.values())) for answer in item["answer"]]
            plain = [value.get("value", value.get("code")) if isinstance(value, dict) else value for value in values]
            found[item["linkId"]] = plain if len(plain) > 1 else plain[0]
        else:
            found.setdefault(item["linkId"], []).append(answers(item.get("item", [])))
    return found


def test_responses_say_what_was_answered_and_leave_out_what_was_not(sharing: Person, physician: Person) -> None:
    bare = cramp(2, duration_min=None, pain_nrs=None, site=None, side=None, relief=[])
    told = [cramp(1, onset_local=f"{NIGHT}T23:50"), bare]
    record(sharing, night(cramps=told, edited_at="2026-11-04T08:20:00+02:00"))
    (found,) = resources(bundle_of(physician, sharing), "QuestionnaireResponse")
    assert found["authored"] == "2026-11-04T06:20:00Z"
    assert answers(found["item"]) == {
        "night_date": "2026-11-03",
        "cramps": 2,
        "cramp": [
            {
                "cramp.onset_local": "2026-11-03T23:50:00+01:00",
                "cramp.duration_min": 4.5,
                "cramp.pain_nrs": 6,
                "cramp.site": "site.calf",
                "cramp.side": "side.left",
                "cramp.relief": ["relief.stretch", "relief.walk"],
            },
            {},
        ],
        "stockings_day": True,
        "day_wear_h": 9.5,
        "stockings_night": False,
        "rls_urge": False,
        "awake_min": 20.0,
        "symptoms": [{"symptoms.aching": 3, "symptoms.heaviness": 4, "symptoms.burning": 0}],
        "problems": "problems.itch",
        "contributors": ["contributors.caffeine", "contributors.walking"],
        "note": "The right calf again.",
        "tz": "Europe/Paris",
    }


def test_none_is_0_and_what_was_not_recorded_is_absent(sharing: Person, physician: Person) -> None:
    unrated = [cramp(1, pain_nrs=8), cramp(2, pain_nrs=None, duration_min=None)]
    nights = [
        night(NIGHT - timedelta(days=4), cramps=[], rls_urge=None, day_wear_h=None, symptoms={}),
        night(NIGHT - timedelta(days=2), cramps=unrated, rls_urge=True, day_wear_h=0, awake_min=None),
        night(NIGHT, cramps=[cramp(1, pain_nrs=0), cramp(2, pain_nrs=9, duration_min=2)]),
    ]
    record(sharing, *nights)
    bundle = bundle_of(physician, sharing)
    assert measured(bundle, "cramps") == {"2026-10-30": 0, "2026-11-01": 2, "2026-11-03": 2}
    assert measured(bundle, "72514-3") == {"2026-11-03": 9}
    assert measured(bundle, "cramp_minutes") == {"2026-11-03": 6.5}
    assert measured(bundle, "rls_urge") == {"2026-11-01": True, "2026-11-03": False}
    assert measured(bundle, "day_wear_h") == {"2026-11-01": 0, "2026-11-03": 9.5}
    assert measured(bundle, "awake_min") == {"2026-10-30": 20, "2026-11-03": 20}
    assert measured(bundle, "symptoms.burning") == {"2026-11-01": 0, "2026-11-03": 0}
    assert measured(bundle, "symptoms.soreness") == {}
    assert "dataAbsentReason" not in json.dumps(bundle)


def test_every_number_is_the_diarys(app: Flask, patient: Person, physician: Person, clock_at: SetClock) -> None:
    kept = diary(58, **PAIRS)
    clock_at(datetime.combine(START + timedelta(days=60), time(15), UTC))
    keep(app, patient, kept)
    shared(patient, physician)
    bundle = bundle_of(physician, patient)
    rows = {row["night_date"].isoformat(): row for row in kept.rows}
    assert measured(bundle, "cramps") == {day: row["cramps"] for day, row in rows.items()}
    with_cramps = {day: row for day, row in rows.items() if row["cramps"]}
    for name, code in (("cramp_minutes", "cramp_minutes"), ("worst_pain", "72514-3")):
        told = {day: row[name] for day, row in with_cramps.items() if row[name] is not None}
        assert measured(bundle, code) == told
    result = read(patient.get("/api/result"))
    (compared,) = [one for one in resources(bundle, "Observation") if code_of(one) == "rate_ratio"]
    assert compared["valueQuantity"]["value"] == pytest.approx(result["rate_ratio"], rel=1e-12)
    parts = {code_of(part): part for part in compared["component"]}
    for name in ("ci_low", "ci_high", "p_help", "nights_on", "cramps_off"):
        assert parts[name]["valueQuantity"]["value"] == pytest.approx(result[name], rel=1e-12)
    assert parts["as_worn.rate_ratio"]["valueQuantity"]["value"] == pytest.approx(result["as_worn"]["rate_ratio"])
    assert any("The two estimates count different nights" in note["text"] for note in compared["note"])
    assert parts["exposure"]["valueCodeableConcept"]["coding"][0]["code"] == "exposure.any"
    assert parts["state"]["valueCodeableConcept"]["coding"][0]["code"] == f"state.{result['state']}"
    assert "a hypothesis, never a diagnosis" in compared["note"][0]["text"]
    assert compared["effectivePeriod"] == {"start": result["first_night"], "end": result["last_night"]}


def test_the_comparison_is_told_once_it_has_opened(bundles: dict[str, Bundle]) -> None:
    told = {
        name: [code_of(one) for one in resources(bundle, "Observation")].count("rate_ratio")
        for name, bundle in bundles.items()
    }
    assert told == {
        "nobody told anything": 0,
        "every option": 0,
        "a trial that runs": 0,
        "a trial that is over": 1,
        "a trial stopped early": 1,
        "too few cramps": 0,
        "no plan": 1,
    }
    (stopped,) = [o for o in resources(bundles["a trial stopped early"], "Observation") if code_of(o) == "rate_ratio"]
    assert any("the trial was stopped then" in note["text"] for note in stopped["note"])


def test_the_words_beside_the_code_are_as_strong_as_the_evidence(bundles: dict[str, Bundle]) -> None:
    (found,) = [one for one in resources(bundles["no plan"], "Observation") if code_of(one) == "rate_ratio"]
    parts = {
        code_of(part): part["valueCodeableConcept"] for part in found["component"] if "valueCodeableConcept" in part
    }
    assert parts["grade"]["coding"][0]["code"] == "grade.C"
    assert parts["state"]["coding"][0]["code"] == "state.help"
    assert parts["state"]["text"] == "Own diary, no trial: fewer cramps"
    notes = [note["text"] for note in found["note"]]
    assert notes[1].startswith("This was no trial: the patient chose the nights, chance did not.")
    assert "seem to help" not in json.dumps(found)
    for source in ("BMJ 1999;318:353", "Rev Assoc Med Bras", "NCT04694417"):
        assert source in notes[2]
    assert not any("estimate" in note for note in notes)


def test_a_trial_worn_as_assigned_has_one_estimate(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock
) -> None:
    kept = diary(58, **PAIRS)
    for night_date, body in kept.nights.items():
        body |= {"stockings_day": kept.schedule and kept.schedule.assigned(START, night_date), "stockings_night": False}
    clock_at(datetime.combine(START + timedelta(days=60), time(15), UTC))
    keep(app, patient, kept)
    shared(patient, physician)
    (found,) = [o for o in resources(bundle_of(physician, patient), "Observation") if code_of(o) == "rate_ratio"]
    assert not [part for part in found["component"] if code_of(part).startswith("as_worn.")]
    assert any(note["text"].endswith("so that both are one estimate.") for note in found["note"])


def test_a_night_lasts_from_noon_to_noon_where_the_person_woke(sharing: Person, physician: Person) -> None:
    changed = date(2026, 10, 24)  # clocks went back in Paris
    record(sharing, night(changed, cramps=[]), night(changed + timedelta(days=1), cramps=[], tz="America/New_York"))
    told = [one for one in resources(bundle_of(physician, sharing), "Observation") if code_of(one) == "cramps"]
    assert [one["effectivePeriod"] for one in told] == [
        {"start": "2026-10-24T12:00:00+02:00", "end": "2026-10-25T12:00:00+01:00"},
        {"start": "2026-10-25T12:00:00-04:00", "end": "2026-10-26T12:00:00-04:00"},
    ]


def test_wear_is_told_in_stretches_as_worn(sharing: Person, physician: Person) -> None:
    by_day = [True, True, False, True, None, True]
    for back, worn in enumerate(reversed(by_day)):
        if back != 4:  # that night is not recorded
            record(sharing, night(NIGHT - timedelta(days=back), stockings_day=worn, stockings_night=back == 2))
    bundle = bundle_of(physician, sharing)
    told = [
        (one["status"], one["timingTiming"]["code"]["coding"][0]["code"], one["timingTiming"]["repeat"]["boundsPeriod"])
        for one in resources(bundle, "DeviceUseStatement")
    ]
    assert told == [
        ("completed", "stockings_day", {"start": "2026-10-29", "end": "2026-10-29"}),
        ("completed", "stockings_day", {"start": "2026-11-01", "end": "2026-11-01"}),
        ("active", "stockings_day", {"start": "2026-11-03"}),
        ("completed", "stockings_night", {"start": "2026-11-01T12:00:00+01:00", "end": "2026-11-02T12:00:00+01:00"}),
    ]
    (worn,) = resources(bundle, "Device")
    assert [coding["code"] for coding in worn["type"]["coding"]] == ["348681001"]
    assert "property" not in worn


@pytest.mark.parametrize(
    ("scheme", "named", "low", "high", "length", "codes"),
    [
        ("US", "20-30", 20, 30, "knee", ["348681001", "A6530"]),
        ("US", "30-40", 30, 40, "knee", ["348681001", "A6531"]),
        ("US", "15-20", 15, 20, "knee", ["348681001"]),
        ("RAL", "I", 18, 21, "knee", ["348681001", "1142010007", "A6530"]),
        ("RAL", "II", 23, 32, "knee", ["348681001", "1142015002"]),
        ("RAL", "IV", 49, None, "knee", ["348681001"]),
        ("UK", "2", 18, 24, "knee", ["348681001", "1142015002", "A6530"]),
        ("UK", "1", 14, 17, "thigh", ["348681001"]),
        ("US", "20-30", 20, 30, "tights", ["348681001"]),
        ("unknown", "I", None, None, None, ["348681001"]),
    ],
)
def test_stockings_get_the_codes_that_fit_them(
    scheme: str, named: str, low: int | None, high: int | None, length: str | None, codes: list[str]
) -> None:
    told = {"scheme": scheme, "compression_class": named, "mmhg_low": low, "mmhg_high": high, "length": length}
    found = device(SimpleNamespace(public_id=UUID(int=1)), told)["resource"]  # type: ignore[arg-type]
    assert [coding["code"] for coding in found["type"]["coding"]] == codes
    values = {part["type"]["coding"][0]["code"]: part for part in found["property"]}
    assert [values[name]["valueQuantity"][0]["value"] for name in ("mmhg_low", "mmhg_high") if name in values] == [
        bound for bound in (low, high) if bound is not None
    ]
    assert values["compression_class"]["valueCode"] == [{"text": f"{scheme} {named}" if scheme != "unknown" else named}]


def test_a_person_is_named_with_nothing_more_than_needed(bundles: dict[str, Bundle]) -> None:
    (person,) = resources(bundles["every option"], "Patient")
    assert {name: value for name, value in person.items() if name != "id"} == {
        "resourceType": "Patient",
        "name": [{"text": "Zoë Müller"}],
        "birthDate": "1953",
    }
    (nobody,) = resources(bundles["nobody told anything"], "Patient")
    assert set(nobody) == {"resourceType", "id"}


def test_the_same_diary_gives_the_same_bundle_and_a_correction_changes_its_night(
    sharing: Person, physician: Person
) -> None:
    (version, _) = record(sharing, night(), night(NIGHT - timedelta(days=1)))
    before = bundle_of(physician, sharing)
    assert bundle_of(physician, sharing) == before
    corrected = night(cramps=[], edited_at="2026-11-04T14:00:00Z")
    assert sharing.put(path_of(), corrected, headers={"If-Match": version}).status_code == 200
    changed = [entry for entry in bundle_of(physician, sharing)["entry"] if entry not in before["entry"]]
    assert {entry["resource"].get("authored", entry["resource"].get("issued")) for entry in changed} <= {
        "2026-11-04T14:00:00Z", None,
    }  # fmt: skip
    assert {entry["fullUrl"] for entry in changed} <= {entry["fullUrl"] for entry in before["entry"]}


def test_a_download_is_logged_and_its_name_says_nothing_of_health(sharing: Person, physician: Person) -> None:
    response = physician.get(f"/api/patients/{sharing.id}/fhir")
    assert response.headers["Content-Disposition"] == "attachment; filename=charley-2026-11-04.fhir.json"
    assert [look["what"] for look in read(sharing.get("/api/access-log"))["entries"]] == ["fhir"]
