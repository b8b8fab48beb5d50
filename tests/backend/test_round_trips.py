"""What leaves as a file comes back as the same diary with the same result.

A file of nights holds no draw that could be trusted, so an import leaves the trial out: of a diary with a trial the
nights come back, of a diary without one the result too.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.backend.apps import emptied
from tests.backend.conftest import SetClock
from tests.backend.diaries import START, Diary, diary, keep
from tests.backend.people import Person, read, shared, signed_in
from tests.backend.test_exports import analyze, download
from tests.backend.test_import import bring_in, diary_of, without_ids
from tests.backend.test_results import DIARIES, same

LENGTH = 60
WAYS: dict[str, Callable[[Person, Person], list[bytes]]] = {
    "the patient's zip": lambda patient, _physician: [patient.get("/api/me/data.zip").get_data()],
    "the physician's zip": lambda patient, physician: [
        physician.get(f"/api/patients/{patient.id}/visit.zip?dialect=semicolon").get_data()
    ],
    "both tables": lambda patient, physician: [
        download(physician, patient, table, "semicolon") for table in ("cramps.csv", "nights.csv")
    ],
}


@pytest.mark.parametrize(("name", "way"), list(zip(DIARIES, cycle(WAYS), strict=False)))
def test_a_diary_comes_back_from_its_files(
    app: Flask, patient: Person, other_patient: Person, physician: Person, clock_at: SetClock, name: str, way: str
) -> None:
    kept = DIARIES[name]
    clock_at(datetime.combine(max(kept.nights) + timedelta(days=3), time(15), UTC))
    keep(app, patient, kept)
    shared(patient, physician)
    assert bring_in(other_patient, *WAYS[way](patient, physician))["counts"]["refused"] == 0
    assert without_ids(diary_of(other_patient)) == without_ids(diary_of(patient))
    if kept.schedule is None:
        results = [read(person.get("/api/result")) | {"patient_id": None} for person in (patient, other_patient)]
        assert same(*results)


@settings(max_examples=8)
@given(
    number=st.integers(0, 2**16),
    on=st.floats(0.1, 3),
    trial=st.booleans(),
    notes=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30), min_size=1),
)
def test_the_result_of_any_diary_is_that_of_its_files(
    served_app: Flask,
    tmp_path_factory: pytest.TempPathFactory,
    number: int,
    on: float,
    trial: bool,
    notes: list[str],
) -> None:
    app = emptied(served_app)
    plan = {"design": "pairs", "pairs": 9, "block_nights": 3, "seed": str(number)} if trial else {}
    plain = diary(LENGTH, number=number, on=on, **plan)
    nights = {day: body | {"note": notes[at % len(notes)]} for at, (day, body) in enumerate(plain.nights.items())}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backend.clock.now", lambda: datetime.combine(START + timedelta(days=LENGTH), time(15), UTC))
        patient, physician = signed_in(app, "patient"), signed_in(app, "physician")
        keep(app, patient, Diary(nights, plain.schedule))
        shared(patient, physician)
        page = read(patient.get("/api/result"))
        file: Path = tmp_path_factory.mktemp("files") / "nights.csv"
        for dialect in ("comma", "semicolon"):
            file.write_bytes(download(physician, patient, "nights.csv", dialect))
            found = analyze(file)
            assert same({field: page[field] for field in found}, found)
