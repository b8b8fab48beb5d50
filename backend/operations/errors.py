"""What an operator is told in one line when something cannot be done."""


class OperationError(Exception):
    """A backup, restore, check or upgrade cannot be done; the message says why, and nothing was changed."""


class ArchiveError(OperationError):
    """A file is no whole backup of Charley; the message names the file."""


class InUseError(OperationError):
    """Somebody else uses the database in a way that does not go together with what was asked."""


class NewerDatabaseError(OperationError):
    """The database was made or brought up to date by a newer version of Charley."""
