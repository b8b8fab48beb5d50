"""What a plan can show, before its trial starts: power by simulation, and a formula for the number of nights."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.cohort import compare_cohort
from analysis.comparison.verdict import DEFAULT_RULE, Rule
from analysis.errors import InputError
from analysis.frame import MOST_CRAMPS
from analysis.progress import Progress
from analysis.schedule import Schedule, draw_schedule
from analysis.simulate import Habits, simulate

# Share of nights that patients of cramp diaries may be expected to record.
LOGGED_SHARE = 0.85
PATIENTS = 1000
# Patients simulated at once: few enough that progress is seen, many enough that the loop costs nothing.
BATCH = 250
# (z_0.95 + z_0.80)²: one-sided 5 %, 80 % power.
_QUANTILES = 6.18
# A Monday; weekends have no effect on these patients.
_START = dt.date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What simulated trials of one plan came to.

    Attributes
    ----------
    power : float
        Share of trials that ended with the state ``help``, 0-1.
    standard_error : float
        Monte Carlo standard error of `power`.
    nights : float
        Mean number of nights until the trial ended; below the planned number for staged trials only.
    """

    power: float
    standard_error: float
    nights: float


def expected_power(
    schedule: Schedule,
    *,
    rate: float,
    rate_ratio: float,
    dispersion: float | None = None,
    logged_share: float = LOGGED_SHARE,
    rng: np.random.Generator | int,
    spread: float = 0.0,
    patients: int = PATIENTS,
    rule: Rule = DEFAULT_RULE,
    progress: Progress | None = None,
) -> float:
    """Estimate how often a plan ends with "stockings seem to help", by simulation.

    Parameters
    ----------
    schedule : Schedule
        The plan. Only its shape counts: each simulated patient gets a schedule of their own of this shape, drawn from
        `rng`.
    rate : float
        Cramps a night without stockings, above 0 and at most 50; for one patient their own rate.
    rate_ratio : float
        Rate with over rate without stockings, above 0. At 1 the result is the plan's false-flag rate.
    dispersion : float, optional
        Size k of a negative binomial, variance m + m²/k at mean m; None or infinity for Poisson counts.
    logged_share : float
        Share of nights that are recorded, above 0 and at most 1, whatever the arm and the cramps.
    rng : numpy.random.Generator or int
        The same one gives the same result.
    spread : float
        Between patients: standard deviation of the rate over its mean; 0 for one patient.
    patients : int
        Simulated trials; with 1,000 the Monte Carlo standard error is 0.016 at most, with n it is √(p(1 − p)/n).
    rule : Rule
        Levels and bounds of the comparison.
    progress : callable, optional
        Called with the number of patients done and the number of all, after every 250.

    Returns
    -------
    float
        Share of simulated patients whose state is ``help`` at the end, or at any look of a staged plan, 0-1.

    Raises
    ------
    InputError
        Naming the argument and its bound.

    Notes
    -----
    The patients go through `analysis.compare_cohort` itself, so grade, exact test, missing-night check, looks and the
    bound on the rate ratio count. They wear stockings as assigned; where nothing is assigned, in runs of 3 nights in
    the mean on half of the nights (`analysis.wear.unplanned_wear`). Their nights are independent and without trend.
    A plan without a fixed end is followed to the last milestone. Before/after is never flagged: its power is 0.

    Examples
    --------
    >>> from analysis.schedule import draw_schedule
    >>> expected_power(draw_schedule("before_after", block_nights=14), rate=1.5, rate_ratio=0.5, rng=1)
    0.0
    """
    habits = patient(rate, rate_ratio, dispersion=dispersion, logged_share=logged_share, spread=spread)
    return simulate_plan(schedule, habits, rng=rng, patients=patients, rule=rule, progress=progress).power


def simulate_plan(
    schedule: Schedule,
    habits: Habits,
    *,
    rng: np.random.Generator | int,
    patients: int = PATIENTS,
    rule: Rule = DEFAULT_RULE,
    progress: Progress | None = None,
) -> Expectation:
    """Simulate trials of a plan, for patients of the same habits; see `expected_power`.

    Notes
    -----
    A staged trial ends at the first look at which its state is no longer ``running``.
    """
    if isinstance(patients, bool) or not isinstance(patients, int) or patients < 1:
        raise InputError(f"patients: {patients!r} is not a whole number of at least 1")
    nights = schedule.planned_nights or rule.milestones[-1]
    if schedule.design == "before_after":
        return Expectation(power=0.0, standard_error=0.0, nights=nights)
    rng = np.random.default_rng(rng)
    helped, taken = 0, 0
    for done in range(0, patients, BATCH):
        batch = min(BATCH, patients - done)
        schedules = [_drawn_alike(schedule, seed) for seed in rng.integers(2**63, size=batch).tolist()]
        frame = simulate(rng, schedules=schedules, start=_START, habits=habits, nights=nights)
        helped += int((compare_cohort(frame, rule=rule)["state"] == "help").sum())
        taken += int(_nights_taken(frame, schedule, nights, rule).sum())
        if progress:
            progress(done + batch, patients)
    share = helped / patients
    return Expectation(share, math.sqrt(share * (1 - share) / patients), taken / patients)


def nights_needed(
    *, rate: float, rate_ratio: float, dispersion: float | None = None, logged_share: float = LOGGED_SHARE
) -> int:
    """Plan how many nights give 80 % power in a randomized trial, by a formula.

    Parameters
    ----------
    rate, rate_ratio, dispersion, logged_share
        As for `expected_power`; a rate ratio of 1 is refused.

    Returns
    -------
    int
        Nights in all, half of them with stockings, recorded or not.

    Raises
    ------
    InputError
        Naming the argument and its bound.

    Notes
    -----
    The delta method for the log ratio of two mean counts, at one-sided 5 % and 80 % power, (z₀.₉₅ + z₀.₈₀)² = 6.18:

        nights = 2 · 6.18 · [V(λ)/λ² + V(λRR)/(λRR)²] / (ln RR)² / share logged,    V(m) = m or m + m²/k.

    It assumes independent nights, as many in each arm, and a test without a missing-night check; so it promises too
    much. Simulated trials (pairs of 3 nights) need 6-24 % more nights for a rate ratio of 0.5 at 2.6 to 10.5 cramps a
    week, 25-50 % more for 0.7 at 7 a week and above, and 1.5 times as many or more where the formula gives fewer than
    45 nights, that is few pairs. Unplanned wear needs more still. Use `expected_power` for a plan at hand.

    Examples
    --------
    >>> nights_needed(rate=1.5, rate_ratio=0.5)
    61
    """
    if rate_ratio == 1:
        raise InputError("rate_ratio: 1 is no effect; no number of nights can show it")
    k = patient(rate, rate_ratio, dispersion=dispersion, logged_share=logged_share).dispersion
    # V(m)/m² is 1/m + 1/k, and 1/k is 0 for Poisson counts.
    variance = 1 / rate + 1 / (rate * rate_ratio) + 2 / k
    return math.ceil(2 * _QUANTILES * variance / math.log(rate_ratio) ** 2 / logged_share)


def patient(
    rate: float, rate_ratio: float, *, dispersion: float | None, logged_share: float, spread: float = 0.0
) -> Habits:
    """Describe the patients that a plan is for; arguments and errors as for `expected_power`."""
    dispersion = math.inf if dispersion is None else dispersion
    for name, value, high in (
        ("rate", rate, MOST_CRAMPS),
        ("rate_ratio", rate_ratio, math.inf),
        ("dispersion", dispersion, math.inf),
        ("logged_share", logged_share, 1),
    ):
        if not 0 < value <= high:
            raise InputError(f"{name}: {value!r} is not above 0" + (f" and at most {high}" if high < math.inf else ""))
    return Habits(rate=rate, rate_ratio=rate_ratio, spread=spread, dispersion=dispersion, logged=logged_share)


def _drawn_alike(schedule: Schedule, seed: int) -> Schedule:
    """Draw another schedule of the same shape."""
    return draw_schedule(
        schedule.design,
        pairs=schedule.n_pairs,
        blocks=schedule.n_blocks if schedule.design == "blocks" else None,
        block_nights=schedule.block_nights,
        max_run=schedule.max_run or 2,
        looks=schedule.looks or None,
        seed=seed,
    )


def _nights_taken(frame: pd.DataFrame, schedule: Schedule, nights: int, rule: Rule) -> npt.NDArray[np.int64]:
    """Count the nights until each simulated trial ended, at a look or at the planned end."""
    patients = frame["patient_id"].nunique()
    taken = np.full(patients, nights)
    for look in reversed(schedule.looks[:-1]):
        passed = 2 * look * (schedule.block_nights or 0)
        seen = frame[frame["night_date"] < _START + dt.timedelta(days=passed)]
        taken[(compare_cohort(seen, rule=rule)["state"] != "running").to_numpy()] = passed
    return taken
