"""Clocks for measurements."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CHARLEY = str(Path(sys.executable).with_name("charley"))
# A process starts with the memory of the one that starts it on its bill; this one is small.
_WATCH = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Cost(NamedTuple):
    """What a command took: seconds by the wall clock, and the largest resident memory of any of its processes in MB."""

    seconds: float
    megabytes: int


def best_of(times: int, call: Callable[[], object]) -> float:
    """Give the shortest of some runs in seconds, the one that others on the machine disturbed the least."""
    return min(seconds(call) for _ in range(times))


def seconds(call: Callable[[], object]) -> float:
    """Time one call."""
    start = perf_counter()
    call()
    return perf_counter() - start


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command to its end, without its output."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    taken, kilobytes = done.stdout.split()
    return Cost(float(taken), int(kilobytes) // 1024)
