"""Three short rounds of the soak (`make soak` runs them for ten minutes)."""

import pytest

from tests.soak.rounds import run_round

BLOWS_EACH = 4


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "seed"), [("sqlite", 1), ("sqlite", 3), ("postgresql", 5)])
def test_nothing_acknowledged_is_lost(engine: str, seed: int) -> None:
    outcome = run_round(engine, seed, BLOWS_EACH)
    assert outcome.sound, (outcome.blows, outcome.losses[:5], outcome.faults)
    assert outcome.writes > 0
