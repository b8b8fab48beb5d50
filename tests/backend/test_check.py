"""The check: a sound database is called sound, and every kind of fault is told by a line."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from backend.cli import main
from backend.config import Settings
from backend.operations.check import faults
from backend.operations.engines import engine_of
from backend.operations.revisions import newest_revision
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import Person, signed_in
from tests.backend.places import make_of_revision, served, start
from tests.backend.test_deletion import live_fully

pytestmark = pytest.mark.usefixtures("morning")
Check = Callable[[str], Result]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    def run(database_url: str) -> Result:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("SECRET_KEY", "k" * 40)
        monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
        return CliRunner().invoke(main, ["check"])

    return run


@pytest.fixture
def kept(place: Settings) -> Iterator[Flask]:
    """A database that people used in every way, with nights deleted and refused."""
    with served(place) as app:
        _use(app)
        yield app


def _use(app: Flask) -> None:
    live_fully(app, signed_in(app, "patient"), signed_in(app, "physician"))
    other = signed_in(app, "patient", "other@example.org")
    (version,) = record(other, night())
    assert other.delete(path_of(), headers={"If-Match": version}).status_code == 204
    record(other, night(note="once more"))


def test_what_people_did_is_sound(kept: Flask, place: Settings, check: Check) -> None:
    result = check(place.database_url)
    assert (result.exit_code, result.stdout) == (0, "sound\n")


FAULTS = {
    "UPDATE nights SET document = replace(document, 'twice', 'thrice') WHERE document LIKE '%twice%'": "last revision",
    "UPDATE nights SET etag = 'x' WHERE document LIKE '%twice%'": "has a version that is not its own",
    "UPDATE nights SET cramps = 99 WHERE document LIKE '%twice%'": "cramps differ from what was told",
    "UPDATE nights SET worst_pain = NULL, late = true WHERE document LIKE '%twice%'": "worst_pain differ from",
    "DELETE FROM nights WHERE document LIKE '%twice%'": "has a history and no row",
    "DELETE FROM night_revisions WHERE new LIKE '%once more%'": "is not its last revision",
    "DELETE FROM night_revisions WHERE action = 'recorded' AND new LIKE '%ever written%'": "other than what stood",
    "DELETE FROM night_revisions WHERE night_date = '2026-11-03'": "has no history",
    "DELETE FROM diaries": "and no counter",
    "UPDATE diaries SET revision = 0": "counts to 0",
    "UPDATE nights SET revision = 1": "two nights at one place",
    "DELETE FROM installation": "installation has 0 rows",
}  # fmt: skip


@pytest.mark.parametrize("change", FAULTS)
def test_every_kind_of_fault_is_told(kept: Flask, place: Settings, check: Check, change: str) -> None:
    with engine_of(place.database_url).begin() as connection:
        assert connection.execute(sa.text(change)).rowcount
    result = check(place.database_url)
    assert result.exit_code == 1
    assert FAULTS[change] in result.stdout
    assert "ever written" not in result.stdout


def test_a_reference_that_leads_nowhere_is_told(tmp_path: Path, check: Check) -> None:
    place = Settings(f"sqlite:///{tmp_path}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=tmp_path)
    make_of_revision(place, newest_revision())
    with engine_of(place.database_url).connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.execute(sa.text("DELETE FROM users WHERE id = 2"))
        connection.commit()
    result = check(place.database_url)
    assert result.exit_code == 1
    assert "1 of nights.patient_id lead to no row of users" in result.stdout
    assert "1 of passkeys.user_id lead to no row of users" in result.stdout


def test_a_copy_of_the_file_alone_is_told_in_words(tmp_path: Path, check: Check) -> None:
    """Everything that was written since the server began may stand in the journal beside it."""
    folder = tmp_path / "served"
    folder.mkdir()
    place = Settings(f"sqlite:///{folder}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=folder)
    with engine_of(place.database_url).connect() as open_all_the_time:
        open_all_the_time.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        start(place)
        shutil.copy(folder / "charley.sqlite3", tmp_path / "copy.sqlite3")
    result = check(f"sqlite:///{tmp_path}/copy.sqlite3")
    assert result.exit_code == 1
    assert (
        "has no tables: a copy of this file alone leaves out what stood in copy.sqlite3-wal beside it" in result.stdout
    )
    assert "copy with charley backup" in result.stdout


def test_what_is_no_database_of_charley_is_told(tmp_path: Path, check: Check) -> None:
    file = tmp_path / "other.sqlite3"
    url = f"sqlite:///{file}"
    result = check(url)
    assert (result.exit_code, result.stderr) == (2, f"Error: there is no database {file}\n")
    assert not file.exists()
    file.write_bytes(b"")
    assert (check(url).exit_code, "has no tables" in check(url).stdout) == (1, True)
    file.write_text("a letter to nobody, as long as the header of a file" * 20)
    result = check(url)
    assert (result.exit_code, result.stdout) == (1, f"{file} is no SQLite database\n")
    file.unlink()
    with engine_of(url).begin() as connection:
        connection.execute(sa.text("CREATE TABLE birds (name text)"))
    assert check(url).exit_code == 1


def test_an_older_database_is_told(place: Settings, check: Check) -> None:
    make_of_revision(place, "0007")
    result = check(place.database_url)
    assert result.exit_code == 1
    assert result.stdout.startswith("the database is of revision 0007")


@pytest.mark.parametrize("page", [2, 5, 12])
def test_a_damaged_file_is_told(tmp_path: Path, check: Check, page: int) -> None:
    place = Settings(f"sqlite:///{tmp_path}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=tmp_path)
    make_of_revision(place, newest_revision())
    file = tmp_path / "charley.sqlite3"
    data = bytearray(file.read_bytes())
    data[(page - 1) * 4096 : (page - 1) * 4096 + 600] = b"\xa5" * 600
    file.write_bytes(data)
    result = check(place.database_url)
    assert result.exit_code == 1
    assert result.stdout


def test_a_fault_names_no_word_of_a_person(kept: Flask, place: Settings) -> None:
    person: dict[str, Any] = {"note": f"{NIGHT} told"}
    other = Person(kept, "other@example.org")
    other.sign_in()
    record(other, night(NIGHT.replace(day=2), **person))
    with engine_of(place.database_url).begin() as connection:
        connection.execute(sa.text("UPDATE nights SET cramps = 77, late = true, etag = NULL"))
    told = " ".join(faults(place.database_url))
    for word in (person["note"], "once more", "other@example.org"):
        assert word not in told
