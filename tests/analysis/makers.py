"""Frames for tests: one patient written night by night, or simulated ones."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.design import Schedule, draw_schedule
from analysis.simulate import Habits, simulate

START = dt.date(2026, 11, 2)


def diary(
    cramps: Sequence[float | None], worn: Sequence[float | None], *, patient_id: object = "p", **constants: Any
) -> pd.DataFrame:
    """Write one patient's nights from a Monday on; None is missing."""
    n = len(cramps)
    return pd.DataFrame(
        {
            "patient_id": [patient_id] * n,
            "night_date": [START + dt.timedelta(days=night) for night in range(n)],
            "cramps": np.array(cramps, dtype=float),
            "stockings_day": np.array(worn, dtype=float),
            "stockings_night": np.where(np.isnan(np.array(worn, dtype=float)), np.nan, 0.0),
            **constants,
        }
    )


def pairs(n: int = 9, block_nights: int = 3, seed: int = 0) -> Schedule:
    return draw_schedule("pairs", pairs=n, block_nights=block_nights, seed=seed)


def trial(seed: int = 1, *, schedule: Schedule | None = None, **habits: float) -> pd.DataFrame:
    """Simulate one patient's trial."""
    return cohort(seed, 1, schedules=[schedule or pairs(seed=seed)], **habits)


def free_diary(seed: int = 1, nights: int = 56, **habits: float) -> pd.DataFrame:
    """Simulate one diary without a plan."""
    return cohort(seed, 1, schedules=[draw_schedule("observational", block_nights=None)], nights=nights, **habits)


def cohort(
    seed: int, n: int, *, schedules: Sequence[Schedule] | None = None, nights: int | None = None, **habits: float
) -> pd.DataFrame:
    """Simulate many patients; by default of all designs in turn."""
    kinds = (
        lambda number: pairs(seed=number),
        lambda number: draw_schedule("blocks", blocks=18, block_nights=3, seed=number),
        lambda _: draw_schedule("before_after", block_nights=21),
        lambda _: draw_schedule("observational", block_nights=None),
        lambda _: draw_schedule("observational", block_nights=40),
    )
    chosen = schedules or [kinds[number % len(kinds)](number) for number in range(n)]
    return simulate(np.random.default_rng(seed), schedules=chosen, start=START, nights=nights, habits=Habits(**habits))


@st.composite
def plans(draw: st.DrawFn) -> Schedule:
    """Draw a plan of any design, of 10 to 180 nights."""
    design = draw(st.sampled_from(["pairs", "blocks", "before_after", "observational"]))
    number = draw(st.integers(1, 90)) if design in {"pairs", "blocks"} else 1
    nights = number if design == "observational" else 2 * number
    block_nights = draw(st.integers(-(-10 // nights), 180 // nights))
    size = {"pairs": {"pairs": number}, "blocks": {"blocks": 2 * number}}.get(design, {})
    max_run, seed = draw(st.integers(1, 5)), draw(st.text(min_size=1))
    return draw_schedule(design, **size, block_nights=block_nights, max_run=max_run, seed=seed)
