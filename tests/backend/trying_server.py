"""The web server with an application that makes trouble: ``python -m … APPLICATION``, settings as for Charley."""

import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from backend import web
from backend.listening import bound

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
FOREVER_S = 600
PASSWORD = "swordfish"


def instance() -> Path:
    return Path(os.environ["INSTANCE_DIR"])


def note(event: str) -> None:
    (instance() / f"{event}-{os.getpid()}").touch()


def troublesome() -> Application:
    """Return an application that answers with its process, and some paths of which it is not well."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/dies":
                os._exit(1)
            case "/slow":
                note("slow")
                while not (instance() / "go-on").exists():
                    time.sleep(0.01)
            case "/waits":
                note("waits")
                time.sleep(FOREVER_S)
            case "/hangs":
                note("hangs")
                # Holds the interpreter: no other thread and no Python handler of signals runs meanwhile.
                ctypes.PyDLL(None).sleep(FOREVER_S)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(os.getpid()).encode()]

    return answer


def failing() -> Application:
    """Return an application once the file ``mended`` is there."""
    if not (instance() / "mended").exists():
        raise RuntimeError(f"cannot connect with password {PASSWORD}")
    return troublesome()


def crashing() -> Application:
    """Die without a word, as a library does that was built for another processor."""
    os.abort()


def starting() -> Application:
    """Get ready after a very long time, or as soon as a signal was caught."""
    note("starting")
    ctypes.PyDLL(None).sleep(FOREVER_S)
    note("started")
    return troublesome()


if __name__ == "__main__":
    with bound("127.0.0.1", int(os.environ["PORT"])) as listener:
        web.serve(listener, threads=2, factory=f"tests.backend.trying_server:{sys.argv[1]}")
