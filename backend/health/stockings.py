"""Compression stockings: what a class means differs by country, so scheme, class and pressure are kept.

See backend/health/RULES.md 6.
"""

from collections.abc import Mapping
from typing import Any

MMHG_LOWEST, MMHG_HIGHEST = 8, 60
LENGTHS = ("knee", "thigh", "tights")
# Pressure at the ankle in mmHg, lowest and highest: RAL-GZ 387, the UK's Drug Tariff and US retail. RAL IV has no upper
# bound.
CLASSES: dict[str, dict[str, tuple[int, int | None]]] = {
    "RAL": {"I": (18, 21), "II": (23, 32), "III": (34, 46), "IV": (49, None)},
    "UK": {"1": (14, 17), "2": (18, 24), "3": (25, 35)},
    "US": {"15-20": (15, 20), "20-30": (20, 30), "30-40": (30, 40)},
}


def with_pressures(garment: Mapping[str, Any]) -> dict[str, Any]:
    """Return a garment with the pressures of its class, where neither was told."""
    told = garment["mmhg_low"] is not None or garment["mmhg_high"] is not None
    known = CLASSES.get(garment["scheme"], {}).get(garment["compression_class"])
    if told or known is None:
        return dict(garment)
    return {**garment, "mmhg_low": known[0], "mmhg_high": known[1]}
