"""Synthetic patients, seeded: for the demonstration, for tests and for power."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Floats
from analysis.errors import InputError
from analysis.frame import MOST_CRAMPS
from analysis.schedule import Schedule
from analysis.wear import unplanned_wear

# Gives wear from a generator and the cramps, both of shape (patients, nights).
Wear = Callable[[np.random.Generator, Floats], Floats]


_HIGHEST = {
    "correlation": 1,
    "zero_inflation": 0.99,
    "flare_start": 1,
    "flare_end": 1,
    "logged": 1,
    "skipped_on": 1,
    "skipped_off": 1,
    "adherence": 1,
    "pain": 10,
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How a synthetic patient cramps, wears and records.

    Attributes
    ----------
    rate : float
        Cramps a night without stockings, halfway through.
    rate_ratio : float
        Rate with over rate without stockings.
    spread : float
        Between patients: standard deviation of the rate over its mean (gamma distributed).
    dispersion : float
        Size k of a negative binomial, variance m + m²/k; infinity for Poisson.
    correlation : float
        Lag-1 correlation, 0-1, of a latent log rate; 0 for none.
    volatility : float
        Standard deviation of the latent log rate, where there is one.
    trend : float
        Change of the log rate from the first to the last night.
    weekend : float
        Log ratio of the rate on Saturday and Sunday evenings over other evenings.
    zero_inflation : float
        Share of nights on which no cramp can come, 0-0.99; the rate of the others is raised, so that the mean stays.
    flare : float
        Log ratio of the rate in a bad spell over the rate outside it.
    flare_start, flare_end : float
        Where the bad spell starts and ends, as shares of the diary, 0-1.
    logged : float
        Share of nights that are recorded, 0-1.
    skipped_on, skipped_off : float
        Share of cramp-free nights with and without stockings that go unrecorded beside those that `logged` leaves out,
        0-1.
    adherence : float
        Share of assigned nights on which stockings are worn as assigned, 0-1.
    minutes : float
        Mean minutes of a cramp.
    pain : float
        Mean worst pain of a night with cramps, 0-10.
    """

    rate: float = 1.5
    rate_ratio: float = 1.0
    spread: float = 0.0
    dispersion: float = np.inf
    correlation: float = 0.0
    volatility: float = 0.5
    trend: float = 0.0
    weekend: float = 0.0
    zero_inflation: float = 0.0
    flare: float = 0.0
    flare_start: float = 1 / 3
    flare_end: float = 2 / 3
    logged: float = 0.85
    skipped_on: float = 0.0
    skipped_off: float = 0.0
    adherence: float = 1.0
    minutes: float = 4.0
    pain: float = 5.0

    def __post_init__(self) -> None:
        """Refuse shares outside 0-1 and rates below 0."""
        for name, high in _HIGHEST.items():
            if not 0 <= getattr(self, name) <= high:
                raise InputError(f"{name}: {getattr(self, name)} is not from 0 to {high}")
        for name in ("rate", "rate_ratio", "spread", "dispersion", "volatility", "minutes"):
            if not getattr(self, name) >= 0:
                raise InputError(f"{name}: {getattr(self, name)} is below 0")


def simulate(
    rng: np.random.Generator,
    *,
    schedules: Sequence[Schedule],
    start: dt.date,
    habits: Habits = Habits(),
    nights: int | None = None,
    wear: npt.ArrayLike | Wear | None = None,
    exposure: str = "any",
    patient_ids: Sequence[str | int] | None = None,
) -> pd.DataFrame:
    """Simulate one diary a schedule.

    Parameters
    ----------
    rng : numpy.random.Generator
    schedules : sequence of Schedule
        One a patient, as `analysis.schedule.draw_schedule` gives them.
    start : date
        Evening of the first night of all patients.
    habits : Habits
    nights : int, optional
        Nights that have passed; by default the longest plan, 56 without one. A plan that is longer is still running.
    wear : array_like, shape (patients, nights), or callable, optional
        Whether stockings are worn, 0/1, where nothing is assigned; by default `unplanned_wear`. A callable takes the
        generator and the cramps (patients × nights) and gives that array: wear that follows the cramps, for patients
        on whom stockings have no effect.
    exposure : {"any", "day", "night"}
        When stockings are worn: by day for ``any`` and ``day``, in bed for ``night``; the other wear is 0.
    patient_ids : sequence, optional
        By default 0, 1, 2 …

    Returns
    -------
    DataFrame
        Columns of `analysis.frame` with dates as `datetime.date`, one row a night that has passed; nights that are not
        recorded have missing ``cramps`` and wear.

    Raises
    ------
    InputError
        For wear that follows the cramps of patients whose rate ratio is not 1.
    """
    if callable(wear) and habits.rate_ratio != 1:
        raise InputError(f"rate_ratio: is {habits.rate_ratio:g}, but must be 1 where wear follows the cramps")
    length = nights or max((schedule.planned_nights or 56 for schedule in schedules), default=0)
    plan = _plan(schedules, start, length)
    assigned = plan["assigned"]
    unplanned = _unplanned(rng, wear, assigned.shape)
    followed = np.where(rng.random(assigned.shape) < habits.adherence, assigned, 1 - assigned)
    worn = np.where(np.isnan(assigned), unplanned, followed)
    cramps = np.minimum(_counts(rng, _rates(rng, worn, start, habits), habits.dispersion), MOST_CRAMPS).astype(float)
    if callable(wear):
        worn = np.where(np.isnan(assigned), wear(rng, cramps), followed)
    logged = _logged(rng, cramps, worn, habits)
    minutes, pain = _minutes_and_pain(rng, cramps, habits)
    on, other = ("stockings_night", "stockings_day") if exposure == "night" else ("stockings_day", "stockings_night")
    diary = {"cramps": cramps, "cramp_minutes": minutes, "worst_pain": pain, on: worn, other: np.zeros_like(worn)}
    names = pd.Series(list(range(len(schedules)) if patient_ids is None else patient_ids))
    return pd.DataFrame(
        {"patient_id": names.repeat(length).to_numpy(), "night_date": plan.pop("night_date").ravel()}
        | {name: np.where(logged, values, np.nan).ravel() for name, values in diary.items()}
        | {name: values.ravel() for name, values in plan.items()}
    )


def split_night(rng: np.random.Generator, cramps: int, minutes: float, worst_pain: float) -> list[tuple[float, int]]:
    """Split a night's totals into single cramps.

    Parameters
    ----------
    rng : numpy.random.Generator
    cramps : int
        Number of cramps.
    minutes : float
        Minutes in all, in tenths and at least a tenth a cramp.
    worst_pain : float
        0-10.

    Returns
    -------
    list of (float, int)
        Duration in minutes and pain of each cramp; durations add up to `minutes`, the worst pain is `worst_pain`.
    """
    if cramps == 0:
        return []
    tenths = round(minutes * 10) - cramps
    extra = rng.multinomial(max(tenths, 0), np.full(cramps, 1 / cramps))
    pain = rng.integers(max(0, int(worst_pain) - 3), int(worst_pain) + 1, size=cramps)
    pain[rng.integers(cramps)] = int(worst_pain)
    return [(float(1 + more) / 10, int(felt)) for more, felt in zip(extra, pain, strict=True)]


def _plan(schedules: Sequence[Schedule], start: dt.date, length: int) -> dict[str, npt.NDArray[Any]]:
    """Give the schedules' columns of a frame (patients × nights), whatever the number of nights in the plan."""
    night = np.arange(length)
    assigned, block = np.full((2, len(schedules), length), np.nan)
    for patient, schedule in enumerate(schedules):
        arms = np.repeat(schedule.blocks, schedule.block_nights or 0)[:length]
        assigned[patient, : len(arms)] = arms
        block[patient, : len(arms)] = night[: len(arms)] // (schedule.block_nights or 1)
    pairs = np.array([schedule.design == "pairs" for schedule in schedules])[:, None]
    columns = {
        "night_date": np.tile((np.datetime64(start, "D") + night).astype(object), (len(schedules), 1)),
        "assigned": assigned,
        "pair": np.where(pairs, block // 2, np.nan),
        "block": block,
        "washout": np.zeros_like(block),
    }
    constants = pd.DataFrame([schedule.constants(start) for schedule in schedules])
    return columns | {
        str(name): np.repeat(values.to_numpy()[:, None], length, axis=1) for name, values in constants.items()
    }


def _unplanned(rng: np.random.Generator, wear: npt.ArrayLike | Wear | None, shape: tuple[int, int]) -> Floats:
    """Give the wear of nights on which nothing is assigned, none yet where it follows the cramps."""
    if callable(wear):
        return np.zeros(shape)
    return unplanned_wear(rng, shape) if wear is None else np.asarray(wear, dtype=float)


def _rates(rng: np.random.Generator, worn: Floats, start: dt.date, habits: Habits) -> Floats:
    patients, nights = worn.shape
    own = rng.gamma(1 / habits.spread**2, habits.spread**2, (patients, 1)) if habits.spread else np.ones((patients, 1))
    weekend = (start.weekday() + np.arange(nights)) % 7 >= 5
    elapsed = np.arange(nights) / max(nights - 1, 1)
    log = habits.trend * (elapsed - 0.5) + habits.weekend * weekend
    log = log + habits.flare * ((habits.flare_start <= elapsed) & (elapsed < habits.flare_end))
    if habits.correlation:
        log = log + habits.volatility * _autoregression(rng, worn.shape, habits.correlation) - habits.volatility**2 / 2
    rates = habits.rate * own * np.exp(log) * np.where(worn == 1, habits.rate_ratio, 1.0)
    if habits.zero_inflation:
        rates = rates * (rng.random(worn.shape) >= habits.zero_inflation) / (1 - habits.zero_inflation)
    return np.asarray(rates)


def _autoregression(rng: np.random.Generator, shape: tuple[int, int], correlation: float) -> Floats:
    values = rng.standard_normal(shape)
    for night in range(1, shape[1]):
        values[:, night] = correlation * values[:, night - 1] + np.sqrt(1 - correlation**2) * values[:, night]
    return values


def _counts(rng: np.random.Generator, rates: Floats, dispersion: float) -> npt.NDArray[np.int64]:
    return rng.poisson(rates if np.isinf(dispersion) else rates * rng.gamma(dispersion, 1 / dispersion, rates.shape))


def _logged(rng: np.random.Generator, cramps: Floats, worn: Floats, habits: Habits) -> npt.NDArray[np.bool_]:
    logged = rng.random(cramps.shape) < habits.logged
    if habits.skipped_on or habits.skipped_off:
        skipped = rng.random(cramps.shape) < np.where(worn == 1, habits.skipped_on, habits.skipped_off)
        logged &= (cramps > 0) | ~skipped
    return logged


def _minutes_and_pain(rng: np.random.Generator, cramps: Floats, habits: Habits) -> tuple[Floats, Floats]:
    """Draw a night's minutes, in tenths and at least half a minute a cramp, and its worst pain."""
    longer = rng.gamma(2 * np.maximum(cramps, 1), max(habits.minutes - 0.5, 0.0) / 2)
    minutes = np.where(cramps > 0, np.round(0.5 * cramps + longer, 1), 0.0)
    pain = np.where(cramps > 0, 1 + rng.binomial(9, np.clip((habits.pain - 1) / 9, 0, 1), cramps.shape), 0.0)
    return minutes, pain
