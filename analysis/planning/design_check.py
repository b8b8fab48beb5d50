"""The design check: what patient and physician see of a plan before its trial starts."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.comparison.verdict import DEFAULT_RULE, Grade, Rule
from analysis.planning.power import LOGGED_SHARE, PATIENTS, nights_needed, patient, simulate_plan
from analysis.progress import Progress
from analysis.schedule import (
    EXACT_SCHEDULES,
    LONGEST_TRIAL,
    RANDOMIZED,
    Design,
    Schedule,
    check_length,
    is_exact,
    smallest_p,
)

# The effect that the check is about: half as many cramps.
HALF = 0.5
ENOUGH_POWER = 0.8


@dataclass(frozen=True, slots=True)
class Remark:
    """What to know about a plan.

    Attributes
    ----------
    code : {"not_exact", "unplanned", "before_after", "may_finish_early", "low_power", "rare_cramps"}
    text : str
        The same in English.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class DesignCheck:
    """What a plan can show, for one patient's rate of cramps.

    Attributes
    ----------
    design : {"pairs", "blocks", "before_after", "observational"}
    grade : {"A", "B", "C", "D"}
        The best grade of evidence that the plan can reach, A the strongest; unplanned wear with too few changes falls
        from C to D.
    exact : bool
        Whether the comparison is an exact randomization test.
    n_schedules : int or None
        Schedules that can be drawn; None where nothing is drawn.
    smallest_p : float or None
        Smallest p-value that an exact test over them can reach.
    planned_nights : int or None
        Nights from the first to the planned last one; None for a diary without a fixed end.
    expected_nights : float
        Mean number of nights until the trial ends if stockings halve the cramps: below `planned_nights` for a staged
        trial; the last milestone for a diary without a fixed end.
    rate : float
        Cramps a night without stockings, as given.
    expected_power : float
        Share of trials that end with "stockings seem to help" if stockings halve the cramps, 0-1, by simulation.
    power_error : float
        Monte Carlo standard error of `expected_power`.
    nights_needed : int
        Nights for an expected power of 80 % by the planner's formula, which promises too much
        (`analysis.planning.power.nights_needed`).
    remarks : tuple of Remark
        What to know about the plan, the most important first.
    """

    design: Design
    grade: Grade
    exact: bool
    n_schedules: int | None
    smallest_p: float | None
    planned_nights: int | None
    expected_nights: float
    rate: float
    expected_power: float
    power_error: float
    nights_needed: int
    remarks: tuple[Remark, ...]


def check_design(
    schedule: Schedule,
    *,
    rate: float,
    dispersion: float | None = None,
    logged_share: float = LOGGED_SHARE,
    rng: np.random.Generator | int = 0,
    patients: int = PATIENTS,
    rule: Rule = DEFAULT_RULE,
    progress: Progress | None = None,
) -> DesignCheck:
    """Check what a plan can show before its trial starts.

    Parameters
    ----------
    schedule : Schedule
        The plan. Only its shape counts, so that a schedule drawn from any seed will do; the trial itself draws its own.
    rate : float
        Cramps a night without stockings, a seventh of those of a week; above 0 and at most 50.
    dispersion, logged_share, patients, rule, progress
        As for `analysis.schedule.expected_power`.
    rng : numpy.random.Generator or int
        By default the same plan always gets the same answer.

    Raises
    ------
    InputError
        Naming the argument and its bound; also for a plan of fewer than 10 or more than 180 nights.

    Examples
    --------
    >>> from analysis.schedule import draw_schedule
    >>> check = check_design(draw_schedule("pairs", pairs=4, block_nights=7, seed="any"), rate=1.5, patients=50)
    >>> check.grade, check.exact, check.smallest_p
    ('B', False, 0.0625)
    >>> check.remarks[0].text
    'Only 16 schedules are possible; an exact test needs 20 or more, that is 5 pairs of blocks or 8 balanced blocks.'
    """
    check_length(schedule)
    habits = patient(rate, HALF, dispersion=dispersion, logged_share=logged_share)
    needed = nights_needed(rate=rate, rate_ratio=HALF, dispersion=dispersion, logged_share=logged_share)
    expected = simulate_plan(schedule, habits, rng=rng, patients=patients, rule=rule, progress=progress)
    return DesignCheck(
        design=schedule.design,
        grade=_grade(schedule),
        exact=is_exact(schedule.n_schedules),
        n_schedules=schedule.n_schedules,
        smallest_p=smallest_p(schedule),
        planned_nights=schedule.planned_nights,
        expected_nights=expected.nights,
        rate=rate,
        expected_power=expected.power,
        power_error=expected.standard_error,
        nights_needed=needed,
        remarks=tuple(_remarks(schedule, expected.power, expected.nights, needed)),
    )


def _grade(schedule: Schedule) -> Grade:
    if schedule.design in RANDOMIZED:
        return "A" if is_exact(schedule.n_schedules) else "B"
    return "D" if schedule.design == "before_after" else "C"


def _remarks(schedule: Schedule, power: float, nights: float, needed: int) -> Iterator[Remark]:
    planned = schedule.planned_nights or nights
    if schedule.design == "before_after":
        text = "Nights before are compared with nights after, so anything else that changed counts too: never flagged."
        yield Remark("before_after", text)
        return
    if schedule.design == "observational":
        text = "Nobody draws the stocking nights: something else may explain a difference, and a flag asks for more."
        yield Remark("unplanned", text)
    elif not is_exact(schedule.n_schedules):
        text = f"Only {schedule.n_schedules} schedules are possible; an exact test needs {EXACT_SCHEDULES} or more"
        yield Remark("not_exact", f"{text}, that is 5 pairs of blocks or 8 balanced blocks.")
    if nights < planned:
        text = f"If stockings halve the cramps, the trial takes {nights:.0f} of {planned} nights on average."
        yield Remark("may_finish_early", text)
    if power < ENOUGH_POWER:
        rest = f"80% takes more than {needed} nights" if needed > planned else "80% is the usual aim"
        yield Remark("low_power", f"If stockings halve the cramps, {power:.0%} of such trials show it; {rest}.")
    if needed > LONGEST_TRIAL:
        text = f"Cramps this rare need about {needed} nights, more than the {LONGEST_TRIAL} of the longest trial."
        yield Remark("rare_cramps", text)
