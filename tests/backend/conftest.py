"""People and a clock for tests of the back end."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from tests.backend.nights import MORNING
from tests.backend.people import Person, signed_in

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
