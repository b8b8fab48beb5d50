"""What the comparison says of the made-up patients whom the demo shows."""

from datetime import timedelta

import numpy as np
import pytest

from analysis import compare
from analysis.design import draw_schedule
from analysis.results import Comparison
from analysis.simulate import Habits, simulate
from backend.demo import CASES, SEED
from tests.backend.diaries import START


def compared(name: str) -> Comparison:
    """Compare a case's nights, simulated as the demo does; the last planned night has passed."""
    number, case = next((number, case) for number, case in enumerate(CASES, start=1) if case.name == name)
    rng = np.random.default_rng([SEED, number])
    seed = None if case.plan["design"] in {"before_after", "observational"} else f"demo-{number}"
    schedule = draw_schedule(**case.plan, seed=seed)
    if schedule.planned_nights:
        rng.integers(3, 9)
    habits = Habits(**case.habits)
    frame = simulate(rng, schedules=[schedule], start=START, habits=habits, nights=case.nights, exposure="day")
    return compare(frame.iloc[: case.kept], as_of=START + timedelta(days=case.nights))


@pytest.mark.parametrize("name", ["Agnes Kowalski", "Carmen Ortega", "Gloria Benson"])
def test_who_wore_stockings_as_planned_has_one_estimate(name: str) -> None:
    found = compared(name)
    assert found.adherence == 1
    assert found.as_worn is not None
    for field in found.as_worn.__slots__:
        assert getattr(found.as_worn, field) == getattr(found, field), field
    assert not found.as_worn_differs


def test_who_left_the_plan_has_two() -> None:
    found = compared("Edith Lindqvist")
    assert found.adherence is not None
    assert found.adherence < 1
    assert found.as_worn_differs


def test_the_diary_without_a_plan_has_a_headline_of_its_own() -> None:
    assert (compared("Norma Castillo").story, compared("Dorothy Whitfield").story) == ("help_unplanned", "help")
