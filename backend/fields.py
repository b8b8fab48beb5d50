"""What every text from outside must fulfill, and the JSON values that must be exactly what they are."""

from typing import Any

from marshmallow import ValidationError, fields


def is_storable(text: str) -> None:
    """Refuse what a database cannot keep: NUL and halves of surrogate pairs."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValidationError("Must not hold NUL or broken characters.")


class StrictFloat(fields.Float):
    """A JSON number; a text that looks like one is refused."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, str):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class StrictBoolean(fields.Boolean):
    """JSON true or false; nothing that merely resembles them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value
