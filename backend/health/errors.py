"""What can go wrong with answers about health."""

from dataclasses import dataclass


@dataclass
class HealthAnswerError(Exception):
    """An answer breaks a rule that needs more than its own field; ``pointer`` names the field."""

    pointer: str
    detail: str
