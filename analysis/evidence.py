"""How often is the comparison wrong? Measured on synthetic patients and kept in a file that physicians are shown.

``python -m analysis.evidence`` measures anew and writes the file.
"""

import datetime as dt
import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.cohort import compare_cohort
from analysis.scenarios import BIASED, NULL, POWER, START, Scenario

FILE = Path(__file__).with_name("evidence.json")
PATIENTS, SEED = 20_000, 20261122
FLAGS = ("help", "worse")
# So many patients at a time keep the frame small.
BATCH = 2_000
TABLES: dict[str, tuple[Scenario, ...]] = {"null": NULL, "biased": BIASED, "power": POWER}
LIMITS = {
    "simulated": "Measured on simulated patients, not on real diaries.",
    "model": "The model adjusts for the night before and for a linear trend only.",
    "constant_effect": "The effect of stockings is taken to be the same on all nights.",
    "serial_correlation": "Heavy serial correlation in 28 nights of fixed on and off periods comes close to the limit.",
    "coinciding_change": "A natural change on the very day wear starts looks like an effect of the stockings.",
    "uneven_logging": "Unplanned diaries in which only good nights without stockings go unrecorded mislead.",
    "expectation": "Nobody can be blinded to stockings, so expectation may play a part.",
    "common_cause": "Without randomization, an unmeasured cause of both wear and cramps misleads.",
}


def measured() -> dict[str, Any]:
    """Read the table of measured error rates and power.

    Returns
    -------
    dict
        ``patients`` (a scenario), ``seed``, ``limits`` (list of ``code`` and ``text``) and lists of what `measure`
        gives for each scenario: ``null`` (stockings have no effect, so every flag is wrong), ``biased`` (no effect,
        and something that no test can repair) and ``power`` (stockings help).
    """
    table: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return table


def measure(scenario: Scenario, *, patients: int, seed: int) -> dict[str, Any]:
    """Simulate patients of a scenario, compare their nights and count the outcomes.

    Parameters
    ----------
    scenario : Scenario
    patients, seed : int
        The same seed gives the same patients, whatever other scenarios there are.

    Returns
    -------
    dict
        ``family`` and ``scenario`` (codes); the plan: ``design``, ``pairs``, ``blocks``, ``block_nights``, ``looks``
        (pairs), ``nights``; ``rate`` (cramps a night without stockings) and ``rate_ratio`` (true); ``grade``, the usual
        one; shares of all patients: ``help`` and ``worse`` (flagged at any look), ``unclear`` ("fewer cramps, cause
        unclear" at the end); ``coverage``, the share of 95 % intervals that hold the true ratio, and ``median_ratio``,
        both of patients with an estimate; ``nights_used``, the mean number of nights until a flag or the end;
        ``patients``. Shares are rounded to 4 digits.
    """
    kind = zlib.crc32(repr((scenario.family, scenario.name, scenario.plan, scenario.habits)).encode())
    sizes = [min(BATCH, patients - done) for done in range(0, patients, BATCH)]
    found = pd.concat(
        _outcomes(scenario, size, np.random.default_rng([seed, kind, batch])) for batch, size in enumerate(sizes)
    )
    known, ratio = found[found["rate_ratio"].notna()], scenario.habits.rate_ratio
    shares = {
        "help": found["help"].mean(),
        "worse": found["worse"].mean(),
        "unclear": (found["state"] == "fewer_unclear").mean(),
        "coverage": ((known["ci_low"] <= ratio) & (ratio <= known["ci_high"])).mean(),
        "median_ratio": known["rate_ratio"].median(),
    }
    return {
        "family": scenario.family,
        "scenario": scenario.name,
        **{name: scenario.plan.get(name) for name in ("design", "pairs", "blocks", "block_nights", "looks")},
        "nights": scenario.looks[-1],
        "rate": round(scenario.habits.rate, 2),
        "rate_ratio": ratio,
        "grade": found["grade"].mode()[0],
        **{name: round(float(share), 4) for name, share in shares.items()},
        "nights_used": round(float(found["nights_used"].mean()), 1),
        "patients": patients,
    }


def _outcomes(scenario: Scenario, patients: int, rng: np.random.Generator) -> pd.DataFrame:
    """Compare patients at the end, and tell whether and when a flag was raised at an earlier look."""
    frame = scenario.draw(patients, rng)
    found = compare_cohort(frame).set_index("patient_id")
    found = found.assign(**{flag: found["state"] == flag for flag in FLAGS}, nights_used=scenario.looks[-1])
    again, states = frame, found["state"]
    for nights in reversed(scenario.looks[:-1]):
        if scenario.plan.get("looks"):
            # A staged trial keeps its flag: whoever is flagged at a look is among those flagged at the next one.
            again = again[again["patient_id"].isin(states.index[states.isin(FLAGS)])]
        states = compare_cohort(again, as_of=START + dt.timedelta(days=nights - 1)).set_index("patient_id")["state"]
        for flag in FLAGS:
            found.loc[states.index[states == flag], [flag, "nights_used"]] = True, nights
    return found


def _table(scenarios: tuple[Scenario, ...]) -> list[dict[str, Any]]:
    rows = []
    for scenario in scenarios:
        rows.append(measure(scenario, patients=PATIENTS, seed=SEED))
        sys.stderr.write(f"{json.dumps(rows[-1])}\n")
    return rows


def _text(table: dict[str, Any]) -> str:
    """Write a table as JSON with one scenario or limit a line."""
    parts = (f"{json.dumps(name)}: {_rows(part)}" for name, part in table.items())
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _rows(part: object) -> str:
    if not isinstance(part, list):
        return json.dumps(part)
    return "[\n  " + ",\n  ".join(map(json.dumps, part)) + "\n ]"


def main() -> None:
    """Measure all scenarios and write the file."""
    limits = [{"code": code, "text": text} for code, text in LIMITS.items()]
    tables = {name: _table(scenarios) for name, scenarios in TABLES.items()}
    FILE.write_text(_text({"patients": PATIENTS, "seed": SEED, **tables, "limits": limits}), "utf-8")


if __name__ == "__main__":
    main()
