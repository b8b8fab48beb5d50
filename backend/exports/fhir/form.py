"""The nightly form as a Questionnaire: what each answer of a night means."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.diary.night_fields import CRAMP_FIELDS, NIGHT_FIELDS, UNITS, NightField
from backend.diary.schemas import MAX_CRAMPS
from backend.exports.fhir.resources import FORM, UCUM, Resource, entry, own_code

# Words that the owners of the codes ask for.
NOTICES = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and "
    "the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC is a registered United States trademark of Regenstrief Institute, Inc. "
    "This material includes SNOMED Clinical Terms (SNOMED CT), which is used by permission of SNOMED International; "
    "other use of SNOMED CT may need a license."
)
_EXTENSIONS = "http://hl7.org/fhir/StructureDefinition"


# Kinds of a night's fields as FHIR types of items.
_TYPES = {
    "flag": "boolean", "number": "quantity", "whole": "integer", "choice": "choice", "words": "choice",
    "minute": "dateTime", "text": "text", "zone": "string", "group": "group",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    link_id : the field's name in the API, after that of the group it belongs to and a point; ``cramps`` is the number
        of them, ``cramp`` the group of one.
    kind : a FHIR type of items.
    field : of the night, where it is one.

    """

    link_id: str
    kind: str
    text: str
    required: bool = False
    repeats: bool = False
    questions: "tuple[Question, ...]" = ()
    field: NightField | None = None

    @property
    def name(self) -> str:
        """The field's name in its group."""
        return self.link_id.rpartition(".")[2]

    @property
    def unit(self) -> str | None:
        """Of a quantity, in UCUM."""
        return self.field.unit if self.field and self.kind == "quantity" else None


def _question(field: NightField, group: str = "") -> Question:
    return Question(
        f"{group}{field.name}",
        _TYPES[field.kind],
        field.question,
        required=field.kind == "zone",
        repeats=field.kind == "words",
        questions=tuple(_question(member, f"{field.name}.") for member in field.members),
        field=field,
    )


QUESTIONS = (
    Question("night_date", "date", "Date of the evening on which the night began", required=True),
    Question("cramps", "integer", "Number of cramps in the night (0: none)", required=True),
    Question(
        "cramp",
        "group",
        "One group for each cramp",
        repeats=True,
        questions=tuple(_question(field, "cramp.") for field in CRAMP_FIELDS),
    ),
    *(_question(field) for field in NIGHT_FIELDS if field.question),
)


def questionnaire() -> Resource:
    """Return the form."""
    return entry(
        "Questionnaire",
        UUID(FORM.removeprefix("urn:uuid:")),
        language="en",
        url=FORM,
        name="CharleyNight",
        title="Charley: one night of the night-cramp diary",
        status="active",
        subjectType=["Patient"],
        description=(
            "Answered each morning about the night that has passed. A night without responses was not recorded; a "
            "recorded night without cramps has the number 0. What was not answered is left out."
        ),
        copyright=NOTICES,
        item=[_item(question) for question in QUESTIONS],
    )


def codes_of(question: Question) -> list[str]:
    """Return the codes of a question's answers, under the question's name: ``heat`` eases a cramp, and is a trouble."""
    return [f"{question.name}.{choice}" for choice in (question.field.choices if question.field else ())]


def _item(question: Question) -> Resource:
    told: Resource = {
        "extension": _extensions(question),
        "linkId": question.link_id,
        "text": question.text,
        "type": question.kind,
        "required": question.required or None,
        "repeats": question.repeats or None,
        "maxLength": question.field.longest if question.field else None,
        "answerOption": [{"valueCoding": own_code(code)} for code in codes_of(question)],
        "item": [_item(one) for one in question.questions],
    }
    return {name: value for name, value in told.items() if value is not None and value != []}


def _extensions(question: Question) -> list[Resource]:
    if question.unit:
        unit = {"system": UCUM, "code": question.unit, "display": UNITS[question.unit]}
        return [_extension("questionnaire-unitOption", "valueCoding", unit)]
    if question.kind == "integer":
        bounds: Resource = question.field.bounds if question.field else {"low": 0, "high": MAX_CRAMPS}
        return [_extension(f"{end}Value", "valueInteger", bounds[bound]) for end, bound in _ENDS]
    return []


_ENDS = (("min", "low"), ("max", "high"))


def _extension(name: str, kind: str, value: Any) -> Resource:
    return {"url": f"{_EXTENSIONS}/{name}", kind: value}
