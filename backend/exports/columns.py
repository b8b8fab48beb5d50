"""The columns of the exported tables beside those of ``analysis.frame``: names, meanings and units.

Those of a night's own fields are read from their table.
"""

from dataclasses import dataclass
from typing import Literal

from backend.diary import night_fields
from backend.diary.night_fields import CRAMP_FIELDS, NIGHT_FIELDS, SYMPTOM_FIELDS, NightField

Kind = Literal["key", "date"] | night_fields.Kind


@dataclass(frozen=True, slots=True)
class Detail:
    """A column.

    Attributes
    ----------
    kind : that of the night's field, or ``key`` or ``date`` of ``analysis.frame.Column``; ``words`` are parted by
        spaces.
    meaning : definition, as a data dictionary has it.
    field : of the night; None for what is derived.
    filled : whether every recorded night, or every cramp, has a value.

    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    field: NightField | None = None
    filled: bool = False


def _detail(field: NightField) -> Detail:
    return Detail(field.name, field.kind, field.meaning, field.unit, field)


# Columns of the analysis are described there.
_OWN = [field for field in NIGHT_FIELDS if field.meaning]
NIGHT_DETAILS = tuple(_detail(field) for field in _OWN if field.kind != "words")
SYMPTOM_DETAILS = tuple(map(_detail, SYMPTOM_FIELDS))
CHOICE_DETAILS = tuple(_detail(field) for field in _OWN if field.kind == "words")
DERIVED_DETAILS = (
    Detail("late", "flag", "first told more than 24 h after the night closed at noon; counts all the same (0/1)"),
    Detail("woke_on", "date", "date of the morning on which the night ends"),
)
# In the order of the file, after the columns of the analysis.
NIGHT_COLUMNS = (*NIGHT_DETAILS, *SYMPTOM_DETAILS, *CHOICE_DETAILS, *DERIVED_DETAILS)
CRAMP_DETAILS = tuple(map(_detail, CRAMP_FIELDS))
CRAMP_COLUMNS = (
    Detail("patient_id", "key", "who", filled=True),
    Detail("night_date", "date", "date of the evening on which the night starts", filled=True),
    Detail("cramp", "whole", "number of the cramp in its night, from 1", filled=True),
    *CRAMP_DETAILS,
)
