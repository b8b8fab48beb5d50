"""What can go wrong with accounts."""


class AccountError(Exception):
    """An account cannot be made or found; the message says why."""


class WrongPasswordError(Exception):
    """The password typed to confirm something is not the account's."""


class UnauthorizedError(Exception):
    """Nobody is signed in."""


class ForbiddenError(Exception):
    """The signed-in person may not do this."""


class CodeNotFoundError(Exception):
    """No physician has this code."""


class CodeMistypedError(Exception):
    """The code's check digit does not fit."""
