"""Cohorts to measure on: simulated patients of mixed designs, 32 nights each in the mean."""

import datetime as dt
from itertools import cycle, islice

import numpy as np
import pandas as pd

from analysis.design import Schedule, draw_schedule
from analysis.simulate import Habits, simulate

START = dt.date(2026, 1, 5)
HABITS = Habits(rate=1.5, rate_ratio=0.6, spread=0.4)
# Patients share schedules, because drawing one each would take longer than what is measured.
SCHEDULES = 200
NIGHTS_OF_SIX = 54 + 5 * 28


def mixed(patients: int, seed: int = 1) -> pd.DataFrame:
    """Simulate patients of six designs in equal shares, with Charley's own columns."""
    frames = [
        simulate(
            np.random.default_rng([seed, number]),
            schedules=list(islice(cycle(schedules), len(range(number, patients, 6)))),
            start=START,
            habits=HABITS,
            nights=None if number == 0 else 28,
            patient_ids=[f"{seed:03d}-{patient:06d}" for patient in range(number, patients, 6)],
        )
        for number, schedules in enumerate(_designs())
    ]
    return pd.concat(frames, ignore_index=True)


def _designs() -> list[list[Schedule]]:
    seeds = range(SCHEDULES)
    return [
        [draw_schedule("pairs", pairs=9, block_nights=3, seed=seed) for seed in seeds],
        [draw_schedule("blocks", blocks=14, block_nights=2, seed=seed) for seed in seeds],
        [draw_schedule("pairs", pairs=2, block_nights=7, seed=seed) for seed in seeds],
        [draw_schedule("before_after", block_nights=14)],
        [draw_schedule("observational", block_nights=28)],
        [draw_schedule("observational", block_nights=None)],
    ]
