"""Backup, restore and check of 0.1 and 1 million nights, on SQLite and on PostgreSQL: seconds and memory."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from backend.accounts.models import User
from backend.audit import NightRevision
from backend.config import Settings
from backend.db import db, table_of
from backend.diary.models import Diary, Night
from backend.diary.schemas import NightSchema
from backend.diary.storage import canonical, night_row, revision_row
from backend.operations.tables import ROOMS
from backend.server import ready_app
from tests.backend.nights import cramp, night
from tests.benchmarks.timing import CHARLEY, Cost, cost_of
from tests.postgres import database

SIZES = (100_000, 1_000_000)
NIGHTS_EACH = 500
FIRST = date(2001, 1, 1)
KEY = "k" * 32


def run() -> None:
    """Print seconds and the largest resident memory of each command, and the size of the backup."""
    assert ROOMS
    for nights in SIZES:
        with tempfile.TemporaryDirectory() as folder, database() as url:
            sqlite = {"INSTANCE_DIR": f"{folder}/one", "SECRET_KEY": KEY}
            other = {"INSTANCE_DIR": f"{folder}/two", "SECRET_KEY": KEY}
            postgres = {"DATABASE_URL": url, "INSTANCE_DIR": f"{folder}/three", "SECRET_KEY": KEY}
            _fill(sqlite, nights)
            first, second = Path(folder) / "first.charley", Path(folder) / "second.charley"
            print(f"{nights:,} nights")
            _tell("SQLite, backup", sqlite, "backup", str(first))
            print(f"  size of the backup {first.stat().st_size / 1e6:.0f} MB")
            _tell("SQLite, check", sqlite, "check")
            _tell("SQLite, restore", other, "restore", str(first))
            _tell("PostgreSQL, restore", postgres, "restore", str(first))
            _tell("PostgreSQL, backup", postgres, "backup", str(second))
            _tell("PostgreSQL, check", postgres, "check")


def _tell(what: str, environ: Mapping[str, str], *command: str) -> None:
    with _environment(environ):
        cost: Cost = cost_of([CHARLEY, *command])
    print(f"  {what}: {cost.seconds:.1f} s, {cost.megabytes} MB")


@contextmanager
def _environment(environ: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _fill(environ: Mapping[str, str], nights: int) -> None:
    """Make patients with diaries of ``NIGHTS_EACH`` nights, past the service, which takes ten times as long."""
    app = ready_app(Settings.from_env(environ))
    schema = NightSchema()
    with app.app_context():
        days = [FIRST + timedelta(days=number) for number in range(NIGHTS_EACH)]
        bodies = {day: schema.load(night(day, cramps=[cramp()])) for day in days}
        documents = {day: canonical(day, body) for day, body in bodies.items()}
        for number in range(1, nights // NIGHTS_EACH + 1):
            db.session.execute(
                table_of(User).insert(),
                {"id": number, "public_id": uuid4(), "email": f"{number}@example.org", "password": "-",
                 "fs_uniquifier": uuid4().hex},
            )  # fmt: skip
            db.session.execute(table_of(Diary).insert(), {"patient_id": number, "revision": NIGHTS_EACH})
            at = {day: datetime.fromisoformat(f"{day}T08:00:00+00:00") for day in days}
            db.session.execute(
                table_of(Night).insert(),
                [
                    night_row(number, day, bodies[day], documents[day], revision=place, received_at=at[day], late=False)
                    for place, day in enumerate(days, start=1)
                ],
            )
            db.session.execute(
                table_of(NightRevision).insert(),
                [
                    revision_row(number, day, at[day], "recorded", late=False, old=None, new=documents[day])
                    for day in days
                ],
            )
            db.session.commit()
        db.engine.dispose()
    app.extensions["use"].release()
