import numpy as np
import pytest

from analysis.wear import (
    alternating_wear,
    growing_wear,
    started_after_bad_spell,
    unplanned_wear,
    wear_after,
    weekday_wear,
)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_unplanned_wear_has_the_share_and_runs_asked_for(share: float) -> None:
    worn = unplanned_wear(np.random.default_rng(2), (2000, 60), share, 3.0)
    assert worn.mean() == pytest.approx(share, abs=0.01)
    rarer = worn if share <= 0.5 else 1 - worn
    ends = (rarer[:, :-1] == 1) & (rarer[:, 1:] == 0)
    assert (rarer[:, :-1] == 1).sum() / ends.sum() == pytest.approx(3.0, rel=0.05)


def test_growing_wear_goes_in_a_straight_line() -> None:
    share = growing_wear(np.random.default_rng(2), (20_000, 5), 0.1, 0.9).mean(axis=0)
    assert share == pytest.approx(np.array([0.1, 0.3, 0.5, 0.7, 0.9]), abs=0.015)


def test_weekday_wear_is_worn_from_monday_to_friday() -> None:
    share = weekday_wear(np.random.default_rng(2), (20_000, 9), 0.8).mean(axis=0)
    assert share == pytest.approx(np.array([0.8] * 5 + [0.2] * 2 + [0.8] * 2), abs=0.015)


def test_alternating_wear_has_even_periods_and_starts_unworn() -> None:
    assert alternating_wear((2, 8)).tolist() == [[0, 0, 1, 1, 0, 0, 1, 1]] * 2
    assert alternating_wear((1, 6), periods=2).tolist() == [[0, 0, 0, 1, 1, 1]]


def test_wear_follows_nights_worse_than_the_usual() -> None:
    cramps = np.array([[0.0, 4.0, 0.0, 0.0, 4.0, 4.0]])
    one, two = (wear_after(np.random.default_rng(1), cramps, nights=nights, bad=1.0, other=0.0) for nights in (1, 2))
    assert one.tolist() == [[0, 0, 1, 0, 0, 1]]
    # The mean of all nights is 2, and so is that of a bad and a good one: no more than usual.
    assert two.tolist() == [[0, 0, 0, 0, 0, 0]]
    stopped = wear_after(np.random.default_rng(1), cramps, nights=1, bad=0.0, other=1.0)
    assert stopped.tolist() == [[1, 1, 0, 1, 1, 0]]


def test_wear_starts_after_the_first_bad_spell_or_halfway() -> None:
    calm, spell = [1.0] * 12, [1.0] * 12
    spell[3:5] = [5.0, 5.0]
    worn = started_after_bad_spell(np.array([calm, spell]), nights=2, earliest=4)
    assert worn[0].tolist() == [0] * 6 + [1] * 6
    assert worn[1].tolist() == [0] * 4 + [1] * 8


def test_wear_does_not_start_before_the_earliest_night() -> None:
    worn = started_after_bad_spell(np.array([[9.0, 9.0, 9.0] + [0.0] * 17]), nights=3, earliest=7)
    assert worn[0].tolist() == [0] * 10 + [1] * 10
