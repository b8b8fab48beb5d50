"""Upgrades that are killed before every one of their statements, from every landed revision, on both engines."""

import tempfile
from itertools import count
from pathlib import Path

from backend.operations.check import faults
from backend.operations.revisions import known_revisions
from tests import postgres
from tests.backend.places import empty_place, killed, make_of_revision, start


def run_upgrades() -> int:
    """Return after how many kills every database started again and was sound; ``AssertionError`` where one was not."""
    kills = 0
    with postgres.database() as url, tempfile.TemporaryDirectory(prefix="charley-soak-") as folder:
        for engine in ("sqlite", "postgresql"):
            for revision in (None, *known_revisions()[:-1]):
                with empty_place(engine, Path(folder) / f"{engine}-{revision}", url) as place:
                    if revision:
                        make_of_revision(place, revision)
                    for at in count():
                        if not killed(lambda place=place: start(place), at=at):
                            break
                        kills += 1
                    start(place)
                    assert list(faults(place.database_url)) == [], (engine, revision)
    return kills
