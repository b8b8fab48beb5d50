"""From numbers to words: grades of evidence, states, and the bounds that decide them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.arrays import Bools, Floats, Texts
from analysis.comparison.effect import Effects
from analysis.errors import InputError
from analysis.schedule import EXACT_LEVEL, EXACT_SCHEDULES
from analysis.story import HELP_RATIO

State = Literal["running", "insufficient", "help", "worse", "fewer_unclear", "more_unclear", "no_clear_difference"]
Grade = Literal["A", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class Rule:
    """The bounds of the comparison; the defaults are those whose false-flag rates were measured.

    Attributes
    ----------
    exact_level : float
        One-sided level of a flag by an exact test, at the last look of a staged trial.
    flag_level : float
        One-sided level of a flag by model M at the planned end.
    hint_level : float
        One-sided level of "fewer cramps, cause unclear" at the planned end.
    milestones : tuple of int
        Nights at which a diary without a planned end is looked at, increasing.
    milestone_flag_level, milestone_hint_level : float
        The levels at each milestone.
    help_ratio : float
        Largest rate ratio of a flag or hint; its reciprocal is the smallest one for "worse".
    minimum_nights : int
        Fewest analyzable nights in each arm, at least 3.
    minimum_cramps : int
        Fewest cramps on analyzable nights, at least 1.
    minimum_changes : int
        Fewest changes of arm for grade C.
    washout_nights : int
        Nights left out after each change of arm.
    """

    exact_level: float = EXACT_LEVEL
    flag_level: float = 0.03
    hint_level: float = 0.025
    milestones: tuple[int, ...] = (28, 56)
    milestone_flag_level: float = 0.015
    milestone_hint_level: float = 0.0125
    help_ratio: float = HELP_RATIO
    minimum_nights: int = 4
    minimum_cramps: int = 5
    minimum_changes: int = 3
    washout_nights: int = 0

    def __post_init__(self) -> None:
        """Refuse bounds with which model M cannot be computed."""
        for name, bound in (("minimum_nights", 3), ("minimum_cramps", 1), ("washout_nights", 0)):
            if getattr(self, name) < bound:
                raise InputError(f"{name}: {getattr(self, name)} is below {bound}")
        if not self.milestones or self.milestones[0] < 1 or sorted(set(self.milestones)) != list(self.milestones):
            raise InputError(f"milestones: {self.milestones} must increase from at least 1")


DEFAULT_RULE = Rule()


def grades(smallest_p: Floats, before_after: Bools, changes: npt.NDArray[np.int64], rule: Rule) -> Texts:
    """Grade the evidence of each patient.

    Parameters
    ----------
    smallest_p : ndarray, shape (patients,)
        Smallest p-value that an exact test can reach, NaN where nothing was drawn. A schedule that its design could not
        have drawn is a fixed one.
    before_after : ndarray of bool
    changes : ndarray of int
        Changes of arm.
    rule : Rule
    """
    randomized = ~np.isnan(smallest_p)
    # As many equal shares as there are schedules may miss a whole number by rounding.
    exact = randomized & (smallest_p * EXACT_SCHEDULES <= 1 + 1e-9)
    return np.select([exact, randomized, ~before_after & (changes >= rule.minimum_changes)], ["A", "B", "C"], "D")


def models(grade: Texts) -> Texts:
    """Name the model of each grade, of `analysis.comparison.effect.ADJUSTMENTS`."""
    return np.where((grade == "A") | (grade == "B"), "model_trend", "model_adjusted")


def states(grade: Texts, milestone: Bools, effects: Effects, crude: Effects, rule: Rule) -> Texts:
    """Give the state of each patient whose trial has ended with enough data.

    Parameters
    ----------
    grade : ndarray of str, shape (patients,)
    milestone : ndarray of bool
        Whether the levels of the milestones apply.
    effects, crude : Effects
        Estimate and test as the grade asks for; model M without adjustment, NaN where the grade is A.
    rule : Rule
    """
    level = np.where(milestone, rule.milestone_flag_level, np.where(grade == "A", rule.exact_level, rule.flag_level))
    hint = np.where(milestone, rule.milestone_hint_level, rule.hint_level)
    fewer, more = effects.rate_ratio <= rule.help_ratio, effects.rate_ratio >= 1 / rule.help_ratio
    flaggable = grade != "D"
    return np.select(
        [
            flaggable & fewer & (effects.p_help <= level),
            flaggable & more & (effects.p_worse <= level),
            fewer & ((crude.p_help <= hint) | (~flaggable & (effects.p_help <= hint))),
            more & ((crude.p_worse <= hint) | (~flaggable & (effects.p_worse <= hint))),
        ],
        ["help", "worse", "fewer_unclear", "more_unclear"],
        "no_clear_difference",
    )
