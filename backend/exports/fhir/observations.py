"""What a recorded night tells, each measure by itself: derived from the night's responses, and from nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.accounts.models import User
from backend.calendar import NOON
from backend.diary.night_fields import MEASURED, SYMPTOM_FIELDS, UNITS, NightField
from backend.diary.totals import Cramps, total_minutes, worst_pain
from backend.exports.fhir.resources import LOINC, Resource, concept, entry, id_of, own_code, quantity, reference
from backend.exports.fhir.responses import at_place, edited_at, responses_id

PAIN = {"system": LOINC, "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}
SURVEY = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey", "display": "Survey"}


Night = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a night.

    Attributes
    ----------
    name : part of its id, and its code where no standard has one.
    text : what it is.
    read : gives the value of a night, None where there is none: what was not told has no observation.
    unit : in words and in UCUM; none for yes and no.
    by_day : whether it is of the day before the night, not of the night.
    standard : the standard code, if there is one.

    """

    name: str
    text: str
    read: Callable[[Night], float | bool | None]
    unit: tuple[str, str] | None
    by_day: bool = False
    standard: Resource | None = None


def _if_any(total: Callable[[Cramps], float | None]) -> Callable[[Night], float | None]:
    """Read a total of cramps; a night without cramps has none to time or to rate."""
    return lambda night: total(night["cramps"]) if night["cramps"] else None


def _measure(field: NightField, group: str = "") -> Measure:
    def read(night: Night) -> float | bool | None:
        told = night[group] if group else night
        value: float | bool | None = told[field.name]
        return value

    unit = {"number": (UNITS.get(field.unit, ""), field.unit), "whole": ("of 10", "{score}")}.get(field.kind)
    name = f"{group}.{field.name}" if group else field.name
    return Measure(name, field.measure, read, unit, by_day=field.by_day)


MEASURES = (
    Measure("cramps", "Nocturnal leg cramps in the night", lambda night: len(night["cramps"]), ("cramps", "{count}")),
    Measure("cramp_minutes", "Minutes of leg cramp in the night, in all", _if_any(total_minutes), ("minutes", "min")),
    Measure(
        "worst_pain", "Worst pain of the night's leg cramps", _if_any(worst_pain), ("of 10", "{score}"), standard=PAIN
    ),
    *map(_measure, MEASURED),
    *(_measure(field, "symptoms") for field in SYMPTOM_FIELDS),
)


def observations(patient: User, night: Night) -> Iterator[Resource]:
    """Return the measures of a night that were told; ``night`` as ``nights_for_reading`` gives it."""
    day = night["night_date"]
    of_night, of_day = {"effectivePeriod": noon_to_noon(day, night["tz"])}, {"effectiveDateTime": day.isoformat()}
    for measure in MEASURES:
        value = measure.read(night)
        if value is None:
            continue
        told = {"valueQuantity": quantity(value, *measure.unit)} if measure.unit else {"valueBoolean": value}
        yield entry(
            "Observation",
            id_of(patient.public_id, f"{measure.name} {day}"),
            status="final",
            category=[concept(SURVEY)],
            code=concept(measure.standard or own_code(measure.name, measure.text), text=measure.text),
            subject=reference(patient.public_id),
            **(of_day if measure.by_day else of_night),
            issued=edited_at(night),
            performer=[reference(patient.public_id)],
            **told,
            derivedFrom=[reference(responses_id(patient, day))],
        )


def noon_to_noon(night_date: date, tz: str) -> Resource:
    """Return the window of a night, where the person woke."""
    noon = datetime.combine(night_date, NOON)
    return {"start": at_place(noon, tz), "end": at_place(noon + timedelta(days=1), tz)}
