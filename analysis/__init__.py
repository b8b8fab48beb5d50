"""Charley's statistics: nights with and without stockings, compared.

Names are loaded on first use, so that `analysis.schedule` alone, which shows tonight's plan, loads no numerical
package.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.cohort import compare, compare_cohort
    from analysis.comparison.verdict import Rule
    from analysis.frame import check_frame
    from analysis.results import Comparison
    from analysis.scale.folder import compare_folder

__all__ = ["Comparison", "Rule", "check_frame", "compare", "compare_cohort", "compare_folder"]

_HOMES = {
    "Comparison": "analysis.results",
    "Rule": "analysis.comparison.verdict",
    "check_frame": "analysis.frame",
    "compare": "analysis.cohort",
    "compare_cohort": "analysis.cohort",
    "compare_folder": "analysis.scale.folder",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
