"""The nightly form as a Questionnaire: what each answer of a night means."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.diary.schemas import SYMPTOMS
from backend.exports.fhir.resources import FORM, UCUM, Resource, entry, own_code, words_of
from backend.exports.night_fields import bounds_at, choices_at, longest_at

# Words that the owners of the codes ask for.
NOTICES = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and "
    "the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC is a registered United States trademark of Regenstrief Institute, Inc. "
    "This material includes SNOMED Clinical Terms (SNOMED CT), which is used by permission of SNOMED International; "
    "other use of SNOMED CT may need a license."
)
UNITS = {"h": "hours", "min": "minutes"}
_EXTENSIONS = "http://hl7.org/fhir/StructureDefinition"


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    link_id : the field's name in the API, after that of the group it belongs to and a point; ``cramps`` is the number
        of them, ``cramp`` the group of one.
    kind : a FHIR type of items.
    unit : of a quantity, in UCUM.

    """

    link_id: str
    kind: str
    text: str
    unit: str | None = None
    required: bool = False
    repeats: bool = False
    questions: "tuple[Question, ...]" = ()

    @property
    def name(self) -> str:
        """The field's name in its group."""
        return self.link_id.rpartition(".")[2]

    @property
    def path(self) -> tuple[str, ...]:
        """Where ``NightSchema`` has the field."""
        group, *rest = self.link_id.split(".")
        return ("cramps" if group == "cramp" else group, *rest)


QUESTIONS = (
    Question("night_date", "date", "Date of the evening on which the night began", required=True),
    Question("cramps", "integer", "Number of cramps in the night (0: none)", required=True),
    Question(
        "cramp",
        "group",
        "One group for each cramp",
        repeats=True,
        questions=(
            Question("cramp.onset_local", "dateTime", "When did it begin?"),
            Question("cramp.duration_min", "quantity", "How long did it last?", unit="min"),
            Question("cramp.pain_nrs", "integer", "How strong was the pain, from 0 to 10?"),
            Question("cramp.site", "choice", "Where was it?"),
            Question("cramp.side", "choice", "In which leg?"),
            Question("cramp.relief", "choice", "What eased it?", repeats=True),
        ),
    ),
    Question("stockings_day", "boolean", "Were stockings worn during the day before the night?"),
    Question("day_wear_h", "quantity", "Hours stockings were worn by day", unit="h"),
    Question("stockings_night", "boolean", "Were stockings worn in bed that night?"),
    Question("rls_urge", "boolean", "Was there an urge to move the legs? (It is not a cramp.)"),
    Question("awake_min", "quantity", "Minutes awake because of cramps", unit="min"),
    Question(
        "symptoms",
        "group",
        "The legs during the day before the night, from 0 (not at all) to 10 (worst)",
        questions=tuple(Question(f"symptoms.{name}", "integer", words_of(name).capitalize()) for name in SYMPTOMS),
    ),
    Question("problems", "choice", "Trouble with the stockings", repeats=True),
    Question("contributors", "choice", "What else may have mattered that day", repeats=True),
    Question("note", "text", "Note"),
    Question("tz", "string", "Time zone (IANA) where the person woke", required=True),
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
    return [f"{question.name}.{choice}" for choice in choices_at(question.path)]


def _item(question: Question) -> Resource:
    told: Resource = {
        "extension": _extensions(question),
        "linkId": question.link_id,
        "text": question.text,
        "type": question.kind,
        "required": question.required or None,
        "repeats": question.repeats or None,
        "maxLength": longest_at(question.path) if question.kind == "text" else None,
        "answerOption": [{"valueCoding": own_code(code)} for code in codes_of(question)],
        "item": [_item(one) for one in question.questions],
    }
    return {name: value for name, value in told.items() if value is not None and value != []}


def _extensions(question: Question) -> list[Resource]:
    if question.unit:
        unit = {"system": UCUM, "code": question.unit, "display": UNITS[question.unit]}
        return [_extension("questionnaire-unitOption", "valueCoding", unit)]
    if question.kind == "integer":
        bounds: Resource = bounds_at(question.path) or {"low": 0, "high": longest_at(question.path)}
        return [_extension(f"{end}Value", "valueInteger", bounds[bound]) for end, bound in _ENDS]
    return []


_ENDS = (("min", "low"), ("max", "high"))


def _extension(name: str, kind: str, value: Any) -> Resource:
    return {"url": f"{_EXTENSIONS}/{name}", kind: value}
