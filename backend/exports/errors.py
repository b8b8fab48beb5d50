"""What can go wrong with a file that is brought in."""

from dataclasses import dataclass
from typing import Literal

FileReason = Literal[
    "unreadable",
    "spreadsheet",
    "zip_without_nights",
    "columns_missing",
    "column_twice",
    "cramps_only",
    "several_people",
    "too_many_nights",
    "too_many_refused",
]


@dataclass
class DiaryFileError(Exception):
    """A file cannot be taken as a diary; ``detail`` is a sentence for people, ``line`` the place, if it is one."""

    reason: FileReason
    detail: str
    line: int | None = None


class ImportChangedError(Exception):
    """File or diary are not what the preview showed."""
