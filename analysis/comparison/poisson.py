"""Poisson regressions with log link and ridge, one a patient, many patients at once."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Floats

# Newton's steps square: what such a step leaves is of the order of rounding.
_LAST_STEP = 1e-6
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """Fitted regressions.

    Attributes
    ----------
    coefficients : ndarray, shape (patients, columns)
    mean : ndarray, shape (patients, nights)
        Fitted counts, 0 on nights that are not used.
    """

    coefficients: Floats
    mean: Floats


def fit_poisson(
    counts: Floats, columns: Floats, used: Floats, ridge: Floats, start: Floats | None = None
) -> PoissonFit:
    """Fit one Poisson regression with log link a patient.

    Parameters
    ----------
    counts : ndarray, shape (patients, nights)
        Counts of the nights, 0 where not used.
    columns : ndarray, shape (patients, columns, nights)
        The first column is the constant, 1 where used; all are 0 where not used.
    used : ndarray, shape (patients, nights)
        1 where the night takes part, else 0. Each patient has at least one count above 0.
    ridge : ndarray, shape (columns,)
        Added to the diagonal of the information matrix: the penalty is half of it times the squared coefficient.
    start : ndarray, shape (patients, columns), optional
        Coefficients to start from; by default the mean count and zeros.

    Returns
    -------
    PoissonFit

    Raises
    ------
    ArithmeticError
        If the maximum is not found; the penalized likelihood is concave, so this is a defect, never bad data.

    Notes
    -----
    Newton's method; a step that lowers the penalized likelihood is halved. The last quarter of the patients goes on
    alone, so that few slow ones do not hold up many.
    """
    beta = _mean_only(counts, columns, used) if start is None else start
    step = np.zeros_like(beta)
    best = np.full(len(beta), -np.inf)
    for _ in range(_MOST_STEPS):
        trial = beta + step
        predictor, mean = _mean(trial, columns, used)
        likelihood = (counts * predictor - mean).sum(axis=1) - 0.5 * (ridge * trial**2).sum(axis=1)
        lower = likelihood < best - 1e-9 * (1 + np.abs(best))
        if not lower.any():
            beta, best = trial, likelihood
            score = np.matmul(columns, (counts - mean)[:, :, None])[:, :, 0] - ridge * beta
            step = solve(information(columns, mean, ridge), score)
            slow = np.flatnonzero((np.abs(step) >= _LAST_STEP).any(axis=1))
            if 4 * len(slow) <= len(beta):
                beta = beta + step
                if len(slow):
                    again = beta[slow] - step[slow]
                    beta[slow] = fit_poisson(counts[slow], columns[slow], used[slow], ridge, again).coefficients
                return PoissonFit(coefficients=beta, mean=_mean(beta, columns, used)[1])
        else:
            # Patients that climbed wait at their new place while the others halve their step.
            beta, best = np.where(lower[:, None], beta, trial), np.where(lower, best, likelihood)
            step = np.where(lower[:, None], step / 2, 0.0)
    raise ArithmeticError("Poisson regression did not converge")


def information(columns: Floats, mean: Floats, ridge: Floats) -> Floats:
    """Sum products of columns weighted by the mean and add the ridge; shape (patients, columns, columns)."""
    weighted = columns * mean[:, None, :]
    products: Floats = np.matmul(weighted, columns.transpose(0, 2, 1))
    return products + np.diag(ridge)


def solve(matrices: Floats, right: Floats) -> Floats:
    """Solve one small positive definite system a patient.

    Parameters
    ----------
    matrices : ndarray, shape (patients, k, k)
    right : ndarray, shape (patients, k)

    Notes
    -----
    Cholesky's decomposition written over patients: for systems of at most five unknowns it is several times faster than
    a call of LAPACK a patient.
    """
    k = matrices.shape[1]
    lower = [[np.zeros(0)] * k for _ in range(k)]
    for i in range(k):
        for j in range(i + 1):
            rest = matrices[:, i, j] - sum((lower[i][m] * lower[j][m] for m in range(j)), start=np.zeros(()))
            lower[i][j] = np.sqrt(rest) if i == j else rest / lower[j][j]
    forward: list[Floats] = []
    for i in range(k):
        forward.append(
            (right[:, i] - sum((lower[i][m] * forward[m] for m in range(i)), start=np.zeros(()))) / lower[i][i]
        )
    solution = [np.zeros(0)] * k
    for i in reversed(range(k)):
        known = sum((lower[m][i] * solution[m] for m in range(i + 1, k)), start=np.zeros(()))
        solution[i] = (forward[i] - known) / lower[i][i]
    return np.stack(solution, axis=1)


def _mean(beta: Floats, columns: Floats, used: Floats) -> tuple[Floats, Floats]:
    """Give the linear predictor and the fitted counts; shape (patients, nights)."""
    predictor = np.matmul(beta[:, None, :], columns)[:, 0]
    return predictor, np.exp(np.minimum(predictor, 100.0)) * used


def _mean_only(counts: Floats, columns: Floats, used: Floats) -> Floats:
    beta = np.zeros(columns.shape[:2])
    beta[:, 0] = np.log(counts.sum(axis=1) / used.sum(axis=1))
    return beta
