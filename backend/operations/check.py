"""Whether a database is sound: its file, its references, and every night against its own history."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from backend.audit import NightRevision
from backend.db import table_of
from backend.diary.models import Diary, Night
from backend.diary.storage import compared_columns, etag_of, parsed
from backend.operations.engines import engine_of, snapshot, sqlite_file, tables_of
from backend.operations.errors import NewerDatabaseError, OperationError
from backend.operations.revisions import newest_revision, refuse_newer, revision_of
from backend.operations.tables import METADATA

_ROWS_AT_ONCE = 500
_NIGHTS, _REVISIONS, _DIARIES = table_of(Night), table_of(NightRevision), table_of(Diary)
# A file begins with these bytes (https://sqlite.org/fileformat.html); without them it is something else.
_SQLITE_HEADER = b"SQLite format 3\x00"


def faults(database_url: str) -> Iterator[str]:
    """Find what is wrong with a database, one sentence each; nothing is written, and nothing made where there is none.

    Patients are named by their number in the database, nights by their date; what they told stands in no sentence.

    Raises
    ------
    OperationError
        There is no file of that name.

    """
    file = sqlite_file(database_url)
    if file and not file.exists():
        raise OperationError(f"there is no database {file}")
    told = next(_of_the_file(file), None) if file else None
    if told:
        yield told
        return
    try:
        with snapshot(engine_of(database_url)) as connection:
            yield from _of_the_database(connection, file)
    except DatabaseError as error:
        # Its own words name tables and pages, never what stands in them.
        yield f"the database cannot be read: {' '.join(str(error.orig).split())}"


def _of_the_file(file: Path) -> Iterator[str]:
    with file.open("rb") as raw:
        head = raw.read(len(_SQLITE_HEADER))
    if not head:
        yield _without_tables(file)
    elif head != _SQLITE_HEADER:
        yield f"{file} is no SQLite database"


def _without_tables(file: Path | None) -> str:
    if file is None:
        return "the database has no tables of Charley"
    return (
        f"{file} has no tables: a copy of this file alone leaves out what stood in {file.name}-wal beside it;"
        " copy with charley backup, or all files of the database while nothing uses it"
    )


def _of_the_database(connection: Connection, file: Path | None) -> Iterator[str]:
    if file:
        lines = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (f"the file is damaged: {line}" for line in lines if line != "ok")
    revision = revision_of(connection)
    if revision is None:
        yield _without_tables(file)
        return
    try:
        refuse_newer(revision, None)
    except NewerDatabaseError as error:
        yield str(error)
        return
    if revision != newest_revision():
        yield f"the database is of revision {revision}, this program of {newest_revision()}: charley serve upgrades it"
        return
    missing = sorted(set(METADATA.tables) - set(tables_of(connection)))
    yield from (f"the table {name} is missing" for name in missing)
    if not missing:
        yield from _of_installation(connection)
        yield from _of_references(connection)
        yield from _of_diaries(connection)
        yield from _of_nights(connection)


def _of_installation(connection: Connection) -> Iterator[str]:
    table = METADATA.tables["installation"]
    count = connection.scalar(sa.select(sa.func.count()).select_from(table))
    if count != 1:
        yield f"the table installation has {count} rows in place of one"


def _of_references(connection: Connection) -> Iterator[str]:
    for table in METADATA.sorted_tables:
        for key in table.foreign_key_constraints:
            (here,), (there,) = key.columns, [element.column for element in key.elements]
            target = there.table.alias()
            lost = sa.select(sa.func.count()).select_from(table).where(
                here.is_not(None), ~sa.exists().where(target.c[there.name] == here)
            )  # fmt: skip
            count = connection.scalar(lost)
            if count:
                yield f"{count} of {table.name}.{here.name} lead to no row of {there.table.name}"


def _of_diaries(connection: Connection) -> Iterator[str]:
    """Compare the counter of each feed with the changes in it."""
    told = (
        sa.select(
            _NIGHTS.c.patient_id,
            sa.func.max(_NIGHTS.c.revision).label("highest"),
            sa.func.count().label("nights"),
            sa.func.count(sa.distinct(_NIGHTS.c.revision)).label("places"),
        )
        .group_by(_NIGHTS.c.patient_id)
        .subquery()
    )
    query = sa.select(told, _DIARIES.c.revision).outerjoin(_DIARIES, _DIARIES.c.patient_id == told.c.patient_id)
    for row in _streamed(connection, query.order_by(told.c.patient_id)):
        who = f"the diary of patient {row.patient_id}"
        if row.revision is None:
            yield f"{who} has {row.nights} nights and no counter"
        elif row.revision < row.highest:
            yield f"{who} counts to {row.revision}, and a night stands at {row.highest}"
        if row.places != row.nights:
            yield f"{who} has two nights at one place of its feed"


def _of_nights(connection: Connection) -> Iterator[str]:
    """Compare every night with its history, both read once and side by side."""
    histories = groupby(_streamed(connection, _ordered(_REVISIONS, _REVISIONS.c.id)), key=_key)
    nights = iter(_streamed(connection, _ordered(_NIGHTS)))
    night = next(nights, None)
    for key, history in histories:
        while night is not None and _key(night) < key:
            yield f"{_name(night)} has no history"
            night = next(nights, None)
        mine = night if night is not None and _key(night) == key else None
        yield from _of_one_night(key, mine, history)
        if mine is not None:
            night = next(nights, None)
    while night is not None:
        yield f"{_name(night)} has no history"
        night = next(nights, None)


def _of_one_night(key: tuple[Any, ...], night: Any, history: Iterator[Any]) -> Iterator[str]:
    name = f"the night {key[1]} of patient {key[0]}"
    stands: str | None = None
    at = None
    for revision in history:
        if revision.old != stands:
            yield f"{name}: a change was made to something other than what stood before it"
        if revision.action != "refused":
            stands, at = revision.new, revision.at
    if night is None:
        yield f"{name} has a history and no row"
        return
    if night.document != stands:
        yield f"{name} is not its last revision"
    elif night.received_at != at:
        yield f"{name} was not received when its last revision was"
    if night.document is None:
        return
    if night.etag != etag_of(night.document):
        yield f"{name} has a version that is not its own"
    told = compared_columns(parsed(night.document))
    wrong = [column for column, value in told.items() if getattr(night, column) != value]
    if wrong:
        yield f"{name}: {', '.join(wrong)} differ from what was told"


def _ordered(table: sa.Table, *last: Any) -> Any:
    return sa.select(table).order_by(table.c.patient_id, table.c.night_date, *last)


def _streamed(connection: Connection, query: Any) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)


def _key(row: Any) -> tuple[Any, ...]:
    return (row.patient_id, row.night_date)


def _name(row: Any) -> str:
    return f"the night {row.night_date} of patient {row.patient_id}"
