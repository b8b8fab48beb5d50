"""What ``charley analyze`` costs on a file of a million nights, from its start to its end."""

import tempfile
from pathlib import Path

from analysis.io import write_nights
from tests.benchmarks.cohorts import mixed
from tests.benchmarks.comparison import PATIENTS
from tests.benchmarks.timing import CHARLEY, cost_of


def run() -> None:
    """Print seconds and memory of the whole process, for CSV and Parquet, for the list and for JSON."""
    with tempfile.TemporaryDirectory() as folder:
        frame = mixed(PATIENTS)
        for kind in ("csv", "parquet"):
            file = Path(folder, f"nights.{kind}")
            write_nights(frame, file)
            for options in ([], ["--secondary"], ["--json"]):
                cost = cost_of([CHARLEY, "analyze", str(file), *options])
                what = " ".join(["charley analyze", file.name, *options])
                print(f"{what}: {cost.seconds:.1f} s, {cost.megabytes} MB ({len(frame):,} nights)")
