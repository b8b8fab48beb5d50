"""The safety screen: who may try compression stockings, who asks a clinician first, and who must not.

Rules and sources stand in backend/health/RULES.md 2, 3 and 4. What a patient answers can only hold a trial back:
nothing here ever tells that somebody has or has not a disease.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# The wording of the questions as the screens ask them; a change of meaning is a new version. The first one asked for
# one ankle-brachial index (ABI), the more worrying of both legs, the second asks for each leg's.
QUESTIONS_VERSIONS = ("2026-11", "2026-11-legs")
QUESTIONS_VERSION = QUESTIONS_VERSIONS[-1]

# Yes to one of these means no stockings. ``heart_failure_severe`` is NYHA IV or unstable, ``leg_shape`` a leg that no
# stocking fits.
BLOCKS = (
    "severe_arterial_disease", "bypass_graft", "heart_failure_severe", "material_allergy", "severe_neuropathy",
    "acute_dvt", "skin_infection", "weeping_skin", "gangrene", "recent_skin_graft", "paper_thin_skin", "leg_shape",
    "acute_stroke",
)  # fmt: skip
# Yes to one of these means asking a clinician first; ``heart_failure_stable`` is NYHA III.
ASKS = (
    "heart_failure_stable", "known_arterial_disease", "claudication", "diabetes", "pregnancy", "ulcer",
    "cannot_feel_or_inspect_feet", "needs_help_removing",
)  # fmt: skip
QUESTIONS = BLOCKS + ASKS
# Signs of narrowed arteries: with one of them, an unknown index means no stockings. Stockings are worn on both legs and
# a good index tells of its own leg only, so that a leg nobody measured counts as unknown whatever the other one has.
ARTERIAL = ("claudication", "known_arterial_disease")

# Below 0.6 is a block, from 0.6 to 0.8 and above 1.3 a reason to ask. Sources differ, and the stricter counts; each leg
# is judged, and the stricter counts again.
ABI_BLOCKS_BELOW, ABI_ASKS_TO, ABI_ASKS_ABOVE = 0.6, 0.8, 1.3

EMERGENCY = (
    "breathless", "chest_pain", "coughing_blood", "fast_heartbeat", "fainting", "cold_pale_leg", "bleeding_vein",
)  # fmt: skip
SAME_DAY = ("one_sided_swelling", "one_sided_pain_warmth_redness", "hard_sore_vein", "spreading_hot_skin_fever")
SOON = ("cramp_over_10_min", "numbness", "swelling", "muscle_wasting", "sleep_disturbed")
RED_FLAGS = EMERGENCY + SAME_DAY + SOON
URGENCIES = {"emergency": EMERGENCY, "same_day": SAME_DAY, "soon": SOON}
# Those of which a physician hears at once, and with which nobody begins a trial: the advice is to take stockings off.
ALERTING = frozenset(EMERGENCY + SAME_DAY)

BLOCKED_CODES = (*BLOCKS, "abi_low", "abi_unknown", "red_flag")
# Makers advise to take stockings off for sleep: a trial of wear in bed needs a clinician's agreement.
NIGHT_WEAR = "night_wear"
ASK_FIRST_CODES = (*ASKS, "abi_borderline", "abi_high", NIGHT_WEAR)
OUTCOMES = ("not_answered", "incomplete", "blocked", "ask_first", "free")

# Answers and a clinician's word hold for half a year, the length of the longest trial (180 nights): skin, feet and
# circulation change, and a new trial deserves a new look. No source names an interval.
HOLDS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Gate:
    """What a safety screen comes to.

    ``blocked`` and ``ask_first`` name every reason that applies; ``unconfirmed`` those of ``ask_first`` without a dated
    confirmation that still holds; ``missing`` the questions without an answer that still holds.
    """

    outcome: str
    blocked: list[str]
    ask_first: list[str]
    unconfirmed: list[str]
    missing: list[str]


NOT_ANSWERED = Gate("not_answered", [], [], [], list(QUESTIONS))


def judge(screening: Mapping[str, Any], answered_on: date, today: date, *, night_wear: bool = False) -> Gate:
    """Tell what the answers of a screening come to.

    Parameters
    ----------
    screening : ``answers`` (yes, no or null by question), ``abi_left`` and ``abi_right``, or ``abi`` for the more
        worrying of both, ``asked`` (ISO dates by code), ``red_flags``.
    answered_on, today : dates where the patient is.
    night_wear : whether stockings are to be worn in bed.

    """
    answers = screening["answers"]
    holds = today - answered_on <= HOLDS
    missing = [code for code in QUESTIONS if not holds or answers.get(code) is None]
    yes = {code for code in QUESTIONS if answers.get(code)}
    blocked = [code for code in BLOCKS if code in yes]
    blocked += _blocking_abi(_legs(screening), yes)
    blocked += ["red_flag"] if ALERTING.intersection(screening["red_flags"]) else []
    ask_first = [code for code in ASKS if code in yes] + _asking_abi(_legs(screening))
    ask_first += [NIGHT_WEAR] if night_wear else []
    unconfirmed = [code for code in ask_first if not _holds(screening["asked"].get(code), today)]
    return Gate(_outcome(blocked, missing, unconfirmed), blocked, ask_first, unconfirmed, missing)


def _outcome(blocked: Sequence[str], missing: Sequence[str], unconfirmed: Sequence[str]) -> str:
    if blocked:
        return "blocked"
    if missing:
        return "incomplete"
    return "ask_first" if unconfirmed else "free"


def _legs(screening: Mapping[str, Any]) -> list[float | None]:
    """Return the index of each leg, null where it is not known; one that was told for both legs stands for both."""
    if screening.get("abi") is not None:
        return [screening["abi"]]
    return [screening.get("abi_left"), screening.get("abi_right")]


def _blocking_abi(legs: Sequence[float | None], yes: set[str]) -> list[str]:
    if any(abi is not None and abi < ABI_BLOCKS_BELOW for abi in legs):
        return ["abi_low"]
    return ["abi_unknown"] if None in legs and yes.intersection(ARTERIAL) else []


def _asking_abi(legs: Sequence[float | None]) -> list[str]:
    known = [abi for abi in legs if abi is not None]
    borderline = any(ABI_BLOCKS_BELOW <= abi <= ABI_ASKS_TO for abi in known)
    high = any(abi > ABI_ASKS_ABOVE for abi in known)
    return ["abi_borderline"] * borderline + ["abi_high"] * high


def _holds(asked_on: str | None, today: date) -> bool:
    return asked_on is not None and today - date.fromisoformat(asked_on) <= HOLDS


def by_urgency(flags: Sequence[str]) -> list[dict[str, str]]:
    """Name the urgency of each red flag, the most urgent first."""
    return [
        {"flag": flag, "urgency": urgency} for urgency, codes in URGENCIES.items() for flag in codes if flag in flags
    ]
