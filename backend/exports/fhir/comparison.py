"""The comparison of nights with and without stockings: one observation, and only once it has opened."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.story import FAVORABLE, as_worn_differs, story_of
from backend.accounts.models import User
from backend.exports.fhir.resources import Resource, concept, entry, id_of, own_code, quantity, reference
from backend.exports.report.words import Words

TEXT = "Rate ratio: leg cramps a night with stockings over without (0.5: half as many)"
LIMITS = (
    "It is a hypothesis, never a diagnosis: it can neither show nor rule out venous disease. That takes a vein "
    "specialist's history, examination and duplex ultrasound. An evaluation has value whatever the diary shows. "
    "Stockings cannot be blinded, so expectation may have moved the counts."
)
# What every flag of the state has in common; the text beside the code is as strong as the evidence of the one result.
STATES = {
    "state.help": "fewer cramps with stockings",
    "state.worse": "more cramps with stockings",
    "state.fewer_unclear": "fewer cramps with stockings, cause unclear",
    "state.more_unclear": "more cramps with stockings, cause unclear",
    "state.no_clear_difference": "no clear difference",
}
GRADES = {
    "grade.A": "randomized, exact test",
    "grade.B": "randomized, too few schedules for an exact test",
    "grade.C": "not randomized, at least three changes of wear",
    "grade.D": "before and after, or fewer than three changes of wear",
}
METHODS = {
    "method.exact": "exact randomization test",
    "method.monte_carlo": "randomization test over random schedules",
    "method.staged": "exact randomization test with looks planned before the start",
    "method.model_trend": "quasi-Poisson model, adjusted for trend",
    "method.model_adjusted": "quasi-Poisson model, adjusted for trend, weekend and the night before",
}
EXPOSURES = {
    "exposure.any": "worn by day or in bed",
    "exposure.day": "worn by day",
    "exposure.night": "worn in bed",
}
ANSWERS = {
    "state": ("What the diary shows", STATES),
    "grade": ("Evidence grade", GRADES),
    "exposure": ("Which wear counts as stockings on", EXPOSURES),
}
# In the units they are given in: words and UCUM.
NUMBERS = {
    "ci_low": ("Lower end of the 95 % interval", "ratio", "1"),
    "ci_high": ("Upper end of the 95 % interval", "ratio", "1"),
    "p_help": ("One-sided p-value of fewer cramps with stockings", "probability", "1"),
    "p_worse": ("One-sided p-value of more cramps with stockings", "probability", "1"),
    "nights_on": ("Compared nights with stockings", "nights", "{count}"),
    "nights_off": ("Compared nights without stockings", "nights", "{count}"),
    "cramps_on": ("Cramps on compared nights with stockings", "cramps", "{count}"),
    "cramps_off": ("Cramps on compared nights without stockings", "cramps", "{count}"),
    "as_worn.rate_ratio": ("Rate ratio by what was worn, whatever was assigned", "ratio", "1"),
    "as_worn.ci_low": ("Lower end of its 95 % interval", "ratio", "1"),
    "as_worn.ci_high": ("Upper end of its 95 % interval", "ratio", "1"),
}


def comparison(patient: User, result: Mapping[str, Any]) -> Iterator[Resource]:
    """Return the comparison; nothing while it has not opened or has too little to compare.

    Parameters
    ----------
    result : as ``result_of`` gives it.

    """
    if result["rate_ratio"] is None:
        return
    first, last = result["first_night"], result["last_night"]
    notes = [LIMITS, *_notes(result), *(warning["text"] for warning in result["warnings"])]
    yield entry(
        "Observation",
        id_of(patient.public_id, f"rate_ratio {first} {last}"),
        status="final",
        code=concept(own_code("rate_ratio", TEXT), text=TEXT),
        subject=reference(patient.public_id),
        effectivePeriod={"start": first.isoformat(), "end": last.isoformat()},
        valueQuantity=quantity(result["rate_ratio"], "ratio", "1"),
        note=[{"text": note} for note in notes],
        method=_words(METHODS, "method", result["method"]),
        component=[*_answers(result), *_numbers(result)],
    )


# Physicians read here what stands in the report for the visit.
_WORDS = Words("physician", "en")


def _notes(result: Mapping[str, Any]) -> Iterator[str]:
    """Say what the result means, what speaks against the veins as the reason, and why there are two estimates."""
    story = story_of(result)
    yield _WORDS.say(f"meaning.{story}")
    if story in FAVORABLE:
        yield _WORDS.say("against")
    if as_worn_differs(result):
        yield _WORDS.two_estimates(result)
    elif result["adherence"] is not None:
        yield _WORDS.say("one_estimate")


def _answers(result: Mapping[str, Any]) -> Iterator[Resource]:
    for name, (text, known) in ANSWERS.items():
        if result[name] is not None:
            told = _WORDS.say(f"states.{story_of(result)}") if name == "state" else None
            value = concept(own_code(f"{name}.{result[name]}", known[f"{name}.{result[name]}"]), text=told)
            yield {"code": concept(own_code(name, text)), "valueCodeableConcept": value}


def _numbers(result: Mapping[str, Any]) -> Iterator[Resource]:
    worn = result["as_worn"] if as_worn_differs(result) else {}
    as_worn = {f"as_worn.{name}": value for name, value in worn.items()}
    for name, (text, unit, code) in NUMBERS.items():
        value = {**result, **as_worn}.get(name)
        if value is not None:
            yield {"code": concept(own_code(name, text)), "valueQuantity": quantity(value, unit, code)}


def _words(known: Mapping[str, str], name: str, value: str | None) -> Resource | None:
    return concept(own_code(f"{name}.{value}", known[f"{name}.{value}"])) if value else None
