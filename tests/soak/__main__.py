"""``make soak``: ten minutes of rounds on both engines, and upgrades killed at every statement; losses must be 0."""

import argparse
import sys
import time
from itertools import count, cycle

from tests.soak.rounds import run_round
from tests.soak.upgrades import run_upgrades

parser = argparse.ArgumentParser(prog="python -m tests.soak")
parser.add_argument("--minutes", type=float, default=10)
parser.add_argument("--seed", type=int, default=int(time.time()))
given = parser.parse_args()

began = time.monotonic()
print(f"seed {given.seed}")
print(f"{run_upgrades()} upgrades killed, all of them started again", flush=True)
rounds = writes = losses = 0
for number, engine in zip(count(given.seed), cycle(["sqlite", "postgresql"]), strict=False):
    if time.monotonic() > began + 60 * given.minutes:
        break
    outcome = run_round(engine, number)
    rounds, writes, losses = rounds + 1, writes + outcome.writes, losses + len(outcome.losses)
    losses += outcome.faults != "sound\n"
    print(f"{outcome.engine}: {outcome.writes:,} writes, {len(outcome.losses)} lost; check: {outcome.faults.strip()}")
    for loss in outcome.losses[:10]:
        print(f"  {loss}")
    sys.stdout.flush()
print(f"{rounds} rounds, {writes:,} acknowledged writes, {losses} losses")
sys.exit(bool(losses))
