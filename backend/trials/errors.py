"""What can go wrong with starting, moving and stopping a trial."""

from collections.abc import Sequence
from dataclasses import dataclass, field


class TrialNotFoundError(Exception):
    """The patient has no such trial."""


class TrialOverError(Exception):
    """The trial was stopped before, or its last night has passed."""


class TrialFixedError(Exception):
    """The start of a trial stays: it has come, the trial was stopped, or it was moved before."""


@dataclass
class TrialPlanError(Exception):
    """A plan breaks a rule that needs more than its own fields; ``pointer`` names the field."""

    pointer: str
    detail: str


@dataclass
class TrialRefusedError(Exception):
    """No trial may begin: ``reason`` is one of ``REASONS``, ``codes`` those of the safety screen behind it."""

    reason: str
    codes: Sequence[str] = field(default_factory=list)


# Why no trial may begin, as a sentence.
REASONS = {
    "trial_running": "Another trial is under way: it ends first, or is stopped.",
    "screening_missing": "The safety questions come first.",
    "screening_incomplete": "Some safety questions have no answer yet.",
    "blocked": "An answer to the safety questions speaks against stockings.",
    "ask_first": "A clinician is asked first; the day of asking is still missing.",
}
