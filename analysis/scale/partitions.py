"""Cohorts in parts of whole patients, compared part by part and joined again."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Ints
from analysis.cohort import compare_cohort
from analysis.comparison.fdr import q_values
from analysis.comparison.verdict import DEFAULT_RULE, Rule
from analysis.progress import Progress

# Nights compared in one go: enough that the number of parts costs nothing, few enough that progress is seen.
NIGHTS_A_PART = 1 << 18


def partition(frame: pd.DataFrame, exposure: str | None = None) -> list[tuple[pd.DataFrame, str]]:
    """Part nights into patients whose trials test the same wear, and large groups of these into smaller ones.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.frame.check_frame` returns it.
    exposure : {"any", "day", "night"}, optional
        Which wear counts for everybody; by default what the column ``exposure`` says of each patient's trial, else any.

    Returns
    -------
    list of (DataFrame, str)
        Nights and the wear that counts for them; all nights of a patient are in one part.
    """
    if frame.empty:
        return []
    ids = frame["patient_id"].to_numpy()
    first = np.concatenate(([0], np.flatnonzero(ids[1:] != ids[:-1]) + 1))
    nights = np.diff(first, append=len(ids))
    kinds = _exposures(frame, first) if exposure is None else np.full(len(first), exposure, dtype=object)
    parts = list[tuple[pd.DataFrame, str]]()
    for kind in sorted(set(kinds)):
        patients = np.flatnonzero(kinds == kind)
        group = (np.cumsum(nights[patients]) - 1) // NIGHTS_A_PART
        for some in np.split(patients, np.flatnonzero(np.diff(group)) + 1):
            rows = np.repeat(np.isin(np.arange(len(first)), some), nights)
            parts.append((frame[rows], kind))
    return parts


def _exposures(frame: pd.DataFrame, first: Ints) -> npt.NDArray[np.object_]:
    """Say of each patient which wear the trial tests."""
    said = frame["exposure"].cat
    kinds = np.array([*said.categories, "any"], dtype=object)
    return kinds[np.maximum.reduceat(said.codes.to_numpy(), first)]


def compare_trials(
    frame: pd.DataFrame,
    *,
    exposure: str | None = None,
    rule: Rule = DEFAULT_RULE,
    as_of: dt.date | str | None = None,
    secondary: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Compare every patient's nights by the wear that the patient's own trial tests.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.frame.check_frame` returns it.
    exposure : {"any", "day", "night"}, optional
        As for `partition`.
    rule, as_of, secondary
        As for `analysis.compare_cohort`.
    progress : callable, optional
        Called with the parts compared so far and the parts in all.

    Returns
    -------
    DataFrame
        As `analysis.compare_cohort` gives it.
    """
    parts, tables = partition(frame, exposure), list[pd.DataFrame]()
    for part, kind in parts:
        tables.append(compare_cohort(part, exposure=kind, rule=rule, as_of=as_of, secondary=secondary))
        if progress:
            progress(len(tables), len(parts))
    return joined(tables) if tables else compare_cohort(frame, rule=rule, as_of=as_of, secondary=secondary)


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Join the tables of parts, sorted by ``patient_id``; q-values are those of all patients together."""
    table = pd.concat(tables, ignore_index=True).sort_values("patient_id", ignore_index=True)
    return table.assign(q_value=q_values(table["p_help"]))
