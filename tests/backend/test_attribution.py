"""Each night in a file has the arm of its own evening, and wear and cramps of its own entry."""

from datetime import timedelta

from flask import Flask

from tests.backend.conftest import SetClock
from tests.backend.diaries import START, diary, keep
from tests.backend.people import Person, shared
from tests.backend.test_exports import nights_table


def test_every_night_has_the_arm_and_the_entry_of_its_own_evening(
    app: Flask, patient: Person, physician: Person, clock_at: SetClock
) -> None:
    kept = diary(24, design="pairs", pairs=4, block_nights=3, seed="attribution")
    assert kept.schedule is not None
    keep(app, patient, kept)
    clock_at("2026-09-10T15:00:00+00:00")
    shared(patient, physician)
    found = nights_table(physician, patient)
    assert len(found) == 38
    for position in range(38):
        evening = START + timedelta(days=position)
        row, assigned = found[evening.isoformat()], kept.schedule.assigned(START, evening)
        assert row["assigned"] == ("" if assigned is None else str(int(assigned)))
        assert row["block"] == ("" if assigned is None else str(position // 3))
        body = kept.nights.get(evening)
        assert row["cramps"] == ("" if body is None else str(len(body["cramps"])))
        assert row["stockings_day"] == ("" if body is None else str(int(body["stockings_day"])))
