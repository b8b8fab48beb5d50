"""The files people choose: Charley's own zip, or one or two tables in any order."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from backend.exports.errors import DiaryFileError

UPLOAD_BYTES_MAX = 4 * 1024 * 1024
TABLE_BYTES_MAX = 16 * 1024 * 1024
_ZIP = b"PK\x03\x04"


def tables_of(files: Sequence[bytes]) -> Sequence[bytes]:
    """Return the tables in one or two files: those of a zip, else the files themselves.

    Raises
    ------
    DiaryFileError
        A file is a spreadsheet's own, or a zip without nights.

    """
    zips = [content for content in files if content.startswith(_ZIP)]
    return _unpacked(zips[0]) if zips else files


def _unpacked(content: bytes) -> Sequence[bytes]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {PurePosixPath(name).name: name for name in archive.namelist()}
            if "[Content_Types].xml" in names:
                raise DiaryFileError("spreadsheet", "This is a spreadsheet's own file; save it as CSV and choose that.")
            if "nights.csv" not in names:
                raise DiaryFileError("zip_without_nights", "The zip holds no nights.csv.")
            return [_member(archive, names[name]) for name in ("nights.csv", "cramps.csv") if name in names]
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise DiaryFileError("unreadable", "The zip is damaged or locked.") from None


def _member(archive: ZipFile, name: str) -> bytes:
    """Read one table; what unpacks to more than it may is not unpacked to its end."""
    with archive.open(name) as member:
        content = member.read(TABLE_BYTES_MAX + 1)
    if len(content) > TABLE_BYTES_MAX:
        raise DiaryFileError("too_many_nights", f"{name} may unpack to at most {TABLE_BYTES_MAX} bytes.")
    return content
