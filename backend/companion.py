"""A second process kept running beside this one: started again when it dies, stopped when this one stops."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

CHECK_S = 0.5
RESTART_AFTER_S = 5
STOP_S = 10


@contextmanager
def kept_running(command: Sequence[str], *, restart_after_s: float = RESTART_AFTER_S) -> Iterator[None]:
    """Keep a command running while the block runs; it is asked to stop (SIGTERM) at the end."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=(command, stopping, restart_after_s))
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep(command: Sequence[str], stopping: threading.Event, restart_after_s: float) -> None:
    while not stopping.is_set():
        # In a session of its own: Ctrl-C in a terminal reaches this process alone, which then ends the other in order.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
        while process.poll() is None and not stopping.wait(CHECK_S):
            pass
        if process.poll() is None:
            _end(process)
        else:
            stopping.wait(restart_after_s)


def _end(process: subprocess.Popen[bytes]) -> None:
    # With all that it started itself: some commands are a shell around another.
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
