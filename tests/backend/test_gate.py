"""Who may try stockings: every outcome of the safety screen, and what no answer may do."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.health.gate import (
    ABI_ASKS_ABOVE,
    ALERTING,
    ARTERIAL,
    ASK_FIRST_CODES,
    ASKS,
    BLOCKED_CODES,
    BLOCKS,
    EMERGENCY,
    HOLDS,
    NIGHT_WEAR,
    QUESTIONS,
    RED_FLAGS,
    SAME_DAY,
    SOON,
    Gate,
    judge,
)
from tests.backend.screenings import screening

TODAY = date(2026, 11, 4)
FREEDOM = ("blocked", "incomplete", "ask_first", "free")


def judged(*yes: str, night_wear: bool = False, answered_on: date = TODAY, **changes: Any) -> Gate:
    return judge(screening(*yes, **changes), answered_on, TODAY, night_wear=night_wear)


def asked(*codes: str, on: date = TODAY) -> dict[str, str]:
    return dict.fromkeys(codes, on.isoformat())


def legs(left: float | None, right: float | None) -> dict[str, Any]:
    return {"abi_left": left, "abi_right": right}


def test_no_to_everything_is_free() -> None:
    assert judged() == Gate("free", [], [], [], [])


@pytest.mark.parametrize("code", BLOCKS)
def test_a_contraindication_blocks_whatever_else_is_answered(code: str) -> None:
    assert judged(code) == Gate("blocked", [code], [], [], [])
    assert judged(code, "diabetes", asked=asked("diabetes"), **legs(1.1, 1.1)).outcome == "blocked"
    assert judged(code, missing=("ulcer",)).outcome == "blocked"


@pytest.mark.parametrize("code", ASKS)
def test_a_reason_to_ask_first_is_cleared_by_a_dated_confirmation(code: str) -> None:
    assert judged(code, **legs(1.0, 1.0)) == Gate("ask_first", [], [code], [code], [])
    assert judged(code, **legs(1.0, 1.0), asked=asked(code)) == Gate("free", [], [code], [], [])
    others = [other for other in ASKS if other != code]
    assert judged(code, **legs(1.0, 1.0), asked=asked(*others)).outcome == "ask_first"


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_left_out_is_missing(code: str) -> None:
    found = judged(missing=(code,))
    assert (found.outcome, found.missing) == ("incomplete", [code])


@pytest.mark.parametrize(
    ("abi", "outcome", "blocked", "ask_first"),
    [
        (None, "free", [], []),
        (0.0, "blocked", ["abi_low"], []),
        (0.59, "blocked", ["abi_low"], []),
        (0.6, "ask_first", [], ["abi_borderline"]),
        (0.8, "ask_first", [], ["abi_borderline"]),
        (0.81, "free", [], []),
        (1.3, "free", [], []),
        (1.31, "ask_first", [], ["abi_high"]),
        (2.5, "ask_first", [], ["abi_high"]),
    ],
)
def test_of_two_sources_on_the_ankle_brachial_index_the_stricter_counts(
    abi: float | None, outcome: str, blocked: list[str], ask_first: list[str]
) -> None:
    expected = Gate(outcome, blocked, ask_first, ask_first, [])
    assert judged(**legs(abi, abi)) == judged(**legs(abi, None)) == expected
    assert judged(**legs(abi, 1.0)) == judged(**legs(1.0, abi)) == expected
    assert judged(abi=abi) == expected


@pytest.mark.parametrize("sign", ["claudication", "known_arterial_disease"])
def test_signs_of_narrow_arteries_need_a_measured_index(sign: str) -> None:
    assert judged(sign, asked=asked(sign)).blocked == ["abi_unknown"]
    assert judged(sign, asked=asked(sign), **legs(1.0, 1.0)).outcome == "free"
    assert judged(sign, asked=asked(sign), **legs(1.0, 0.7)).unconfirmed == ["abi_borderline"]
    assert judged(sign, asked=asked(sign, "abi_borderline"), **legs(1.0, 0.7)).outcome == "free"
    assert judged(sign, asked=asked(sign), **legs(0.5, 1.0)).blocked == ["abi_low"]


@pytest.mark.parametrize("sign", ["claudication", "known_arterial_disease"])
def test_a_good_index_of_one_leg_does_not_speak_for_the_other(sign: str) -> None:
    for known in (legs(1.0, None), legs(None, 1.0), legs(0.7, None)):
        assert judged(sign, asked=asked(sign), **known).blocked == ["abi_unknown"]
    assert judged(sign, asked=asked(sign), **legs(None, 0.5)).blocked == ["abi_low"]
    assert judged(sign, asked=asked(sign), abi=1.0).outcome == "free"


def test_every_leg_names_its_own_reason() -> None:
    assert judged(**legs(0.7, 1.5)).ask_first == ["abi_borderline", "abi_high"]
    assert judged(**legs(0.5, 1.5)) == Gate("blocked", ["abi_low"], ["abi_high"], ["abi_high"], [])
    assert judged(asked=asked("abi_high"), **legs(0.7, 1.5)).outcome == "ask_first"


def test_wear_in_bed_is_agreed_with_a_clinician() -> None:
    assert judged(night_wear=True) == Gate("ask_first", [], [NIGHT_WEAR], [NIGHT_WEAR], [])
    assert judged(night_wear=True, asked=asked(NIGHT_WEAR)).outcome == "free"
    assert judged(asked=asked(NIGHT_WEAR)) == judged()


@pytest.mark.parametrize("flag", RED_FLAGS)
def test_nobody_begins_a_trial_with_a_red_flag_that_needs_help_today(flag: str) -> None:
    found = judged(red_flags=[flag])
    assert found.blocked == (["red_flag"] if flag in EMERGENCY + SAME_DAY else [])
    assert (found.outcome == "free") is (flag in SOON)


def test_confirmations_and_answers_hold_for_half_a_year() -> None:
    oldest = TODAY - HOLDS
    assert judged("diabetes", asked=asked("diabetes", on=oldest)).outcome == "free"
    assert judged("diabetes", asked=asked("diabetes", on=oldest - timedelta(days=1))).outcome == "ask_first"
    assert judged(answered_on=oldest).outcome == "free"
    stale = judged(answered_on=oldest - timedelta(days=1))
    assert (stale.outcome, stale.missing) == ("incomplete", list(QUESTIONS))
    assert judged("gangrene", answered_on=oldest - timedelta(days=1)).outcome == "blocked"


def test_codes_are_named_once() -> None:
    for codes in (QUESTIONS, RED_FLAGS, BLOCKED_CODES, ASK_FIRST_CODES):
        assert len(set(codes)) == len(codes)
    assert set(BLOCKED_CODES).isdisjoint(ASK_FIRST_CODES)
    assert set(EMERGENCY + SAME_DAY) == ALERTING


dates = st.none() | st.dates(TODAY - 2 * HOLDS, TODAY).map(str)
indices = st.floats(0, 2.5)
screenings = st.fixed_dictionaries(
    {
        "answers": st.fixed_dictionaries(dict.fromkeys(QUESTIONS, st.sampled_from([False, False, False, True, None]))),
        "abi_left": st.none() | indices,
        "abi_right": st.none() | indices,
        "asked": st.fixed_dictionaries({}, optional=dict.fromkeys(ASK_FIRST_CODES, dates)),
        "red_flags": st.lists(st.sampled_from(RED_FLAGS), unique=True, max_size=3),
    }
)
answered_on = st.dates(TODAY - 2 * HOLDS, TODAY)


def freedom(answers: dict[str, Any], day: date, night_wear: bool) -> int:
    return FREEDOM.index(judge(answers, day, TODAY, night_wear=night_wear).outcome)


@given(screenings, answered_on, st.booleans(), st.sampled_from(QUESTIONS))
def test_a_yes_never_makes_the_outcome_freer_than_a_no(
    answers: dict[str, Any], day: date, night_wear: bool, code: str
) -> None:
    yes, no, left_out = (
        freedom(answers | {"answers": answers["answers"] | {code: answer}}, day, night_wear)
        for answer in (True, False, None)
    )
    assert yes <= no
    assert left_out <= no


@given(screenings, answered_on, st.booleans(), st.sampled_from(RED_FLAGS))
def test_a_red_flag_never_makes_the_outcome_freer(
    answers: dict[str, Any], day: date, night_wear: bool, flag: str
) -> None:
    without = answers | {"red_flags": [other for other in answers["red_flags"] if other != flag]}
    flagged = without | {"red_flags": [*without["red_flags"], flag]}
    assert freedom(flagged, day, night_wear) <= freedom(without, day, night_wear)


@given(screenings, answered_on, st.booleans())
def test_which_leg_has_which_index_changes_nothing(answers: dict[str, Any], day: date, night_wear: bool) -> None:
    swapped = answers | legs(answers["abi_right"], answers["abi_left"])
    assert judge(swapped, day, TODAY, night_wear=night_wear) == judge(answers, day, TODAY, night_wear=night_wear)


@given(screenings, answered_on, st.booleans(), indices, indices)
def test_the_index_of_a_second_leg_never_makes_the_outcome_freer(
    answers: dict[str, Any], day: date, night_wear: bool, leg: float, other: float
) -> None:
    def found(**index: float | None) -> int:
        return freedom(answers | index, day, night_wear)

    assert found(**legs(leg, other)) <= found(**legs(leg, leg))
    assert found(**legs(leg, None)) <= found(**legs(leg, leg)) == found(**legs(None, None), abi=leg)
    if not any(answers["answers"][sign] for sign in ARTERIAL):
        assert found(**legs(leg, other)) <= found(**legs(leg, None)) <= found(**legs(None, None))


@given(screenings, answered_on, st.booleans(), indices, indices)
def test_a_lower_index_never_makes_the_outcome_freer(
    answers: dict[str, Any], day: date, night_wear: bool, one: float, another: float
) -> None:
    lower, higher = (min(index, ABI_ASKS_ABOVE) for index in sorted((one, another)))
    low, high = (freedom(answers | {"abi_left": index}, day, night_wear) for index in (lower, higher))
    assert low <= high


@given(screenings, answered_on)
def test_time_and_wear_in_bed_never_make_the_outcome_freer(answers: dict[str, Any], day: date) -> None:
    assert freedom(answers, day, True) <= freedom(answers, day, False)
    assert freedom(answers, day, False) <= freedom(answers, TODAY, False)


@given(screenings, answered_on, st.booleans())
def test_an_outcome_is_free_only_where_nothing_stands_against_it(
    answers: dict[str, Any], day: date, night_wear: bool
) -> None:
    found = judge(answers, day, TODAY, night_wear=night_wear)
    assert (found.outcome == "free") is not bool(found.blocked or found.missing or found.unconfirmed)
    assert set(found.blocked) <= set(BLOCKED_CODES)
    assert set(found.unconfirmed) <= set(found.ask_first) <= set(ASK_FIRST_CODES)
