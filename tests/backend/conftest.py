"""People and a clock for tests of the back end."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from backend.config import Settings
from tests.backend.apps import ENGINES
from tests.backend.nights import MORNING
from tests.backend.people import Person, signed_in
from tests.backend.places import empty_place

SetClock = Callable[[str | datetime], None]


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Stop the clock of the back end at an instant."""

    def stop(instant: str | datetime) -> None:
        stopped = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        monkeypatch.setattr("backend.clock.now", lambda: stopped)

    return stop


@pytest.fixture
def morning(clock_at: SetClock) -> None:
    """It is half past seven in Paris, the morning after `NIGHT`."""
    clock_at(MORNING)


@pytest.fixture
def patient(app: Flask) -> Person:
    return signed_in(app, "patient", display_name="Rose Miller")


@pytest.fixture
def other_patient(app: Flask) -> Person:
    return signed_in(app, "patient", "other@example.org")


@pytest.fixture
def physician(app: Flask) -> Person:
    return signed_in(app, "physician", display_name="Dr. Elena Park")


@pytest.fixture
def other_physician(app: Flask) -> Person:
    return signed_in(app, "physician", "second@example.org", display_name="Dr. Max Weber")


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path, postgresql_url: str) -> Iterator[Settings]:
    """An installation that nobody has started yet, on either engine."""
    with empty_place(request.param, tmp_path / "instance", postgresql_url) as settings:
        yield settings


@pytest.fixture(params=ENGINES)
def other_place(request: pytest.FixtureRequest, tmp_path: Path, postgresql_url: str) -> Iterator[Settings]:
    """A second one, on either engine."""
    with empty_place(request.param, tmp_path / "other", postgresql_url) as settings:
        yield settings
