"""Bringing nights in from files: a preview of what each line would do, and then exactly that."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from backend import clock
from backend.accounts.models import User
from backend.diary.errors import NightExistsError
from backend.diary.service import import_nights, recorded_nights
from backend.exports.diary_file import DiaryFile, FileNight, Owner, read_diary
from backend.exports.errors import ImportChangedError
from backend.exports.upload import tables_of

Outcome = Literal["add", "same", "different"]
_SIGNATURES = ("tz", "edited_at")


@dataclass(frozen=True, slots=True)
class PlannedNight:
    """What becomes of one night: added, or left as it is recorded because it says the same, or something else.

    ``cramps`` is the file's number, ``recorded_cramps`` the diary's (None where there is no entry), ``differs`` the
    answers that are not the same.
    """

    night_date: date
    line: int
    outcome: Outcome
    cramps: int
    recorded_cramps: int | None
    differs: list[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; ``fingerprint`` changes with anything of it."""

    nights: list[PlannedNight]
    file: DiaryFile
    fingerprint: str

    @property
    def counts(self) -> dict[str, int]:
        """How many nights and lines of each kind."""
        outcomes = [night.outcome for night in self.nights]
        told = {outcome: outcomes.count(outcome) for outcome in ("add", "same", "different")}
        return {**told, "refused": len(self.file.refused), "empty": self.file.empty}


def preview(person: User, files: Sequence[bytes]) -> Plan:
    """Tell what an import of files would do to a diary; nothing is stored.

    Raises
    ------
    DiaryFileError
        The files are no diary of one person.

    """
    file = read_diary(tables_of(files), Owner(person.public_id, person.zone, clock.now()))
    recorded = recorded_nights(person.id)
    nights = [_planned(day, night, recorded.get(day)) for day, night in sorted(file.nights.items())]
    return Plan(nights, file, _fingerprint(nights, file))


def bring_in(person: User, files: Sequence[bytes], fingerprint: str) -> int:
    """Add the nights that the preview said would be added, all or none; return how many.

    Raises
    ------
    DiaryFileError
        The files are no diary of one person.
    ImportChangedError
        Files or diary are not what the preview with this fingerprint showed.

    """
    plan = preview(person, files)
    if plan.fingerprint != fingerprint:
        raise ImportChangedError
    added = [night.night_date for night in plan.nights if night.outcome == "add"]
    try:
        import_nights(person.id, {day: plan.file.nights[day].body for day in added})
    except NightExistsError:
        raise ImportChangedError from None
    return len(added)


def _planned(day: date, night: FileNight, recorded: Mapping[str, Any] | None) -> PlannedNight:
    cramps = len(night.told["cramps"])
    if recorded is None:
        return PlannedNight(day, night.line, "add", cramps, None, [])
    differs = [name for name, value in night.told.items() if name not in _SIGNATURES and _adds(value, recorded[name])]
    outcome: Outcome = "different" if differs else "same"
    return PlannedNight(day, night.line, outcome, cramps, len(recorded["cramps"]), differs)


def _adds(told: Any, recorded: Any) -> bool:
    """Whether a file says something that the diary does not; what it leaves open says nothing."""
    if isinstance(told, Mapping):
        return recorded is None or any(_adds(value, recorded.get(name)) for name, value in told.items())
    if isinstance(told, list) and told and isinstance(told[0], Mapping):
        return len(told) != len(recorded) or any(map(_adds, told, recorded))
    if isinstance(told, list):
        return set(told) != set(recorded) if told else bool(recorded)
    if isinstance(told, str):
        return told.strip() != (recorded or "").strip()
    return bool(told != recorded)


def _fingerprint(nights: Sequence[PlannedNight], file: DiaryFile) -> str:
    """Sum up all that a preview shows, and the bodies it would store, but for the instant of reading the file."""
    bodies = [
        {name: value for name, value in night.body.items() if name != "edited_at" or name in night.told}
        for _, night in sorted(file.nights.items())
    ]
    shown = [[repr(night) for night in nights], [repr(refusal) for refusal in file.refused], bodies]
    return hashlib.sha256(json.dumps(shown, default=str, sort_keys=True).encode()).hexdigest()
