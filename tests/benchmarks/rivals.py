"""The comparison beside loops over patients: SciPy's permutation test and a Poisson regression of statsmodels."""

import warnings
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import statsmodels.api as sm
from scipy.stats import permutation_test

from analysis import compare_cohort
from tests.benchmarks.cohorts import mixed
from tests.benchmarks.timing import best_of, seconds

PATIENTS = 6000
# Patients of whom the rivals see every n-th, because they are slow.
STEP = 60
Floats = npt.NDArray[np.float64]


def run() -> None:
    """Print milliseconds a patient, and ratios to the comparison, all in this process."""
    frame = mixed(PATIENTS)
    own = best_of(3, lambda: compare_cohort(frame)) / PATIENTS
    print(f"comparison of a patient among {PATIENTS:,}: {1000 * own:.3f} ms")
    pairs = _patients(frame[frame["design"] == "pairs"], STEP)
    everybody = _patients(frame, STEP)
    for name, test, patients in (
        ("SciPy permutation_test, exact, on differences of pairs", _exact_pairs, pairs),
        ("SciPy permutation_test, 4,096 resamples, on nights", _resampled, everybody),
        ("statsmodels GLM, Poisson with wear, trend, weekend and lag", _regression, everybody),
    ):
        each = seconds(lambda test=test, patients=patients: _loop(test, patients)) / len(patients)
        print(f"  {name}: {1000 * each:.1f} ms, {each / own:,.0f} times ({len(patients)} patients)")


def _patients(frame: pd.DataFrame, step: int) -> list[pd.DataFrame]:
    ids = frame["patient_id"].unique()[::step]
    wear = frame["assigned"].fillna(frame["stockings_day"])
    known = frame.assign(wear=wear, lag=np.log1p(frame["cramps"]).shift().fillna(0)).dropna(subset=["cramps", "wear"])
    return [
        part for _, part in known[known["patient_id"].isin(ids)].groupby("patient_id") if part["wear"].nunique() == 2
    ]


def _loop(test: Callable[[pd.DataFrame], object], patients: list[pd.DataFrame]) -> None:
    with warnings.catch_warnings():
        # Patients without cramps in an arm make the regression complain.
        warnings.simplefilter("ignore")
        for nights in patients:
            test(nights)


def _difference(on: Floats, off: Floats, axis: int = -1) -> Floats:
    return np.mean(on, axis=axis) - np.mean(off, axis=axis)


def _exact_pairs(nights: pd.DataFrame) -> object:
    means = nights.groupby(["pair", "wear"])["cramps"].mean().unstack().dropna()
    sample = (means[1.0].to_numpy(), means[0.0].to_numpy())
    return permutation_test(sample, _difference, permutation_type="samples", alternative="less", n_resamples=np.inf)


def _resampled(nights: pd.DataFrame) -> object:
    sample = [nights.loc[nights["wear"] == arm, "cramps"].to_numpy() for arm in (1, 0)]
    rng = np.random.default_rng(1)
    return permutation_test(sample, _difference, alternative="less", n_resamples=4096, rng=rng)


def _regression(nights: pd.DataFrame) -> object:
    dates = pd.to_datetime(nights["night_date"])
    trend = np.linspace(-1, 1, len(nights))
    columns = np.column_stack([np.ones(len(nights)), nights["wear"], trend, dates.dt.dayofweek >= 5, nights["lag"]])
    return sm.GLM(nights["cramps"].to_numpy(), columns, family=sm.families.Poisson()).fit(scale="X2").conf_int()
