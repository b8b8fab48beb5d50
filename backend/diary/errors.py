"""What can go wrong with a night."""

from dataclasses import dataclass
from datetime import datetime

# The one refusal that time alone cures: the clock of the server, or of the phone, may have been wrong.
NOT_BEGUN = "not_begun"


class NightNotFoundError(Exception):
    """No night is recorded for this date."""


class NightExistsError(Exception):
    """A night that was to be added is recorded already."""


@dataclass
class PreconditionRequiredError(Exception):
    """A recorded night may only be changed by someone who names the version they saw.

    ``changed_at`` is when the newest change of the diary was received.
    """

    changed_at: datetime | None


@dataclass
class PreconditionFailedError(Exception):
    """The recorded night is not the version the sender saw.

    ``current`` is the stored night as JSON text, ``etag`` its version, ``received_at`` when it was stored,
    ``changed_at`` when the newest change of the diary was received.
    """

    current: str
    etag: str
    received_at: datetime
    changed_at: datetime | None


@dataclass
class NightError(Exception):
    """A night breaks a rule that needs more than its own fields; ``pointer`` names the field.

    ``reason`` names, for programs, a refusal that they can do something about.
    """

    pointer: str
    detail: str
    reason: str | None = None
