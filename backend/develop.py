"""A server for those who work on Charley: both halves begin anew when one of their files changes, at one address.

Vite serves the front end from its sources and hands what is for the back end on to Flask, which starts again by itself.
"""

import os
import signal
import sys
import threading
from contextlib import suppress

from flask import Flask

from backend import demo, server
from backend.companion import kept_running
from backend.config import PROJECT_ROOT, ConfigError, Settings
from backend.instance import locked
from backend.lifeline import end_with
from backend.listening import bound

APPLICATION = "backend.develop:application"
FRONTEND = PROJECT_ROOT / "frontend"
VITE = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"


def main() -> None:
    """Serve demo data until stopped; ``PORT`` is Vite's, the back end takes a free one.

    Raises
    ------
    ConfigError
        The port is taken, or another server has the instance directory.

    """
    server.point_at_demo_data()
    settings = Settings.from_env()
    with locked(settings.instance_dir, server.address(settings)):
        # Vite would say that the port is taken only after everything else has started.
        with bound(settings.host, settings.port), bound(settings.host, 0) as free:
            port = free.getsockname()[1]
        server.make_demo_data(settings)
        with server.ready_app(settings).app_context():
            sign_ins = demo.sign_ins(settings)
        flask = [sys.executable, "-m", "flask", "--app", APPLICATION, "run", "--reload"]
        vite = ["node", str(VITE), str(FRONTEND), "--host", settings.host, "--port", str(settings.port), "--strictPort"]
        back_end = f"http://{settings.host}:{port}"
        with (
            kept_running([*flask, "--host", settings.host, "--port", str(port)], restart_after_s=1),
            kept_running(["env", f"BACK_END={back_end}", *vite]),
        ):
            server.tell_where(settings, sign_ins)
            threading.Event().wait()


def application() -> Flask:
    """Return the application for the process that Flask starts anew after each change."""
    # Flask ends none of its processes with another.
    end_with(os.getppid())
    return server.ready_app(Settings.from_env())


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            main()
    except ConfigError as error:
        sys.exit(f"Error: {error}")
