"""``make bench``: every measurement, one after the other; ``python -m tests.benchmarks rivals`` for one of them."""

import sys

from tests.benchmarks import backups, command, comparison, lighthouse, memory, rivals, roster, scale, writes

MEASURES = {
    "memory": memory,
    "comparison": comparison,
    "rivals": rivals,
    "command": command,
    "scale": scale,
    "writes": writes,
    "backups": backups,
    "roster": roster,
    "lighthouse": lighthouse,
}

for name in sys.argv[1:] or MEASURES:
    MEASURES[name].run()
