"""How long the comparison takes in one process: for one patient, and how it grows with the nights of a cohort."""

import os

import pandas as pd

from analysis import compare, compare_cohort
from tests.benchmarks.cohorts import NIGHTS_OF_SIX, mixed
from tests.benchmarks.timing import best_of

PATIENTS = 31_250
SIZES = (100_000, 1_000_000, 10_000_000)


def run() -> None:
    """Print milliseconds for a patient, and seconds a million patient-nights for growing cohorts of mixed designs."""
    one = mixed(6).query("patient_id == patient_id.iloc[0]")
    compare(one)
    print(f"comparison of one patient, everything, warm: {1000 * best_of(20, lambda: compare(one)):.1f} ms")
    # Ten million nights take a minute to make: BENCH_NIGHTS=10000000 make bench
    most = int(os.environ.get("BENCH_NIGHTS", "1000000"))
    print("comparison in one process, s a million nights without and with secondary outcomes")
    print(f"{'nights':>12}{'patients':>10}{'without':>9}{'with':>7}")
    for nights in SIZES:
        if nights <= most:
            _measure(6 * nights // NIGHTS_OF_SIX)


def _measure(patients: int) -> None:
    frame = _cohort(patients)
    millions, times = len(frame) / 1e6, 3 if patients <= PATIENTS else 1
    without, with_secondary = (
        best_of(times, lambda secondary=secondary: compare_cohort(frame, secondary=secondary)) / millions
        for secondary in (False, True)
    )
    print(f"{len(frame):>12,}{patients:>10,}{without:>9.2f}{with_secondary:>7.2f}")


def _cohort(patients: int) -> pd.DataFrame:
    starts = range(0, patients, PATIENTS)
    return pd.concat(
        [mixed(min(PATIENTS, patients - start), seed=seed) for seed, start in enumerate(starts)], ignore_index=True
    )
