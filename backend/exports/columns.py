"""The columns of the exported tables beside those of ``analysis.frame``: names, meanings and units.

Bounds and choices are those of ``NightSchema``, read at ``path``.
"""

from dataclasses import dataclass
from typing import Literal

from backend.diary.schemas import SYMPTOMS

Kind = Literal["key", "date", "whole", "number", "flag", "text", "choice", "words", "instant", "minute"]


@dataclass(frozen=True, slots=True)
class Detail:
    """A column.

    Attributes
    ----------
    kind : those of ``analysis.frame.Column`` and ``choice`` (one of several), ``words`` (several of them, parted by
        spaces), ``instant`` (a time with its offset), ``minute`` (a local time).
    meaning : definition, as a data dictionary has it.
    path : where ``NightSchema`` has the field; empty for what is derived.
    filled : whether every recorded night, or every cramp, has a value.

    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    path: tuple[str, ...] = ()
    filled: bool = False


NIGHT_DETAILS = (
    Detail("day_wear_h", "number", "hours the stockings were worn by day", "h", ("day_wear_h",)),
    Detail("rls_urge", "flag", "urge to move the legs (restless legs), never counted as a cramp (0/1)"),
    Detail("awake_min", "number", "minutes awake because of cramps", "min", ("awake_min",)),
    Detail("note", "text", "what the patient wrote", path=("note",)),
    Detail("tz", "text", "time zone (IANA) where the person woke", path=("tz",)),
    Detail("edited_at", "instant", "when the entry was made, or corrected last"),
)
SYMPTOM_DETAILS = tuple(
    Detail(name, "whole", f"{name} of the legs during the day before the night, 0-10", "0-10", ("symptoms", name))
    for name in SYMPTOMS
)
CHOICE_DETAILS = (
    Detail("problems", "words", "trouble with the stockings", path=("problems",)),
    Detail("contributors", "words", "what else may have mattered that day", path=("contributors",)),
)
DERIVED_DETAILS = (
    Detail("late", "flag", "first told more than 24 h after the night closed at noon; counts all the same (0/1)"),
    Detail("woke_on", "date", "date of the morning on which the night ends"),
)
# In the order of the file, after the columns of the analysis.
NIGHT_COLUMNS = (*NIGHT_DETAILS, *SYMPTOM_DETAILS, *CHOICE_DETAILS, *DERIVED_DETAILS)
CRAMP_COLUMNS = (
    Detail("patient_id", "key", "who", filled=True),
    Detail("night_date", "date", "date of the evening on which the night starts", filled=True),
    Detail("cramp", "whole", "number of the cramp in its night, from 1", filled=True),
    Detail("onset_local", "minute", "when it began, local time", path=("cramps", "onset_local")),
    Detail("duration_min", "number", "how long it lasted", "min", ("cramps", "duration_min")),
    Detail("pain_nrs", "whole", "how strong the pain was, 0-10", "0-10", ("cramps", "pain_nrs")),
    Detail("site", "choice", "where it was", path=("cramps", "site")),
    Detail("side", "choice", "in which leg", path=("cramps", "side")),
    Detail("relief", "words", "what eased it", path=("cramps", "relief")),
)
