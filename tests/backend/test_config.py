"""Settings: read once, each with its default and its bounds; a bad one is named."""

import os
import signal
import stat
from pathlib import Path

import pytest

from backend.config import ConfigError, Settings, kept_secret, push_lines
from backend.vapid import make_private_key, public_key_of
from tests.backend.places import killed

GIVEN = {"DATABASE_URL": "postgresql://charley@db.example.org/charley", "SECRET_KEY": "k" * 32}


def settings(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_env({"INSTANCE_DIR": str(tmp_path), **environ})


def test_an_empty_environment_is_a_whole_installation_on_this_machine(tmp_path: Path) -> None:
    made = settings(tmp_path)
    assert made == Settings(
        database_url=f"sqlite:///{tmp_path}/charley.sqlite3",
        secret_key=made.secret_key,
        public_url="http://127.0.0.1:8000",
        instance_dir=tmp_path,
    )
    assert (made.host, made.port, made.trusted_proxies, made.redis_url) == ("127.0.0.1", 8000, 0, None)
    assert made.login_limits == ("10/minute", "60/minute")
    assert made.secure is False


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    instance = tmp_path / "new" / "instance"
    first = settings(instance).secret_key
    assert len(first) == 64
    assert settings(instance).secret_key == first
    assert settings(tmp_path / "other").secret_key != first
    assert stat.S_IMODE((instance / "secret-key").stat().st_mode) == 0o600


def test_a_given_secret_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    assert settings(instance, SECRET_KEY="s" * 32).secret_key == "s" * 32
    assert not instance.exists()


def test_an_empty_variable_is_an_absent_one(tmp_path: Path) -> None:
    names = (
        "DATABASE_URL", "SECRET_KEY", "PUBLIC_URL", "HOST", "PORT", "TRUSTED_PROXIES", "REDIS_URL",
        "LOGIN_LIMIT_ACCOUNT", "LOGIN_LIMIT_ADDRESS", "CHARLEY_DEMO_PASSWORD", "VAPID_PRIVATE_KEY", "VAPID_SUBJECT",
        "PUSH_TEST_SERVICE",
    )  # fmt: skip
    assert settings(tmp_path, **dict.fromkeys(names, "")) == settings(tmp_path)


GOOD = [
    ("DATABASE_URL", "postgresql://u:p@h:5433/d", "database_url", "postgresql+psycopg://u:p@h:5433/d"),
    ("DATABASE_URL", "postgresql+psycopg://u@h/d", "database_url", "postgresql+psycopg://u@h/d"),
    ("DATABASE_URL", "sqlite:///elsewhere.sqlite3", "database_url", "sqlite:///elsewhere.sqlite3"),
    ("SECRET_KEY", "s" * 32, "secret_key", "s" * 32),
    ("PUBLIC_URL", "https://charley.example.org/", "public_url", "https://charley.example.org"),
    ("PUBLIC_URL", "http://localhost:8000", "public_url", "http://localhost:8000"),
    ("HOST", "0.0.0.0", "host", "0.0.0.0"),
    ("PORT", "1", "port", 1),
    ("PORT", "65535", "port", 65535),
    ("TRUSTED_PROXIES", "0", "trusted_proxies", 0),
    ("TRUSTED_PROXIES", "9", "trusted_proxies", 9),
    ("REDIS_URL", "redis://127.0.0.1:6379/0", "redis_url", "redis://127.0.0.1:6379/0"),
    ("REDIS_URL", "rediss://r.example.org", "redis_url", "rediss://r.example.org"),
    ("REDIS_URL", "unix:///run/redis.sock", "redis_url", "unix:///run/redis.sock"),
    ("LOGIN_LIMIT_ACCOUNT", "5 per hour", "login_limits", ("5 per hour", "60/minute")),
    ("LOGIN_LIMIT_ADDRESS", "100/minute;1000/day", "login_limits", ("10/minute", "100/minute;1000/day")),
    ("CHARLEY_DEMO_PASSWORD", "x" * 10, "demo_password", "x" * 10),
    ("CHARLEY_DEMO_PASSWORD", "x" * 128, "demo_password", "x" * 128),
]


@pytest.mark.parametrize(("name", "value", "field", "read"), GOOD)
def test_each_variable_is_read(tmp_path: Path, name: str, value: str, field: str, read: object) -> None:
    assert getattr(settings(tmp_path, **GIVEN | {name: value}), field) == read


BAD = [
    ("DATABASE_URL", "nonsense", "DATABASE_URL is not a database address"),
    ("DATABASE_URL", "mysql://u@h/d", "DATABASE_URL must name sqlite or postgresql, not 'mysql'"),
    ("SECRET_KEY", "s" * 31, "SECRET_KEY must have at least 32 characters, not 31"),
    ("SECRET_KEY", "", "SECRET_KEY is required when DATABASE_URL is set"),
    ("PUBLIC_URL", "charley.example.org", "PUBLIC_URL must look like https://"),
    ("PUBLIC_URL", "ftp://charley.example.org", "PUBLIC_URL must look like https://"),
    ("PUBLIC_URL", "https://", "PUBLIC_URL must look like https://"),
    ("PUBLIC_URL", "http://[::1", "PUBLIC_URL must look like https://"),
    ("PORT", "0", "PORT must be a whole number from 1 to 65535, not '0'"),
    ("PORT", "65536", "PORT must be a whole number from 1 to 65535, not '65536'"),
    ("PORT", "eight", "PORT must be a whole number"),
    ("PORT", "8000.0", "PORT must be a whole number"),
    ("PORT", "٨", "PORT must be a whole number"),
    ("PORT", "9" * 5000, "PORT must be a whole number"),
    ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number from 0 to 9, not '-1'"),
    ("TRUSTED_PROXIES", "10", "TRUSTED_PROXIES must be a whole number from 0 to 9, not '10'"),
    ("REDIS_URL", "http://127.0.0.1", "REDIS_URL must begin with redis://"),
    ("REDIS_URL", "redis://[::1", "REDIS_URL must begin with redis://"),
    ("LOGIN_LIMIT_ACCOUNT", "often", "LOGIN_LIMIT_ACCOUNT must look like 10/minute, not 'often'"),
    ("LOGIN_LIMIT_ADDRESS", "10/fortnight", "LOGIN_LIMIT_ADDRESS must look like 10/minute"),
    ("CHARLEY_DEMO_PASSWORD", "x" * 9, "CHARLEY_DEMO_PASSWORD must have 10 to 128 characters, not 9"),
    ("CHARLEY_DEMO_PASSWORD", "x" * 129, "CHARLEY_DEMO_PASSWORD must have 10 to 128 characters, not 129"),
]


@pytest.mark.parametrize(("name", "value", "message"), BAD)
def test_a_bad_value_stops_the_start_and_names_the_variable(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=f"^{message.split('(')[0]}"):
        settings(tmp_path, **GIVEN | {name: value})


def test_a_bad_database_address_does_not_repeat_its_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL") as raised:
        settings(tmp_path, **GIVEN | {"DATABASE_URL": "postgresql:/u:hunter2@h/d"})
    assert "hunter2" not in str(raised.value)


def test_the_public_address_follows_host_and_port(tmp_path: Path) -> None:
    assert settings(tmp_path, HOST="localhost", PORT="9000").public_url == "http://localhost:9000"
    assert settings(tmp_path, PUBLIC_URL="https://charley.example.org").secure is True


def test_keys_for_reminders_are_a_pair_of_lines_that_the_settings_read(tmp_path: Path) -> None:
    lines = dict(line.split("=", 1) for line in push_lines("operator@example.org").splitlines())
    made = settings(tmp_path, **lines)
    assert made.vapid_private_key == lines["VAPID_PRIVATE_KEY"]
    assert made.vapid_subject == "mailto:operator@example.org"
    assert made.vapid_public_key == public_key_of(lines["VAPID_PRIVATE_KEY"])
    assert push_lines("operator@example.org") != push_lines("operator@example.org")


def test_kept_keys_are_found_and_those_of_the_environment_come_first(tmp_path: Path) -> None:
    assert settings(tmp_path).vapid_public_key is None
    (tmp_path / "push-keys").write_text(push_lines("kept@example.org"))
    assert settings(tmp_path).vapid_subject == "mailto:kept@example.org"
    given = {"VAPID_PRIVATE_KEY": make_private_key(), "VAPID_SUBJECT": "https://charley.example.org"}
    assert settings(tmp_path, **given).vapid_subject == "https://charley.example.org"


GOOD_KEY = make_private_key()
BAD_KEYS = ["short", "A" * 42, "A" * 44, "é" * 43, "A" * 43, "_" * 43]


@pytest.mark.parametrize("key", BAD_KEYS)
def test_a_bad_key_for_reminders_is_named_and_not_repeated(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigError, match="VAPID_PRIVATE_KEY must be 32 bytes in base64url") as raised:
        settings(tmp_path, VAPID_PRIVATE_KEY=key, VAPID_SUBJECT="mailto:operator@example.org")
    assert key not in str(raised.value)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"VAPID_PRIVATE_KEY": GOOD_KEY}, "VAPID_SUBJECT is missing"),
        ({"VAPID_SUBJECT": "mailto:operator@example.org"}, "VAPID_PRIVATE_KEY is missing"),
        ({"VAPID_PRIVATE_KEY": GOOD_KEY, "VAPID_SUBJECT": "operator@example.org"}, "VAPID_SUBJECT must look like"),
        ({"VAPID_PRIVATE_KEY": GOOD_KEY, "VAPID_SUBJECT": "http://example.org"}, "VAPID_SUBJECT must look like"),
        ({"PUSH_TEST_SERVICE": "http://192.0.2.1:9000"}, "PUSH_TEST_SERVICE must look like"),
        ({"PUSH_TEST_SERVICE": "http://127.0.0.1:9000", "HOST": "0.0.0.0"}, "PUSH_TEST_SERVICE must look like"),
        ({"PUSH_TEST_SERVICE": "http://127.0.0.1:9000@example.org"}, "PUSH_TEST_SERVICE must look like"),
    ],
)
def test_bad_settings_of_reminders_stop_the_start(tmp_path: Path, environ: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=f"^{message}"):
        settings(tmp_path, **environ)


def die(*_: object) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


@pytest.mark.parametrize("name", ["open", "fdopen", "fsync"])
def test_whoever_is_killed_while_a_secret_is_made_leaves_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "secret-key"
    with monkeypatch.context() as patch:
        patch.setattr(f"backend.config.os.{name}", die)
        assert killed(lambda: kept_secret(path, lambda: "a secret"), at=1)
    assert not path.exists()
    assert kept_secret(path, lambda: "a secret") == "a secret"
    assert kept_secret(path, lambda: "another") == "a secret"
