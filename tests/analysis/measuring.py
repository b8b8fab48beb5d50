"""Measuring scenarios once a test session, with another seed than the stored table's."""

from functools import cache
from typing import Any

from analysis.evidence import TABLES, measure
from analysis.scenarios import Scenario

PATIENTS, SEED = 2_000, 20261103
KEY = ("family", "scenario", "design", "pairs", "blocks", "block_nights", "looks", "rate", "rate_ratio")
Row = dict[str, Any]


def label(row: Row) -> str:
    """Name a row of the table in the name of a test."""
    shape = "x".join(str(row[name]) for name in ("pairs", "blocks", "block_nights") if row[name])
    looks = "-".join(map(str, row["looks"] or ()))
    parts = (row["family"], row["scenario"], row["design"], shape, looks, f"{row['rate']} a night", row["rate_ratio"])
    return " ".join(str(part) for part in parts if part)


def plan_row(scenario: Scenario) -> Row:
    """Give what a row of the table says about the scenario itself."""
    habits = {"rate": round(scenario.habits.rate, 2), "rate_ratio": scenario.habits.rate_ratio}
    row = {"family": scenario.family, "scenario": scenario.name, **scenario.plan, **habits}
    return {name: row.get(name) for name in KEY}


SCENARIOS = {name: {label(plan_row(each)): each for each in scenarios} for name, scenarios in TABLES.items()}


@cache
def measured_now(table: str, name: str) -> Row:
    return measure(SCENARIOS[table][name], patients=PATIENTS, seed=SEED)


def error(share: float, patients: int = PATIENTS) -> float:
    """Give the standard error of a share, of one in 500 at least."""
    share = min(max(share, 0.002), 0.998)
    return float((share * (1 - share) / patients) ** 0.5)
