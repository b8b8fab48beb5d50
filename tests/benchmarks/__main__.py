"""``make bench``: every measurement, one after the other."""

from tests.benchmarks import comparison, memory, writes

for measure in (memory, comparison, writes):
    measure.run()
