"""An instance directory belongs to one server."""

import fcntl
import os
import stat
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from backend import instance
from backend.config import ConfigError, kept_secret
from backend.instance import LOCK_FILE, locked

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "PATIENCE_S", 0.1)


def test_a_directory_is_made_and_locked_and_says_for_whom(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    with locked(folder, ADDRESS):
        file = folder / LOCK_FILE
        assert file.read_text() == f"{os.getpid()} {ADDRESS}"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == ""


def test_a_locked_directory_is_refused_with_the_name_of_its_server(tmp_path: Path) -> None:
    with locked(tmp_path, ADDRESS):
        expected = rf"{tmp_path} is in use by another server \(process {os.getpid()} on {ADDRESS}\)"
        with pytest.raises(ConfigError, match=expected):
            locked(tmp_path, ADDRESS).__enter__()
    with locked(tmp_path, ADDRESS):
        pass


def test_a_directory_is_the_same_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "instance"
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    with locked(folder, ADDRESS):
        for name in (tmp_path / "link", Path("instance")):
            with pytest.raises(ConfigError, match="in use"):
                locked(name, ADDRESS).__enter__()


def test_emptying_a_directory_does_not_unlock_it(tmp_path: Path) -> None:
    with locked(tmp_path, ADDRESS):
        (tmp_path / LOCK_FILE).unlink()
        with pytest.raises(ConfigError, match="is in use by another server: stop it first"):
            locked(tmp_path, ADDRESS).__enter__()


def test_where_directories_cannot_be_locked_the_file_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = fcntl.flock

    def files_only(descriptor: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError("not on this file system")
        lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", files_only)
    with locked(tmp_path, ADDRESS), pytest.raises(ConfigError, match="in use"):
        locked(tmp_path, ADDRESS).__enter__()


def test_a_server_that_is_just_ending_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "PATIENCE_S", 60)
    with ExitStack() as ending:
        ending.enter_context(locked(tmp_path, ADDRESS))
        threading.Timer(0.3, ending.pop_all().close).start()
        with locked(tmp_path, ADDRESS):
            assert (tmp_path / LOCK_FILE).read_text() == f"{os.getpid()} {ADDRESS}"


def test_what_a_killed_server_left_means_nothing(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text("1 http://127.0.0.1:9999")
    with locked(tmp_path, ADDRESS):
        pass


@pytest.mark.parametrize("inside", ["a-file", "a-file/instance", "link-to-nowhere"])
def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path, inside: str) -> None:
    (tmp_path / "a-file").touch()
    (tmp_path / "link-to-nowhere").symlink_to("/proc/no-such-place")
    folder = tmp_path / inside
    with pytest.raises(ConfigError, match=f"INSTANCE_DIR {folder} cannot be used: "):
        locked(folder, ADDRESS).__enter__()
    with pytest.raises(ConfigError, match=f"INSTANCE_DIR {folder} cannot be used: "):
        kept_secret(folder / "secret-key", lambda: "never made")
