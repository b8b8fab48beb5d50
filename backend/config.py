"""Settings: the environment is read once, here, and a bad value stops start-up by name."""

import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from limits import parse_many
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from backend.files import written_whole
from backend.vapid import make_private_key, public_key_of

PROJECT_ROOT = Path(__file__).resolve().parent.parent
PASSWORD_LENGTH_MIN = 10
PASSWORD_LENGTH_MAX = 128  # Flask-Security's own bound, which has no setting
PUSH_KEYS_FILE = "push-keys"
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


class ConfigError(ValueError):
    """A setting is missing or malformed; the message names the variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the server is told from outside.

    Attributes
    ----------
    database_url : SQLAlchemy URL; SQLite in the instance directory unless told otherwise.
    secret_key : signs the session cookie.
    public_url : address patients use; ``https`` makes cookies Secure.
    host, port : where the server listens.
    trusted_proxies : how many proxies in front of the server may say who is calling.
    redis_url : shared rate-limit counters; counted per process without it.
    instance_dir : where the embedded database and the generated secret live.
    login_limits : tries per account and minute, tries per address and minute.
    demo_password : password of the demo sign-ins; made at first run without it.
    vapid_private_key : signs reminders (RFC 8292), 32 bytes in base64url; none are sent without it.
    vapid_public_key : its other half, 65 bytes in base64url, with which browsers subscribe.
    vapid_subject : whom push services may write to about them, ``mailto:`` or ``https:``.
    push_test_service : address of a push service on this machine, for tests.

    """

    database_url: str
    secret_key: str
    public_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: int = 0
    redis_url: str | None = None
    instance_dir: Path = PROJECT_ROOT / "instance"
    login_limits: tuple[str, str] = ("10/minute", "60/minute")
    demo_password: str | None = None
    vapid_private_key: str | None = None
    vapid_public_key: str | None = None
    vapid_subject: str | None = None
    push_test_service: str | None = None

    @property
    def secure(self) -> bool:
        """Whether patients reach the server over https."""
        return self.public_url.startswith("https://")

    @classmethod
    def for_documents(cls) -> "Settings":
        """Return settings that open nothing: enough to describe the API."""
        return cls(database_url="sqlite://", secret_key="-" * 32, public_url="http://localhost")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment.

        Raises
        ------
        ConfigError
            Naming the variable that is missing or malformed.

        """
        instance_dir = Path(environ.get("INSTANCE_DIR") or PROJECT_ROOT / "instance")
        embedded = not environ.get("DATABASE_URL")
        host = environ.get("HOST") or "127.0.0.1"
        port = _whole(environ, "PORT", 8000, 1, 65535)
        return cls(
            database_url=sqlite_url(instance_dir / "charley.sqlite3") if embedded else _database_url(environ),
            secret_key=_secret_key(environ, instance_dir, embedded=embedded),
            public_url=_public_url(environ, host, port),
            host=host,
            port=port,
            trusted_proxies=_whole(environ, "TRUSTED_PROXIES", 0, 0, 9),
            redis_url=_redis_url(environ),
            instance_dir=instance_dir,
            login_limits=(
                _rate(environ, "LOGIN_LIMIT_ACCOUNT", "10/minute"),
                _rate(environ, "LOGIN_LIMIT_ADDRESS", "60/minute"),
            ),
            demo_password=_demo_password(environ),
            **_push(environ, instance_dir, host),
        )


def http_address(host: str, port: int) -> str:
    """Return the address of a server on this machine."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of an SQLite file."""
    return f"sqlite:///{path}"


def _whole(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = environ.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,9}", raw) or not low <= int(raw) <= high:
        raise ConfigError(f"{name} must be a whole number from {low} to {high}, not {raw!r}")
    return int(raw)


def _database_url(environ: Mapping[str, str]) -> str:
    try:
        url = make_url(environ["DATABASE_URL"])
    except ArgumentError:
        raise ConfigError("DATABASE_URL is not a database address such as postgresql://user@host/charley") from None
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    elif url.drivername != "sqlite":
        raise ConfigError(f"DATABASE_URL must name sqlite or postgresql, not {url.drivername!r}")
    return url.render_as_string(hide_password=False)


def _secret_key(environ: Mapping[str, str], instance_dir: Path, *, embedded: bool) -> str:
    key = environ.get("SECRET_KEY", "")
    if key:
        if len(key) < 32:
            raise ConfigError(f"SECRET_KEY must have at least 32 characters, not {len(key)}")
        return key
    if not embedded:
        raise ConfigError("SECRET_KEY is required when DATABASE_URL is set; use 32 or more random characters")
    return kept_secret(instance_dir / "secret-key", lambda: secrets.token_hex(32))


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Return the secret kept at ``path``, made at first use and readable by its owner only."""
    with usable(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _keep(path, make())
        return path.read_text().strip()


def _keep(path: Path, value: str) -> None:
    """Write a secret so that it takes its name when it is whole; where another start was faster, its secret stays."""
    own = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with written_whole(own) as file:
            file.write(value.encode())
        with suppress(FileExistsError):
            path.hardlink_to(own)
    finally:
        own.unlink(missing_ok=True)


@contextmanager
def usable(instance_dir: Path) -> Iterator[None]:
    """Turn what goes wrong with files in the instance directory into a ``ConfigError`` that names it."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"INSTANCE_DIR {instance_dir} cannot be used: {error.strerror}") from None


def _public_url(environ: Mapping[str, str], host: str, port: int) -> str:
    raw = environ.get("PUBLIC_URL") or http_address(host, port)
    parts = _parts(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"PUBLIC_URL must look like https://charley.example.org, not {raw!r}")
    return raw.rstrip("/")


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _redis_url(environ: Mapping[str, str]) -> str | None:
    raw = environ.get("REDIS_URL") or None
    if raw and _parts(raw).scheme not in {"redis", "rediss", "unix"}:
        raise ConfigError("REDIS_URL must begin with redis://, rediss:// or unix://")
    return raw


def _rate(environ: Mapping[str, str], name: str, default: str) -> str:
    raw = environ.get(name) or default
    try:
        parse_many(raw)
    except ValueError:
        raise ConfigError(f"{name} must look like 10/minute, not {raw!r}") from None
    return raw


def _demo_password(environ: Mapping[str, str]) -> str | None:
    raw = environ.get("CHARLEY_DEMO_PASSWORD") or None
    if raw and not PASSWORD_LENGTH_MIN <= len(raw) <= PASSWORD_LENGTH_MAX:
        bounds = f"{PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX}"
        raise ConfigError(f"CHARLEY_DEMO_PASSWORD must have {bounds} characters, not {len(raw)}")
    return raw


def _push(environ: Mapping[str, str], instance_dir: Path, host: str) -> dict[str, str | None]:
    given = dict(environ)
    if not (environ.get("VAPID_PRIVATE_KEY") or environ.get("VAPID_SUBJECT")):
        with usable(instance_dir):
            given = _kept_lines(instance_dir / PUSH_KEYS_FILE)
    key, subject = given.get("VAPID_PRIVATE_KEY") or None, given.get("VAPID_SUBJECT") or None
    if (key is None) != (subject is None):
        missing = "VAPID_SUBJECT" if key else "VAPID_PRIVATE_KEY"
        raise ConfigError(f"{missing} is missing: VAPID_PRIVATE_KEY and VAPID_SUBJECT go together")
    try:
        public = public_key_of(key) if key else None
    except ValueError:
        raise ConfigError("VAPID_PRIVATE_KEY must be 32 bytes in base64url, as charley push-keys makes them") from None
    return {
        "vapid_private_key": key,
        "vapid_public_key": public,
        "vapid_subject": subject and _subject(subject),
        "push_test_service": _push_test_service(environ, host),
    }


def _kept_lines(path: Path) -> dict[str, str]:
    """Return the settings kept in a file, one ``NAME=value`` a line; none where there is no file."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def push_lines(email: str) -> str:
    """Return new settings that set up reminders, for an environment file or for ``PUSH_KEYS_FILE``.

    Raises
    ------
    ConfigError
        ``email`` is no address to which push services could write.

    """
    return f"VAPID_PRIVATE_KEY={make_private_key()}\nVAPID_SUBJECT={_subject(f'mailto:{email}')}\n"


def _subject(raw: str) -> str:
    if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://[^/\s]+(/\S*)?", raw):
        raise ConfigError(f"VAPID_SUBJECT must look like mailto:operator@example.org, not {raw!r}")
    return raw


def _push_test_service(environ: Mapping[str, str], host: str) -> str | None:
    raw = environ.get("PUSH_TEST_SERVICE") or None
    if raw and (host not in LOOPBACK_HOSTS or not re.fullmatch(r"http://127\.0\.0\.1:[0-9]{1,5}", raw)):
        raise ConfigError("PUSH_TEST_SERVICE must look like http://127.0.0.1:9000, and HOST must be a loopback address")
    return raw
