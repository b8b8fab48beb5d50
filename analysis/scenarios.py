"""Kinds of synthetic patients on whom the comparison's error rates and power are measured."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.verdict import DEFAULT_RULE
from analysis.schedule import draw_schedule
from analysis.simulate import Habits, Wear, simulate
from analysis.wear import alternating_wear, growing_wear, started_after_bad_spell, wear_after, weekday_wear

# A Monday, as `weekday_wear` has it.
START = dt.date(2026, 11, 2)
USUAL = {"rate": 1.5, "spread": 0.4, "volatility": 0.7, "logged": 0.85}
Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of patients.

    Attributes
    ----------
    family : str
        Code of the group it belongs to.
    name : str
        Code of what is special about its patients.
    plan : mapping
        Arguments of `analysis.schedule.draw_schedule` but for the seed. A diary without an end is kept for the usual
        two milestones.
    habits : Habits
    wear : callable, optional
        Wear where nothing is assigned, as `analysis.simulate.simulate` takes it.
    """

    family: str
    name: str
    plan: Plan
    habits: Habits
    wear: Wear | None = None

    @property
    def looks(self) -> tuple[int, ...]:
        """Numbers of nights after which a verdict is shown, the last one all nights of the diary."""
        shape = draw_schedule(**self.plan, seed=0)
        if shape.looks and shape.block_nights:
            return tuple(2 * pairs * shape.block_nights for pairs in shape.looks)
        return DEFAULT_RULE.milestones if shape.planned_nights is None else (shape.planned_nights,)

    def draw(self, patients: int, rng: np.random.Generator) -> pd.DataFrame:
        """Simulate so many patients, each with a schedule of their own; a frame of `analysis.frame`."""
        seeds = rng.integers(2**63, size=patients).tolist()
        schedules = [draw_schedule(**self.plan, seed=seed) for seed in seeds]
        return simulate(
            rng, schedules=schedules, start=START, habits=self.habits, nights=self.looks[-1], wear=self.wear
        )


def _pairs(pairs: int, block_nights: int, looks: tuple[int, ...] | None = None) -> Plan:
    return {"design": "pairs", "pairs": pairs, "block_nights": block_nights, "looks": looks}


def _blocks(blocks: int, block_nights: int) -> Plan:
    return {"design": "blocks", "blocks": blocks, "block_nights": block_nights}


def _before_after(nights: int) -> Plan:
    return {"design": "before_after", "block_nights": nights // 2}


def _diary(nights: int | None) -> Plan:
    return {"design": "observational", "block_nights": nights}


def _scenario(family: str, name: str, plan: Plan, *, wear: Wear | None = None, **habits: float) -> Scenario:
    """Make a scenario of the usual habits, 1.5 cramps a night and 15 % of nights unrecorded, but for those given."""
    return Scenario(family, name, plan, Habits(**USUAL | habits), wear)


_randomized = partial(_scenario, "randomized")
_few = partial(_scenario, "few_blocks")
_unplanned = partial(_scenario, "unplanned")
_alternating = partial(_scenario, "alternating", wear=lambda _, cramps: alternating_wear(cramps.shape))
_quick_look = partial(_scenario, "before_after")
_staged = partial(_scenario, "staged")
_open_ended = partial(_scenario, "milestones", plan=_diary(None))

_NINE, _EIGHTEEN, _STAGED = _pairs(9, 3), _blocks(18, 3), _pairs(12, 3, (6, 9, 12))
_MONTH, _TWO_MONTHS = _diary(28), _diary(56)
_LOW_RATE, _ONCE_A_WEEK = 0.63, 1 / 7

NULL: tuple[Scenario, ...] = (
    _randomized("poisson", _pairs(5, 1)),
    _randomized("poisson", _blocks(8, 3)),
    _randomized("poisson", _pairs(14, 1)),
    _randomized("poisson", _pairs(14, 1), rate=_LOW_RATE),
    _randomized("poisson", _NINE),
    _randomized("poisson", _NINE, rate=_LOW_RATE),
    _randomized("poisson", _EIGHTEEN),
    _randomized("poisson", _EIGHTEEN, rate=_LOW_RATE),
    _randomized("poisson", _pairs(14, 2)),
    _randomized("poisson", _blocks(14, 4)),
    _randomized("overdispersed", _NINE, dispersion=1.0),
    _randomized("overdispersed", _EIGHTEEN, dispersion=1.0),
    _randomized("strongly_overdispersed", _NINE, dispersion=0.3),
    _randomized("strongly_overdispersed", _EIGHTEEN, dispersion=0.3),
    _randomized("zero_inflated", _NINE, zero_inflation=0.5),
    _randomized("correlated", _NINE, correlation=0.3),
    _randomized("correlated", _EIGHTEEN, correlation=0.3),
    _randomized("strongly_correlated", _NINE, correlation=0.6),
    _randomized("strongly_correlated", _EIGHTEEN, correlation=0.6),
    _randomized("strongly_correlated", _blocks(8, 7), correlation=0.6),
    _randomized("improvement", _NINE, trend=-1.0),
    _randomized("improvement", _EIGHTEEN, trend=-1.0),
    _randomized("flare_in_the_middle", _EIGHTEEN, flare=1.1),
    _randomized("flare_at_the_start", _NINE, flare=1.1, flare_start=0.0, flare_end=1 / 3),
    _randomized("weekend_cramps", _NINE, weekend=0.7),
    _randomized("once_a_week", _NINE, rate=_ONCE_A_WEEK),
    _randomized("calm_nights_unlogged", _NINE, skipped_on=0.8, skipped_off=0.8),
    _randomized("calm_nights_off_unlogged", _pairs(14, 1), skipped_off=0.8),
    _randomized("calm_nights_off_unlogged", _NINE, skipped_off=0.8),
    _randomized("calm_nights_off_unlogged", _EIGHTEEN, skipped_off=0.8),
    _randomized("calm_nights_off_unlogged", _pairs(14, 3), skipped_off=0.8),
    _staged("poisson", _STAGED),
    _staged("poisson", _pairs(14, 3, (10, 14))),
    _staged("poisson", _pairs(18, 3, (9, 12, 15, 18))),
    _staged("overdispersed", _STAGED, dispersion=1.0),
    _staged("strongly_correlated", _STAGED, correlation=0.6),
    _staged("improvement", _STAGED, trend=-1.0),
    _staged("calm_nights_off_unlogged", _STAGED, skipped_off=0.8),
    _few("poisson", _pairs(2, 7)),
    _few("poisson", _pairs(4, 7)),
    _few("strongly_correlated", _pairs(2, 7), correlation=0.6),
    _few("strongly_correlated", _pairs(4, 7), correlation=0.6),
    _unplanned("poisson", _diary(14)),
    _unplanned("poisson", _MONTH),
    _unplanned("poisson", _MONTH, rate=_LOW_RATE),
    _unplanned("poisson", _TWO_MONTHS),
    _unplanned("overdispersed", _MONTH, dispersion=1.0),
    _unplanned("overdispersed", _TWO_MONTHS, dispersion=1.0),
    _unplanned("strongly_overdispersed", _MONTH, dispersion=0.3),
    _unplanned("strongly_overdispersed", _TWO_MONTHS, dispersion=0.3),
    _unplanned("zero_inflated", _MONTH, zero_inflation=0.5),
    _unplanned("correlated", _MONTH, correlation=0.3),
    _unplanned("strongly_correlated", _MONTH, correlation=0.6),
    _unplanned("strongly_correlated", _TWO_MONTHS, correlation=0.6),
    _unplanned(
        "wear_grows_while_cramps_fall",
        _TWO_MONTHS,
        wear=lambda rng, cramps: growing_wear(rng, cramps.shape),
        trend=-1.0,
    ),
    _unplanned(
        "weekday_wear_weekend_cramps",
        _TWO_MONTHS,
        wear=lambda rng, cramps: weekday_wear(rng, cramps.shape),
        weekend=0.7,
    ),
    _unplanned("wear_after_a_bad_night", _TWO_MONTHS, wear=partial(wear_after, nights=1, bad=0.8, other=0.3)),
    _unplanned(
        "wear_after_a_bad_spell", _TWO_MONTHS, wear=partial(wear_after, nights=3, bad=0.8, other=0.3), correlation=0.6
    ),
    _unplanned(
        "wear_stopped_in_a_bad_spell",
        _TWO_MONTHS,
        wear=partial(wear_after, nights=3, bad=0.2, other=0.7),
        correlation=0.6,
    ),
    _alternating("strongly_correlated", plan=_MONTH, correlation=0.6),
    _alternating("strongly_correlated", plan=_TWO_MONTHS, correlation=0.6),
    _open_ended("poisson"),
    _open_ended("strongly_correlated", correlation=0.6),
    _open_ended("weekday_wear_weekend_cramps", wear=lambda rng, cramps: weekday_wear(rng, cramps.shape), weekend=0.7),
    _quick_look("poisson", _before_after(10)),
    _quick_look("poisson", _before_after(28)),
    _quick_look("poisson", _before_after(56)),
    _quick_look("improvement", _before_after(28), trend=-1.0),
    _quick_look("improvement", _before_after(56), trend=-1.0),
    _quick_look("flare_at_the_start", _before_after(28), flare=1.1, flare_start=0.0, flare_end=1 / 3),
    _quick_look(
        "started_after_a_bad_spell", _MONTH, wear=lambda _, cramps: started_after_bad_spell(cramps), correlation=0.6
    ),
)
# What no test can repair; the figures tell how far it leads astray.
BIASED: tuple[Scenario, ...] = (
    _unplanned("calm_nights_off_unlogged", _MONTH, skipped_off=0.8),
    _unplanned("calm_nights_off_unlogged", _TWO_MONTHS, skipped_off=0.8),
)
POWER: tuple[Scenario, ...] = (
    *(_randomized("poisson", _NINE, rate_ratio=ratio) for ratio in (0.3, 0.5, 0.7)),
    _randomized("poisson", _EIGHTEEN, rate_ratio=0.5),
    _randomized("poisson", _pairs(14, 2), rate_ratio=0.5),
    _randomized("poisson", _blocks(14, 4), rate_ratio=0.5),
    _randomized("poisson", _pairs(14, 3), rate_ratio=0.5),
    *(_staged("poisson", _STAGED, rate_ratio=ratio) for ratio in (0.3, 0.5, 0.7)),
    _staged("poisson", _pairs(14, 3, (10, 14)), rate_ratio=0.5),
    _staged("poisson", _pairs(18, 3, (9, 12, 15, 18)), rate_ratio=0.5),
    _few("poisson", _pairs(4, 7), rate_ratio=0.5),
    _unplanned("poisson", _MONTH, rate_ratio=0.5),
    _unplanned("poisson", _TWO_MONTHS, rate_ratio=0.5),
    _open_ended("poisson", rate_ratio=0.5),
)
