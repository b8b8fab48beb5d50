"""The false discovery rate among many patients."""

import numpy as np
import numpy.typing as npt

from analysis.arrays import Floats


def q_values(p: npt.ArrayLike) -> Floats:
    """Give the Benjamini-Hochberg q-value of each p-value.

    Parameters
    ----------
    p : array_like, shape (patients,)
        p-values; NaN for patients who are not compared.

    Returns
    -------
    ndarray, shape (patients,)
        Smallest false discovery rate of a list that contains the patient; NaN where `p` is.

    References
    ----------
    .. [1] Benjamini & Hochberg, Controlling the false discovery rate, J. R. Stat. Soc. B 57 (1995) 289-300.

    Examples
    --------
    >>> q_values([0.01, np.nan, 0.04, 0.03]).round(2).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    p = np.asarray(p, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known])]
    q = np.full(len(p), np.nan)
    q[order] = np.minimum.accumulate((p[order] * len(order) / np.arange(1, len(order) + 1))[::-1])[::-1]
    return q
