"""What is said first of a result: the strength of a sentence follows the evidence behind it.

Knows no numerical package, so that whoever only writes words stays light.
"""

from collections.abc import Mapping
from typing import Any

# Largest rate ratio of a flag or hint; its reciprocal is the smallest one for "worse".
HELP_RATIO = 0.80
# Every story a settled result can have.
STORIES = (
    "help", "help_unplanned", "fewer_unclear", "worse", "worse_unplanned", "more_unclear",
    "no_clear_difference", "much_alike",
)  # fmt: skip
# The stories beside which stands what speaks against the veins as the reason.
FAVORABLE = ("help", "help_unplanned", "fewer_unclear")


def story_of(found: Mapping[Any, Any]) -> str:
    """Tell which headline a result gets: that of its state, but for two cases.

    Parameters
    ----------
    found : mapping
        ``state``, ``grade``, ``ci_low`` and ``ci_high`` of a comparison.

    Returns
    -------
    str
        One of `STORIES`, or the state where nothing is settled.

    Notes
    -----
    Where no chance picked the nights (grade C) a flag is not told as that of a randomized trial. That nights were much
    alike may only be said where the whole interval lies within the floors of a flag, 0.80 to 1.25; a wider one leaves
    open whether the difference is large or none.

    Examples
    --------
    >>> story_of({"state": "help", "grade": "C", "ci_low": 0.2, "ci_high": 0.7})
    'help_unplanned'
    >>> story_of({"state": "no_clear_difference", "grade": "A", "ci_low": 0.4, "ci_high": 1.2})
    'no_clear_difference'
    >>> story_of({"state": "no_clear_difference", "grade": "A", "ci_low": 0.85, "ci_high": 1.2})
    'much_alike'
    """
    state, low, high = str(found["state"]), found["ci_low"], found["ci_high"]
    if state in ("help", "worse") and found["grade"] == "C":
        return f"{state}_unplanned"
    if state == "no_clear_difference" and low is not None and high is not None:
        return "much_alike" if low >= HELP_RATIO and high <= 1 / HELP_RATIO else state
    return state


def as_worn_differs(found: Mapping[str, Any]) -> bool:
    """Tell whether a result by wear is another one than the main result, so that both are to be shown.

    Parameters
    ----------
    found : mapping
        A comparison with its numbers and those of ``as_worn``, a mapping or None.
    """
    worn = found["as_worn"]
    return worn is not None and any(found[name] != value for name, value in worn.items())


def wear_unknown(found: Mapping[str, Any]) -> int:
    """Count the nights that a result by wear leaves out beside the main result; `found` as in `as_worn_differs`."""
    worn = found["as_worn"]
    return int(sum(found[name] - worn[name] for name in ("nights_on", "nights_off"))) if worn else 0
