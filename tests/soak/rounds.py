"""Rounds of the soak: phones write, blows fall, and at the end everything acknowledged is there, with its history."""

import json
import random
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from backend.accounts.models import User
from backend.audit import NightRevision
from backend.operations.engines import engine_of
from tests.soak.blows import BLOWS, Scene
from tests.soak.installation import Installation, installed
from tests.soak.phones import Phone

WRITERS = 8
BETWEEN_BLOWS_S = 0.5


@dataclass
class Outcome:
    """What one round came to: acknowledged writes, what of them was lost, what ``charley check`` said, which blows."""

    engine: str
    writes: int = 0
    losses: list[str] = field(default_factory=list)
    faults: str = ""
    blows: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost and nothing is wrong."""
        return not self.losses and self.faults == "sound\n"


def run_round(engine: str, seed: int, blows: int = len(BLOWS)) -> Outcome:
    """Let eight phones write to a new installation while ``blows`` of all blows fall in an order of their own."""
    outcome = Outcome(engine)
    order = random.Random(seed).sample(BLOWS, blows)
    with (
        tempfile.TemporaryDirectory(prefix="charley-soak-") as folder,
        installed(engine, Path(folder) / "one") as place,
    ):
        stopping = threading.Event()
        phones = [Phone(place.url, seed * WRITERS + number, stopping) for number in range(WRITERS)]
        for phone in phones:
            phone.join()
        scene = Scene(place, phones)
        try:
            for blow in order:
                time.sleep(BETWEEN_BLOWS_S)
                outcome.blows.append(blow.__name__)
                blow(scene)
            time.sleep(BETWEEN_BLOWS_S)
        finally:
            stopping.set()
            for phone in phones:
                phone.thread.join(timeout=60)
        outcome.writes = sum(len(phone.acknowledged) for phone in phones)
        outcome.losses = _losses(place, phones)
        outcome.faults = place.charley("check", check=False).stdout
    return outcome


def _losses(place: Installation, phones: Sequence[Phone]) -> list[str]:
    """Return what was acknowledged and is not there, as a night or in its history."""
    histories, newest = _stored(place)
    lost = []
    for phone in phones:
        if phone.thread.is_alive():
            lost.append(f"phone {phone.number} got no answer any more")
        for version in phone.acknowledged:
            if version.edited_at not in histories[phone.email, str(version.night_date)]:
                lost.append(f"phone {phone.number}: {version.night_date} of {version.edited_at} is in no history")
        for day, body in phone.nights.items():
            if newest.get((phone.email, str(day))) != body["edited_at"]:
                lost.append(f"phone {phone.number}: {day} is not what was acknowledged last")
    return lost


Key = tuple[str, str]


def _stored(place: Installation) -> tuple[dict[Key, set[str]], dict[Key, str]]:
    """Return the versions of each night, and which one stands, by address and date."""
    histories: dict[Key, set[str]] = defaultdict(set)
    newest: dict[Key, str] = {}
    query = (
        sa.select(User.email, NightRevision.night_date, NightRevision.new)
        .join(User, User.id == NightRevision.patient_id)
        .where(NightRevision.action != "refused")
        .order_by(NightRevision.id)
    )
    with engine_of(place.database_url).connect() as connection:
        for email, night_date, new in connection.execute(query):
            edited_at = json.loads(new)["edited_at"]
            histories[email, str(night_date)].add(edited_at)
            newest[email, str(night_date)] = edited_at
    return histories, newest
