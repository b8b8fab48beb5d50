"""A backup as a file: the same from SQLite and from PostgreSQL, read and written row by row.

It is a ZIP file. ``tables/<name>.jsonl`` holds one row a line, as a JSON array in the order of its columns;
``deleted-accounts`` names the accounts that must not come back; ``manifest.json``, written last, gives the schema
revision, the kind of every column, and of every other member the number of lines and the SHA-256.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar
from uuid import UUID

from sqlalchemy import CHAR, Boolean, Date, DateTime, Float, Integer, LargeBinary, String, Uuid
from sqlalchemy.types import TypeEngine

from backend.db import UtcDateTime
from backend.files import written_whole
from backend.operations.errors import ArchiveError

Item = TypeVar("Item")
FORMAT = 1
MANIFEST = "manifest.json"
DELETED_ACCOUNTS = "deleted-accounts"
ROWS_AT_ONCE = 500
# The fastest: most of the time goes there, and what is written shrinks to a sixth either way.
_LEVEL = 1
_READ_BYTES = 1 << 20
# What the libraries say of bytes that nobody wrote as they are.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, ValueError, TypeError, AttributeError,
    RuntimeError, OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: as which type a database has it, and how JSON does."""

    type: TypeEngine[Any]
    write: Callable[[Any], Any] | None = None
    read: Callable[[Any], Any] | None = None


KINDS: Mapping[str, Kind] = {
    "integer": Kind(Integer()),
    "number": Kind(Float()),
    "text": Kind(String()),
    "boolean": Kind(Boolean()),
    "date": Kind(Date(), date.isoformat, date.fromisoformat),
    "instant": Kind(UtcDateTime(), datetime.isoformat, datetime.fromisoformat),
    "uuid": Kind(Uuid(), str, UUID),
    "bytes": Kind(LargeBinary(), lambda value: b64encode(value).decode(), b64decode),
}
_UUID_DIGITS = 32


def kind_of(type_: TypeEngine[Any]) -> str:
    """Return the kind of a column from the type that its database tells; ``ArchiveError`` where there is none."""
    if isinstance(type_, Uuid) or (isinstance(type_, CHAR) and type_.length == _UUID_DIGITS):
        return "uuid"
    classes = {
        "boolean": Boolean, "instant": DateTime, "date": Date, "bytes": LargeBinary, "integer": Integer,
        "number": Float, "text": String,
    }  # fmt: skip
    for kind, class_ in classes.items():
        if isinstance(type_, class_):
            return kind
    raise ArchiveError(f"a column of type {type_!r} has no place in a backup")


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a member: lines, SHA-256 of its bytes, and for a table the kind of each column."""

    lines: int
    sha256: str
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``revision`` is the newest migration its database had, ``program`` who wrote it."""

    format: int
    program: str
    revision: str
    made_at: str
    tables: Mapping[str, Member]
    deleted_accounts: Member

    def summary(self) -> str:
        """Return how much it holds, in a few words."""
        lines = {name: member.lines for name, member in self.tables.items()}
        nights, accounts = lines.get("nights", 0), lines.get("users", 0)
        return f"{nights:,} nights and {accounts:,} accounts as of {self.made_at[:19]} UTC, revision {self.revision}"


class Writer:
    """Writes the members of a backup one after another."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._tables: dict[str, Member] = {}

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Write a table; ``columns`` gives the kind of each column, in the order of the values in ``rows``."""
        writers = [KINDS[kind].write for kind in columns.values()]
        lines = (_line(row, writers) for row in rows)
        self._tables[name] = self._member(_member_of(name), lines, columns)

    def close(self, *, program: str, revision: str, made_at: datetime, deleted: Iterable[str]) -> Manifest:
        """Write the lines about deleted accounts and, last, what the backup says of itself; return that."""
        gone = self._member(DELETED_ACCOUNTS, (f"{line}\n" for line in deleted), {})
        manifest = Manifest(FORMAT, program, revision, made_at.isoformat(), self._tables, gone)
        self._file.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        return manifest

    def _member(self, name: str, lines: Iterable[str], columns: Mapping[str, str]) -> Member:
        count, digest = 0, hashlib.sha256()
        with self._file.open(name, "w", force_zip64=True) as member:
            for some in batches(lines):
                data = "".join(some).encode()
                digest.update(data)
                member.write(data)
                count += len(some)
        return Member(count, digest.hexdigest(), columns)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write a backup that takes its name when all of it is on the disk; what was there until then stays until then.

    Raises
    ------
    ArchiveError
        The file cannot be written there.

    """
    try:
        with (
            written_whole(path) as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as file,
        ):
            yield Writer(file)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written: {error.strerror or type(error).__name__}") from None


class Archive:
    """A backup that is read."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self.path = path
        self._file = file
        self.manifest = self._read_manifest()

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Return the rows of a table, by column, in the types of ``KINDS``."""
        columns = self.manifest.tables[table].columns
        readers = [(name, KINDS[kind].read) for name, kind in columns.items()]
        with self._open(_member_of(table)) as member:
            for line in member:
                yield {
                    name: value if value is None or read is None else read(value)
                    for (name, read), value in zip(readers, json.loads(line), strict=True)
                }

    def deleted_accounts(self) -> list[str]:
        """Return the lines about accounts that were deleted."""
        with self._open(DELETED_ACCOUNTS) as member:
            return member.read().decode().splitlines()

    def verify(self) -> None:
        """Read all of it once; ``ArchiveError`` where a member is not the one that was written."""
        members = {_member_of(name): member for name, member in self.manifest.tables.items()}
        for name, member in {**members, DELETED_ACCOUNTS: self.manifest.deleted_accounts}.items():
            digest, lines = hashlib.sha256(), 0
            with self._open(name) as file:
                while data := file.read(_READ_BYTES):
                    digest.update(data)
                    lines += data.count(b"\n")
            if (digest.hexdigest(), lines) != (member.sha256, member.lines):
                raise self._damaged(f"{name} is not what was written")

    def _read_manifest(self) -> Manifest:
        with self._open(MANIFEST) as member:
            told = dict(json.loads(member.read()))
            if told.get("format") != FORMAT:
                raise ArchiveError(f"{self.path} is of another format than the one that is read here, {FORMAT}")
            tables = {name: Member(**table) for name, table in told.pop("tables").items()}
            deleted = Member(**told.pop("deleted_accounts"))
            return Manifest(**told, tables=tables, deleted_accounts=deleted)

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._file.open(name) as member:
                yield member
        except _UNREADABLE:
            raise self._damaged(f"{name} cannot be read") from None

    def _damaged(self, what: str) -> ArchiveError:
        return ArchiveError(f"{self.path} is damaged: {what}")


@contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """Open a backup.

    Raises
    ------
    ArchiveError
        There is no such file, it is no backup of Charley, or it is not whole.

    """
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise ArchiveError(f"there is no file {path}") from None
    except PermissionError:
        raise ArchiveError(f"{path} may not be read") from None
    except _UNREADABLE:
        raise ArchiveError(f"{path} is no backup of Charley, or its end is missing") from None
    with file:
        if MANIFEST not in file.namelist():
            raise ArchiveError(f"{path} is no backup of Charley")
        yield Archive(path, file)


def _member_of(table: str) -> str:
    return f"tables/{table}.jsonl"


def batches(lines: Iterable[Item]) -> Iterator[list[Item]]:
    """Return what comes in lists of at most ``ROWS_AT_ONCE``, so that no more of it is in memory."""
    source = iter(lines)
    while some := list(islice(source, ROWS_AT_ONCE)):
        yield some


def _line(row: Sequence[Any], writers: Sequence[Callable[[Any], Any] | None]) -> str:
    values = [
        value if value is None or write is None else write(value) for value, write in zip(row, writers, strict=True)
    ]
    return json.dumps(values, separators=(",", ":")) + "\n"
