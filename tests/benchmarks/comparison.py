"""How long the comparison takes, for one patient and for a million nights."""

from analysis import compare, compare_cohort
from tests.benchmarks.cohorts import mixed
from tests.benchmarks.timing import best_of

PATIENTS = 31_250


def run() -> None:
    """Print seconds per million patient-nights, without and with secondary outcomes, and milliseconds for a patient."""
    frame = mixed(PATIENTS)
    millions = len(frame) / 1e6
    print(f"comparison of {PATIENTS:,} patients, {len(frame):,} nights of mixed designs, one process:")
    for secondary in (False, True):
        taken = best_of(3, lambda secondary=secondary: compare_cohort(frame, secondary=secondary))
        print(f"  {'with' if secondary else 'without'} secondary outcomes: {taken / millions:.2f} s a million nights")
    one = frame[frame["patient_id"] == frame["patient_id"].iloc[0]]
    compare(one)
    print(f"  one patient, everything, warm: {1000 * best_of(20, lambda: compare(one)):.1f} ms")
