"""What can go wrong with a file that is brought in."""

from dataclasses import dataclass


@dataclass
class DiaryFileError(Exception):
    """A file cannot be taken as a diary.

    ``reason`` is one of ``FILE_REASONS``, ``detail`` a sentence for people, ``line`` where in the file it is, if in one
    place.
    """

    reason: str
    detail: str
    line: int | None = None


class ImportChangedError(Exception):
    """File or diary are not what the preview showed."""


FILE_REASONS = (
    "unreadable", "spreadsheet", "zip_without_nights", "columns_missing", "column_twice", "cramps_only",
    "several_people", "too_many_nights", "too_many_refused",
)  # fmt: skip
