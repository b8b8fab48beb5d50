"""From the rows of a file to nights of a diary: each night as ``NightSchema`` has it, or the line and why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from marshmallow import ValidationError

from backend.calendar import FIRST_NIGHT
from backend.diary.errors import NightError
from backend.diary.night_fields import ANSWERS, CRAMP_FIELDS, SYMPTOMS, bounds_at
from backend.diary.schemas import MAX_CRAMPS, NightSchema
from backend.diary.service import check_times
from backend.exports.errors import DiaryFileError
from backend.exports.tables import Refusal, Row, Table, read_table

Body = dict[str, Any]
NIGHTS_MAX = 5000
_NIGHT = NightSchema()
_ANSWERS = tuple(answer.name for answer in ANSWERS)
_CRAMP_ANSWERS = tuple(answer.name for answer in CRAMP_FIELDS)
# Columns of the night that describe its one cramp, where no table of cramps does.
_OF_ONE_CRAMP = {"duration_min": "cramp_minutes", "pain_nrs": "worst_pain"}
_SIGNATURES = frozenset({"night_date", "patient_id", "tz", "edited_at"})
_SCHEMA_REASONS = {"tz": "zone", "edited_at": "time", "onset_local": "time", "note": "too_long"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose diary a file is read for, where they are, and when."""

    public_id: UUID
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class FileNight:
    """A night of a file: what its cells say (in the names of ``NightSchema``, empty ones left out), and all of it."""

    line: int
    told: Mapping[str, Any]
    body: Body


@dataclass(slots=True)
class DiaryFile:
    """What a file says.

    Attributes
    ----------
    nights : by date.
    refused : lines that are not taken.
    ignored : headings that mean nothing here.
    empty : lines of nights that were not recorded.
    undivided : nights with several cramps whose minutes or pain the file tells in total only: these are left out.

    """

    nights: dict[date, FileNight] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    empty: int = 0
    undivided: int = 0


class _LineError(Exception):
    """A line is not taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


def read_diary(tables: Sequence[bytes], owner: Owner) -> DiaryFile:
    """Read a table of nights, with that of its cramps if there is one, in any order.

    Raises
    ------
    DiaryFileError
        The tables are no diary of one person.

    """
    nights, cramps = _sorted_out([read_table(content) for content in tables])
    _check_one_person(nights, cramps)
    found = DiaryFile(refused=[*nights.refused, *cramps.refused] if cramps else list(nights.refused))
    found.ignored = [*nights.ignored, *(cramps.ignored if cramps else ())]
    details = _details(cramps, found) if cramps else None
    for row in nights.rows:
        try:
            _take(row, details, owner, found)
        except _LineError as error:
            found.refused.append(error.refusal)
    _refuse_stray_cramps(nights, details or {}, found)
    found.refused.sort(key=lambda refusal: (refusal.table != "nights", refusal.line))
    return found


def _sorted_out(read: Sequence[tuple[str, Table]]) -> tuple[Table, Table | None]:
    nights = [table for name, table in read if name == "nights"]
    cramps = [table for name, table in read if name == "cramps"]
    if not nights:
        raise DiaryFileError("cramps_only", "This is a table of single cramps; the table of nights belongs to it.")
    if len(nights) > 1 or len(cramps) > 1:
        raise DiaryFileError("columns_missing", "Of two tables one must be of nights and one of their cramps.", 1)
    missing = [name for name in ("night_date", "cramps") if name not in nights[0].columns]
    if missing or (cramps and "night_date" not in cramps[0].columns):
        raise DiaryFileError("columns_missing", f"Columns are missing: {', '.join(missing or ['night_date'])}.", 1)
    if len(nights[0].rows) > NIGHTS_MAX:
        raise DiaryFileError("too_many_nights", f"A file may have at most {NIGHTS_MAX} nights.")
    return nights[0], cramps[0] if cramps else None


def _check_one_person(nights: Table, cramps: Table | None) -> None:
    rows = [*nights.rows, *(cramps.rows if cramps else ())]
    if len({row.told["patient_id"] for row in rows if "patient_id" in row.told}) > 1:
        raise DiaryFileError("several_people", "The file has nights of several people; a diary is one person's.")


def _details(cramps: Table, found: DiaryFile) -> dict[date, list[Row]]:
    by_night: dict[date, list[Row]] = {}
    for row in sorted(cramps.rows, key=lambda row: row.told.get("cramp", 0)):
        if "night_date" in row.told:
            by_night.setdefault(row.told["night_date"], []).append(row)
        elif set(row.told) - _SIGNATURES:
            found.refused.append(Refusal(row.line, "cramps", "night_date", "date_missing", "The date is missing."))
    return by_night


def _refuse_stray_cramps(nights: Table, details: Mapping[date, Sequence[Row]], found: DiaryFile) -> None:
    known = {row.told.get("night_date") for row in nights.rows}
    for day, rows in details.items():
        if day not in known:
            detail = f"The table of nights has no line for {day}."
            found.refused += [Refusal(row.line, "cramps", "night_date", "no_night", detail) for row in rows]


def _take(row: Row, details: Mapping[date, Sequence[Row]] | None, owner: Owner, found: DiaryFile) -> None:
    """Add a line's night to what was found; a line that says nothing of its night is counted only."""
    day, says_something = row.told.get("night_date"), bool(set(row.told) - _SIGNATURES)
    if day is None:
        if says_something:
            raise _refused(row, "night_date", "date_missing", "The date is missing.")
        return
    cramps = (details or {}).get(day, ())
    if "cramps" not in row.told:
        if says_something or cramps:
            raise _refused(row, "cramps", "cramps_missing", "The number of cramps is missing; write 0 for none.")
        found.empty += 1
        return
    night = _night(row, day, cramps if details is not None else None, owner)
    earlier = found.nights.setdefault(day, night)
    if earlier.told != night.told:
        detail = f"Line {earlier.line} says something else of the same night, {day}."
        raise _refused(row, "night_date", "differs", detail, other_line=earlier.line)
    undivided = details is None and row.told["cramps"] > 1 and row.told.keys() & {"cramp_minutes", "worst_pain"}
    found.undivided += bool(undivided and earlier is night)


def _night(row: Row, day: date, details: Sequence[Row] | None, owner: Owner) -> FileNight:
    told = {name: _json(row.told[name]) for name in _ANSWERS if name in row.told}
    told["cramps"] = _cramps(row, details)
    if symptoms := {name: row.told[name] for name in SYMPTOMS if name in row.told}:
        told["symptoms"] = symptoms
    signed = {"tz": row.told.get("tz", owner.zone), "edited_at": row.told.get("edited_at", _instant(owner.now))}
    ids = (str(uuid5(owner.public_id, f"{day} {number}")) for number in range(1, MAX_CRAMPS + 1))
    cramps = [{"id": one, **cramp} for one, cramp in zip(ids, told["cramps"], strict=False)]
    try:
        body: Body = _NIGHT.load({**told, **signed, "cramps": cramps})
        check_times(day, body, owner.now)
    except ValidationError as error:
        raise _schema_refusal(row, details, error) from None
    except NightError as error:
        raise _time_refusal(row, day, details, error) from None
    return FileNight(row.line, told | {name: row.told[name] for name in ("tz", "edited_at") if name in row.told}, body)


def _cramps(row: Row, details: Sequence[Row] | None) -> list[dict[str, Any]]:
    """Return a night's cramps as far as the file tells them."""
    count = row.told["cramps"]
    if not isinstance(count, int):
        raise _refused(row, "cramps", "whole", "The number of cramps must be a whole number.")
    if not 0 <= count <= MAX_CRAMPS:
        detail = f"The number of cramps must be from 0 to {MAX_CRAMPS}."
        raise _refused(row, "cramps", "bounds", detail, low=0, high=MAX_CRAMPS)
    if details is not None:
        if len(details) != count:
            detail = f"The night has {count} cramps, but the table of cramps lists {len(details)}."
            raise _refused(row, "cramps", "cramp_rows", detail)
        return [{name: _json(one.told[name]) for name in _CRAMP_ANSWERS if name in one.told} for one in details]
    totals = {name: row.told[column] for name, column in _OF_ONE_CRAMP.items() if column in row.told}
    if count == 0 and any(totals.values()):
        raise _refused(row, "cramps", "none_but_told", "The night has no cramps, but minutes or pain of them.")
    if count > 1 and "pain_nrs" in totals:
        _check_total_pain(row, totals["pain_nrs"])
    return [totals] if count == 1 else [{}] * count


def _check_total_pain(row: Row, pain: float) -> None:
    """Refuse a worst pain that no cramp can have had, though which cramp had it is not told."""
    bounds = bounds_at(("cramps", "pain_nrs"))
    if not bounds["low"] <= pain <= bounds["high"]:
        detail = f"The worst pain must be from {bounds['low']} to {bounds['high']}."
        raise _refused(row, "worst_pain", "bounds", detail, **bounds)


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _instant(now: datetime) -> str:
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _refused(row: Row, column: str, reason: str, detail: str, **more: Any) -> _LineError:
    return _LineError(Refusal(row.line, "nights", column, reason, detail, **more))


def _schema_refusal(row: Row, details: Sequence[Row] | None, error: ValidationError) -> _LineError:
    path, text = next(_leaves(error.messages))
    bounds = bounds_at(path)
    column = next(step for step in reversed(path) if isinstance(step, str))
    reason = "bounds" if bounds else _SCHEMA_REASONS.get(column, "choice")
    if text.startswith("Not a valid integer"):
        reason, bounds = "whole", {}
    return _placed(row, details, path, column, reason, text, **bounds)


def _time_refusal(row: Row, day: date, details: Sequence[Row] | None, error: NightError) -> _LineError:
    path: list[str | int] = [int(step) if step.isdigit() else step for step in error.pointer.split("/")[1:]]
    reason = "outside_night" if path[0] == "cramps" else "too_early" if day < FIRST_NIGHT else "future"
    return _placed(row, details, path, str(path[-1]), reason, error.detail)


def _placed(
    row: Row, details: Sequence[Row] | None, path: Sequence[str | int], column: str, reason: str, text: str, **more: Any
) -> _LineError:
    """Put a refusal where its cell stands: in the table of cramps, if the cramp came from there."""
    if path[0] == "cramps" and details and len(path) > 1:
        line = details[int(path[1])].line
        return _LineError(Refusal(line, "cramps", column, reason, f"Line {line}, {column}: {text}", **more))
    column = _OF_ONE_CRAMP.get(column, column)
    return _refused(row, column, reason, f"Line {row.line}, {column}: {text}", **more)


def _leaves(messages: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _leaves(inner, (*path, key))
    else:
        yield path, str(messages[0] if isinstance(messages, list) else messages)
