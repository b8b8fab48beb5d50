"""The instance directory belongs to one server at a time."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from backend.config import ConfigError, usable

LOCK_FILE = "server-lock"
# The workers of a server that was killed a moment ago hold its lock until they have ended too.
PATIENCE_S = 2.0
_RETRY_S = 0.05


@contextmanager
def locked(instance_dir: Path, address: str) -> Iterator[None]:
    """Keep the instance directory for the server at ``address`` while the block runs; it is made if it is missing.

    The kernel keeps the lock for this process and those forked from it, and lets go when the last of them has ended,
    whatever ended it. What a lock file says that nobody holds means nothing.

    Raises
    ------
    ConfigError
        Another server has the directory, or nothing can be written to it.

    """
    with ExitStack() as held:
        with usable(instance_dir):
            _take(instance_dir, address, held)
        yield


def _take(instance_dir: Path, address: str, held: ExitStack) -> None:
    instance_dir.mkdir(parents=True, exist_ok=True)
    folder = _opened(instance_dir, os.O_RDONLY, held)
    # Whoever empties the directory takes the lock file away, but not the directory. Some network file systems lock
    # files only.
    with suppress(OSError):
        _lock(folder, instance_dir)
    file = _opened(instance_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, held)
    _lock(file, instance_dir)
    os.ftruncate(file, 0)
    held.callback(os.ftruncate, file, 0)
    os.pwrite(file, f"{os.getpid()} {address}".encode(), 0)


def _opened(path: Path, flags: int, held: ExitStack) -> int:
    descriptor = os.open(path, flags, 0o600)
    held.callback(os.close, descriptor)
    return descriptor


def _lock(descriptor: int, instance_dir: Path) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise ConfigError(
                    f"INSTANCE_DIR {instance_dir} is in use by another server{_holder(instance_dir)}: "
                    "stop it first, or give this one an INSTANCE_DIR of its own"
                ) from None
            time.sleep(_RETRY_S)


def _holder(instance_dir: Path) -> str:
    """Return what is known of who holds the lock, for the message."""
    with suppress(OSError, ValueError):
        pid, address = (instance_dir / LOCK_FILE).read_text().split()
        return f" (process {int(pid)} on {address})"
    return ""
