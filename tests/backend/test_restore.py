"""Restores: all or nothing, from either engine into either, without whoever was deleted, never beneath a user."""

import itertools
import os
import signal
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from backend.config import Settings
from backend.operations.archive import reading
from backend.operations.check import faults
from backend.operations.engines import engine_of, tables_of
from backend.operations.errors import ArchiveError, InUseError, NewerDatabaseError
from backend.operations.pulse import Pulse
from backend.operations.restore import Restored, restore
from backend.operations.revisions import known_revisions, newest_revision
from backend.operations.use import Use
from tests.backend.errors import refusal
from tests.backend.nights import NIGHT, night, path_of, record
from tests.backend.people import PASSWORD, Person, read, signed_in
from tests.backend.places import PEOPLE, killed, make_of_revision, rows_of, served, start, tombstones_of, used
from tests.backend.test_backup import back_up_to

# What a restore changes: sign-ins end, and phones begin anew.
CHANGED = {"installation", "users", "ended_sessions", "reminder_clock", "diaries"}


def restored(place: Settings, file: Path) -> Restored:
    return restore(place.database_url, tombstones_of(place), place.instance_dir, file)


def value(place: Settings, column: str) -> object:
    with engine_of(place.database_url).connect() as connection:
        return connection.scalar(sa.text(f"SELECT {column} FROM installation"))


@pytest.mark.parametrize("revision", known_revisions())
def test_a_backup_of_any_landed_revision_comes_back_on_either_engine(
    place: Settings, other_place: Settings, tmp_path: Path, revision: str
) -> None:
    make_of_revision(place, revision)
    file = back_up_to(place, tmp_path / "one.charley")
    start(place)
    done = restored(other_place, file)
    assert (done.replaced, done.removed, done.manifest.revision) == (None, 0, revision)
    assert list(faults(other_place.database_url)) == []
    before, after = rows_of(place), rows_of(other_place)
    for name, rows in before.items():
        if name not in CHANGED:
            assert after[name] == rows, name
    assert len(after["users"]) == PEOPLE
    start(other_place)


def test_a_backup_of_what_was_restored_is_the_same_on_either_engine(
    place: Settings, other_place: Settings, tmp_path: Path
) -> None:
    make_of_revision(place, newest_revision())
    first = back_up_to(place, tmp_path / "first.charley")
    restored(other_place, first)
    second = back_up_to(other_place, tmp_path / "second.charley")
    with reading(first) as one, reading(second) as other:
        told, again = one.manifest.tables, other.manifest.tables
        assert told.keys() == again.keys()
        for name in told.keys() - CHANGED:
            assert told[name] == again[name], name


def test_ids_are_counted_on_from_the_highest(place: Settings, other_place: Settings, tmp_path: Path) -> None:
    make_of_revision(place, newest_revision())
    restored(other_place, back_up_to(place, tmp_path / "one.charley"))
    with served(other_place) as app:
        record(signed_in(app, "patient", "new@example.org"), night())
    assert list(faults(other_place.database_url)) == []


@pytest.mark.usefixtures("morning")
def test_after_a_restore_everybody_signs_in_again_and_phones_are_told(place: Settings, tmp_path: Path) -> None:
    later = NIGHT.replace(day=1)
    with used(place) as app:
        patient = signed_in(app, "patient")
        record(patient, night())
        before = read(patient.get("/api/nights?cursor=0"))
        file = back_up_to(place, tmp_path / "one.charley")
        assert patient.put(path_of(later), night(later)).status_code == 201
    done = restored(place, file)
    assert done.replaced
    assert done.replaced.exists()
    with used(place) as app:
        patient.client.application = app
        refusal(patient.get("/api/me"), "unauthorized")
        again = Person(app, patient.email)
        assert again.sign_in().status_code == 200
        after = read(again.get("/api/nights?cursor=0"))
    assert after["epoch"] != before["epoch"]
    assert [one["night_date"] for one in after["nights"]] == [NIGHT.isoformat()]


def test_what_was_replaced_can_be_put_back(place: Settings, tmp_path: Path) -> None:
    start(place)
    empty = back_up_to(place, tmp_path / "empty.charley")
    with used(place) as app:
        signed_in(app, "patient")
    done = restored(place, empty)
    assert rows_of(place)["users"] == []
    replaced = done.replaced
    assert replaced
    if replaced.suffix != ".charley":
        beside = Settings(f"sqlite:///{replaced}", place.secret_key, place.public_url, instance_dir=tmp_path)
        assert list(faults(beside.database_url)) == []
        replaced = back_up_to(beside, tmp_path / "replaced.charley")
    restored(place, replaced)
    assert len(rows_of(place)["users"]) == 1


def leave(app: object, email: str) -> UUID:
    person = Person(app, email)  # type: ignore[arg-type]
    person.sign_in()
    gone = person.id
    assert person.delete("/api/me", json={"password": PASSWORD}).status_code == 204
    return gone


def test_who_was_deleted_on_either_side_stays_deleted(place: Settings, other_place: Settings, tmp_path: Path) -> None:
    with used(place) as app:
        for name in ("first", "second", "third", "stays"):
            signed_in(app, "patient", f"{name}@example.org")
        everybody = back_up_to(place, tmp_path / "everybody.charley")
        first = leave(app, "first@example.org")
        without_first = back_up_to(place, tmp_path / "without.charley")
        second = leave(app, "second@example.org")

    assert restored(place, everybody).removed == 2
    assert [row[2] for row in rows_of(place)["users"]] == ["third@example.org", "stays@example.org"]

    # A machine that never saw the deletions learns of those in the backup.
    assert restored(other_place, without_first).removed == 0
    assert tombstones_of(other_place).ids() == [first]
    assert restored(other_place, everybody).removed == 1
    assert len(rows_of(other_place)["users"]) == 3
    assert second not in tombstones_of(other_place).ids()


def test_nothing_is_restored_beneath_whoever_uses_the_database(place: Settings, tmp_path: Path) -> None:
    with used(place) as app:
        signed_in(app, "patient")
        file = back_up_to(place, tmp_path / "one.charley")
        before = rows_of(place)
        with pytest.raises(InUseError, match="stop it first"):
            restored(place, file)
        assert rows_of(place) == before
    restored(place, file)
    # Whoever restores has the database alone, and lets go of it.
    assert Use.of(place.database_url).share()


def test_a_damaged_or_newer_backup_changes_nothing(place: Settings, tmp_path: Path) -> None:
    make_of_revision(place, newest_revision())
    file = back_up_to(place, tmp_path / "one.charley")
    data = file.read_bytes()
    before, names = rows_of(place), sorted(place.instance_dir.iterdir())
    damaged = tmp_path / "damaged.charley"
    for position in range(100, len(data), len(data) // 12):
        damaged.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        try:
            restored(place, damaged)
        except ArchiveError:
            assert rows_of(place) == before
        else:
            restored(place, file)
            before = rows_of(place)
    with engine_of(place.database_url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
    newer = back_up_to(place, tmp_path / "newer.charley")
    with pytest.raises(NewerDatabaseError, match="0999"):
        restored(place, newer)
    assert {path for path in names if not path.exists()} == set()


@pytest.mark.parametrize("filled", [False, True])
def test_killed_anywhere_a_restore_happened_or_did_not(place: Settings, tmp_path: Path, filled: bool) -> None:
    source = Settings(f"sqlite:///{tmp_path}/source.sqlite3", "k" * 40, "http://localhost", instance_dir=tmp_path)
    make_of_revision(source, newest_revision())
    file = back_up_to(source, tmp_path / "one.charley")
    if filled:
        with served(place) as app:
            signed_in(app, "patient")
    for at in itertools.count(0, 31):
        if not killed(lambda: restored(place, file), at=at):
            break
        with engine_of(place.database_url).connect() as connection:
            people = connection.scalar(sa.text("SELECT count(*) FROM users")) if tables_of(connection) else 0
        # On SQLite the commit of the draft is not yet that of the restore.
        assert people == (1 if filled else 0)
    assert len(rows_of(place)["users"]) == PEOPLE
    assert list(faults(place.database_url)) == []
    assert [path.name for path in place.instance_dir.glob("*restoring*")] == []


@pytest.mark.parametrize("step", ["hardlink_to", "rename", "replace"])
def test_killed_while_files_change_places_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    place = Settings(f"sqlite:///{folder}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=folder)
    make_of_revision(place, newest_revision())
    file = back_up_to(place, tmp_path / "one.charley")
    with served(place) as app:
        signed_in(app, "patient")
    with monkeypatch.context() as patch:
        patch.setattr(Path, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        # Nothing is renamed where the journal was emptied.
        assert killed(lambda: restored(place, file), at=100_000) or step == "rename"
    if step != "rename":
        assert len(rows_of(place)["users"]) == PEOPLE + 1
    restored(place, file)
    assert len(rows_of(place)["users"]) == PEOPLE
    assert list(faults(place.database_url)) == []


def test_a_restored_copy_is_not_taken_for_one_put_back_by_hand(place: Settings, tmp_path: Path) -> None:
    start(place)
    Pulse(place.database_url, place.instance_dir).begin()
    file = back_up_to(place, tmp_path / "one.charley")
    for _ in range(3):
        Pulse(place.database_url, place.instance_dir).beat()
    restored(place, file)
    epoch = value(place, "epoch")
    assert not Pulse(place.database_url, place.instance_dir).begin()
    assert value(place, "epoch") == epoch
