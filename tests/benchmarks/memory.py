"""What a web worker weighs before and after its first analysis."""

import subprocess
import sys

_MEASURE = """
import resource
from backend.app import create_app
from backend.config import Settings
app = create_app(Settings.for_documents())
{then}
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def run() -> None:
    """Print the peak resident memory of a fresh worker, in MB."""
    before = _peak_mb("")
    after = _peak_mb("import analysis; analysis.compare; import analysis.charts")
    print(f"worker before the first analysis {before} MB, with the analysis loaded {after} MB ({after / before:.1f}x)")


def _peak_mb(then: str) -> int:
    code = _MEASURE.format(then=then)
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
