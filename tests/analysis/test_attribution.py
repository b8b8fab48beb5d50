"""Wear by day and in bed belongs to the night of the same evening; one night off, and the answer is another."""

import numpy as np
import pandas as pd
import pytest

from analysis import compare, compare_cohort
from analysis.design import draw_schedule
from analysis.frame import worn
from analysis.simulate import Habits, simulate
from tests.analysis.makers import START, diary

DAY = [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1] * 2
BED = [1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0] * 2
WORN = {"day": DAY, "night": BED, "any": [max(pair) for pair in zip(DAY, BED, strict=True)]}


@pytest.mark.parametrize("exposure", WORN)
def test_cramps_belong_to_the_wear_of_their_own_night(exposure: str) -> None:
    # Two cramps on each night with stockings and one on each without: a wear moved by a night could not part them so.
    cramps = [1 + one for one in WORN[exposure]]
    frame = diary(cramps, DAY, planned_nights=len(DAY)).assign(stockings_night=np.array(BED, dtype=float))
    found = compare(frame, exposure=exposure)
    assert (found.rate_on, found.rate_off) == (2, 1)
    assert found.nights_on == sum(WORN[exposure])


@pytest.mark.parametrize("exposure", WORN)
def test_wear_stays_on_its_row(exposure: str) -> None:
    frame = pd.DataFrame({"stockings_day": DAY, "stockings_night": BED}, dtype=float)
    assert worn(frame, exposure).tolist() == WORN[exposure]


def test_the_days_of_the_week_are_those_of_the_evenings() -> None:
    # Stockings on Saturday and Sunday evenings only, and more cramps then: the weekend explains it all.
    weekend = [night % 7 >= 5 for night in range(56)]
    wear = [float(late != (night % 9 == 0)) for night, late in enumerate(weekend)]
    cramps = [4.0 if late else 1.0 for late in weekend]
    found = compare(diary(cramps, wear, planned_nights=56))
    assert found.rate_on is not None
    assert found.rate_off is not None
    assert found.rate_on / found.rate_off > 1.7
    assert found.rate_ratio == pytest.approx(1.0, abs=0.15)


@pytest.mark.slow
def test_wear_written_down_a_night_late_hides_the_effect() -> None:
    frame = simulate(
        np.random.default_rng(7),
        schedules=[draw_schedule("observational", block_nights=56)] * 2000,
        start=START,
        habits=Habits(rate_ratio=0.5, spread=0.4),
    )
    late = frame.assign(stockings_day=frame.groupby("patient_id")["stockings_day"].shift(1))
    on_time, delayed = compare_cohort(frame), compare_cohort(late)
    assert on_time["rate_ratio"].median() == pytest.approx(0.49, abs=0.03)
    # How far the ratio moves depends on how long stockings are worn at a stretch: the shorter, the further.
    assert delayed["rate_ratio"].median() > 0.7
    assert (on_time["state"] == "help").mean() == pytest.approx(0.57, abs=0.05)
    assert (delayed["state"] == "help").mean() < 0.2
