"""A copy that is put back by hand is noticed at the next start, whatever engine and whoever stopped the server."""

import shutil
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.config import Settings
from backend.operations import pulse
from backend.operations.engines import engine_of, sqlite_file
from backend.operations.pulse import Pulse
from backend.operations.upgrade import open_database
from tests.backend.places import make_of_revision, start, tombstones_of
from tests.backend.test_restore import value


def put_back(place: Settings, counted: object, epoch: object) -> None:
    with engine_of(place.database_url).begin() as connection:
        connection.execute(sa.text("UPDATE installation SET pulse = :pulse"), {"pulse": counted})
        connection.execute(sa.text("UPDATE diaries SET epoch = NULL"))
    assert value(place, "epoch") == epoch


def test_a_server_that_starts_again_keeps_the_epoch(place: Settings) -> None:
    start(place)
    epoch = value(place, "epoch")
    for _ in range(3):
        mine = Pulse(place.database_url, place.instance_dir)
        assert not mine.begin()
        with mine.kept(lambda: True):
            pass
    assert value(place, "epoch") == epoch
    assert value(place, "epoch_since") is None


def test_an_older_copy_begins_a_new_epoch_once(place: Settings) -> None:
    make_of_revision(place, "0009")
    start(place)
    mine = Pulse(place.database_url, place.instance_dir)
    mine.begin()
    copied, epoch = value(place, "pulse"), value(place, "epoch")
    mine.beat()
    put_back(place, copied, epoch)
    assert Pulse(place.database_url, place.instance_dir).begin()
    new = value(place, "epoch")
    assert new != epoch
    assert value(place, "epoch_since") is not None
    with engine_of(place.database_url).connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM diaries WHERE epoch IS NOT NULL")) == 0
    assert not Pulse(place.database_url, place.instance_dir).begin()
    assert value(place, "epoch") == new


def test_a_copy_on_another_machine_begins_a_new_epoch(place: Settings, tmp_path: Path) -> None:
    start(place)
    Pulse(place.database_url, place.instance_dir).begin()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert Pulse(place.database_url, elsewhere).begin()
    assert not Pulse(place.database_url, elsewhere).begin()


def test_a_file_copied_back_is_noticed(tmp_path: Path) -> None:
    place = Settings(f"sqlite:///{tmp_path}/charley.sqlite3", "k" * 40, "http://localhost", instance_dir=tmp_path)
    start(place)
    mine = Pulse(place.database_url, tmp_path)
    mine.begin()
    file = sqlite_file(place.database_url)
    assert file
    with mine.kept(lambda: True):
        shutil.copy(file, tmp_path / "copy")
    shutil.copy(tmp_path / "copy", file)
    assert Pulse(place.database_url, tmp_path).begin()


def test_a_running_server_counts_on_and_claims_its_share_anew(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "BEAT_S", 0.02)
    monkeypatch.setattr(pulse, "RENEW_S", 0.01)
    use = open_database(place.database_url, tombstones_of(place), place.instance_dir)
    mine = Pulse(place.database_url, place.instance_dir)
    mine.begin()
    renewed = []

    def renew() -> bool:
        renewed.append(mine.seen())
        return use.renew()

    with mine.kept(renew):
        while len(renewed) < 3:
            time.sleep(0.01)
    assert renewed[0] < renewed[-1]
    assert mine.seen() == value(place, "pulse")
    use.release()
