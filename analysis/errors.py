"""What the analysis raises about its input.

Too little data is no error: it is the state ``insufficient`` of a result.
"""


class InputError(ValueError):
    """The input cannot be understood; the message names row or line, column, value and bound."""


class InputTypeError(InputError, TypeError):
    """A value, column or argument has the wrong type."""
