"""The comparison, for one patient or many: one implementation, two faces."""

import datetime as dt
import math
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Bools, Floats, Ints, Texts
from analysis.comparison.effect import Effects, wear_effects
from analysis.comparison.fdr import q_values
from analysis.comparison.nights import Nights, changes, chunks
from analysis.comparison.randomization import could_be_drawn, exact_p, smallest_shares
from analysis.comparison.secondary import SECONDARY, Secondary, secondary_outcomes
from analysis.comparison.staged import Paths, follow_looks
from analysis.comparison.tally import (
    Tally,
    adherence,
    analyzable,
    logging_gap,
    tally,
    wear_changes,
    wear_follows_cramps,
)
from analysis.comparison.trial import Stretches, Trials, read_trials, stretches_of
from analysis.comparison.verdict import DEFAULT_RULE, Rule, grades, models, states
from analysis.errors import InputError, InputTypeError
from analysis.frame import check_frame
from analysis.results import Comparison, Estimate
from analysis.schedule import MOST_SCHEDULES
from analysis.telling.remarks import cautions, needs

# A result's columns in the order of the specification.
COLUMNS = (
    "patient_id", "state", "grade", "method", "p_help", "p_worse", "rate_ratio", "ci_low", "ci_high",
    "nights_on", "nights_off", "cramps_on", "cramps_off", "rate_on", "rate_off", "saved_per_week",
    "adherence", "wear_changes", "logging_gap", "n_schedules", "smallest_p", "dispersion",
)  # fmt: skip
# How many cramps are credible is the business of whoever takes entries; far above this, rounding spoils the fits.
MOST_COUNTED = 1e5
_ALWAYS = ("patient_id", "state", "nights_on", "nights_off", "cramps_on", "cramps_off")
_ESTIMATES = ("as_worn", "washout_sensitivity")
Table = dict[str, npt.NDArray[Any]]
_EPOCH = dt.date(1970, 1, 1)


def compare(
    frame: pd.DataFrame, *, exposure: str = "any", rule: Rule = DEFAULT_RULE, as_of: dt.date | str | None = None
) -> Comparison:
    """Compare one patient's nights with and without stockings.

    Parameters
    ----------
    frame : DataFrame, one row a night
        See `analysis.frame.check_frame`; all rows of one patient.
    exposure : {"any", "day", "night"}
        Which wear counts: by day or by night, by day, by night.
    rule : Rule
        Levels and bounds.
    as_of : date or ISO text, optional
        Last night that has passed; by default the last row.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        For a frame that `check_frame` refuses, that has not exactly one patient, or from which the trial cannot be
        told.

    Notes
    -----
    With a schedule, nights are compared as assigned; without one as worn. See `analysis.comparison.effect.wear_effect`
    for the model and `analysis.comparison.verdict` for levels and states. A night without a row and a row with missing
    ``cramps`` are the same.
    """
    found = compare_each(frame, exposure=exposure, rule=rule, as_of=as_of)
    if len(found) != 1:
        raise InputError(f"frame: has {len(found)} patients, expected 1")
    return found[0]


def compare_each(
    frame: pd.DataFrame, *, exposure: str = "any", rule: Rule = DEFAULT_RULE, as_of: dt.date | str | None = None
) -> list[Comparison]:
    """Compare nights for every patient of a frame and tell everything, sorted by ``patient_id``; see `compare`.

    For many patients of whom only the numbers are wanted `compare_cohort` is faster.
    """
    table = _evaluate(frame, exposure, rule, as_of, secondary=True, details=True)
    rows = zip(*(values.tolist() for values in table.values()), strict=True)
    return [_comparison(dict(zip(table, row, strict=True)), rule, exposure) for row in rows]


def compare_cohort(
    frame: pd.DataFrame,
    *,
    exposure: str = "any",
    rule: Rule = DEFAULT_RULE,
    as_of: dt.date | str | None = None,
    secondary: bool = False,
) -> pd.DataFrame:
    """Compare nights with and without stockings for every patient of a frame.

    Parameters
    ----------
    frame, exposure, rule, as_of
        As for `compare`; any number of patients.
    secondary : bool
        Whether to add secondary outcomes, the columns of `analysis.comparison.secondary.SECONDARY`.

    Returns
    -------
    DataFrame
        One row a patient, sorted by ``patient_id``, with the fields of `Comparison` that are plain numbers or texts;
        missing where a Comparison has None; and ``q_value``, the Benjamini-Hochberg q-value of ``p_help`` over the
        patients who could be compared.

    Notes
    -----
    A patient's numbers, but for ``q_value``, never depend on the other patients.
    """
    table = _evaluate(frame, exposure, rule, as_of, secondary=secondary, details=False)
    found = pd.DataFrame(table, columns=[*COLUMNS, *(SECONDARY if secondary else ())])
    found.insert(len(COLUMNS), "q_value", q_values(found["p_help"]))
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """Some patients of a cohort, and what of them is compared; arrays of shape (patients,) or (patients, nights)."""

    patients: Ints
    nights: Nights
    arm: Floats
    used: Bools
    counts: Tally
    running: Bools
    enough: Bools
    staged: Bools
    drawable: Bools
    paths: Paths


def _evaluate(
    frame: pd.DataFrame, exposure: str, rule: Rule, as_of: dt.date | str | None, *, secondary: bool, details: bool
) -> Table:
    checked = check_frame(frame, most_cramps=MOST_COUNTED)
    trials = read_trials(checked)
    stretches = stretches_of(trials, rule.milestones, _day(as_of), rule.exact_level)
    order, parts = [np.zeros(0, dtype=np.int64)], list[Table]()
    for patients, nights in chunks(checked, trials, stretches, exposure, secondary=secondary):
        part = _part(patients, nights, trials, stretches, rule)
        model, columns = _compared(part, trials, stretches, rule)
        columns |= _secondary(part, model, rule) if secondary else {}
        order.append(patients)
        parts.append(
            _locked(columns, part.running)
            | (_details(part, columns, model, trials, stretches, rule) if details else {})
        )
    back = np.argsort(np.concatenate(order))
    found = {name: np.concatenate([part[name] for part in parts])[back] for name in (parts[0] if parts else ())}
    return {"patient_id": trials.patient_ids} | found


def _part(patients: Ints, nights: Nights, trials: Trials, stretches: Stretches, rule: Rule) -> _Part:
    """Cut nights to what is compared: up to the look that flagged, and the blocks that were reached."""
    drawable = could_be_drawn(nights, trials, patients)
    paths = follow_looks(nights, trials, stretches, patients, drawable, rule)
    running = stretches.running[patients] & ~paths.early
    nights = nights.until(paths.nights).reached(trials.randomized[patients] & ~running)
    arm = np.where(trials.scheduled[patients, None], nights.assigned, nights.worn)
    used = analyzable(nights, arm, rule.washout_nights)
    counts = tally(nights, arm, used)
    enough = counts.enough(rule.minimum_nights, rule.minimum_cramps) & ~running
    return _Part(patients, nights, arm, used, counts, running, enough, stretches.staged[patients], drawable, paths)


def _compared(part: _Part, trials: Trials, stretches: Stretches, rule: Rule) -> tuple[Texts, Table]:
    """Give the name of each patient's model, and the columns of the result but for the identifier."""
    patients, nights, counts = part.patients, part.nights, part.counts
    n_schedules = trials.n_schedules(patients)
    smallest_p = np.where(part.drawable, smallest_shares(nights, trials, patients, n_schedules), np.nan)
    arm_changes = changes(np.where(part.used, part.arm, np.nan)).sum(axis=1)
    grade = grades(smallest_p, trials.before_after[patients], arm_changes, rule)
    model, exact = models(grade), grade == "A"
    effects = wear_effects(nights, part.arm, part.used, model, part.enough)
    crude = wear_effects(nights, part.arm, part.used, np.full(len(grade), "model_crude"), part.enough & ~exact)
    effects = _with_exact_p(effects, part, exact, trials, rule)
    state = states(grade, stretches.milestone[patients], effects, crude, rule)
    test = np.select([part.staged, n_schedules <= MOST_SCHEDULES], ["staged", "exact"], "monte_carlo")
    columns = {
        "state": np.select([part.running, ~part.enough], ["running", "insufficient"], state),
        "grade": grade.astype(object),
        "method": np.where(exact, test, model).astype(object),
        **_fields(effects),
        **_fields(counts),
        "rate_on": counts.rate_on,
        "rate_off": counts.rate_off,
        "saved_per_week": np.where(part.enough, 7 * (counts.rate_off - counts.rate_on), np.nan),
        "adherence": adherence(nights),
        "wear_changes": wear_changes(nights),
        "logging_gap": logging_gap(nights.washed(part.arm, rule.washout_nights), part.arm),
        "n_schedules": n_schedules,
        "smallest_p": smallest_p,
    }
    return model, {name: columns[name] for name in COLUMNS[1:]}


def _with_exact_p(effects: Effects, part: _Part, exact: Bools, trials: Trials, rule: Rule) -> Effects:
    """Put the p-values of an exact test in the place of the model's."""
    tested = exact & ~part.staged & part.enough
    p_help, p_worse = exact_p(
        part.nights.washed(part.arm, rule.washout_nights), part.used, trials, part.patients, tested
    )
    looks = exact & part.staged & part.enough
    which = [looks, tested]
    return replace(
        effects,
        p_help=np.select(which, [part.paths.p_help, p_help], effects.p_help),
        p_worse=np.select(which, [part.paths.p_worse, p_worse], effects.p_worse),
    )


def _secondary(part: _Part, model: Texts, rule: Rule) -> Table:
    return _fields(
        secondary_outcomes(part.nights, part.arm, part.used, model, part.enough, minimum_nights=rule.minimum_nights)
    )


def _locked(columns: Table, running: Bools) -> Table:
    """Empty everything but counts while a trial runs."""
    for name in set(columns) - set(_ALWAYS):
        columns[name][running] = None if columns[name].dtype == object else np.nan
    return columns


def _details(part: _Part, columns: Table, model: Texts, trials: Trials, stretches: Stretches, rule: Rule) -> Table:
    """Add what only the comparison of one patient shows to the columns of its result."""
    nights, patients, ended = part.nights, part.patients, ~part.running
    washed = analyzable(nights, part.arm, 1)
    reached = np.where(np.isnan(nights.assigned), 0, np.arange(1, nights.assigned.shape[1] + 1)).max(axis=1)
    return {
        "start": trials.start[patients],
        "planned": nights.length,
        "passed": stretches.passed[patients],
        "milestone": stretches.milestone[patients],
        "scheduled": trials.scheduled[patients],
        "staged": part.staged,
        "finished_early": part.paths.early,
        "reached": np.where(trials.scheduled[patients] & ended, reached, nights.length),
        "unknown_arm": (nights.logged & ~nights.washout & np.isnan(part.arm)).sum(axis=1),
        "wear_follows_cramps": np.where(trials.scheduled[patients], 0.0, wear_follows_cramps(nights, part.used)),
        **_as_worn(part, columns, rule),
        **_estimate("washout_sensitivity", nights, part.arm, washed, model, ended, rule),
    }


def _as_worn(part: _Part, columns: Table, rule: Rule) -> Table:
    """Compare the same nights by wear, where it is not the arm on all of them; elsewhere there is one estimate.

    Who leaves a plan does so for a reason, so that by wear all adjustments of an unplanned diary are made.
    """
    nights = part.nights
    # Wear that is not known equals nothing.
    differs = ~part.running & (part.used & (nights.worn != part.arm)).any(axis=1)
    used = analyzable(nights, nights.worn, rule.washout_nights) & ~np.isnan(part.arm)
    found = _estimate("as_worn", nights, nights.worn, used, np.full(len(differs), "model_adjusted"), differs, rule)
    return {name: np.where(differs, values, columns[name.partition(".")[2]]) for name, values in found.items()}


def _estimate(name: str, nights: Nights, arm: Floats, used: Bools, model: Texts, ended: Bools, rule: Rule) -> Table:
    counts = tally(nights, arm, used)
    enough = counts.enough(rule.minimum_nights, rule.minimum_cramps) & ended
    effects = wear_effects(nights, arm, used, model, enough)
    values = _fields(counts) | {"rate_on": counts.rate_on, "rate_off": counts.rate_off} | _fields(effects)
    return {f"{name}.{field.name}": values[field.name] for field in fields(Estimate)}


def _fields(record: Effects | Tally | Secondary) -> Table:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _comparison(row: dict[str, Any], rule: Rule, exposure: str) -> Comparison:
    """Make a Comparison of one row of the detailed table."""
    row = {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}
    for name in ("wear_changes", "n_schedules"):
        row[name] = None if row[name] is None else int(row[name])
    first = _EPOCH + dt.timedelta(days=row["start"])
    last = first + dt.timedelta(days=row["planned"] - 1)
    running = row["state"] == "running"
    values = {name: row[name] for name in (*COLUMNS, *SECONDARY)}
    for name in _ESTIMATES:
        parts = {field.name: row[f"{name}.{field.name}"] for field in fields(Estimate)}
        values[name] = None if running else Estimate(**parts)
    remarks: dict[str, Any] = {"needs": needs(row, last, rule), "warnings": () if running else cautions(row)}
    return Comparison(**values, **remarks, exposure=exposure, first_night=first, last_night=last)


def _day(as_of: object) -> int | None:
    if as_of is None:
        return None
    if isinstance(as_of, str):
        try:
            as_of = dt.date.fromisoformat(as_of)
        except ValueError:
            raise InputError(f"as_of: {as_of!r} is not a date such as 2026-11-03") from None
    if isinstance(as_of, np.datetime64):
        as_of = as_of.astype("datetime64[D]").item()
    if isinstance(as_of, dt.datetime) and not pd.isna(as_of):
        as_of = as_of.date()
    if not isinstance(as_of, dt.date) or pd.isna(as_of):
        raise InputTypeError(f"as_of: expected a date, got {type(as_of).__name__}")
    return (as_of - _EPOCH).days
