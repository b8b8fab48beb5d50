"""Model M written out night by night, as its specification words it: slow, plain, without the vectorized code."""

import math
from typing import Any

import numpy as np
from scipy.stats import norm, t


def model_m(
    cramps: list[float | None], worn: list[float | None], first_weekday: int, adjusted: bool, weekend_too: bool
) -> dict[str, float]:
    """Compare one patient's nights; None where not recorded or not known."""
    nights = len(cramps)
    used = [night for night in range(nights) if cramps[night] is not None and worn[night] is not None]
    y = [float(cramps[night]) for night in used]
    x = [float(worn[night]) for night in used]
    rows = [[1.0] for _ in used]
    if adjusted:
        for row, night in zip(rows, used, strict=True):
            row.append(-1 + 2 * night / (nights - 1))
    if weekend_too:
        before = {night: math.log(1 + cramps[night - 1]) for night in used if night and cramps[night - 1] is not None}
        mean = sum(before.values()) / len(before) if before else 0.0
        for row, night in zip(rows, used, strict=True):
            row.append((1.0 if (first_weekday + night) % 7 in (5, 6) else 0.0) - 0.28)
            row.append(before[night] - mean if night in before else 0.0)
    k, n = len(rows[0]), len(used)
    ridge = [0.0] + [0.5] * (k - 1)
    _, mu = _fit(y, rows, ridge)
    contrast = _contrast(x, rows, mu, ridge)
    beta, full = _fit(y, [[*row, wear] for row, wear in zip(rows, x, strict=True)], [*ridge, 0.05])
    residual = [(count - mean) / math.sqrt(mean) for count, mean in zip(y, full, strict=True)]
    df = n - k - 1
    phi_hat = sum(e * e for e in residual) / df
    phi = max(phi_hat, 1.0)
    phi = phi + 2 * (phi - 1) / math.sqrt(n)
    serial = _serial(contrast, mu, residual, used, k)
    score = sum(c * (count - mean) for c, count, mean in zip(contrast, y, mu, strict=True))
    information = sum(mean * c * c for c, mean in zip(contrast, mu, strict=True))
    z, t_value = score / math.sqrt(information * serial), score / math.sqrt(phi * information * serial)
    p_help, p_worse = norm.cdf(z), norm.sf(z)
    if phi_hat > 1:
        p_help, p_worse = max(p_help, t.cdf(t_value, df)), max(p_worse, t.sf(t_value, df))
    expected = [mean * math.exp(-beta[-1] * wear) for mean, wear in zip(full, x, strict=True)]
    e1 = sum(mean for mean, wear in zip(expected, x, strict=True) if wear)
    e0 = sum(mean for mean, wear in zip(expected, x, strict=True) if not wear)
    s1 = sum(count for count, wear in zip(y, x, strict=True) if wear)
    s0 = sum(count for count, wear in zip(y, x, strict=True) if not wear)
    vif = _variance(x, mu) / _variance(contrast, mu)
    effective = (s0 + s1) / (phi * serial * vif)
    quantile = t.ppf(0.975, df) if phi_hat > 1 else norm.ppf(0.975)
    half = 0.5 if 0 in (s0, s1) else 0.0
    share = (s1 + half) / (s0 + s1 + 2 * half)
    low, high = _wilson(share, effective, quantile)
    return {
        "rate_ratio": (s1 + half) / (s0 + half) * e0 / e1,
        "ci_low": low / (1 - low) * e0 / e1,
        "ci_high": high / (1 - high) * e0 / e1,
        "p_help": float(p_help),
        "p_worse": float(p_worse),
        "dispersion": max(phi_hat, 1.0),
    }


def _fit(y: list[float], rows: list[list[float]], ridge: list[float]) -> tuple[list[float], list[float]]:
    """Climb the penalized likelihood by short Newton steps."""
    beta: Any = np.zeros(len(ridge))
    beta[0] = math.log(sum(y) / len(y))
    for _ in range(400):
        mean = [math.exp(sum(b * value for b, value in zip(beta, row, strict=True))) for row in rows]
        gradient, hessian = -np.array(ridge) * beta, np.diag(ridge)
        for count, mu, row in zip(y, mean, rows, strict=True):
            gradient = gradient + (count - mu) * np.array(row)
            hessian = hessian + mu * np.outer(row, row)
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step / max(1.0, max(abs(step)))
        if max(abs(step)) < 1e-12:
            break
    return list(beta), [math.exp(sum(b * value for b, value in zip(beta, row, strict=True))) for row in rows]


def _contrast(x: list[float], rows: list[list[float]], mu: list[float], ridge: list[float]) -> list[float]:
    left, right = np.diag(ridge), np.zeros(len(ridge))
    for wear, row, mean in zip(x, rows, mu, strict=True):
        left = left + mean * np.outer(row, row)
        right = right + mean * wear * np.array(row)
    slopes = np.linalg.solve(left, right)
    return [wear - float(np.dot(slopes, row)) for wear, row in zip(x, rows, strict=True)]


def _serial(contrast: list[float], mu: list[float], residual: list[float], used: list[int], k: int) -> float:
    n = len(used)
    v = {night: c * math.sqrt(mean) for night, c, mean in zip(used, contrast, mu, strict=True)}
    e = dict(zip(used, residual, strict=True))
    power = sum(value * value for value in v.values())
    a = {h: sum(v[night] * v.get(night - h, 0.0) for night in used) / power for h in range(1, 8)}
    neighbors = sum(night - 1 in e for night in used)
    products = sum(e[night] * e.get(night - 1, 0.0) for night in used)
    r1 = products / sum(value * value for value in residual) * n / max(neighbors, 1)
    r1 += (1 + a[1] + 0.8 * (k - 1)) / n
    r = min(max((n * r1 + 15 * 0.05) / (n + 15), 0.0), 0.8)
    return max(1 + 2 * sum(r * 0.75 ** (h - 1) * a[h] for h in range(1, 8)), 1.0)


def _variance(values: list[float], weights: list[float]) -> float:
    mean = sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)
    return sum(w * (value - mean) ** 2 for w, value in zip(weights, values, strict=True)) / sum(weights)


def _wilson(share: float, n: float, quantile: float) -> tuple[float, float]:
    center = share + quantile**2 / (2 * n)
    half = quantile * math.sqrt(share * (1 - share) / n + quantile**2 / (4 * n * n))
    return (center - half) / (1 + quantile**2 / n), (center + half) / (1 + quantile**2 / n)
