"""What a comparison says, for one patient."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from analysis.comparison.verdict import Grade, State
from analysis.story import as_worn_differs, story_of, wear_unknown


@dataclass(frozen=True, slots=True)
class Need:
    """What is still missing for an answer.

    Attributes
    ----------
    code : {"planned_end", "first_look", "next_look", "nights_on", "nights_off", "cramps"}
    text : str
        The same in English.
    have, want : int
        Nights or cramps so far, and as many as are needed.
    """

    code: str
    text: str
    have: int
    want: int


@dataclass(frozen=True, slots=True)
class Caution:
    """Why to read the comparison with care.

    Attributes
    ----------
    code : str
        ``finished_early``, ``stopped_early``, ``uneven_logging``, ``low_adherence``, ``unknown_wear``,
        ``wear_follows_cramps`` or ``carry_over``.
    text : str
        The same in English.
    value : float
        The number behind it, in this order: nights compared, nights reached, a difference of shares of nights, a share
        of nights 0-1, a number of nights, a standardized correlation, a ratio of rate ratios.
    """

    code: str
    text: str
    value: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A comparison of nights without a verdict.

    Attributes
    ----------
    nights_on, nights_off : int
        Analyzable nights with and without stockings.
    cramps_on, cramps_off : int
        Cramps on them.
    rate_on, rate_off : float or None
        Cramps per night; None without nights.
    rate_ratio, ci_low, ci_high : float or None
        Rate ratio with its 95 % interval; None with too little data.
    """

    nights_on: int
    nights_off: int
    cramps_on: int
    cramps_off: int
    rate_on: float | None
    rate_off: float | None
    rate_ratio: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison of one patient's nights with and without stockings.

    While `state` is ``running``, everything is None or empty but the counts of nights and cramps, the dates and
    `needs`.

    Attributes
    ----------
    patient_id : object
        As in the frame.
    state : {"running", "insufficient", "help", "worse", "fewer_unclear", "more_unclear", "no_clear_difference"}
    grade : {"A", "B", "C", "D"} or None
        Strength of the design, A the strongest.
    method : {"exact", "monte_carlo", "staged", "model_trend", "model_adjusted"} or None
        How p-values were found: over all schedules that could have been drawn, over random ones of them, look by look;
        by model M with trend, or with trend, weekend and the night before.
    p_help, p_worse : float or None
        One-sided p-values of fewer and of more cramps with stockings.
    rate_ratio, ci_low, ci_high : float or None
        Cramps per night with over without stockings, with its 95 % interval; 0.5 means half as many.
    nights_on, nights_off : int
        Analyzable nights with and without stockings, as assigned where there is a schedule, else as worn.
    cramps_on, cramps_off : int
        Cramps on these nights.
    rate_on, rate_off : float or None
        Cramps per night.
    saved_per_week : float or None
        Seven times `rate_off` less `rate_on`.
    adherence : float or None
        Share, 0-1, of the nights with known wear on which wear was as assigned; None without a schedule.
    wear_changes : int or None
        How often wear changed from one recorded night to the next.
    logging_gap : float or None
        Share of nights recorded with stockings less the share without, −1 to 1.
    n_schedules : int or None
        Schedules that could have been drawn.
    smallest_p : float or None
        Smallest p-value that an exact test over them can reach, on the blocks that were reached.
    dispersion : float or None
        Variance over mean of the counts, at least 1.
    cramp_free_diff, cramp_free_low, cramp_free_high : float or None
        Share of cramp-free nights with stockings less the share without, with its 95 % interval.
    minutes_ratio, minutes_low, minutes_high : float or None
        Minutes of cramp per night with over without stockings, with its 95 % interval.
    pain_nap, pain_se : float or None
        Nonoverlap of all pairs for the worst pain of all nights, above 0.5 where it is lower with stockings, and its
        standard error.
    cramps_nap, cramps_se : float or None
        The same for cramps.
    pain_mean_on, pain_mean_off : float or None
        Mean worst pain, 0-10, of nights with cramps, with and without stockings.
    exposure : {"any", "day", "night"}
        Which wear counts.
    first_night, last_night : date
        The stretch that is compared, or will be: its first and last evening.
    as_worn : Estimate or None
        The same by wear, whatever was assigned; the comparison itself where every compared night was worn as assigned.
    washout_sensitivity : Estimate or None
        The same without the first night after each change of arm.
    needs : tuple of Need
        What is missing while running or with too little data.
    warnings : tuple of Caution
    """

    patient_id: Any
    state: State
    grade: Grade | None
    method: str | None
    p_help: float | None
    p_worse: float | None
    rate_ratio: float | None
    ci_low: float | None
    ci_high: float | None
    nights_on: int
    nights_off: int
    cramps_on: int
    cramps_off: int
    rate_on: float | None
    rate_off: float | None
    saved_per_week: float | None
    adherence: float | None
    wear_changes: int | None
    logging_gap: float | None
    n_schedules: int | None
    smallest_p: float | None
    dispersion: float | None
    cramp_free_diff: float | None
    cramp_free_low: float | None
    cramp_free_high: float | None
    minutes_ratio: float | None
    minutes_low: float | None
    minutes_high: float | None
    pain_nap: float | None
    pain_se: float | None
    cramps_nap: float | None
    cramps_se: float | None
    pain_mean_on: float | None
    pain_mean_off: float | None
    exposure: str
    first_night: dt.date
    last_night: dt.date
    as_worn: Estimate | None
    washout_sensitivity: Estimate | None
    needs: tuple[Need, ...]
    warnings: tuple[Caution, ...]

    @property
    def flagged(self) -> bool:
        """Whether the patient is flagged: stockings seem to help."""
        return self.state == "help"

    @property
    def hinted(self) -> bool:
        """Whether there were fewer cramps with stockings, cause unclear."""
        return self.state == "fewer_unclear"

    @property
    def story(self) -> str:
        """What is said first; see `analysis.story.story_of`."""
        return story_of({name: getattr(self, name) for name in ("state", "grade", "ci_low", "ci_high")})

    @property
    def as_worn_differs(self) -> bool:
        """Whether `as_worn` is another estimate than the comparison itself."""
        return as_worn_differs(self.to_dict())

    @property
    def wear_unknown(self) -> int:
        """Compared nights that `as_worn` leaves out, because wear is not known."""
        return wear_unknown(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Give the fields as JSON has them: null for None, lists for tuples, ISO dates."""
        return _fields(self)


def _fields(record: Any) -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in record.__slots__}


def _plain(value: Any) -> Any:
    # Most values are numbers and texts, of millions in a cohort's JSON.
    if value is None or isinstance(value, float | int | str):
        return value
    if isinstance(value, tuple):
        return [_fields(each) for each in value]
    return _fields(value) if isinstance(value, Estimate) else value.isoformat() if isinstance(value, dt.date) else value
