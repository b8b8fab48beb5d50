"""What commands say when database or disk refuse: one line that names the matter, and exit status 2."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backend.cli import main
from tests.backend.troubles import BUSY, DAMAGED, UNREACHABLE

KEY = "a key for tests " * 2


def letter(folder: Path) -> dict[str, str]:
    file = folder / "letter"
    file.write_text("This is a letter, and not a database. " * 200)
    return {"DATABASE_URL": f"sqlite:///{file}"}


def others_tables(folder: Path) -> dict[str, str]:
    file = folder / "other.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE users (id INTEGER)")
    other.close()
    return {"DATABASE_URL": f"sqlite:///{file}"}


def taken(folder: Path) -> dict[str, str]:
    (folder / "file").touch()
    return {"INSTANCE_DIR": str(folder / "file")}


PLACES: dict[str, tuple[Callable[[Path], dict[str, str]], str]] = {
    "another file": (letter, f"{DAMAGED} Please look at DATABASE_URL."),
    "another program's tables": (others_tables, "tables of another version of Charley: table users already exists"),
    "no folder": (lambda _: {"DATABASE_URL": "sqlite:////nowhere/charley.sqlite3"}, UNREACHABLE),
    "nobody at the address": (
        lambda _: {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        "The database does not answer. Please look at DATABASE_URL.",
    ),
    "an instance directory that is a file": (taken, "File exists: "),
    "an instance directory that cannot be": (lambda _: {"INSTANCE_DIR": "/proc/nothing"}, "/proc/nothing"),
}


def run(folder: Path, *command: str, **environ: str) -> Result:
    given = {"INSTANCE_DIR": str(folder), "SECRET_KEY": KEY, "DATABASE_URL": None, **environ}
    return CliRunner().invoke(main, command, env=given)


def refused(result: Result) -> str:
    assert result.exit_code == 2, (result.output, result.exception)
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("place", PLACES)
def test_a_command_says_in_one_line_what_is_the_matter(tmp_path: Path, place: str) -> None:
    arrange, words = PLACES[place]
    assert words in refused(run(tmp_path, "users", "list", **arrange(tmp_path)))


def test_a_command_that_meets_somebody_who_writes_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, "users", "list").exit_code == 0
    monkeypatch.setattr("backend.db.BUSY_MS", 50)
    other = sqlite3.connect(tmp_path / "charley.sqlite3")
    other.execute("BEGIN IMMEDIATE")
    create = ("users", "create", "rose@example.org", "--role", "patient", "--password", "a long enough password")
    assert refused(run(tmp_path, *create)) == f"Error: {BUSY}"
    other.rollback()
    other.close()
    assert run(tmp_path, *create).exit_code == 0


def test_a_fault_of_the_program_is_seen_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise sqlite3.IntegrityError("a mistake")

    monkeypatch.setattr("backend.accounts.service.list_users", fail)
    assert isinstance(run(tmp_path, "users", "list").exception, sqlite3.IntegrityError)
