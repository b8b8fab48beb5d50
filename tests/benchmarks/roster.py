"""The roster of a thousand sharing patients: queries, seconds, bytes, and what a physician's browser makes of it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from flask_security import hash_password
from playwright.sync_api import Page
from sqlalchemy import event

from backend.accounts.datastore import datastore
from backend.accounts.models import User
from backend.accounts.service import create_user
from backend.accounts.share_codes import share_code_of
from backend.care.service import patients_of, share
from backend.config import Settings
from backend.db import db
from backend.diary.schemas import NightSchema
from backend.diary.service import record_many
from backend.results.roster import roster_of
from backend.server import ready_app
from backend.trials.service import store_trial
from tests.backend.diaries import diary
from tests.browser.server import PASSWORD, PHYSICIAN, Server, chromium
from tests.browser.steps import sign_in_to_clinic
from tests.postgres import free_port

PATIENTS, NIGHTS, ROUNDS = 1000, 105, 5
PLANS: tuple[dict[str, Any], ...] = (
    {"design": "pairs", "pairs": 9, "block_nights": 3, "seed": "bench"},
    {"design": "blocks", "blocks": 18, "block_nights": 3, "seed": "bench"},
    {"design": "before_after", "block_nights": 14},
    {},
)
# When the first row stands on the page, and when the frame after a click has been painted.
_WATCH = """
    new MutationObserver((_, observer) => {
        if (!document.querySelector('.roster-table tbody th a')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => (window.firstContent = performance.now())));
    }).observe(document, { childList: true, subtree: true });
"""
_SORT = """
    (button) => new Promise((done) => {
        const start = performance.now();
        button.click();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    })
"""


def run() -> None:
    """Print what the roster costs the server, its size, and the milliseconds to first content and of each sort."""
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        with _served(Path(folder)) as server:
            _measure_in_browser(server)


def _fill(folder: Path) -> None:
    app = ready_app(Settings.from_env({"INSTANCE_DIR": str(folder)}))
    with app.app_context():
        physician = create_user(PHYSICIAN, PASSWORD, "physician", "Dr. Elena Park")
        code, nobody = share_code_of(physician) or "", hash_password("nobody signs in with this one")
        for number in range(PATIENTS):
            share(_patient(number, nobody), code, None)
        patients = patients_of(physician.id)
        for name in ("compared", "from the cache"):
            seconds, queries = _cost(lambda: roster_of(patients))
            print(f"roster of {PATIENTS} patients, {NIGHTS} nights each, {name}: {queries} queries, {seconds:.2f} s")


def _patient(number: int, nobody: str) -> User:
    rng = Random(number)
    patient = datastore.create_user(
        email=f"{number}@example.org", password=nobody, roles=["patient"], display_name=f"Patient {number:04}"
    )
    db.session.flush()
    made = diary(NIGHTS, number=number, off=rng.uniform(0.5, 2.5), on=rng.uniform(0.3, 2), **PLANS[number % len(PLANS)])
    if made.schedule:
        store_trial(patient.id, made.schedule, made.start, exposure=made.exposure)
    loaded = NightSchema(many=True).load(list(made.nights.values()))
    record_many(patient.id, {body["night_date"]: body for body in loaded})
    return patient


def _cost(ask: Callable[[], object]) -> tuple[float, int]:
    heard: list[None] = []

    def listen(*_: Any) -> None:
        heard.append(None)

    event.listen(db.engine, "before_cursor_execute", listen)
    start = perf_counter()
    ask()
    seconds = perf_counter() - start
    event.remove(db.engine, "before_cursor_execute", listen)
    return seconds, len(heard)


@contextmanager
def _served(folder: Path) -> Iterator[Server]:
    server = Server(folder, free_port())
    server.start(demo=False)
    try:
        yield server
    finally:
        server.stop()


def _measure_in_browser(server: Server) -> None:
    with chromium() as browser:
        page = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800}).new_page()
        page.add_init_script(_WATCH)
        sign_in_to_clinic(page, PHYSICIAN, PASSWORD)
        times = [_load(page) for _ in range(ROUNDS)]
        print(f"roster in Chromium: first content after {median(times):.0f} ms (worst of {ROUNDS}: {max(times):.0f})")
        with page.expect_response("**/api/patients") as answer:
            page.reload()
        print(f"its one request: {answer.value.request.sizes()['responseBodySize'] / 1000:.0f} kB compressed")
        page.locator(".sort-button").first.wait_for()
        for button in page.locator(".sort-button").all():
            taken = [button.evaluate(_SORT) for _ in range(ROUNDS)]
            name = button.inner_text().split("\n")[0]
            print(f"sorting by {name}: {median(taken):.0f} ms (worst of {ROUNDS}: {max(taken):.0f})")
        opened = [_open_patient(page, number) for number in range(ROUNDS)]
        for what, taken in zip(("verdict", "last chart"), zip(*opened, strict=True), strict=True):
            print(f"a patient's page, {what}: after {median(taken):.0f} ms (worst of {ROUNDS}: {max(taken):.0f})")


def _load(page: Page) -> float:
    page.goto("/clinic/patients")
    page.locator(".roster-table tbody th a").first.wait_for()
    page.wait_for_timeout(300)
    taken: float = page.evaluate("window.firstContent")
    return taken


def _open_patient(page: Page, number: int) -> tuple[float, float]:
    """Give the milliseconds from a click in the roster to the verdict, and to the last chart."""
    page.goto("/clinic/patients")
    link = page.locator(".roster-table tbody th a").nth(number)
    link.wait_for()
    page.wait_for_load_state("networkidle")
    start = perf_counter()
    link.click()
    page.locator("#verdict").wait_for()
    verdict = perf_counter() - start
    page.locator(".js-plotly-plot").nth(2).wait_for()
    return 1000 * verdict, 1000 * (perf_counter() - start)
