"""Accounts that were deleted, named outside the database: a restored copy must not bring them back."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from backend import clock
from backend.files import sync_folder

FILE_NAME = "deleted-accounts"


@dataclass(frozen=True, slots=True)
class Tombstones:
    """A file that is only added to: one line an account, with its public id and the day (UTC); nothing else."""

    path: Path

    def add(self, public_id: UUID) -> None:
        """Write down a deleted account; on return it is on the disk."""
        self._append([f"{public_id} {clock.now().date()}"])

    def unite(self, lines: Iterable[str]) -> None:
        """Write down the accounts of another such file, too; on return they are on the disk."""
        known = set(self.ids())
        new = {public_id: line for line in lines if (public_id := _id_of(line)) and public_id not in known}
        if new:
            self._append(new.values())

    def ids(self) -> list[UUID]:
        """Return the public ids of all deleted accounts, oldest first; none where there is no file."""
        return [public_id for line in self.lines() if (public_id := _id_of(line))]

    def lines(self) -> list[str]:
        """Return the lines that name an account, oldest first; none where there is no file."""
        try:
            lines = self.path.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        # A line that a power cut tore belongs to a deletion that never took place.
        return [line for line in lines if _id_of(line)]

    def names(self, public_id: UUID) -> bool:
        """Whether an account was deleted; reads the file up to its line, and keeps nothing of it in memory."""
        wanted = str(public_id).encode()
        try:
            with self.path.open("rb") as lines:
                return any(line.split(b" ", 1)[0].strip() == wanted for line in lines)
        except FileNotFoundError:
            return False

    def _append(self, lines: Iterable[str]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            text = "".join(f"{line}\n" for line in lines).encode()
            _write_all(handle, text if _ends_whole(handle) else b"\n" + text)
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self.path.parent)


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _ends_whole(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _id_of(line: str) -> UUID | None:
    first, _, _ = line.partition(" ")
    try:
        return UUID(first)
    except ValueError:
        return None
