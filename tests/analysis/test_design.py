import datetime as dt
from collections import Counter
from itertools import groupby, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.design import Schedule, count_schedules, draw_schedule, is_exact, smallest_p
from analysis.errors import InputError


def test_the_same_seed_draws_the_same_schedule_forever() -> None:
    # These were drawn once; a change here would redraw every stored trial.
    assert draw_schedule("pairs", pairs=9, block_nights=3, seed="charley").text == "011010010101010110"
    assert draw_schedule("blocks", blocks=18, block_nights=3, seed="charley").text == "011011001001011001"
    assert draw_schedule("pairs", pairs=4, block_nights=7, seed=17).text == "01010110"


@given(st.integers(1, 30), st.text(min_size=1))
def test_each_pair_has_one_block_of_each_arm(pairs: int, seed: str) -> None:
    blocks = draw_schedule("pairs", pairs=pairs, block_nights=2, seed=seed).blocks
    assert all(sum(blocks[at : at + 2]) == 1 for at in range(0, 2 * pairs, 2))


@given(st.integers(1, 20), st.integers(1, 4), st.integers())
def test_blocks_are_balanced_and_no_run_is_too_long(half: int, max_run: int, seed: int) -> None:
    blocks = draw_schedule("blocks", blocks=2 * half, block_nights=1, max_run=max_run, seed=seed).blocks
    assert sum(blocks) == half
    assert max(len(list(run)) for _, run in groupby(blocks)) <= max_run


def test_all_admissible_sequences_are_drawn_about_equally_often() -> None:
    drawn = Counter(draw_schedule("blocks", blocks=6, block_nights=1, seed=seed).blocks for seed in range(2800))
    admissible = [
        arms
        for arms in product((0, 1), repeat=6)
        if sum(arms) == 3 and max(len(list(run)) for _, run in groupby(arms)) <= 2
    ]
    assert set(drawn) == set(admissible)
    # 200 expected each; five standard deviations.
    assert all(abs(count - 200) < 70 for count in drawn.values())


def test_both_orders_of_a_pair_are_drawn_about_equally_often() -> None:
    first = [draw_schedule("pairs", pairs=1, block_nights=1, seed=seed).blocks[0] for seed in range(2000)]
    assert abs(sum(first) - 1000) < 112


@pytest.mark.parametrize(
    "schedule",
    [
        draw_schedule("pairs", pairs=12, block_nights=3, looks=[6, 9, 12], seed="s"),
        draw_schedule("blocks", blocks=8, block_nights=3, max_run=3, seed=5),
        draw_schedule("before_after", block_nights=7),
        draw_schedule("observational", block_nights=None),
        draw_schedule("observational", block_nights=30),
    ],
)
def test_a_schedule_survives_storage_as_json(schedule: Schedule) -> None:
    assert Schedule.from_json(schedule.to_json()) == schedule


def test_the_columns_of_a_schedule_tell_every_planned_night() -> None:
    schedule = draw_schedule("pairs", pairs=2, block_nights=3, seed="s")
    columns = schedule.nights(dt.date(2026, 10, 30))
    assert {len(values) for values in columns.values()} == {12}
    assert columns["night_date"][0] == dt.date(2026, 10, 30)
    assert columns["night_date"][-1] == dt.date(2026, 11, 10)
    assert columns["block"] == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3
    assert columns["pair"] == [0] * 6 + [1] * 6
    assert columns["assigned"] == [arm for arm in schedule.blocks for _ in range(3)]
    assert columns["schedule"][0] == schedule.text


def test_the_plan_of_a_night_is_that_of_its_block_and_none_outside() -> None:
    schedule = draw_schedule("before_after", block_nights=2)
    start = dt.date(2026, 12, 30)
    plan = [schedule.assigned(start, start + dt.timedelta(days=day)) for day in range(-1, 5)]
    assert plan == [None, False, False, True, True, None]


def test_nothing_is_assigned_in_an_observational_diary() -> None:
    schedule = draw_schedule("observational", block_nights=28)
    assert schedule.planned_nights == 28
    assert schedule.n_schedules is None
    assert schedule.assigned(dt.date(2026, 1, 1), dt.date(2026, 1, 1)) is None
    assert smallest_p(schedule) is None


def test_the_smallest_p_is_that_of_one_schedule_in_all_or_of_the_drawn_ones() -> None:
    assert smallest_p(draw_schedule("pairs", pairs=4, block_nights=7, seed=1)) == 1 / 16
    assert smallest_p(draw_schedule("blocks", blocks=8, block_nights=3, seed=1)) == 1 / 34
    assert smallest_p(draw_schedule("pairs", pairs=20, block_nights=3, seed=1)) == 1 / 4096


def test_an_exact_test_needs_five_pairs_or_eight_balanced_blocks() -> None:
    assert [is_exact(count_schedules("pairs", 2 * pairs)) for pairs in (1, 4, 5, 12)] == [False, False, True, True]
    assert [is_exact(count_schedules("blocks", blocks, 2)) for blocks in (2, 6, 8, 18)] == [False, False, True, True]
    assert not is_exact(None)


@pytest.mark.parametrize(
    ("design", "arguments", "message"),
    [
        ("crossover", {"block_nights": 3}, r"design: 'crossover' is none of pairs"),
        ("pairs", {"block_nights": 3, "seed": 1}, r"pairs: None is not a whole number of at least 1"),
        ("pairs", {"pairs": 3, "block_nights": 0, "seed": 1}, r"block_nights: 0 is not a whole number"),
        ("pairs", {"pairs": 3, "block_nights": 3}, r"seed: missing"),
        ("pairs", {"pairs": 3, "blocks": 6, "block_nights": 3, "seed": 1}, r"blocks: given as 6"),
        ("pairs", {"pairs": 3, "block_nights": 3, "seed": 1, "looks": [2]}, r"looks: \[2\] must increase"),
        ("pairs", {"pairs": 3, "block_nights": 3, "seed": 1, "looks": [2, 2, 3]}, r"looks: .* must increase"),
        ("pairs", {"pairs": 90, "block_nights": 3, "seed": 1}, r"block_nights: 3 makes a trial of 540 nights"),
        ("blocks", {"blocks": 7, "block_nights": 3, "seed": 1}, r"blocks: 7 is odd"),
        ("blocks", {"blocks": 8, "block_nights": 3, "seed": 1, "max_run": 0}, r"max_run: 0 is not"),
        ("blocks", {"blocks": True, "block_nights": 3, "seed": 1}, r"blocks: True is not a whole number"),
        ("before_after", {"block_nights": None}, r"block_nights: None is not a whole number"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(design: str, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw_schedule(design, **{"block_nights": 3, **arguments})
