"""The whole bundle, written entry by entry: a long diary need not fit in memory twice."""

import json
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO
from uuid import UUID

from backend import clock
from backend.accounts.models import User
from backend.calendar import last_closed_night
from backend.diary.service import nights_for_reading
from backend.exports.fhir.comparison import ANSWERS, METHODS, NUMBERS, TEXT, comparison
from backend.exports.fhir.form import QUESTIONS, codes_of, questionnaire
from backend.exports.fhir.observations import MEASURES, observations
from backend.exports.fhir.resources import CODES, Resource, entry, text_of, words_of
from backend.exports.fhir.responses import responses
from backend.exports.fhir.stockings import PROPERTIES, WEAR, device, wear
from backend.health.service import told
from backend.health.stockings import LENGTHS
from backend.results.service import result_of

MEDIA_TYPE = "application/fhir+json"


def write_bundle(patient: User, file: IO[bytes]) -> None:
    """Write a patient's diary as a FHIR R4 (4.0.1) bundle of type ``collection``, one entry a line."""
    text = TextIOWrapper(file, "utf-8", newline="\n")
    head = {"resourceType": "Bundle", "language": "en", "type": "collection", "timestamp": clock.now().isoformat()}
    text.write(_json(head)[:-1] + ', "entry": [')
    for number, one in enumerate(entries(patient)):
        text.write((",\n" if number else "\n") + _json(one))
    text.write("\n]}\n")
    text.detach()


def entries(patient: User) -> Iterator[Resource]:
    """Return the entries in an order that stays: who, what codes and questions mean, then night by night."""
    nights = nights_for_reading(patient.id)
    yield _person(patient)
    yield _code_system()
    yield questionnaire()
    for night in nights:
        yield responses(patient, night)
        yield from observations(patient, night)
    garment = told(patient, "garment")
    worn = list(wear(patient, nights, last_closed_night(clock.now(), patient.zone)))
    if worn or garment["version"]:
        yield device(patient, garment)
    yield from worn
    yield from comparison(patient, result_of(patient))


def _person(patient: User) -> Resource:
    name = text_of(patient.display_name)
    return entry(
        "Patient",
        patient.public_id,
        name=[{"text": name}] if name else None,
        birthDate=str(patient.birth_year) if patient.birth_year else None,
    )


def _code_system() -> Resource:
    """Return what Charley's own codes mean: there is no server to ask."""
    return entry(
        "CodeSystem",
        UUID(CODES.removeprefix("urn:uuid:")),
        language="en",
        url=CODES,
        name="Charley",
        title="Charley's own codes, for what no standard code was found for",
        status="active",
        caseSensitive=True,
        content="complete",
        concept=[{"code": code, "display": display} for code, display in sorted(own_codes().items())],
    )


def own_codes() -> dict[str, str]:
    """Return all of Charley's own codes with their words."""
    questions = [one for question in QUESTIONS for one in (question, *question.questions)]
    answers = [code for question in questions for code in codes_of(question)]
    plain = [*answers, *(f"length.{length}" for length in LENGTHS)]
    return {
        **{code: words_of(code) for code in plain},
        **{measure.name: measure.text for measure in MEASURES if not measure.standard},
        **WEAR,
        **PROPERTIES,
        "rate_ratio": TEXT,
        **{name: words for name, (words, _) in ANSWERS.items()},
        **{code: words for _, known in ANSWERS.values() for code, words in known.items()},
        **METHODS,
        **{name: words for name, (words, _, _) in NUMBERS.items()},
    }


def _json(value: Resource) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
