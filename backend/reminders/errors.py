"""What can go wrong with reminders."""


class UnknownPushServiceError(Exception):
    """The address of a subscription is not one of a push service Charley sends to."""


class ReminderNotFoundError(Exception):
    """The patient has no such reminder."""


class SnoozedError(Exception):
    """The reminder has been put off once already."""


class NothingToRemindError(Exception):
    """No reminder is chosen, so a calendar would be empty."""
