"""What Lighthouse (mobile: slow 4G, a processor four times as slow) says of the patient's pages."""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.timing import ROOT
from tests.browser import steps
from tests.browser.server import FLAGS, PASSWORD, PATIENT, Server, chromium_path, running_server
from tests.postgres import free_port

# Only this measurement needs it, with a hundred packages of its own: not worth a place in the lock.
VERSION = "13.5.0"
FOLDER = ROOT / "build" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices")
RUNS = 3
SIGNED_IN = (
    "/", "/cramp", "/nights", "/plan", "/result", "/me", "/me/sharing", "/me/data", "/me/reminders", "/start",
    "/start/safety",
)  # fmt: skip


def run() -> None:
    """Print the scores of the first visit and, signed in, of each place; of performance the median of three runs."""
    _install()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder)) as server,
        _browser(server, Path(folder) / "profile") as (page, port),
    ):
        _measure(server, port, "/welcome", first_visit=True)
        steps.sign_in(page, PATIENT, PASSWORD)
        for path in SIGNED_IN:
            _measure(server, port, path, first_visit=False)


def _install() -> None:
    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-save", "--prefix", ".", f"lighthouse@{VERSION}"]
        subprocess.run(command, cwd=FOLDER, check=True)


@contextmanager
def _browser(server: Server, profile: Path) -> Iterator[tuple[Page, int]]:
    port = free_port()
    with sync_playwright() as playwright:
        # Lighthouse opens its tabs in the browser's own context, so that is where somebody signs in.
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium_path(),
            args=[*FLAGS, f"--remote-debugging-port={port}"],
            base_url=server.url,
            locale="en-GB",
        )
        yield context.new_page(), port
        context.close()


def _measure(server: Server, port: int, path: str, *, first_visit: bool) -> None:
    scores = [_scores(server.url + path, port, first_visit=first_visit) for _ in range(RUNS)]
    shown = [f"{name} {statistics.median(score[name] for score in scores):.0f}" for name in CATEGORIES]
    print(f"Lighthouse {path} {'first visit' if first_visit else 'signed in'}: {', '.join(shown)}")


def _scores(url: str, port: int, *, first_visit: bool) -> dict[str, float]:
    command = [
        FOLDER / "node_modules" / ".bin" / "lighthouse",
        url,
        f"--port={port}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--output=json",
        "--quiet",
        *([] if first_visit else ["--disable-storage-reset"]),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    categories = json.loads(done.stdout)["categories"]
    return {name: 100 * categories[name]["score"] for name in CATEGORIES}
