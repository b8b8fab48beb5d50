import datetime as dt
import hashlib
import subprocess
import sys
from collections import Counter
from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

import analysis.design
from analysis.design import (
    Schedule,
    check_length,
    count_schedules,
    default_schedule,
    draw_schedule,
    is_exact,
    smallest_p,
)
from analysis.errors import InputError
from tests.analysis.makers import plans


def admissible(blocks: int, max_run: int) -> list[tuple[int, ...]]:
    """Enumerate balanced sequences without a run that is too long, in lexicographic order."""
    every = (arms for arms in product((0, 1), repeat=blocks) if sum(arms) == blocks // 2)
    return [arms for arms in every if max(len(list(run)) for _, run in groupby(arms)) <= max_run]


def test_the_same_seed_draws_the_same_schedule_forever() -> None:
    # These were drawn once; a change here would redraw every stored trial.
    assert draw_schedule("pairs", pairs=9, block_nights=3, seed="charley").text == "011010010101010110"
    assert draw_schedule("blocks", blocks=18, block_nights=3, seed="charley").text == "011011001001011001"
    assert draw_schedule("pairs", pairs=4, block_nights=7, seed=17).text == "01010110"
    assert default_schedule("charley", staged=True).text == "011010010101010110100101"
    assert draw_schedule("blocks", blocks=8, block_nights=3, max_run=3, seed=2026).text == "10100011"
    assert (
        draw_schedule("blocks", blocks=60, block_nights=3, seed="médias").text
        == "001010101101010101101001101001010101010100110110010100110101"
    )


@pytest.mark.parametrize("seed", ["charley", "a", "ü", 0, -5, 10**30])
@pytest.mark.parametrize(("blocks", "max_run"), [(2, 1), (8, 2), (8, 3), (10, 5), (12, 2)])
def test_a_draw_is_the_sequence_that_the_bits_of_sha_256_number(seed: str | int, blocks: int, max_run: int) -> None:
    sequences = admissible(blocks, max_run)
    digests = b"".join(hashlib.sha256(f"{seed}:{number}".encode()).digest() for number in range(4))
    bits = "".join(f"{byte:08b}" for byte in digests)
    width = (len(sequences) - 1).bit_length()
    numbers = (int(bits[at : at + width], 2) for at in range(0, len(bits) - width, width))
    drawn = draw_schedule("blocks", blocks=blocks, block_nights=1, max_run=max_run, seed=seed)
    assert drawn.blocks == sequences[next(number for number in numbers if number < len(sequences))]
    pairs = draw_schedule("pairs", pairs=9, block_nights=1, seed=seed)
    assert "".join(str(first) for first in pairs.blocks[::2]) == bits[:9]


@given(st.integers(1, 30), st.text(min_size=1))
def test_each_pair_has_one_block_of_each_arm(pairs: int, seed: str) -> None:
    blocks = draw_schedule("pairs", pairs=pairs, block_nights=2, seed=seed).blocks
    assert all(sum(blocks[at : at + 2]) == 1 for at in range(0, 2 * pairs, 2))


@given(st.integers(1, 20), st.integers(1, 4), st.integers())
def test_blocks_are_balanced_and_no_run_is_too_long(half: int, max_run: int, seed: int) -> None:
    blocks = draw_schedule("blocks", blocks=2 * half, block_nights=1, max_run=max_run, seed=seed).blocks
    assert sum(blocks) == half
    assert max(len(list(run)) for _, run in groupby(blocks)) <= max_run


@pytest.mark.parametrize(("blocks", "max_run"), [(2, 1), (6, 1), (6, 2), (8, 2), (10, 3), (12, 2), (12, 12)])
def test_as_many_schedules_are_counted_as_can_be_listed(blocks: int, max_run: int) -> None:
    assert count_schedules("blocks", blocks, max_run) == len(admissible(blocks, max_run))


def test_without_a_limit_of_runs_every_balanced_sequence_counts() -> None:
    assert count_schedules("blocks", 10) == 252
    assert count_schedules("blocks", 366) == count_schedules("blocks", 366, 183)


def test_all_34_sequences_of_8_blocks_are_drawn_equally_often() -> None:
    drawn = Counter(draw_schedule("blocks", blocks=8, block_nights=1, seed=seed).blocks for seed in range(6800))
    assert set(drawn) == set(admissible(8, 2))
    assert len(drawn) == 34
    assert chisquare(list(drawn.values())).pvalue > 0.01


def test_all_orders_of_four_pairs_are_drawn_equally_often() -> None:
    drawn = Counter(draw_schedule("pairs", pairs=4, block_nights=1, seed=f"s{seed}").text for seed in range(4800))
    assert len(drawn) == 16
    assert chisquare(list(drawn.values())).pvalue > 0.01


def test_every_block_of_the_default_trial_is_a_stocking_block_half_of_the_time() -> None:
    blocks = np.array([default_schedule(seed).blocks for seed in range(2000)])
    # Five standard errors.
    assert np.abs(blocks.mean(axis=0) - 0.5).max() < 5 * 0.5 / 2000**0.5


@given(plans())
def test_a_plan_of_any_length_from_10_to_180_nights_is_drawn_whole(schedule: Schedule) -> None:
    check_length(schedule)
    start = dt.date(2026, 11, 2)
    columns = schedule.nights(start)
    assert len(columns["night_date"]) == schedule.planned_nights
    assert columns["assigned"] == [schedule.assigned(start, night) for night in columns["night_date"]]
    if schedule.blocks:
        assert 2 * sum(schedule.blocks) == schedule.n_blocks
    assert Schedule.from_json(schedule.to_json()) == schedule


@pytest.mark.parametrize(("pairs", "block_nights"), [(1, 4), (4, 1), (13, 7), (91, 1)])
def test_a_trial_of_fewer_than_10_or_more_than_180_nights_is_refused_by_its_length(
    pairs: int, block_nights: int
) -> None:
    schedule = draw_schedule("pairs", pairs=pairs, block_nights=block_nights, seed=1)
    with pytest.raises(InputError, match=rf"planned_nights: {2 * pairs * block_nights} is not from 10 to 180"):
        check_length(schedule)


def test_a_diary_without_a_fixed_end_has_no_length_to_refuse() -> None:
    check_length(draw_schedule("observational", block_nights=None))


def test_the_default_trial_has_18_balanced_blocks_of_3_nights() -> None:
    schedule = default_schedule("s")
    assert schedule == draw_schedule("blocks", blocks=18, block_nights=3, max_run=2, seed="s")
    assert (schedule.planned_nights, schedule.max_run) == (54, 2)


def test_the_default_staged_trial_has_pairs_of_3_nights_and_fewer_looks_when_cramps_are_rare() -> None:
    usual, rare = default_schedule("s", staged=True), default_schedule("s", staged=True, rare=True)
    assert (usual.design, usual.block_nights, usual.n_pairs, usual.looks) == ("pairs", 3, 12, (6, 9, 12))
    assert (rare.design, rare.block_nights, rare.n_pairs, rare.looks) == ("pairs", 3, 14, (10, 14))


def test_showing_a_plan_loads_no_numerical_package() -> None:
    code = (
        "import sys; from analysis.design import Schedule, default_schedule; default_schedule(1).to_json(); "
        "sys.exit(bool({'numpy', 'pandas', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_computed_before_a_trial_is_reached_through_the_designs() -> None:
    names = ("DesignCheck", "check_design", "expected_power", "nights_needed")
    assert [getattr(analysis.design, name).__name__ for name in names] == list(names)
    with pytest.raises(AttributeError, match="has no attribute 'power'"):
        _ = analysis.design.power


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
        ("pairs", {"pairs": 3, "block_nights": 3, "seed": 1, "looks": [2.0, 3]}, r"looks: 2.0 is not a whole number"),
        ("pairs", {"pairs": 3, "block_nights": 3, "seed": 1, "looks": [0, 3]}, r"looks: 0 is not a whole number of at"),
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


def test_a_diary_without_an_end_needs_nothing_but_its_name() -> None:
    assert draw_schedule("observational") == Schedule("observational", None, ())
