"""The comparison, for one patient or many: one implementation, two faces."""

import datetime as dt
import math
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.design import MOST_SCHEDULES
from analysis.effect import Effects, wear_effects
from analysis.errors import InputError, InputTypeError
from analysis.fdr import q_values
from analysis.frame import check_frame
from analysis.nights import Nights, changes, chunks
from analysis.remarks import cautions, needs
from analysis.results import Comparison, Estimate
from analysis.tally import Tally, adherence, analyzable, logging_gap, tally, wear_changes, wear_follows_cramps
from analysis.trial import Bools, Floats, Ints, Trials, Windows, read_trials, windows
from analysis.verdict import DEFAULT_RULE, Rule, Texts, grades, methods, states

# A result's columns in the order of the specification.
COLUMNS = (
    "patient_id", "state", "grade", "method", "p_help", "p_worse", "rate_ratio", "ci_low", "ci_high",
    "nights_on", "nights_off", "cramps_on", "cramps_off", "rate_on", "rate_off", "saved_per_week",
    "adherence", "wear_changes", "logging_gap", "n_schedules", "smallest_p", "dispersion",
)  # fmt: skip
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
    With a schedule, nights are compared as assigned; without one as worn. See `analysis.effect.wear_effect` for the
    model and `analysis.verdict` for levels and states. A night without a row and a row with missing ``cramps`` are the
    same.
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
    table = _evaluate(frame, exposure, rule, as_of, details=True)
    rows = zip(*(values.tolist() for values in table.values()), strict=True)
    return [_comparison(dict(zip(table, row, strict=True)), rule, exposure) for row in rows]


def compare_cohort(
    frame: pd.DataFrame, *, exposure: str = "any", rule: Rule = DEFAULT_RULE, as_of: dt.date | str | None = None
) -> pd.DataFrame:
    """Compare nights with and without stockings for every patient of a frame.

    Parameters
    ----------
    frame, exposure, rule, as_of
        As for `compare`; any number of patients.

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
    table = _evaluate(frame, exposure, rule, as_of, details=False)
    return pd.DataFrame(table, columns=list(COLUMNS)).assign(q_value=lambda found: q_values(found["p_help"]))


def _evaluate(frame: pd.DataFrame, exposure: str, rule: Rule, as_of: dt.date | str | None, *, details: bool) -> Table:
    # How many cramps are credible is the business of whoever takes entries; the model can use any count.
    checked = check_frame(frame, most_cramps=np.inf)
    trials = read_trials(checked)
    stretch = windows(trials, rule.milestones, _day(as_of))
    order, parts = [np.zeros(0, dtype=np.int64)], list[Table]()
    for patients, nights in chunks(checked, trials, stretch, exposure):
        order.append(patients)
        parts.append(_compare_nights(nights, trials, stretch, patients, rule, details=details))
    back = np.argsort(np.concatenate(order))
    found = {name: np.concatenate([part[name] for part in parts])[back] for name in (parts[0] if parts else ())}
    return {"patient_id": trials.patient_ids} | found


def _compare_nights(
    nights: Nights, trials: Trials, stretch: Windows, patients: Ints, rule: Rule, *, details: bool
) -> Table:
    arm = np.where(trials.scheduled[patients, None], nights.assigned, nights.worn)
    used = analyzable(nights, arm, rule.washout_nights)
    counts, running = tally(nights, arm, used), stretch.running[patients]
    enough = counts.enough(rule.minimum_nights, rule.minimum_cramps) & ~running
    arm_changes = changes(np.where(used, arm, np.nan)).sum(axis=1)
    grade = grades(trials.randomized[patients], trials.before_after[patients], arm_changes, rule)
    method = methods(grade)
    effects = wear_effects(nights, arm, used, method, enough)
    crude = wear_effects(nights, arm, used, np.full(len(grade), "model_crude"), enough)
    state = states(grade, stretch.milestone[patients], effects, crude, rule)
    n_schedules = trials.n_schedules(patients)
    columns = {
        "state": np.select([running, ~enough], ["running", "insufficient"], state),
        "grade": grade.astype(object),
        "method": method.astype(object),
        **_fields(effects),
        **_fields(counts),
        "rate_on": counts.rate_on,
        "rate_off": counts.rate_off,
        "saved_per_week": np.where(enough, 7 * (counts.rate_off - counts.rate_on), np.nan),
        "adherence": adherence(nights),
        "wear_changes": wear_changes(nights),
        "logging_gap": logging_gap(nights, arm),
        "n_schedules": n_schedules,
        "smallest_p": 1 / np.minimum(n_schedules, MOST_SCHEDULES),
    }
    for name in set(columns) - set(_ALWAYS):
        columns[name][running] = None if columns[name].dtype == object else np.nan
    columns = {name: columns[name] for name in COLUMNS[1:]}
    return columns | _details(nights, trials, stretch, patients, rule, arm, used, method) if details else columns


def _details(
    nights: Nights,
    trials: Trials,
    stretch: Windows,
    patients: Ints,
    rule: Rule,
    arm: Floats,
    used: Bools,
    method: Texts,
) -> Table:
    """Add what only the comparison of one patient shows."""
    adjusted = np.full(len(method), "model_adjusted")
    by_wear = analyzable(nights, nights.worn, rule.washout_nights)
    washed = analyzable(nights, arm, 1)
    ended = ~stretch.running[patients]
    return {
        "start": trials.start[patients],
        "planned": stretch.nights[patients],
        "passed": stretch.passed[patients],
        "milestone": stretch.milestone[patients],
        "unknown_arm": (nights.logged & np.isnan(arm)).sum(axis=1),
        "wear_follows_cramps": np.where(trials.scheduled[patients], 0.0, wear_follows_cramps(nights, used)),
        **_estimate("as_worn", nights, nights.worn, by_wear, adjusted, ended, rule),
        **_estimate("washout_sensitivity", nights, arm, washed, method, ended, rule),
    }


def _estimate(name: str, nights: Nights, arm: Floats, used: Bools, method: Texts, ended: Bools, rule: Rule) -> Table:
    counts = tally(nights, arm, used)
    enough = counts.enough(rule.minimum_nights, rule.minimum_cramps) & ended
    effects = wear_effects(nights, arm, used, method, enough)
    values = _fields(counts) | {"rate_on": counts.rate_on, "rate_off": counts.rate_off} | _fields(effects)
    return {f"{name}.{field.name}": values[field.name] for field in fields(Estimate)}


def _fields(record: Effects | Tally) -> Table:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _comparison(row: dict[str, Any], rule: Rule, exposure: str) -> Comparison:
    """Make a Comparison of one row of the detailed table."""
    row = {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}
    for name in ("wear_changes", "n_schedules"):
        row[name] = None if row[name] is None else int(row[name])
    first = _EPOCH + dt.timedelta(days=row["start"])
    last = first + dt.timedelta(days=row["planned"] - 1)
    running = row["state"] == "running"
    values = {name: row[name] for name in COLUMNS}
    for name in _ESTIMATES:
        parts = {field.name: row[f"{name}.{field.name}"] for field in fields(Estimate)}
        values[name] = None if running else Estimate(**parts)
    remarks: dict[str, Any] = {"needs": needs(row, last, rule), "warnings": () if running else cautions(row)}
    return Comparison(**values, **remarks, exposure=exposure, first_night=first, last_night=last)


def _day(as_of: dt.date | str | None) -> int | None:
    if as_of is None:
        return None
    if isinstance(as_of, str):
        try:
            as_of = dt.date.fromisoformat(as_of)
        except ValueError:
            raise InputError(f"as_of: {as_of!r} is not a date such as 2026-11-03") from None
    if isinstance(as_of, dt.datetime):
        as_of = as_of.date()
    if not isinstance(as_of, dt.date):
        raise InputTypeError(f"as_of: expected a date, got {type(as_of).__name__}")
    return (as_of - _EPOCH).days
