"""What was answered of each recorded night: the source of all that is derived from it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.calendar import zone
from backend.diary.night_fields import UNITS
from backend.diary.schemas import parse_instant
from backend.exports.fhir.form import QUESTIONS, Question
from backend.exports.fhir.resources import FORM, Resource, entry, id_of, own_code, quantity, reference, text_of


def responses(patient: User, night: Mapping[str, Any]) -> Resource:
    """Return the responses of one night as they stand, authored when they were given or corrected last.

    Parameters
    ----------
    night : as ``nights_for_reading`` gives it.

    """
    who = reference(patient.public_id)
    return entry(
        "QuestionnaireResponse",
        responses_id(patient, night["night_date"]),
        questionnaire=FORM,
        status="completed",
        subject=who,
        authored=edited_at(night),
        author=who,
        source=who,
        item=list(_items(QUESTIONS, {**night, "cramps": len(night["cramps"]), "cramp": night["cramps"]}, night["tz"])),
    )


def responses_id(patient: User, night_date: date) -> UUID:
    """Return the id of a night's responses."""
    return id_of(patient.public_id, f"night {night_date}")


def edited_at(night: Mapping[str, Any]) -> str | None:
    """Return when a night was told as it stands, in UTC: FHIR knows fewer offsets than RFC 3339."""
    instant = parse_instant(night["edited_at"])
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z") if instant else None


def at_place(local: datetime, tz: str) -> str:
    """Return a local time with its offset; of an hour that a clock shows twice, the first one."""
    return local.replace(tzinfo=zone(tz)).isoformat(timespec="seconds")


def _items(questions: Sequence[Question], told: Mapping[str, Any], tz: str) -> Iterator[Resource]:
    for question in questions:
        value = told[question.name]
        if question.kind != "group":
            if answers := list(_answers(question, value, tz)):
                yield {"linkId": question.link_id, "answer": answers}
            continue
        for member in value if question.repeats else [value]:
            items = list(_items(question.questions, member, tz))
            # A cramp of which nothing more is told is a cramp all the same.
            if items or question.repeats:
                yield {"linkId": question.link_id, **({"item": items} if items else {})}


def _answers(question: Question, value: Any, tz: str) -> Iterator[Resource]:
    name, convert = _VALUES[question.kind]
    for one in value if question.repeats else [value]:
        answer = None if one is None else convert(question, one, tz)
        if answer is not None:
            yield {name: answer}


_VALUES: dict[str, tuple[str, Callable[[Question, Any, str], Any]]] = {
    "boolean": ("valueBoolean", lambda _question, value, _tz: value),
    "integer": ("valueInteger", lambda _question, value, _tz: value),
    "date": ("valueDate", lambda _question, value, _tz: value.isoformat()),
    "dateTime": ("valueDateTime", lambda _question, value, tz: at_place(datetime.fromisoformat(value), tz)),
    "quantity": ("valueQuantity", lambda question, value, _tz: _measured(question, value)),
    "choice": ("valueCoding", lambda question, value, _tz: own_code(f"{question.name}.{value}")),
    "text": ("valueString", lambda _question, value, _tz: text_of(value)),
    "string": ("valueString", lambda _question, value, _tz: value),
}


def _measured(question: Question, value: float) -> Resource:
    unit = question.unit or ""
    return quantity(value, UNITS[unit], unit)
