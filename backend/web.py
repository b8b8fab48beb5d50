"""The web server: granian, with workers that are replaced whenever they die and never left behind.

Left to itself granian lets servers of one user share a port, leaves workers to serve on when their parent is killed,
and ends after two deaths within seconds. What this module takes from inside granian, because nothing public offers it,
is held by ``tests/backend/test_granian.py``.
"""

import ctypes
import logging
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.sharedctypes import RawArray
from pkgutil import resolve_name
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess

from backend.lifeline import end_with, end_within
from backend.listening import BACKLOG

FACTORY = "backend.app:create_app"
WORKERS = 2
CHECK_S = 0.1
STOP_S = 3
# A place is filled again this long after its last start at the earliest, and twice as long after each failed start.
REST_S = 1.0
LONGEST_REST_S = 30.0
LONGEST_NOTE_BYTES = 400
SERVING = b"serving"
# Ended from outside: that says nothing about whether the next one can start.
ENDED_BY_OTHERS = frozenset({-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT})

log = logging.getLogger(__name__)


def serve(listener: socket.socket, *, threads: int, factory: str = FACTORY) -> None:
    """Answer on a listening socket until SIGTERM, SIGINT or SIGHUP; a SIGHUP that was ignored at start stays ignored.

    What is being answered then has ``STOP_S`` seconds. A worker that dies is replaced, however often. Workers end with
    this process, whatever ends it, provided that this is called from its main thread.

    Parameters
    ----------
    listener : socket as `backend.listening.bound` gives it.
    threads : how many requests each worker answers at once.
    factory : the function that returns the application, as ``module:name``; each worker calls it.

    """
    server = _Server(listener, factory, threads)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        # Started by nohup. granian has just set handlers of its own when it calls this.
        server.on_startup(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    try:
        server.serve(target_loader=partial(_load, factory, os.getpid()), wrap_loader=False)
    finally:
        # Python takes its handlers back when it ends: a second Ctrl-C would make an orderly end look like a crash.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for worker in server.wrks:
            worker.kill()


def _load(factory: str, parent: int, note: Any) -> Callable[..., Any]:
    """Return the application, in a worker; the note tells the parent how that went."""
    end_with(parent)
    # A request that comes at the wrong moment keeps granian from ending.
    end_within(STOP_S)
    # Until granian listens to signals here, the parent's end ends the start, and Ctrl-C or a closed terminal is the
    # parent's business.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        application: Callable[..., Any] = resolve_name(factory)()
    except Exception as error:
        # The text of an exception may hold a password.
        place = traceback.extract_tb(error.__traceback__)[-1]
        note.value = f"{type(error).__name__} at {place.filename}:{place.lineno}".encode()[: LONGEST_NOTE_BYTES - 1]
        sys.exit(1)
    note.value = SERVING
    return application


@dataclass
class _Place:
    """What is known of one of the workers, and of those that were in its place before.

    Attributes
    ----------
    note : what the worker tells of itself, in memory that outlives it.
    started : when it was started, in seconds of the monotonic clock.
    failures : how many in a row could not start.
    due : when the next one is to start, once this one is dead.

    """

    note: Any = field(default_factory=lambda: RawArray(ctypes.c_char, LONGEST_NOTE_BYTES))
    started: float = 0.0
    failures: int = 0
    due: float | None = None

    def begin(self) -> None:
        """Note that a worker starts here."""
        self.note.value = b""
        self.started = time.monotonic()
        self.due = None

    def end(self, status: int | None) -> float:
        """Note that the worker is dead; return how long its place stays empty, in seconds."""
        now = time.monotonic()
        rest = max(0.0, self.started + REST_S - now)
        if self.note.value == SERVING:
            self.failures = 0
        elif status not in ENDED_BY_OTHERS:
            self.failures += 1
            rest = min(LONGEST_REST_S, REST_S * 2 ** (self.failures - 1))
        self.due = now + rest
        return rest


class _Server(MPServer):
    """granian on a socket that is already bound, with workers looked after in one place: here."""

    _ssp: Any
    _sfd: Any
    _shd: Any
    _sso: Any

    def __init__(self, listener: socket.socket, factory: str, threads: int) -> None:
        host, port = listener.getsockname()[:2]
        super().__init__(
            factory,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=WORKERS,
            blocking_threads=threads,
            backlog=BACKLOG,
            # Ctrl-C reaches workers twice, from the terminal and from their parent, and leaves some waiting forever.
            workers_kill_timeout=STOP_S,
            log_access=False,
            log_level=LogLevels.warning,
        )
        self._listener = listener
        self._places = [_Place() for _ in range(WORKERS)]

    def signal_handler_interrupt(self, *_args: Any, **_kwargs: Any) -> None:
        """End. Only a flag: the lock of an event may be held by the very code that a signal interrupts."""
        self.interrupt_signal = True

    def signal_handler_reload(self, *_args: Any, **_kwargs: Any) -> None:
        """End, where granian would start new workers: a server whose terminal was closed is not meant to go on."""
        self.interrupt_signal = True

    def _init_shared_socket(self) -> None:
        """Hand one socket to all workers, as granian does where the system knows no SO_REUSEPORT.

        With that option each worker had a socket of its own, and connections were spread a little more evenly; but any
        program of the same user could listen beside them, and connections were lost with a worker that had not taken
        them yet.
        """
        self._ssp = None
        self._sfd = self._listener.fileno()
        self._shd = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[call-arg]
        self._sso = self._listener

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Any, callback_loader: Any
    ) -> WorkerProcess:
        place = self._places[idx]
        place.begin()
        worker = super()._spawn_worker(idx, target, partial(callback_loader, place.note))
        # Deaths are noticed below: granian's own watcher is not to count them.
        worker.interrupt_by_parent = True
        return worker

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while not self.interrupt_signal:
            for idx, place in enumerate(self._places):
                if place.due is None and not self.wrks[idx].is_alive():
                    self._tell(idx, place.end(self.wrks[idx].inner.exitcode))
                if place.due is not None and time.monotonic() >= place.due:
                    self._replace(idx, spawn_target, target_loader)
            time.sleep(CHECK_S)

    def _replace(self, idx: int, spawn_target: Any, target_loader: Any) -> None:
        worker = self._spawn_worker(idx, spawn_target, target_loader)
        try:
            worker.start()
        except OSError as error:
            # No memory or no process to spare just now.
            self._places[idx].note.value = type(error).__name__.encode()
            self._tell(idx, self._places[idx].end(None))
        else:
            self.wrks[idx] = worker

    def _tell(self, idx: int, rest: float) -> None:
        note, status = self._places[idx].note.value, self.wrks[idx].inner.exitcode
        if note == SERVING:
            what = f"ended with status {status}"
        else:
            what = f"cannot start ({note.decode(errors='replace') or f'status {status}'})"
        when = f"in {rest:.0f} s" if rest >= 0.5 else "now"
        log.warning("web worker %d %s; the next one starts %s", idx + 1, what, when)
