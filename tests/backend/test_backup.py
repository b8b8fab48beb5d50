"""Backups: all of it as it was at one moment, the same file from either engine, and no file that is not whole."""

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import MetaData

from backend.app import create_app
from backend.cli import main
from backend.config import Settings
from backend.operations.archive import Archive, reading
from backend.operations.backup import back_up
from backend.operations.check import faults
from backend.operations.engines import engine_of
from backend.operations.errors import ArchiveError, OperationError
from backend.operations.restore import restore
from backend.operations.revisions import newest_revision
from backend.operations.tables import METADATA
from tests.backend.nights import NIGHT, night, path_of
from tests.backend.people import Person, signed_in
from tests.backend.places import make_of_revision, rows_of, served, start, tombstones_of

WRITERS = 8
NIGHTS_EACH = 12


def back_up_to(place: Settings, path: Path) -> Path:
    back_up(engine_of(place.database_url), tombstones_of(place), path)
    return path


def test_every_table_is_known_where_they_are_told() -> None:
    known: MetaData = create_app(Settings.for_documents()).extensions["sqlalchemy"].metadata
    assert known.tables.keys() == METADATA.tables.keys()


def test_a_backup_holds_every_row_of_every_table_in_words_of_its_own(place: Settings, tmp_path: Path) -> None:
    make_of_revision(place, newest_revision())
    file = back_up_to(place, tmp_path / "one.charley")
    assert file.stat().st_mode & 0o777 == 0o600
    with reading(file) as archive:
        archive.verify()
        for name, rows in rows_of(place).items():
            assert sorted((tuple(row.values()) for row in archive.rows(name)), key=repr) == rows, name


def test_what_is_there_keeps_its_name_until_the_new_one_is_whole(place: Settings, tmp_path: Path) -> None:
    start(place)
    file = tmp_path / "daily.charley"
    file.write_text("an older backup")
    with pytest.raises(OperationError):
        back_up(engine_of(f"sqlite:///{tmp_path}/nowhere.sqlite3"), tombstones_of(place), file)
    assert file.read_text() == "an older backup"
    back_up_to(place, file)
    with reading(file) as archive:
        archive.verify()
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_backup_under_eight_writers_is_of_one_moment(place: Settings, other_place: Settings, tmp_path: Path) -> None:
    def write(person: Person) -> None:
        for number in range(NIGHTS_EACH):
            day = NIGHT - timedelta(days=number)
            answer = person.put(path_of(day), night(day))
            assert answer.status_code == 201
            headers = {"If-Match": answer.headers["ETag"]}
            assert person.put(path_of(day), night(day, note="changed"), headers=headers).status_code == 200

    with served(place) as app, ThreadPoolExecutor(WRITERS) as pool:
        people = [signed_in(app, "patient", f"{number}@example.org") for number in range(WRITERS)]
        writing = [pool.submit(write, person) for person in people]
        files = []
        while not all(work.done() for work in writing):
            files.append(back_up_to(place, tmp_path / f"{len(files)}.charley"))
        for work in writing:
            work.result()
    files.append(back_up_to(place, tmp_path / "last.charley"))
    counts = []
    for file in {files[0], files[len(files) // 2], files[-1]}:
        restore(other_place.database_url, tombstones_of(other_place), other_place.instance_dir, file)
        assert list(faults(other_place.database_url)) == []
        counts.append(len(rows_of(other_place)["nights"]))
    assert max(counts) == WRITERS * NIGHTS_EACH


def test_where_nothing_can_be_written_one_line_says_so(
    place: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(place)
    monkeypatch.setenv("DATABASE_URL", place.database_url)
    monkeypatch.setenv("SECRET_KEY", place.secret_key)
    monkeypatch.setenv("INSTANCE_DIR", str(place.instance_dir))
    runner = CliRunner()
    result = runner.invoke(main, ["backup", str(tmp_path / "nowhere" / "one.charley")])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "cannot be written: No such file or directory" in result.stderr
    result = runner.invoke(main, ["backup", str(tmp_path / "one.charley")])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 nights and 0 accounts" in result.stdout
    result = runner.invoke(main, ["restore", str(tmp_path / "none.charley")])
    assert (result.exit_code, result.stderr) == (2, f"Error: there is no file {tmp_path / 'none.charley'}\n")


def test_a_database_that_was_never_started_has_nothing_to_back_up(place: Settings, tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="there is nothing to back up"):
        back_up_to(place, tmp_path / "one.charley")
    assert list(tmp_path.glob("*.charley")) == []


def damaged(file: Path) -> list[Path]:
    """Return copies of a backup, each with a damage of its own."""
    data = file.read_bytes()
    copies = {"empty": b"", "text": b"a letter\n", "half": data[: len(data) // 2], "torn": data[:-1]}
    for place in range(40, len(data), len(data) // 60):
        copies[f"flipped-{place}"] = data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]
    written = []
    for name, content in copies.items():
        written.append(file.with_name(f"{name}.damaged"))
        written[-1].write_bytes(content)
    return written


def test_a_damaged_backup_is_never_taken_for_a_whole_one(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    settings = Settings(f"sqlite:///{folder}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=folder)
    make_of_revision(settings, newest_revision())
    file = back_up_to(settings, tmp_path / "one.charley")
    with reading(file) as archive:
        whole = contents(archive)
    for copy in damaged(file):
        try:
            with reading(copy) as archive:
                archive.verify()
                assert contents(archive) == whole, copy.name
        except ArchiveError as error:
            told = str(error)
            assert told.startswith(str(copy)), copy.name


def contents(archive: Archive) -> object:
    return archive.manifest.tables, [list(archive.rows(name)) for name in archive.manifest.tables]


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("manifest.json", lambda told: {**told, "format": 2}),
        ("manifest.json", lambda told: {key: value for key, value in told.items() if key != "tables"}),
        ("manifest.json", lambda told: {**told, "tables": {"nights": {"lines": 1}}}),
        ("manifest.json", lambda told: []),
    ],
)
def test_a_zip_of_something_else_is_refused(tmp_path: Path, member: str, change: object) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    settings = Settings(f"sqlite:///{folder}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=folder)
    start(settings)
    file, other = back_up_to(settings, tmp_path / "one.charley"), tmp_path / "other.charley"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, json.dumps(change(json.loads(data))) if name == member else data)  # type: ignore[operator]
    with pytest.raises(ArchiveError, match=str(other)), reading(other) as archive:
        archive.verify()
