import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import Comparison, Rule, compare, compare_cohort
from analysis.cohort import COLUMNS
from analysis.design import draw_schedule
from analysis.errors import InputError, InputTypeError
from tests.analysis.makers import START, cohort, diary, free_diary, pairs, trial

PER_NIGHT = ["trial_start", "block_nights", "schedule", "looks"]
COUNTS = {"patient_id", "state", "nights_on", "nights_off", "cramps_on", "cramps_off"}


def strong(**changes: Any) -> pd.DataFrame:
    """A trial in which stockings clearly help."""
    return trial(**{"seed": 2, "rate": 3.0, "rate_ratio": 0.2, "logged": 1.0} | changes)


def test_stockings_that_help_are_flagged_and_the_swapped_labels_are_worse() -> None:
    frame = strong()
    found = compare(frame)
    assert (found.state, found.grade, found.method, found.flagged) == ("help", "A", "exact", True)
    swapped = compare(frame.assign(assigned=1 - frame["assigned"], schedule=None))
    assert swapped.state == "worse"


def test_a_randomized_trial_counts_its_schedules() -> None:
    found = compare(trial())
    assert (found.n_schedules, found.smallest_p) == (512, 1 / 512)


def test_nothing_but_counts_is_told_before_the_planned_end() -> None:
    frame = strong()
    table = compare_cohort(frame, as_of=START + dt.timedelta(days=52))
    assert table["state"].tolist() == ["running"]
    assert (table["nights_on"] + table["nights_off"]).tolist() == [53]
    assert table[[name for name in COLUMNS if name not in COUNTS]].isna().all(axis=None)
    found = compare(frame.iloc[:53])
    assert (found.state, found.as_worn, found.washout_sensitivity, found.warnings) == ("running", None, None, ())
    assert [(need.code, need.have, need.want) for need in found.needs] == [("planned_end", 53, 54)]
    assert str(found.last_night) in found.needs[0].text
    assert found.nights_on + found.nights_off == 53


def test_the_result_opens_on_the_last_planned_night_even_when_it_is_not_recorded() -> None:
    frame = strong()
    frame.loc[frame.index[-1], ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    assert compare(frame).state == "help"
    without_row = frame.iloc[:-1]
    assert compare(without_row).state == "running"
    assert compare(without_row, as_of="2026-12-25").state == "help"


def test_nights_outside_the_trial_do_not_count() -> None:
    frame = strong()
    outside = frame.iloc[[0, 1]].assign(
        night_date=[START - dt.timedelta(days=1), START + dt.timedelta(days=60)], assigned=None, cramps=40.0
    )
    longer = pd.concat([frame, outside], ignore_index=True)
    assert compare(longer) == compare(frame)


def test_a_trial_that_has_not_begun_is_running_without_counts() -> None:
    found = compare(strong(), as_of="2026-10-31")
    assert (found.state, found.nights_on, found.nights_off) == ("running", 0, 0)
    assert found.needs[0].have == 0


def test_too_little_data_says_what_is_missing() -> None:
    found = compare(diary([1, 0, 1, 0] + [None] * 24, [1, 0, 1, 1] + [None] * 24))
    assert found.state == "insufficient"
    assert [(need.code, need.have, need.want) for need in found.needs] == [
        ("nights_on", 3, 4),
        ("nights_off", 1, 4),
        ("cramps", 2, 5),
    ]
    assert (found.rate_ratio, found.p_help, found.saved_per_week) == (None, None, None)


@pytest.mark.parametrize(
    ("cramps", "worn"),
    [
        ([0] * 28, [0, 1] * 14),
        ([1] * 28, [0] * 28),
        ([1] * 28, [1] * 28),
        ([None] * 28, [0, 1] * 14),
        ([1, 0, 2, 1, 1] + [None] * 23, [0, 1, 0, 1, 0] + [None] * 23),
        ([1] * 28, [None] * 28),
    ],
)
def test_degenerate_diaries_are_insufficient_and_nothing_else(cramps: list[Any], worn: list[Any]) -> None:
    assert compare(diary(cramps, worn)).state == "insufficient"


def test_an_unplanned_diary_is_looked_at_after_28_and_56_nights_only() -> None:
    frame = free_diary(2, 80, rate=3.0, rate_ratio=0.3, logged=1.0)
    states = {night: compare(frame.iloc[:night]) for night in (27, 28, 55, 56, 80)}
    assert states[27].state == "running"
    assert [(need.code, need.have, need.want) for need in states[27].needs] == [("first_look", 27, 28)]
    assert states[28].state == "help"
    assert states[55] == states[28]
    assert states[56].nights_on + states[56].nights_off == 56
    assert states[80] == states[56]


def test_a_milestone_counts_calendar_nights_recorded_or_not() -> None:
    frame = free_diary(2, 28, logged=0.5)
    assert compare(frame).state != "running"
    assert compare(frame.dropna(subset="cramps"), as_of=START + dt.timedelta(days=27)).state != "running"


def test_a_diary_with_a_planned_end_is_looked_at_once_at_the_grades_level() -> None:
    frame = free_diary(2, 40, rate=3.0, rate_ratio=0.3)
    assert compare(frame.assign(planned_nights=40).iloc[:39]).state == "running"
    p_help = compare(frame.assign(planned_nights=40)).p_help
    at_level = Rule(flag_level=p_help, milestone_flag_level=0.0)
    assert compare(frame.assign(planned_nights=40), rule=at_level).state == "help"


def test_milestones_use_their_own_stricter_level() -> None:
    frame = free_diary(2, 28, rate=3.0, rate_ratio=0.3, logged=1.0)
    p_help = compare(frame).p_help
    lenient = Rule(milestone_flag_level=p_help, flag_level=0.0)
    strict = Rule(milestone_flag_level=p_help / 2, milestone_hint_level=0.0)
    assert compare(frame, rule=lenient).state == "help"
    assert compare(frame, rule=strict).state == "no_clear_difference"


def test_a_small_effect_is_no_flag_however_certain() -> None:
    frame = cohort(4, 1, schedules=[pairs(60)], rate=20.0, rate_ratio=0.88, logged=1.0)
    found = compare(frame)
    assert found.p_help < 0.001
    assert found.state == "no_clear_difference"


@pytest.mark.parametrize(("changes", "grade"), [(2, "D"), (3, "C")])
def test_three_changes_of_wear_make_grade_c(changes: int, grade: str) -> None:
    worn = [run % 2 for run in range(changes + 1) for _ in range(28 // (changes + 1))]
    worn += [worn[-1]] * (28 - len(worn))
    found = compare(diary([2, 1] * 14, worn))
    assert (found.grade, found.wear_changes) == (grade, changes)


def test_before_and_after_is_never_a_flag() -> None:
    frame = cohort(5, 1, schedules=[draw_schedule("before_after", block_nights=21)], rate=4.0, rate_ratio=0.1)
    found = compare(frame)
    assert (found.state, found.grade, found.hinted) == ("fewer_unclear", "D", True)
    swapped = compare(frame.assign(assigned=1 - frame["assigned"], schedule=None))
    assert swapped.state == "more_unclear"


def test_without_a_schedule_the_arm_is_what_was_worn_in_the_chosen_way() -> None:
    frame = free_diary(3, 28, logged=1.0)
    frame["stockings_night"] = 1 - frame["stockings_day"]
    by_day, by_night, either = (compare(frame, exposure=exposure) for exposure in ("day", "night", "any"))
    assert (by_day.nights_on, by_day.nights_off) == (by_night.nights_off, by_night.nights_on)
    assert (either.nights_on, either.state) == (28, "insufficient")
    assert by_night.exposure == "night"


def test_with_a_schedule_the_arm_is_what_was_assigned_and_wear_stands_beside() -> None:
    found = compare(trial(4, adherence=0.7, logged=1.0))
    assert found.nights_on == found.nights_off == 27
    assert 0.5 < found.adherence < 0.9
    assert found.as_worn.nights_on != 27
    assert "low_adherence" in {caution.code for caution in found.warnings}


def test_as_worn_equals_the_comparison_where_nothing_is_assigned() -> None:
    found = compare(free_diary(6, rate_ratio=0.5))
    assert found.as_worn.rate_ratio == pytest.approx(found.rate_ratio)
    assert found.adherence is None
    assert found.n_schedules is None


def test_uneven_logging_is_told() -> None:
    frame = trial(4, logged=1.0)
    gone = frame.index[frame["assigned"] == 0][::3]
    frame.loc[gone, ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    found = compare(frame)
    assert found.logging_gap == pytest.approx(1 / 3)
    assert [caution.code for caution in found.warnings] == ["uneven_logging"]


def test_nights_of_unknown_wear_are_left_out_and_told() -> None:
    frame = free_diary(3, 28, logged=1.0)
    frame.loc[frame.index[:3], "stockings_day"] = np.nan
    found = compare(frame)
    assert found.nights_on + found.nights_off == 25
    assert [(caution.code, caution.value) for caution in found.warnings][:1] == [("unknown_wear", 3.0)]


def test_wear_that_follows_bad_nights_is_told() -> None:
    cramps = np.random.default_rng(1).poisson(1.5, 56)
    worn = np.concatenate(([0], (cramps[:-1] >= 2).astype(int)))
    assert "wear_follows_cramps" in {caution.code for caution in compare(diary(cramps, worn)).warnings}


def test_weekly_savings_are_seven_times_the_difference_of_rates() -> None:
    found = compare(trial())
    assert found.saved_per_week == pytest.approx(7 * (found.rate_off - found.rate_on))
    assert found.rate_on == found.cramps_on / found.nights_on


def test_nights_marked_as_wash_out_are_left_out() -> None:
    frame = trial(3, logged=1.0)
    frame["washout"] = (frame.index % 3 == 0).astype(int)
    found = compare(frame)
    assert found.nights_on + found.nights_off == 36


def test_the_constants_of_a_trial_win_over_its_nights() -> None:
    frame = trial(3)
    assert compare(frame.assign(assigned=None, block=None)) == compare(frame)
    assert compare(frame.assign(planned_nights=10)) == compare(frame)


def test_the_nights_alone_tell_the_trial_too() -> None:
    frame = trial(3, logged=1.0)
    assert compare(frame.drop(columns=PER_NIGHT)) == compare(frame)


def test_blocks_are_counted_on_the_nights_where_their_number_is_not_given() -> None:
    frame = trial(3, logged=1.0)
    bare = frame.drop(columns=[*PER_NIGHT, "n_blocks"])
    assert compare(bare) == compare(frame)
    assert compare(bare.drop(columns="pair")) == compare(frame)


def test_the_other_block_of_a_pair_tells_the_arm_of_a_block_without_rows() -> None:
    frame = trial(3, logged=1.0).drop(columns=PER_NIGHT)
    found = compare(frame[frame["block"] != 4])
    assert found.nights_on + found.nights_off == 51
    assert abs(found.logging_gap) == pytest.approx(1 / 9)


def refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare(frame)


def test_a_block_whose_arm_cannot_be_told_is_refused_once_the_trial_has_ended() -> None:
    schedule = draw_schedule("blocks", blocks=8, block_nights=3, seed=1)
    frame = cohort(1, 1, schedules=[schedule]).drop(columns=PER_NIGHT)
    refused(frame[frame["block"] != 3], "patient 0, assigned: block 3 has no arm")
    assert compare(frame[frame["block"] < 3]).state == "running"


def test_a_block_with_nights_of_both_arms_is_refused() -> None:
    frame = trial(1).drop(columns=PER_NIGHT)
    frame.loc[frame.index[0], "assigned"] = 1 - frame["assigned"].iloc[0]
    refused(frame, "patient 0, assigned: block 0 has nights of both arms")


def test_trials_that_cannot_be_told_are_refused_by_column() -> None:
    frame = trial(1)
    bare = frame.drop(columns=PER_NIGHT)
    refused(bare.drop(columns=["planned_nights"]), "patient 0, planned_nights: is missing")
    refused(bare.drop(columns=["n_blocks", "pair", "block"]), "patient 0, n_blocks: is missing")
    refused(bare.assign(n_blocks=3), "patient 0, n_blocks: is odd")
    refused(bare.drop(columns=["assigned"]), "patient 0, assigned: is missing")
    refused(frame.drop(columns=["design"]), "patient 0, design: is missing, yet nights are assigned")
    refused(frame.drop(columns=["block_nights", "n_blocks", "planned_nights"]), "patient 0, planned_nights: is missing")


def test_a_frame_of_two_patients_is_no_frame_of_one() -> None:
    with pytest.raises(InputError, match="frame: has 2 patients, expected 1"):
        compare(cohort(1, 2))
    with pytest.raises(InputError, match="frame: has 0 patients, expected 1"):
        compare(trial().iloc[:0])


def test_incredible_counts_are_compared_and_absurd_ones_refused() -> None:
    found = compare(diary([0, 100_000] + [300, 7] * 13, [0, 1] * 14))
    assert found.ci_low < found.rate_ratio < found.ci_high < np.inf
    with pytest.raises(InputError, match="row 3, cramps: 100001 is not a whole number from 0 to 100000"):
        compare(diary([0, 1, 2, 100_001] * 7, [0, 1] * 14))


def test_as_of_is_a_date_of_any_kind() -> None:
    night = START + dt.timedelta(days=60)
    kinds = (
        night,
        night.isoformat(),
        np.datetime64(night),
        pd.Timestamp(night),
        dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC),
    )
    assert len({compare(trial(), as_of=each).state for each in kinds}) == 1


def test_nights_that_are_not_recorded_do_not_count_for_adherence() -> None:
    frame = trial(5, adherence=0.7, logged=1.0)
    frame.loc[frame.index[::5], ["cramps", "cramp_minutes", "worst_pain"]] = np.nan
    rows = frame[frame["cramps"].notna()]
    assert compare(frame).adherence == (rows["stockings_day"] == rows["assigned"]).mean()


def test_no_patients_make_an_empty_table() -> None:
    assert list(compare_cohort(trial().iloc[:0]).columns) == [*COLUMNS, "q_value"]


@pytest.mark.parametrize(
    ("as_of", "error"), [("yesterday", InputError), (20261103, InputTypeError), (pd.NaT, InputTypeError)]
)
def test_as_of_must_be_a_date(as_of: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="as_of: "):
        compare(trial(), as_of=as_of)


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({"minimum_nights": 2}, "minimum_nights: 2 is below 3"),
        ({"minimum_cramps": 0}, "minimum_cramps: 0 is below 1"),
        ({"milestones": (56, 28)}, "milestones: .* must increase"),
        ({"milestones": ()}, "milestones: .* must increase"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(bounds: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Rule(**bounds)


def test_a_comparison_is_plain_json_without_nan() -> None:
    import json

    def plain(found: Comparison) -> dict[str, Any]:
        return json.loads(json.dumps(found.to_dict(), allow_nan=False))

    told = plain(compare(trial()))
    assert told["first_night"] == "2026-11-02"
    assert told["as_worn"]["nights_on"] > 0
    assert plain(compare(trial().iloc[:9]))["rate_ratio"] is None
    assert plain(compare(trial().iloc[:9]))["needs"][0]["code"] == "planned_end"


def test_an_effect_that_lasts_a_night_longer_is_told() -> None:
    arms = [0, 1] * 6
    worn = [arm for arm in arms for _ in range(4)]
    # The first night of a block is still like the block before.
    cramps = [3 if (worn[night - 1] if night % 4 == 0 and night else worn[night]) == 0 else 1 for night in range(48)]
    frame = diary(cramps, worn, assigned=worn, design="pairs", planned_nights=48, n_blocks=12, block_nights=4)
    frame["schedule"] = "".join(map(str, arms))
    found = compare(frame)
    (caution,) = [each for each in found.warnings if each.code == "carry_over"]
    assert caution.value == pytest.approx(found.washout_sensitivity.rate_ratio / found.rate_ratio)
    assert caution.value < 1 / 1.4


def test_an_unplanned_diary_knows_no_first_night_of_a_block() -> None:
    table = [compare(free_diary(seed, rate_ratio=0.5)).warnings for seed in range(12)]
    assert not [caution for warnings in table for caution in warnings if caution.code == "carry_over"]


def test_a_randomized_trial_whose_blocks_cannot_be_told_is_refused() -> None:
    frame = trial().drop(columns=["block", "block_nights", "schedule"]).assign(planned_nights=55)
    with pytest.raises(InputError, match="patient 0, block: is missing"):
        compare(frame)
