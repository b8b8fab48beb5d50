"""What can go wrong with sharing."""


class PatientNotFoundError(Exception):
    """No such patient, or none who shares with this physician: the two look alike on purpose."""


class ConsentChangedError(Exception):
    """The consent text was renewed after it was shown."""


class ShareNotFoundError(Exception):
    """The patient has no such share."""
