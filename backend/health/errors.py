"""What can go wrong with answers about health."""

from dataclasses import dataclass


class HoldNotFoundError(Exception):
    """No such stop sign was told."""


class HoldStandsError(Exception):
    """What is called a mistake still stands in the night, or in the newest safety screen."""


@dataclass
class HealthAnswerError(Exception):
    """An answer breaks a rule that needs more than its own field; ``pointer`` names the field."""

    pointer: str
    detail: str
