"""The fields of a night, each told once: what JSON, tables, their dictionary, the FHIR form and imports take and say.

For bounds see backend/health/RULES.md 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["flag", "number", "whole", "choice", "words", "minute", "text", "zone", "instant", "group"]
UNITS = {"h": "hours", "min": "minutes"}
SYMPTOMS = ("aching", "heaviness", "soreness", "burning")
SITES = ("calf", "foot", "thigh")
SIDES = ("left", "right", "both")
RELIEF = ("stretch", "massage", "walk", "stand", "heat", "none")
PROBLEMS = (
    "itch", "discomfort", "pain", "tight", "heat", "donning", "skin", "numb", "cold_or_color", "swelling",
    "breathless", "other",
)  # fmt: skip
CONTRIBUTORS = (
    "caffeine", "alcohol", "nicotine", "low_fluids", "long_standing", "long_sitting", "exercise", "walking", "travel",
    "illness", "medicine_change", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NightField:
    """A field of a night, of one of its cramps, or of a group of answers.

    Attributes
    ----------
    name : in JSON, and of its column.
    kind : ``flag`` (yes or no), ``number``, ``whole`` number, ``choice`` (one of several), ``words`` (several of them),
        ``minute`` (a local time), ``text``, ``zone``, ``instant`` (a time with its offset), ``group`` of ``members``.
    question : as the form has it; empty where it is not asked.
    meaning : definition, as the data dictionary has it; empty for columns of the analysis, which defines them itself.
    unit : of a number, in UCUM; for a rating its ends.
    low, high : bounds, both allowed.
    longest : how many characters a text may have.
    measure : what it is called where it is looked at by itself, as an observation; empty where it is not.
    by_day : whether it is of the day before the night, not of the night.

    """

    name: str
    kind: Kind
    question: str = ""
    meaning: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    longest: int | None = None
    measure: str = ""
    by_day: bool = False
    members: "tuple[NightField, ...]" = ()

    @property
    def bounds(self) -> dict[str, float]:
        """The smallest and the largest value, as ``low`` and ``high``; empty without bounds."""
        return {} if self.low is None or self.high is None else {"low": self.low, "high": self.high}


CRAMP_FIELDS = (
    NightField("onset_local", "minute", "When did it begin?", "when it began, local time"),
    NightField("duration_min", "number", "How long did it last?", "how long it lasted", "min", 0.1, 120),
    NightField(
        "pain_nrs", "whole", "How strong was the pain, from 0 to 10?", "how strong the pain was, 0-10", "0-10", 0, 10
    ),
    NightField("site", "choice", "Where was it?", "where it was", choices=SITES),
    NightField("side", "choice", "In which leg?", "in which leg", choices=SIDES),
    NightField("relief", "words", "What eased it?", "what eased it", choices=RELIEF),
)
SYMPTOM_FIELDS = tuple(
    NightField(
        name,
        "whole",
        name.capitalize(),
        f"{name} of the legs during the day before the night, 0-10",
        "0-10",
        0,
        10,
        measure=f"{name.capitalize()} of the legs by day, 0-10",
        by_day=True,
    )
    for name in SYMPTOMS
)
# Beside its date and its cramps.
NIGHT_FIELDS = (
    NightField("stockings_day", "flag", "Were stockings worn during the day before the night?"),
    NightField(
        "day_wear_h",
        "number",
        "Hours stockings were worn by day",
        "hours the stockings were worn by day",
        "h",
        0,
        24,
        measure="Hours compression stockings were worn by day",
        by_day=True,
    ),
    NightField("stockings_night", "flag", "Were stockings worn in bed that night?"),
    NightField(
        "rls_urge",
        "flag",
        "Was there an urge to move the legs? (It is not a cramp.)",
        "urge to move the legs (restless legs), never counted as a cramp (0/1)",
        measure="Urge to move the legs in the night",
    ),
    NightField(
        "awake_min",
        "number",
        "Minutes awake because of cramps",
        "minutes awake because of cramps",
        "min",
        0,
        600,
        measure="Minutes awake because of leg cramps",
    ),
    NightField(
        "symptoms",
        "group",
        "The legs during the day before the night, from 0 (not at all) to 10 (worst)",
        members=SYMPTOM_FIELDS,
    ),
    NightField("problems", "words", "Trouble with the stockings", "trouble with the stockings", choices=PROBLEMS),
    NightField(
        "contributors",
        "words",
        "What else may have mattered that day",
        "what else may have mattered that day",
        choices=CONTRIBUTORS,
    ),
    NightField("note", "text", "Note", "what the patient wrote", longest=2000),
    NightField("tz", "zone", "Time zone (IANA) where the person woke", "time zone (IANA) where the person woke"),
    NightField("edited_at", "instant", meaning="when the entry was made, or corrected last"),
)
# Answers that a night gives by their own name; zone and time sign them.
ANSWERS = tuple(field for field in NIGHT_FIELDS if field.kind not in ("group", "zone", "instant"))
MEASURED = tuple(field for field in NIGHT_FIELDS if field.measure)


def bounds_at(path: Sequence[str | int]) -> dict[str, float]:
    """Return the bounds of the field to which names lead from a night, such as ``cramps``, 0, ``pain_nrs``.

    Places in lists do not count. Empty where there is no such field, or none with bounds.
    """
    names = [step for step in path if isinstance(step, str)]
    members: tuple[NightField, ...] = NIGHT_FIELDS
    if names[:1] == ["cramps"]:
        members, names = CRAMP_FIELDS, names[1:]
    bounds: dict[str, float] = {}
    for name in names:
        found = next((field for field in members if field.name == name), None)
        bounds, members = (found.bounds, found.members) if found else ({}, ())
    return bounds
