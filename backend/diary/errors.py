"""What can go wrong with a night."""

from dataclasses import dataclass
from datetime import datetime


class NightNotFoundError(Exception):
    """No night is recorded for this date."""


class NightExistsError(Exception):
    """A night that was to be added is recorded already."""


class PreconditionRequiredError(Exception):
    """A recorded night may only be changed by someone who names the version they saw."""


@dataclass
class PreconditionFailedError(Exception):
    """The recorded night is not the version the sender saw.

    ``current`` is the stored night as JSON text, ``etag`` its version, ``received_at`` when it was stored.
    """

    current: str
    etag: str
    received_at: datetime


@dataclass
class NightError(Exception):
    """A night breaks a rule that needs more than its own fields; ``pointer`` names the field."""

    pointer: str
    detail: str
