"""Upgrades: from every landed revision, killed anywhere, by two at once; and what a program refuses to upgrade."""

import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from backend.accounts.tombstones import FILE_NAME, Tombstones
from backend.config import Settings
from backend.operations import upgrade
from backend.operations.archive import reading
from backend.operations.check import faults
from backend.operations.engines import engine_of, tables_of
from backend.operations.errors import InUseError, NewerDatabaseError, OperationError
from backend.operations.revisions import (
    MIGRATIONS,
    PROGRAM,
    known_revisions,
    migrating,
    newest_revision,
    revision_of,
    run_migrations,
)
from backend.operations.use import Use
from tests.backend.places import PEOPLE, killed, make_of_revision, rows_of, start, tombstones_of

LANDED = known_revisions()
# A migration that landed never changes: databases out there have what it made. One that is new is added here.
CHECKSUMS = {
    "0001_first_schema": "ecd1e0f8115ef3be7cd785a8b0e7d371753fe7d95d027026b02d3fe159ab492d",
    "0004_reminders": "17964078291d50d62268c949c794f18c5b183d8aa1937e7a8ba8c485f70a4855",
    "0005_health": "4a4750b115465ef791f5e2074ebe1783b141578e7c2d757037aabf613e870f00",
    "0006_passkeys": "44d40c150561b2d01093ec2879f7dd480299105a0b69feb85cb5bb3588870d53",
    "0007_ended_sessions": "6878da43f4f4b883bd54b348de85e41391749dd7600c65c46832beb1de65634a",
    "0008_holds": "527a103512bf3d32955e25b74e5a1f2f9c8d7e4320987877336bec710fb09cca",
    "0009_restores": "9fe93ec7498d843beed8580f2181f3ceec2ec875001cf1834b8475c5da41f014",
    "0010_looks": "6c21301b6d865fff9566e753bfc0a8faa40ab1e5e7fb20e3b2f7cd99c4302524",
}
SETTLED = "UPDATE alembic_version", "INSERT INTO alembic_version"


def test_landed_migrations_never_change() -> None:
    files = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == CHECKSUMS


def assert_whole(place: Settings) -> None:
    rows = rows_of(place)
    assert list(faults(place.database_url)) == []
    assert len(rows["nights"]) == len(rows["night_revisions"]) == len(rows["users"]) == PEOPLE


@pytest.mark.parametrize("revision", LANDED[:-1])
def test_every_landed_revision_is_brought_up_to_date_after_a_backup(place: Settings, revision: str) -> None:
    make_of_revision(place, revision)
    before = rows_of(place)
    start(place)
    assert_whole(place)
    [kept] = place.instance_dir.glob("before-*.charley")
    assert kept.stat().st_mode & 0o077 == 0
    with reading(kept) as archive:
        archive.verify()
        assert archive.manifest.revision == revision
        assert {name: member.lines for name, member in archive.manifest.tables.items()} == {
            name: len(rows) for name, rows in before.items()
        }
    start(place)
    assert list(place.instance_dir.glob("before-*.charley")) == [kept]


def test_a_database_with_nobody_in_it_is_not_backed_up(place: Settings) -> None:
    with migrating(engine_of(place.database_url)) as connection:
        run_migrations(connection, LANDED[0])
    start(place)
    assert list(place.instance_dir.glob("*.charley")) == []


@pytest.mark.parametrize("revision", [None, *LANDED[:-1]])
def test_killed_at_each_migration_it_starts_again_with_everything(place: Settings, revision: str | None) -> None:
    if revision:
        make_of_revision(place, revision)
    steps = len(LANDED) - (LANDED.index(revision) + 1 if revision else 0)
    moments: list[dict[str, Any]] = [{"at": 0}]
    moments += [{"at": at, "statements": SETTLED} for at in range(1, steps + 1)]
    for moment in moments:
        assert killed(lambda: start(place), **moment)
        with engine_of(place.database_url).connect() as connection:
            assert revision_of(connection) == revision
            assert revision or tables_of(connection) == []
    start(place)
    if revision:
        assert_whole(place)
    assert list(faults(place.database_url)) == []
    assert [path.name for path in place.instance_dir.glob(".*")] == []


def test_killed_at_every_statement_of_the_first_start_it_starts_again(place: Settings) -> None:
    at = 1
    while killed(lambda: start(place), at=at):
        at += 3
    assert at > 30
    assert list(faults(place.database_url)) == []


@pytest.mark.parametrize("revision", [None, LANDED[0]])
def test_of_several_that_start_at_once_all_succeed(place: Settings, revision: str | None) -> None:
    if revision:
        make_of_revision(place, revision)
    failed: list[Exception] = []
    barrier = threading.Barrier(4)

    def begin() -> None:
        barrier.wait(timeout=30)
        try:
            start(place)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(faults(place.database_url)) == []
    assert len(list(place.instance_dir.glob("before-*.charley"))) == bool(revision)


def test_an_older_program_says_that_the_database_is_newer(place: Settings) -> None:
    start(place)
    with engine_of(place.database_url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
        connection.execute(sa.text("UPDATE installation SET program = '7.0'"))
    with pytest.raises(NewerDatabaseError, match=rf"revision 0999 was made by Charley 7\.0; this is Charley {PROGRAM}"):
        start(place)
    assert list(faults(place.database_url)) == [
        f"its revision 0999 was made; this is Charley {PROGRAM}, which knows up to {newest_revision()}"
    ]


def test_two_versions_do_not_share_a_database(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "PATIENCE_WITH_USERS_S", 0.2)
    mine = upgrade.open_database(place.database_url, tombstones_of(place), place.instance_dir)
    also = upgrade.open_database(place.database_url, tombstones_of(place), place.instance_dir)
    monkeypatch.setattr(upgrade, "PROGRAM", "another version")
    with pytest.raises(InUseError, match="a server of another version of Charley uses this database"):
        start(place)
    mine.release()
    also.release()
    start(place)
    monkeypatch.setattr(upgrade, "PROGRAM", PROGRAM)
    start(place)


def test_whoever_has_a_database_alone_is_waited_for(place: Settings) -> None:
    start(place)
    alone = Use.of(place.database_url)
    assert alone.take()
    assert not Use.of(place.database_url).share()
    waiting = threading.Thread(target=start, args=(place,))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    alone.release()
    waiting.join(30)
    assert not waiting.is_alive()


def test_tables_of_another_program_are_left_alone(place: Settings) -> None:
    with engine_of(place.database_url).begin() as connection:
        connection.execute(sa.text("CREATE TABLE users (name text)"))
        connection.execute(sa.text("INSERT INTO users VALUES ('somebody')"))
    with pytest.raises(OperationError, match="tables of another version of Charley: "):
        start(place)
    with engine_of(place.database_url).connect() as connection:
        assert tables_of(connection) == ["users"]
        assert connection.scalar(sa.text("SELECT name FROM users")) == "somebody"


@pytest.mark.parametrize("table", ["users", "nights", "installation"])
def test_an_empty_table_of_another_program_stays(place: Settings, table: str) -> None:
    with engine_of(place.database_url).begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE {table} (name text)"))
    with pytest.raises(OperationError):
        start(place)
    with engine_of(place.database_url).connect() as connection:
        assert tables_of(connection) == [table]


def test_what_a_first_start_of_an_earlier_version_left_is_cleared(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/charley.sqlite3"
    with engine_of(url).begin() as connection:
        connection.execute(sa.text("CREATE TABLE installation (id integer, epoch char(32), demo boolean)"))
        connection.execute(sa.text("CREATE TABLE users (id integer)"))
    upgrade.open_database(url, Tombstones(tmp_path / FILE_NAME), tmp_path).release()
    assert list(faults(url)) == []


def test_a_table_that_is_rebuilt_takes_no_rows_along(tmp_path: Path) -> None:
    """On SQLite, where a migration that changes a column makes the table anew."""
    engine = engine_of(f"sqlite:///{tmp_path}/charley.sqlite3")
    with migrating(engine) as connection:
        run_migrations(connection, LANDED[0])
        connection.execute(sa.text("CREATE TABLE parents (id integer PRIMARY KEY)"))
        connection.execute(
            sa.text("CREATE TABLE children (parent_id integer REFERENCES parents (id) ON DELETE CASCADE)")
        )
        connection.execute(sa.text("INSERT INTO parents VALUES (1)"))
        connection.execute(sa.text("INSERT INTO children VALUES (1)"))
    with migrating(engine) as connection:
        connection.execute(sa.text("CREATE TABLE anew (id integer PRIMARY KEY, name text)"))
        connection.execute(sa.text("INSERT INTO anew (id) SELECT id FROM parents"))
        connection.execute(sa.text("DROP TABLE parents"))
        connection.execute(sa.text("ALTER TABLE anew RENAME TO parents"))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM children")) == 1
        assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
    with (
        pytest.raises(OperationError, match="a row of children refers to a row of parents that is not there"),
        migrating(engine) as connection,
    ):
        connection.execute(sa.text("DELETE FROM parents"))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM parents")) == 1
