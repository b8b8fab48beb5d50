"""What the made-up patients of the demo told about their health before their trials began."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from backend.accounts.models import User
from backend.calendar import zone
from backend.diary.night_fields import SYMPTOMS
from backend.health.gate import QUESTIONS, QUESTIONS_VERSION
from backend.health.schemas import GarmentSchema, HealthHistorySchema, ScreeningAnswerSchema
from backend.health.service import add_record
from backend.health.stockings import with_pressures

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True, slots=True)
class Story:
    """What is special about one patient's answers.

    ``yes`` names questions of the safety screen; all but those that block were asked about. ``abi`` is the index of the
    left and of the right leg. ``red_flags`` were told yesterday, in a second screen.
    """

    yes: tuple[str, ...] = ()
    abi: tuple[float | None, float | None] = (None, None)
    red_flags: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    blocked: bool = False


STORIES = {
    "Walter Brandt": Story(yes=("needs_help_removing",)),
    "Edith Lindqvist": Story(yes=("diabetes", "cannot_feel_or_inspect_feet"), causes=("diabetes",)),
    "Pilar Montes": Story(yes=("claudication",), abi=(0.95, 1.02)),
    "Samuel Adeyemi": Story(yes=("heart_failure_stable",)),
    "Ruth Abernathy": Story(red_flags=("one_sided_swelling",)),
    "Vera Stanton": Story(yes=("bypass_graft",), blocked=True),
}
_NOTHING_SPECIAL = Story()
_GARMENTS = {
    "en": (("US", "15-20"), ("US", "20-30")),
    "es": (("RAL", "I"), ("RAL", "II")),
}  # fmt: skip


def tells(name: str, in_trial: bool) -> bool:
    """Whether a patient answers at all: those in a trial must, others may."""
    return in_trial or name in STORIES


def tell_health(patient: User, name: str, start: date, today: date, rng: "Generator") -> None:
    """Store a patient's answers of the evening before the first night; the caller commits."""
    story = STORIES.get(name, _NOTHING_SPECIAL)
    eve = _evening(start - timedelta(days=1), patient.zone)
    add_record(patient.id, "screening", ScreeningAnswerSchema().load(_screen(story, start)), eve)
    if story.red_flags:
        screen = _screen(story, start) | {"red_flags": list(story.red_flags)}
        yesterday = _evening(today - timedelta(days=1), patient.zone)
        add_record(patient.id, "screening", ScreeningAnswerSchema().load(screen), yesterday)
    add_record(patient.id, "history", HealthHistorySchema().load(_history(story, rng)), eve)
    if not story.blocked:
        garment = GarmentSchema().load(_garment(patient.language, rng))
        add_record(patient.id, "garment", with_pressures(garment), eve)


def _evening(day: date, zone_name: str) -> datetime:
    return datetime.combine(day, time(20, 15), zone(zone_name))


def _screen(story: Story, start: date) -> dict[str, Any]:
    asked_on = (start - timedelta(days=5)).isoformat()
    return {
        "questions_version": QUESTIONS_VERSION,
        "answers": {code: code in story.yes for code in QUESTIONS},
        "abi_left": story.abi[0],
        "abi_right": story.abi[1],
        "asked": {} if story.blocked else dict.fromkeys(story.yes, asked_on),
    }


def _history(story: Story, rng: "Generator") -> dict[str, Any]:
    causes = _some(rng, ("heredity", "dehydration", "caffeine", "nicotine", "medicines"), 0.25)
    return {
        "signs": {
            "swelling": _one(rng, ("none", "none", "left", "both")),
            "skin_change": _one(rng, ("none", "none", "none", "right")),
            "varicose": _one(rng, ("none", "left", "right", "both")),
            "spider": _one(rng, ("none", "both")),
        },
        "symptoms_by_day": _some(rng, SYMPTOMS, 0.4),
        "causes": sorted({*causes, *story.causes}),
        "vein_risks": ["age", *_some(rng, ("family_veins", "inactivity", "obesity", "long_standing"), 0.3)],
        "medicines": _some(rng, ("diuretic", "statin", "antidepressant", "antihistamine"), 0.3),
        "pregnancy": "not_applicable",
        "cramp_or_urge": {
            "muscle_hardens": True,
            "urge_first": bool(rng.random() < 0.1),
            "walking_brings_on": "claudication" in story.yes,
            "numb_feet": "cannot_feel_or_inspect_feet" in story.yes,
            "shifting_ends": bool(rng.random() < 0.1),
        },
    }


def _garment(language: str, rng: "Generator") -> dict[str, Any]:
    scheme, compression_class = _GARMENTS[language][int(rng.integers(2))]
    length = _one(rng, ("knee", "knee", "thigh"))
    return {"scheme": scheme, "compression_class": compression_class, "length": length}


def _one(rng: "Generator", choices: Sequence[str]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _some(rng: "Generator", choices: Sequence[str], share: float) -> list[str]:
    return [choice for choice in choices if rng.random() < share]
