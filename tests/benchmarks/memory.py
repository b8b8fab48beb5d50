"""What a web worker weighs before and after its first analysis."""

import subprocess
import sys

_MEASURE = """
from pathlib import Path
from backend.app import create_app
from backend.config import Settings
app = create_app(Settings.for_documents())
{then}
[line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
print(int(line.split()[1]) // 1024)
"""


def run() -> None:
    """Print the resident memory of a fresh worker, in MB."""
    before = _resident_mb("")
    after = _resident_mb("import analysis; analysis.compare; import analysis.charts")
    print(f"worker before the first analysis {before} MB, with the analysis loaded {after} MB ({after / before:.1f}x)")


def _resident_mb(then: str) -> int:
    code = _MEASURE.format(then=then)
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
