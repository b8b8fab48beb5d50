"""Lets the clock of a server under test be wrong, in all its processes, by the seconds in the file ``SOAK_CLOCK``."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

if os.environ.get("SOAK_CLOCK"):
    from backend import clock

    def _wrong_now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=int(Path(os.environ["SOAK_CLOCK"]).read_text()))

    clock.now = _wrong_now
