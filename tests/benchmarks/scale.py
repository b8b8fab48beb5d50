"""How cost grows with nights: ``charley analyze`` on folders of Parquet files, by two workers of 2 GB each."""

import os
import tempfile
from pathlib import Path

from analysis.scale.folder import write_folder
from tests.benchmarks.cohorts import NIGHTS_OF_SIX, mixed
from tests.benchmarks.timing import CHARLEY, cost_of

SIZES = (100_000, 1_000_000, 10_000_000)
WORKERS = "2"
PATIENTS_A_PIECE = 30_000


def run() -> None:
    """Print the table of nights, seconds and memory."""
    # Ten million nights take minutes: BENCH_NIGHTS=10000000 make bench
    most = int(os.environ.get("BENCH_NIGHTS", "1000000"))
    print(f"charley analyze FOLDER --workers {WORKERS}, from start to end; memory of the largest process")
    print(f"{'nights':>12}{'patients':>10}{'s':>8}{'s/million':>11}{'MB':>6}")
    for nights in SIZES:
        if nights <= most:
            _measure(nights)


def _measure(nights: int) -> None:
    patients = 6 * nights // NIGHTS_OF_SIX
    with tempfile.TemporaryDirectory() as folder:
        for number, start in enumerate(range(0, patients, PATIENTS_A_PIECE)):
            write_folder(mixed(min(PATIENTS_A_PIECE, patients - start), seed=number), Path(folder, str(number)))
        cost = cost_of([CHARLEY, "analyze", folder, "--workers", WORKERS])
    print(f"{nights:>12,}{patients:>10,}{cost.seconds:>8.1f}{cost.seconds / nights * 1e6:>11.2f}{cost.megabytes:>6}")
