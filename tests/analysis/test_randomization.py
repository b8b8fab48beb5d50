import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis import Rule, compare, compare_cohort
from analysis.comparison.randomization import BlockSums, count_extreme
from analysis.comparison.reference_set import ReferenceSet, balanced, reference_set, swaps, uniform
from analysis.design import Design, Schedule, count_schedules, draw_schedule
from tests.analysis import reference
from tests.analysis.enumerated import admissible, exact_p, tails
from tests.analysis.makers import START, cohort, diary, pairs, trial

SHAPES: list[tuple[Design, int, int | None]] = [
    ("pairs", 10, None),
    ("pairs", 18, None),
    ("blocks", 8, 2),
    ("blocks", 10, 3),
    ("blocks", 12, 2),
]


def schedule_of(design: Design, n_blocks: int, max_run: int | None, seed: int, block_nights: int = 3) -> Schedule:
    if design == "pairs":
        return pairs(n_blocks // 2, block_nights, seed)
    return draw_schedule("blocks", blocks=n_blocks, block_nights=block_nights, max_run=max_run or n_blocks, seed=seed)


def cramps_of(frame: pd.DataFrame) -> list[float | None]:
    return [None if np.isnan(count) else float(count) for count in frame["cramps"]]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_reference_set_has_every_admissible_schedule_once(shape: tuple[Design, int, int | None]) -> None:
    half = reference_set(*shape).arms
    every = {tuple(arms) for arms in np.concatenate((half, 1 - half)).astype(int).tolist()}
    assert every == set(admissible(*shape))
    assert len(every) == reference_set(*shape).size == count_schedules(*shape)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", SHAPES)
def test_the_exact_p_values_are_those_of_full_enumeration(shape: tuple[Design, int, int | None], seed: int) -> None:
    schedule = schedule_of(*shape, seed)
    frame = trial(seed, schedule=schedule, rate_ratio=0.6, logged=0.75)
    found = compare(frame)
    expected = exact_p(cramps_of(frame), schedule.blocks, 3, admissible(*shape))
    assert (found.grade, found.method) == ("A", "exact")
    assert_allclose((found.p_help, found.p_worse), expected, rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=16, max_size=16), st.integers(0, 33))
def test_ties_and_arms_without_nights_count_as_extreme(cramps: list[int | None], seed: int) -> None:
    schedule = schedule_of("blocks", 8, 2, seed, block_nights=2)
    frame = trial(1, schedule=schedule).assign(
        cramps=np.array(cramps, dtype=float), cramp_minutes=None, worst_pain=None
    )
    found = compare(frame)
    if found.grade == "A" and found.state != "insufficient":
        expected = exact_p(list(cramps), schedule.blocks, 2, admissible("blocks", 8, 2))
        assert_allclose((found.p_help, found.p_worse), expected, rtol=1e-12)


@pytest.mark.parametrize(("design", "arm", "counts", "n_schedules", "p"), reference.RANDOMIZATION)
def test_published_randomization_tests_agree(
    design: Design, arm: list[int], counts: list[float], n_schedules: int, p: float
) -> None:
    shape = reference_set(design, len(arm), 2 if design == "blocks" else None)
    residuals = np.array([counts]) - np.mean(counts)
    sums = BlockSums(residuals, np.ones_like(residuals), np.array([arm], dtype=float), np.array([1e-9]))
    low, _ = count_extreme(sums, shape)[:, 0]
    assert shape.size == n_schedules
    assert low / shape.size == pytest.approx(p, rel=1e-12)


def test_recording_only_bad_nights_without_stockings_raises_the_p_value() -> None:
    frame = trial(3, schedule=pairs(9, 3, 3), rate=0.8, logged=1.0)
    forgotten = (frame["assigned"] == 0) & (frame["cramps"] == 0)
    frame.loc[forgotten, ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    schedule = tuple(map(int, frame["schedule"].iloc[0]))
    unchecked, _ = tails(cramps_of(frame), schedule, 3, admissible("pairs", 18))
    assert forgotten.sum() > 5
    assert compare(frame).p_help > 3 * unchecked


def test_above_4096_schedules_a_fixed_draw_decides_and_p_is_never_0() -> None:
    schedule = draw_schedule("blocks", blocks=24, block_nights=2, seed="x")
    found = compare(trial(2, schedule=schedule, rate=4.0, rate_ratio=0.05, logged=1.0))
    assert (found.grade, found.method, found.state) == ("A", "monte_carlo", "help")
    assert found.n_schedules == count_schedules("blocks", 24, 2)
    assert found.p_help == found.smallest_p == 1 / 4096


def test_a_fixed_draw_is_close_to_full_enumeration() -> None:
    drawn = reference_set("pairs", 26, None)
    every = ReferenceSet(_with_partners(swaps_of(13)), complete=False)
    sums = BlockSums(
        np.random.default_rng(1).normal(size=(20, 26)), np.ones((20, 26)), np.tile([1.0, 0.0], (20, 13)), np.zeros(20)
    )
    sums.residuals[:] -= sums.residuals.mean(axis=1, keepdims=True)
    found, exact = count_extreme(sums, drawn)[0] / drawn.size, (count_extreme(sums, every)[0] - 1) / 2**13
    # Five standard errors of a share among 4,096.
    assert_allclose(found, exact, atol=5 * 0.5 / 64)
    assert (found > 0).all()


def swaps_of(pairs: int) -> np.ndarray:
    return (np.arange(2**pairs)[:, None] >> np.arange(pairs) & 1).astype(float)


def _with_partners(first: np.ndarray) -> np.ndarray:
    return np.stack((first, 1 - first), axis=2).reshape(len(first), -1)


def test_random_balanced_schedules_are_admissible_and_all_equally_likely() -> None:
    draws = balanced(uniform("a test", 34_000, 8), 2).astype(int)
    found, counts = np.unique(draws, axis=0, return_counts=True)
    assert {tuple(arms) for arms in found.tolist()} == set(admissible("blocks", 8, 2))
    # Chi-square with 33 degrees of freedom: 0.999 quantile.
    assert ((counts - 1000) ** 2 / 1000).sum() < 63.9


@pytest.mark.parametrize("pairs_planned", [5, 12, 14, 18])
def test_swaps_are_a_group_that_has_the_mirror_image(pairs_planned: int) -> None:
    code = swaps(pairs_planned).astype(int)
    rows = {tuple(row) for row in code.tolist()}
    assert len(rows) == len(code) == min(2**pairs_planned, 4096)
    assert not code[0].any()
    assert code[-1].all()
    some = code[np.random.default_rng(2).integers(len(code), size=(200, 2))]
    assert {tuple(row) for row in (some[:, 0] ^ some[:, 1]).tolist()} <= rows


def test_a_trial_that_stopped_early_is_tested_on_the_blocks_it_reached() -> None:
    schedule = schedule_of("blocks", 12, 2, seed=4)
    frame = trial(4, schedule=schedule, rate=3.0, rate_ratio=0.3, logged=0.8)
    frame.loc[frame["block"] >= 9, ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    found = compare(frame)
    expected = exact_p(cramps_of(frame), schedule.blocks, 3, admissible("blocks", 12, 2))
    alike = sum(each[:9] == schedule.blocks[:9] for each in admissible("blocks", 12, 2))
    assert_allclose((found.p_help, found.p_worse), expected, rtol=1e-12)
    assert (found.n_schedules, found.smallest_p) == (208, alike / 208)
    assert [caution.value for caution in found.warnings if caution.code == "stopped_early"] == [27.0]


@pytest.mark.parametrize("design", ["pairs", "blocks", "staged", "before_after"])
@pytest.mark.parametrize("stop", [27, 45])
def test_nights_after_a_stop_stay_in_the_diary_and_out_of_the_comparison(design: str, stop: int) -> None:
    schedule = {
        "pairs": pairs(9, 3, 4),
        "blocks": schedule_of("blocks", 18, 2, seed=4),
        "staged": draw_schedule("pairs", pairs=9, block_nights=3, looks=(6, 9), seed=4),
        "before_after": draw_schedule("before_after", block_nights=27),
    }[design]
    frame = trial(4, schedule=schedule, rate=3.0, logged=1.0)
    frame = frame.astype(dict.fromkeys(("assigned", "block", "pair", "stockings_day", "stockings_night"), float))
    after = frame.index >= stop
    stopped, unrecorded = frame.copy(), frame.copy()
    stopped.loc[after, ["assigned", "pair", "block"]] = np.nan
    stopped.loc[after, ["washout", "cramps", "stockings_day"]] = [1, 9, 1]
    unrecorded.loc[after, ["cramps", "cramp_minutes", "worst_pain", "stockings_day", "stockings_night"]] = np.nan
    found, expected = compare(stopped), compare(unrecorded).to_dict()
    assert [caution.value for caution in found.warnings if caution.code == "stopped_early"] == [stop]
    assert "unknown_wear" not in {caution.code for caution in found.warnings}
    # Nights without a plan are no gaps in it: the rest of a block that nobody recorded would be some.
    different = {name for name, value in found.to_dict().items() if value != expected[name]}
    assert different <= {"warnings", "wear_changes", *(["logging_gap"] if design == "before_after" else [])}


def test_the_rest_of_a_block_after_a_stop_is_no_gap_in_the_diary() -> None:
    frame = trial(4, schedule=pairs(9, 3, 4), rate=3.0, logged=1.0)
    frame = frame.astype({"assigned": float, "stockings_day": float})
    after = frame.index >= 28
    frame.loc[after, "stockings_day"] = 1 - frame["assigned"]
    frame.loc[after, "assigned"] = np.nan
    frame.loc[after, "washout"] = 1
    found = compare(frame)
    assert (found.logging_gap, found.adherence, found.nights_on + found.nights_off) == (0.0, 1.0, 28)


def test_a_trial_that_stopped_too_early_for_an_exact_test_is_graded_b() -> None:
    frame = trial(4, schedule=pairs(9, 3, 4), rate=3.0, logged=1.0)
    frame.loc[frame["block"] >= 8, ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    found = compare(frame)
    assert (found.grade, found.method, found.smallest_p) == ("B", "model_trend", 1 / 16)


@pytest.mark.parametrize(("planned", "grade"), [(4, "B"), (5, "A")])
def test_an_exact_test_needs_five_pairs(planned: int, grade: str) -> None:
    assert compare(trial(1, schedule=pairs(planned, 4, 1))).grade == grade


@pytest.mark.parametrize(("planned", "grade"), [(6, "B"), (8, "A")])
def test_an_exact_test_needs_eight_balanced_blocks(planned: int, grade: str) -> None:
    assert compare(trial(1, schedule=schedule_of("blocks", planned, 2, 1))).grade == grade


def test_the_exact_level_is_five_percent_and_a_parameter() -> None:
    table = compare_cohort(cohort(7, 200, schedules=[pairs(seed=seed) for seed in range(200)], rate_ratio=0.6))
    strict = compare_cohort(
        cohort(7, 200, schedules=[pairs(seed=seed) for seed in range(200)], rate_ratio=0.6), rule=Rule(exact_level=0.01)
    )
    for found, level in ((table, 0.05), (strict, 0.01)):
        helped = (found["p_help"] <= level) & (found["rate_ratio"] <= 0.8)
        assert 0 < helped.sum() == (found["state"] == "help").sum()


def test_an_exact_test_either_flags_or_does_not_and_never_hints() -> None:
    rng = np.random.default_rng(5)
    frame = cohort(5, 150, schedules=[pairs(seed=seed) for seed in range(150)], rate=0.8)
    forgotten = (frame["assigned"] == 0) & (frame["cramps"] == 0) & (rng.random(len(frame)) < 0.8)
    frame.loc[forgotten, ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    states = compare_cohort(frame)["state"]
    assert (states == "no_clear_difference").sum() > 100
    assert not states.isin(["fewer_unclear", "more_unclear"]).any()


def test_a_last_night_without_a_row_belongs_to_the_trial_all_the_same() -> None:
    frame = trial(6, logged=0.9)
    dropped = frame[frame["cramps"].notna()]
    last = START + dt.timedelta(days=53)
    assert compare(dropped, as_of=last) == compare(frame, as_of=last)


@pytest.mark.parametrize(
    ("design", "arms"),
    [("pairs", "1100010110"), ("blocks", "11100010"), ("blocks", "11010101"), ("pairs", "1111111111")],
)
def test_a_schedule_that_its_design_could_not_have_drawn_earns_no_exact_test(design: Design, arms: str) -> None:
    worn = [int(arm) for arm in arms for _ in range(4)]
    cramps = np.random.default_rng(1).poisson(np.where(np.array(worn) == 1, 0.8, 2.0))
    found = compare(
        diary(
            list(cramps), worn, assigned=worn, design=design, planned_nights=len(worn), n_blocks=len(arms), max_run=2,
            block_nights=4, schedule=arms,
        )
    )  # fmt: skip
    assert (found.grade, found.method, found.smallest_p) in {
        ("C", "model_adjusted", None),
        ("D", "model_adjusted", None),
    }


def test_wash_out_nights_without_a_row_are_wash_out_nights_all_the_same() -> None:
    frame = trial(7, logged=0.75)
    changed = frame["assigned"].diff().fillna(0) != 0
    frame["washout"] = changed.astype(float)
    rows = compare(frame)
    assert rows == compare(frame[frame["cramps"].notna()], as_of=frame["night_date"].max())
    used = frame["cramps"].notna() & ~changed
    assert rows.nights_on + rows.nights_off == used.sum()
    shares = [used[(frame["assigned"] == arm) & ~changed].mean() for arm in (1, 0)]
    assert rows.logging_gap == pytest.approx(shares[0] - shares[1])
