"""What was told beside the cramps, counted over all recorded nights."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS
from backend.diary.signs import STOP_SIGNS

ALERT_NIGHTS = 14


def problem_tally(nights: Sequence[dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    """Count the nights of each stocking problem: those for which stockings come off first, then the most frequent.

    Parameters
    ----------
    nights : recorded nights as they are read, by date.
    as_of : the last night that has passed.

    """
    since = as_of - timedelta(days=ALERT_NIGHTS)
    tally = []
    for problem in PROBLEMS:
        told = [night["night_date"] for night in nights if problem in night["problems"]]
        if told:
            stop = problem in STOP_SIGNS
            recent = stop and told[-1] > since
            tally.append(
                {"problem": problem, "nights": len(told), "last_night": told[-1], "stop": stop, "recent": recent}
            )
    return sorted(tally, key=lambda row: (not row["stop"], -row["nights"]))


def contributor_tally(nights: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Count the cramps of the nights with and without each contributor, the most frequent first.

    A description and no test: what was not told counts as absent.
    """
    tally = []
    for contributor in CONTRIBUTORS:
        cramps: dict[bool, list[int]] = {True: [], False: []}
        for night in nights:
            cramps[contributor in night["contributors"]].append(len(night["cramps"]))
        told, others = cramps[True], cramps[False]
        if told:
            tally.append(
                {
                    "contributor": contributor,
                    "nights_with": len(told),
                    "nights_without": len(others),
                    "cramps_with": sum(told),
                    "cramps_without": sum(others),
                    "rate_with": sum(told) / len(told),
                    "rate_without": sum(others) / len(others) if others else None,
                }
            )
    return sorted(tally, key=lambda row: -row["nights_with"])
