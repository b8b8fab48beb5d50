"""How long the comparison takes, for one patient and for a cohort."""

import datetime as dt
from collections.abc import Callable
from time import perf_counter

import numpy as np

from analysis import compare, compare_cohort
from analysis.design import draw_schedule
from analysis.simulate import Habits, simulate

PATIENTS = 5000


def run() -> None:
    """Print seconds per million patient-nights, and milliseconds for one patient."""
    schedules = [draw_schedule("blocks", blocks=18, block_nights=3, seed=seed) for seed in range(PATIENTS)]
    frame = simulate(np.random.default_rng(1), schedules=schedules, start=dt.date(2026, 1, 5), habits=Habits())
    one = frame[frame["patient_id"] == 0]
    compare(one)
    cohort = _seconds(lambda: compare_cohort(frame))
    single = _seconds(lambda: compare(one))
    print(
        f"cohort of {PATIENTS} patients, {len(frame)} nights: {cohort:.2f} s "
        f"({cohort / len(frame) * 1e6:.2f} s a million nights); one patient {single * 1000:.1f} ms"
    )


def _seconds(call: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return min(times)
