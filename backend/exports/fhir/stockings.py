"""The stockings, and when they were worn: by day or in bed, as worn, whatever was assigned."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from backend.accounts.models import User
from backend.exports.fhir.observations import noon_to_noon
from backend.exports.fhir.resources import (
    HCPCS,
    SNOMED,
    Resource,
    concept,
    entry,
    id_of,
    own_code,
    quantity,
    reference,
    text_of,
)
from backend.exports.fhir.responses import edited_at, responses_id

Night = Mapping[str, Any]

_HOSIERY = ("348681001", "Graduated compression elastic hosiery (physical object)")
# Scheme and class by which SNOMED CT names stockings below the knee (backend/health/RULES.md 9); US retail knows
# pressures only.
_BELOW_KNEE = {
    ("RAL", "I"): ("1142010007", "Compression hosiery class I below knee (physical object)"),
    ("UK", "1"): ("1142010007", "Compression hosiery class I below knee (physical object)"),
    ("RAL", "II"): ("1142015002", "Compression hosiery class II below knee (physical object)"),
    ("UK", "2"): ("1142015002", "Compression hosiery class II below knee (physical object)"),
}
# Pressures in mmHg of the stockings below the knee that HCPCS has codes for (backend/health/RULES.md 9).
_PRESSURES = {
    (18, 30): ("A6530", "Gradient compression stocking, below knee, 18-30 mmHg, each"),
    (30, 40): ("A6531", "Gradient compression stocking, below knee, 30-40 mmHg, each"),
}
WEAR = {
    "stockings_day": "Compression stockings worn by day",
    "stockings_night": "Compression stockings worn in bed",
}
PROPERTIES = {
    "mmhg_low": "Lowest pressure at the ankle",
    "mmhg_high": "Highest pressure at the ankle",
    "length": "Length",
    "compression_class": "Compression class, after its scheme",
}


def device(patient: User, garment: Mapping[str, Any]) -> Resource:
    """Return the stockings as they were told last.

    Parameters
    ----------
    garment : fields of ``GarmentSchema``.

    """
    return entry(
        "Device",
        _device_id(patient),
        deviceName=[{"name": "Compression stockings", "type": "user-friendly-name"}],
        type=concept(*_codes(garment), text="Compression stockings"),
        patient=reference(patient.public_id),
        note=[{"text": "As the patient told last; earlier nights may have been with others."}],
        property=list(_properties(garment)),
    )


def _codes(garment: Mapping[str, Any]) -> list[Resource]:
    scheme, low, high = (garment[name] for name in ("scheme", "mmhg_low", "mmhg_high"))
    below_knee = garment["length"] == "knee"
    named = _BELOW_KNEE.get((scheme, garment["compression_class"])) if below_knee else None
    known = below_knee and low is not None and high is not None
    paid = [found for (least, most), found in _PRESSURES.items() if known and least <= low and high <= most]
    return [
        {"system": system, "code": code, "display": display}
        for system, codes in ((SNOMED, [_HOSIERY, *([named] if named else [])]), (HCPCS, paid))
        for code, display in codes
    ]


def _properties(garment: Mapping[str, Any]) -> Iterator[Resource]:
    for name in ("mmhg_low", "mmhg_high"):
        if garment[name] is not None:
            yield _property(name, "valueQuantity", quantity(garment[name], "mmHg", "mm[Hg]"))
    if garment["length"]:
        yield _property("length", "valueCode", concept(own_code(f"length.{garment['length']}")))
    if told := text_of(garment["compression_class"]):
        scheme = "" if garment["scheme"] in (None, "unknown") else f"{garment['scheme']} "
        yield _property("compression_class", "valueCode", {"text": scheme + told})


def _property(name: str, kind: str, value: Resource) -> Resource:
    return {"type": concept(own_code(name, PROPERTIES[name])), kind: [value]}


def wear(patient: User, nights: Sequence[Night], last_night: date) -> Iterator[Resource]:
    """Return a statement for each stretch of nights on which stockings were worn, by day and in bed.

    A stretch ends with a night of another answer, or with none. Nights on which they were not worn have no statement:
    R4 has no word for "not done", and "intended" says something else (backend/health/RULES.md 9); the responses tell of
    them.

    Parameters
    ----------
    nights : as ``nights_for_reading`` gives them.
    last_night : the last one that has passed; a stretch that reaches it is still active.

    """
    for name in WEAR:
        for stretch in stretches(nights, name):
            yield _statement(patient, name, stretch, active=stretch[-1]["night_date"] >= last_night)


def stretches(nights: Sequence[Night], name: str) -> list[list[Night]]:
    """Return the runs of neighboring nights with the answer yes."""
    found: list[list[Night]] = []
    for night in nights:
        if not night[name]:
            continue
        if found and night["night_date"] - found[-1][-1]["night_date"] == timedelta(days=1):
            found[-1].append(night)
        else:
            found.append([night])
    return found


def _statement(patient: User, name: str, stretch: Sequence[Night], *, active: bool) -> Resource:
    first, last = stretch[0], stretch[-1]
    day = first["night_date"]
    if name == "stockings_day":
        period = {"start": day.isoformat(), "end": last["night_date"].isoformat()}
    else:
        begin, end = (noon_to_noon(night["night_date"], night["tz"]) for night in (first, last))
        period = {"start": begin["start"], "end": end["end"]}
    if active:
        del period["end"]
    return entry(
        "DeviceUseStatement",
        id_of(patient.public_id, f"{name} {day}"),
        status="active" if active else "completed",
        subject=reference(patient.public_id),
        derivedFrom=[reference(responses_id(patient, night["night_date"])) for night in stretch],
        timingTiming={"repeat": {"boundsPeriod": period}, "code": concept(own_code(name, WEAR[name]), text=WEAR[name])},
        recordedOn=edited_at(last),
        source=reference(patient.public_id),
        device=reference(_device_id(patient)),
    )


def _device_id(patient: User) -> Any:
    return id_of(patient.public_id, "stockings")
