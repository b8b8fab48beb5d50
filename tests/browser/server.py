"""A real server on demo data, for journeys and for pictures."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.postgres import free_port

PASSWORD = "a password for the demo"
PATIENT, PHYSICIAN = "demo-patient@example.org", "demo-physician@example.org"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass
class Server:
    """A running server; it can be stopped and started again on the same data and port."""

    instance: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self, *, new_session: bool = False, demo: bool = True) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY", "HOST"}}
        settings = {
            "PORT": str(self.port),
            "INSTANCE_DIR": str(self.instance),
            "CHARLEY_DEMO_PASSWORD": PASSWORD,
            "LOGIN_LIMIT_ACCOUNT": "1000/minute",
            "LOGIN_LIMIT_ADDRESS": "1000/minute",
        }
        charley = Path(sys.executable).parent / "charley"
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [charley, "serve", *(["--demo"] if demo else [])],
                env=kept | settings | self.environ,
                stdout=log,
                stderr=log,
                start_new_session=new_session,
                # A shell that runs this in the background may have told it to ignore Ctrl-C.
                preexec_fn=_hear_ctrl_c,
            )
        self._wait_until_healthy()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"the server did not start: {(self.instance / 'server.log').read_text()[-2000:]}")


@contextmanager
def running_server(instance: Path) -> Iterator[Server]:
    server = Server(instance, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def chromium_path() -> str:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise RuntimeError("the journeys need Chromium: install the package chromium or name it in CHROMIUM")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield browser
        browser.close()


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
