"""The report for the visit on paper: printed by a real browser, in both sizes of paper and both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from analysis.design import draw_schedule
from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, RELIEF, SYMPTOMS
from backend.health import gate
from backend.health.schemas import CAUSES, CRAMP_OR_URGE, MEDICINES, SIGNS, VEIN_RISKS
from tests.backend.apps import make_app, migrated
from tests.backend.diaries import START, Diary, keep
from tests.backend.nights import cramp, night
from tests.backend.people import Person, shared, signed_in
from tests.backend.screenings import screening
from tests.browser.barriers import TOO_WIDE, violations

pytestmark = pytest.mark.browser

NIGHTS = 180
ADDRESS = "http://localhost/report"
WORDS = "I walked a long way over the hill to see my sister and came home late. "


@dataclass
class Visit:
    """Two patients and their physician: one has told everything for half a year, the other nothing so far."""

    physician: Person
    patients: dict[str, Person]


def told_everything(patient: Person) -> None:
    """Answer every question with as much as it takes."""
    asked = dict.fromkeys(gate.ASK_FIRST_CODES, START.isoformat())
    answers = screening(*gate.QUESTIONS, abi_left=0.55, abi_right=1.45, asked=asked, red_flags=list(gate.RED_FLAGS))
    assert patient.post("/api/screening", answers).status_code == 201
    history = {
        "signs": dict.fromkeys(SIGNS, "both"), "symptoms_by_day": SYMPTOMS, "causes": CAUSES,
        "vein_risks": VEIN_RISKS, "medicines": MEDICINES, "medicines_note": WORDS * 6, "pregnancy": "yes",
        "cramp_or_urge": dict.fromkeys(CRAMP_OR_URGE, True), "note": WORDS * 25,
    }  # fmt: skip
    assert patient.put("/api/health-history", history).status_code == 200
    garment = {"scheme": "RAL", "compression_class": "II", "length": "tights"}
    assert patient.put("/api/garment", garment).status_code == 200
    profile = {"display_name": "María de los Ángeles Fernández-Villaverde y Gutiérrez de la Concha, viuda"}
    assert patient.patch("/api/me", {**profile, "birth_year": 1944, "usual_cramps_per_week": 21}).status_code == 200


def half_a_year() -> Diary:
    """Return a trial of the greatest length and of the most schedules, with everything told of most nights."""
    schedule = draw_schedule("pairs", pairs=NIGHTS // 2, block_nights=1, seed="f" * 32)
    nights: dict[date, dict[str, Any]] = {}
    for position in range(NIGHTS):
        evening = START + timedelta(days=position)
        worn = bool(schedule.assigned(START, evening)) is (position % 4 > 0)
        cramps = [cramp(1 + number, duration_min=12, relief=list(RELIEF)) for number in range((2 if worn else 7) % 9)]
        if position % 7 and not (worn and position % 3):
            details = {"problems": list(PROBLEMS), "contributors": list(CONTRIBUTORS), "note": WORDS * 20}
            after = f"{evening + timedelta(days=3)}T12:00:00Z"
            nights[evening] = night(
                evening, cramps=cramps, stockings_day=worn, rls_urge=True, tz="UTC", edited_at=after, **details
            )
    return Diary(nights, schedule)


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    folder: Path = tmp_path_factory.mktemp("report")
    now = datetime.combine(START, time(9), UTC) + timedelta(days=NIGHTS + 4)
    made = make_app(f"sqlite:///{folder / 'charley.sqlite3'}", instance_dir=folder)
    with pytest.MonkeyPatch.context() as patch, migrated(made) as app:
        patch.setattr("backend.clock.now", lambda: now)
        physician = signed_in(app, "physician")
        patients = {name: signed_in(app, "patient", f"{name}@example.org") for name in ("longest", "shortest")}
        for patient in patients.values():
            shared(patient, physician)
        told_everything(patients["longest"])
        keep(app, patients["longest"], half_a_year())
        yield Visit(physician, patients)


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def show(page: Page, visit: Visit, name: str, query: str) -> None:
    """Open a report with the headers under which it is served; nothing else is there to be fetched."""
    answer = visit.physician.get(f"/api/patients/{visit.patients[name].id}/report?{query}")
    assert answer.status_code == 200, answer.text
    headers = {key: answer.headers[key] for key in ("Content-Type", "Content-Security-Policy")}
    page.unroute_all()
    page.route("**/*", lambda route: route.fulfill(body=answer.text, headers=headers))
    page.goto(ADDRESS)


def pages_of(page: Page, paper_format: str) -> list[str]:
    """Print, and return the text of each sheet."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format=paper_format))).pages]


@pytest.mark.parametrize("name", ["longest", "shortest"])
def test_a_report_prints_on_two_pages_at_most_and_bars_nobodys_way(paper: Page, visit: Visit, name: str) -> None:
    complaints: list[str] = []
    paper.on("console", lambda message: complaints.append(message.text))
    for reader in ("physician", "patient"):
        for language in ("en", "es"):
            show(paper, visit, name, f"lang={language}&reader={reader}")
            assert violations(paper) == []
            assert paper.evaluate(TOO_WIDE) == []
            for paper_format in ("A4", "Letter"):
                sheets = pages_of(paper, paper_format)
                assert len(sheets) <= (2 if name == "longest" else 1), (reader, language, paper_format)
                # A sheet with a line or two on it is a waste of paper.
                assert all(len(sheet) > 400 for sheet in sheets), (reader, language, paper_format)
    assert complaints == []
