"""Everything Charley holds about a person, as one JSON document or as a zip with tables beside it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import TextIOWrapper
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Column, Table, or_, select

from backend import clock
from backend.accounts.models import User
from backend.db import SECRET, db, table_of
from backend.exports.dictionary import datapackage_json
from backend.exports.fhir.bundle import write_bundle
from backend.exports.files import new_file
from backend.exports.readme import readme
from backend.exports.service import cramps_csv, nights_csv

FORMAT = "charley-data-1"
ROWS_AT_ONCE = 500
# What a reader would call the rows of a table, where the table has another name.
_TITLES = {"night_revisions": "history", "grants": "shares", "access_entries": "access_log"}
# Columns that name the person whose copy it is, wherever they stand.
_ONESELF = frozenset({"patient_id", "user_id"})
# Columns of text that hold JSON.
_DOCUMENTS = frozenset({"document", "old", "new", "schedule"})
_PEOPLE = table_of(User)


def data_json(person: User) -> IO[bytes]:
    """Return a file with everything: the profile, and every row of every table that tells of the person.

    Tables that come later are in it by themselves. Left out are columns marked ``SECRET`` and keys that mean nothing
    outside the database; other people appear by their shown name.
    """
    file = new_file()
    _write_json(person, file)
    file.seek(0)
    return file


def data_zip(person: User) -> IO[bytes]:
    """Return a zip: the tables with their dictionary, ``data.json``, ``fhir.json`` and a README for the person."""
    file = new_file()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        name, text = readme(person.language)
        archive.writestr(name, text)
        archive.writestr("nights.csv", nights_csv(person, "comma"))
        archive.writestr("cramps.csv", cramps_csv(person, "comma"))
        archive.writestr("datapackage.json", datapackage_json("comma"))
        with archive.open("data.json", "w") as entry:
            _write_json(person, entry)
        with archive.open("fhir.json", "w") as entry:
            write_bundle(person, entry)
    file.seek(0)
    return file


def _write_json(person: User, file: IO[bytes]) -> None:
    text = TextIOWrapper(file, "utf-8", newline="\n")
    head = {"format": FORMAT, "made_at": clock.now(), "person": _profile(person)}
    text.write("{\n" + ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head.items()))
    for table in _tables_about_people():
        text.write(f",\n{_json(_TITLES.get(table.name, table.name))}: [")
        for number, row in enumerate(_rows(table, person)):
            text.write(("\n" if number == 0 else ",\n") + _json(row))
        text.write("]")
    text.write("\n}\n")
    text.detach()


def _profile(person: User) -> dict[str, Any]:
    told = {column.name: getattr(person, column.name) for column in _PEOPLE.columns if not _is_internal(column)}
    return {**told, "role": person.role}


def _tables_about_people() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if _owners(table) and len(table.columns) > len(_owners(table))]


def _owners(table: Table) -> list[Column[Any]]:
    """Return the columns that say whom a row tells of."""
    return [column for column in table.columns if column.references(_PEOPLE.c.id)]


def _rows(table: Table, person: User) -> Iterator[dict[str, Any]]:
    owners = _owners(table)
    names: dict[int | None, str | None] = {None: None, person.id: person.shown_name}
    query = select(table).where(or_(*(column == person.id for column in owners))).order_by(*table.primary_key)
    others = [column for column in owners if column.name not in _ONESELF]
    told = [column for column in table.columns if column not in owners and not _is_internal(column)]
    for row in db.session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}).mappings():
        plain = {column.name: _value(column, row[column]) for column in told}
        yield plain | {column.name.removesuffix("_id"): _name_of(row[column], names) for column in others}


def _is_internal(column: Column[Any]) -> bool:
    return column.info == SECRET or column.name == "id"


def _value(column: Column[Any], value: Any) -> Any:
    return json.loads(value) if column.name in _DOCUMENTS and value is not None else value


def _name_of(user_id: int | None, names: dict[int | None, str | None]) -> str | None:
    if user_id not in names:
        other = db.session.get(User, user_id)
        names[user_id] = other.shown_name if other else None
    return names[user_id]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_text)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
