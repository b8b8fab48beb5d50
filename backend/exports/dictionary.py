"""The data dictionary of the exported tables: a Frictionless Data Package with a Table Schema for each of them.

It says nothing about a person. Names, meanings, units and bounds are those of ``analysis.frame`` and of
``backend.exports.columns``.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from backend.exports.columns import CRAMP_COLUMNS, NIGHT_COLUMNS, Detail

if TYPE_CHECKING:
    from analysis.frame import Column
    from analysis.io import Dialect

Field = dict[str, Any]
Bounds = Mapping[str, float]

_TYPES = {
    "key": "string", "date": "date", "number": "number", "whole": "integer", "flag": "boolean", "text": "string",
    "choice": "string", "words": "string", "zone": "string", "instant": "datetime", "minute": "datetime",
}  # fmt: skip
_FORMATS: dict[str, Field] = {
    # The offset is part of it, which the default format has no place for.
    "instant": {"format": "any"},
    "minute": {"format": "%Y-%m-%dT%H:%M"},
    "flag": {"trueValues": ["1"], "falseValues": ["0"]},
}
_NIGHT = ["patient_id", "night_date"]


def datapackage(dialect: "Dialect") -> dict[str, Any]:
    """Return the descriptor of ``nights.csv`` and ``cramps.csv`` as they are written in a dialect."""
    from analysis.frame import COLUMNS

    nights = [*map(_of_analysis, COLUMNS), *map(_of_detail, NIGHT_COLUMNS)]
    cramps = [_of_detail(column) for column in CRAMP_COLUMNS]
    night_of_cramp = {"fields": _NIGHT, "reference": {"resource": "nights", "fields": _NIGHT}}
    return {
        "profile": "tabular-data-package",
        "name": "charley-diary",
        "title": "A night-cramp diary from Charley",
        "description": (
            "One row a night, and one row a cramp. The date of a night is that of its evening. An empty number of "
            "cramps means that the night was not recorded, 0 that there were none. A cell that begins with = + - @ ' "
            "or a tab has a ' before it, so that no spreadsheet takes it for a formula."
        ),
        "resources": [
            _table("nights", "One row a night", nights, dialect, primaryKey=_NIGHT),
            _table(
                "cramps",
                "One row a cramp",
                cramps,
                dialect,
                primaryKey=[*_NIGHT, "cramp"],
                foreignKeys=[night_of_cramp],
            ),
        ],
    }


def datapackage_json(dialect: "Dialect") -> str:
    """Return the descriptor as text for people too."""
    return json.dumps(datapackage(dialect), ensure_ascii=False, indent=2) + "\n"


def _table(name: str, title: str, fields: list[Field], dialect: "Dialect", **keys: Any) -> dict[str, Any]:
    semicolon = dialect == "semicolon"
    if semicolon:
        fields = [{**field, "decimalChar": ","} if field["type"] == "number" else field for field in fields]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ";" if semicolon else ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": {"fields": fields, "missingValues": [""], **keys},
    }


def _of_analysis(column: "Column") -> Field:
    from analysis.frame import ALLOWED_TEXTS, MOST_CRAMPS

    high = MOST_CRAMPS if column.name == "cramps" else column.high
    bounds: Bounds = {"low": column.low, "high": high} if column.kind in ("number", "whole") else {}
    pattern = ALLOWED_TEXTS.get(column.name)
    # Words parted by | are all there are.
    names = pattern.split("|") if pattern and re.fullmatch("[a-z_|]+", pattern) else None
    wanted = _constraints(bounds, enum=names, pattern=None if names else pattern, required=column.filled or None)
    return _field(column.name, column.kind, column.meaning, column.unit, wanted)


def _of_detail(column: Detail) -> Field:
    from analysis.frame import MOST_CRAMPS

    bounds: Bounds = {"low": 1, "high": MOST_CRAMPS} if column.name == "cramp" else {}
    choices: tuple[str, ...] = ()
    longest: int | None = None
    if column.field:
        bounds, choices, longest = column.field.bounds, column.field.choices, column.field.longest
    word = f"({'|'.join(choices)})"
    wanted = _constraints(
        bounds,
        enum=list(choices) if column.kind == "choice" else None,
        pattern=f"{word}( {word})*" if column.kind == "words" else None,
        # One more for the ' before what looks like a formula.
        maxLength=longest + 1 if longest and column.kind == "text" else None,
        required=column.filled or None,
    )
    return _field(column.name, column.kind, column.meaning, column.unit, wanted)


def _field(name: str, kind: str, meaning: str, unit: str, constraints: Field) -> Field:
    title = name.replace("_", " ").capitalize()
    told = {"name": name, "type": _TYPES[kind], **_FORMATS.get(kind, {}), "title": title, "description": meaning}
    return {**told, **({"unit": unit} if unit else {}), **({"constraints": constraints} if constraints else {})}


def _constraints(bounds: Bounds, **others: Any) -> Field:
    limits = {"minimum": bounds.get("low"), "maximum": bounds.get("high")}
    return {name: value for name, value in {**limits, **others}.items() if value not in (None, math.inf)}
