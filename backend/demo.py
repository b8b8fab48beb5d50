"""Demo data: made-up patients of all designs and outcomes, from seeded simulation, in a database of their own."""

import secrets
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_security import hash_password, verify_password
from sqlalchemy import update

from backend import clock
from backend.accounts.datastore import datastore
from backend.accounts.models import User
from backend.accounts.service import create_user, find_by_email, set_password
from backend.accounts.share_codes import share_code_of
from backend.calendar import last_closed_night, local_date, zone
from backend.care.service import share
from backend.config import Settings, kept_secret
from backend.db import db
from backend.demo_health import tell_health, tells
from backend.diary import service as diary
from backend.diary.schemas import NightSchema
from backend.health.holds import GONE, standing
from backend.health.models import HoldEnd
from backend.installation import Installation
from backend.trials.service import store_trial

if TYPE_CHECKING:
    from numpy.random import Generator

    from analysis.design import Schedule

PATIENT, PHYSICIAN = "demo-patient@example.org", "demo-physician@example.org"
SEED = 20261119
PAIRS = {"design": "pairs", "pairs": 9, "block_nights": 3}
BLOCKS = {"design": "blocks", "blocks": 18, "block_nights": 3}
SHORT_PAIRS = {"design": "pairs", "pairs": 4, "block_nights": 7}
STAGED = {"design": "pairs", "pairs": 12, "block_nights": 3, "looks": (6, 9, 12)}
QUICK_LOOK = {"design": "before_after", "block_nights": 14}
DIARY = {"design": "observational", "block_nights": None}


@dataclass(frozen=True, slots=True)
class Case:
    """One made-up patient.

    ``plan`` goes to ``analysis.design.draw_schedule``, ``habits`` to ``analysis.simulate.Habits``; the first night lies
    ``nights`` nights back, and the diary is kept for ``kept`` of them (all unless given). Who ``corrects`` came back to
    a night and changed it.
    """

    name: str
    birth_year: int
    plan: dict[str, Any]
    nights: int
    habits: dict[str, float] = field(default_factory=dict)
    kept: int | None = None
    corrects: bool = False
    exposure: str = "any"
    zone: str = "America/New_York"
    language: str = "en"


CASES = (
    Case("Dorothy Whitfield", 1951, PAIRS, 58, {"rate": 2.2, "rate_ratio": 0.3, "logged": 0.95}, corrects=True),
    Case("Harold Nakamura", 1948, PAIRS, 61, {"rate": 1.8, "rate_ratio": 0.35}),
    Case(
        "Carmen Ortega",
        1955,
        BLOCKS,
        57,
        {"rate": 2.4, "rate_ratio": 0.4, "logged": 0.9},
        zone="Europe/Madrid",
        language="es",
    ),
    Case("Walter Brandt", 1944, BLOCKS, 70, {"rate": 1.4, "rate_ratio": 0.45, "dispersion": 2.0}),
    Case("Ingrid Solberg", 1958, SHORT_PAIRS, 60, {"rate": 1.6, "rate_ratio": 0.4}, exposure="day"),
    Case("Beatrice Okafor", 1962, PAIRS, 56, {"rate": 1.5}),
    Case("Leonard Fitch", 1949, BLOCKS, 64, {"rate": 1.2, "dispersion": 1.5}),
    Case("Pilar Montes", 1953, PAIRS, 75, {"rate": 0.9, "weekend": 0.4}, zone="Europe/Madrid", language="es"),
    Case("Samuel Adeyemi", 1960, SHORT_PAIRS, 63, {"rate": 1.1, "trend": -0.5}),
    Case("Edith Lindqvist", 1941, BLOCKS, 80, {"rate": 1.3, "rate_ratio": 0.8, "adherence": 0.6}),
    Case("Frank Moretti", 1957, PAIRS, 59, {"rate": 0.8, "rate_ratio": 2.6, "logged": 0.95}),
    Case("Agnes Kowalski", 1946, BLOCKS, 66, {"rate": 1.0, "rate_ratio": 2.2, "logged": 0.9}),
    Case("George Halloran", 1950, PAIRS, 55, {"rate": 1.2, "logged": 0.12}),
    Case("Lucía Herrera", 1964, PAIRS, 56, {"rate": 0.06, "logged": 0.9}, zone="Europe/Madrid", language="es"),
    Case("Ruth Abernathy", 1947, PAIRS, 33, {"rate": 1.6, "rate_ratio": 0.4, "logged": 0.95}),
    Case("Thomas Eklund", 1956, STAGED, 24, {"rate": 2.0, "rate_ratio": 0.5}),
    Case("Miriam Feldman", 1952, BLOCKS, 12, {"rate": 1.1}),
    Case("Joseph Baptiste", 1959, BLOCKS, 2, {"rate": 1.4}),
    Case("Helen Pruitt", 1945, QUICK_LOOK, 33, {"rate": 1.9, "rate_ratio": 0.35, "logged": 1.0}),
    Case("Arthur Quint", 1943, QUICK_LOOK, 30, {"rate": 1.4, "trend": -1.2, "logged": 0.95}),
    Case("Clara Dubois", 1961, QUICK_LOOK, 40, {"rate": 1.2}),
    Case("Norma Castillo", 1954, DIARY, 75, {"rate": 2.0, "rate_ratio": 0.35, "logged": 0.9}),
    Case("Peter Vandermeer", 1950, DIARY, 90, {"rate": 1.4, "correlation": 0.5}),
    Case("Shirley Tran", 1963, DIARY, 62, {"rate": 1.0, "rate_ratio": 0.9}),
    Case("Albert Jensen", 1942, DIARY, 18, {"rate": 1.6, "rate_ratio": 0.5}),
    Case("Josefa Marín", 1949, DIARY, 45, {"rate": 1.3}, kept=9, zone="Europe/Madrid", language="es"),
    Case("Vera Stanton", 1955, DIARY, 3, {"rate": 1.5}, kept=0),
    Case("Gloria Benson", 1951, STAGED, 47, {"rate": 2.6, "rate_ratio": 0.2, "logged": 0.95}, kept=36),
)
# The patient one signs in as is in the middle of a trial, so that there is a plan for tonight; last night is untold.
OWN = Case("Rose Miller", 1953, BLOCKS, 29, {"rate": 1.7, "rate_ratio": 0.5, "logged": 0.93}, kept=28, corrects=True)

NOTES = (
    "Long drive yesterday.",
    "Slept badly, the room was hot.",
    "On my feet all day at the market.",
    "Drank little water.",
    "The right calf again.",
)


def make(settings: Settings) -> None:
    """Fill an empty database with the made-up patients and their physician."""
    import numpy as np

    password = _password(settings)
    nobody = hash_password(secrets.token_urlsafe(24))
    db.session.execute(update(Installation).values(demo=True))
    physician = create_user(PHYSICIAN, password, "physician", "Dr. Elena Park")
    code = share_code_of(physician) or ""
    for number, case in enumerate((OWN, *CASES)):
        patient = _make_patient(case, number, password, nobody)
        db.session.commit()
        # Each has a generator of their own: what one draws, by the weekday say, leaves the others alone.
        _answer(patient, case, np.random.default_rng([SEED, number, 1]))
        _keep_diary(patient, case, number, np.random.default_rng([SEED, number]))
        share(patient, code, None)


def sign_ins(settings: Settings) -> list[tuple[str, str]]:
    """Return the sign-ins with their password, which is set where another one was told since."""
    password = _password(settings)
    for email in (PATIENT, PHYSICIAN):
        user = find_by_email(email)
        if user and not verify_password(password, user.password):
            set_password(email, password)
    return [(PATIENT, password), (PHYSICIAN, password)]


def _password(settings: Settings) -> str:
    path = settings.instance_dir / "demo-password"
    if settings.demo_password and path.exists():
        path.unlink()
    return kept_secret(path, lambda: settings.demo_password or secrets.token_urlsafe(9))


def _make_patient(case: Case, number: int, password: str, nobody: str) -> User:
    """Make the account; nobody signs in as any but ``OWN``, so one hashed secret serves all others."""
    if case is OWN:
        patient = create_user(PATIENT, password, "patient", case.name)
    else:
        patient = datastore.create_user(
            email=f"demo-{number:02}@example.org", password=nobody, roles=["patient"], display_name=case.name
        )
    patient.birth_year = case.birth_year
    patient.zone = case.zone
    patient.language = case.language
    patient.country = "ES" if case.language == "es" else "US"
    return patient


def _answer(patient: User, case: Case, rng: "Generator") -> None:
    if tells(case.name, in_trial=case.plan["design"] != "observational"):
        today = local_date(clock.now(), case.zone)
        tell_health(patient, case.name, _first_night(case), today, rng)


def _first_night(case: Case) -> date:
    return last_closed_night(clock.now(), case.zone) - timedelta(days=case.nights - 1)


def _keep_diary(patient: User, case: Case, number: int, rng: "Generator") -> None:
    from analysis.design import draw_schedule

    start = _first_night(case)
    seed = None if case.plan["design"] in {"before_after", "observational"} else f"demo-{number}"
    schedule = draw_schedule(**case.plan, seed=seed)
    if schedule.planned_nights:
        expectation = int(rng.integers(3, 9))
        trial = store_trial(patient.id, schedule, start, exposure=case.exposure, expectation=expectation)
        # A plan is drawn before its first night.
        trial.created_at = clock.now() - timedelta(days=case.nights + 1)
    nights = dict(_nights(case, schedule, start, rng))
    diary.record_many(patient.id, nights)
    _end_holds(patient, case)
    if case.corrects:
        _correct(patient, nights)


def _end_holds(patient: User, case: Case) -> None:
    """Say of sore skin that it was gone two days later, or today."""
    today = local_date(clock.now(), case.zone)
    for hold in standing(patient):
        if GONE in hold.ends:
            night_date, code = hold.key
            told = {"how": GONE, "on_date": min(hold.since + timedelta(days=2), today), "told_at": clock.now()}
            db.session.add(HoldEnd(patient_id=patient.id, night_date=night_date, code=code, **told))


def _correct(patient: User, nights: Mapping[date, dict[str, Any]]) -> None:
    """Change what was told of the fifth night from the end, as its patient would today; its cramps stay."""
    day = sorted(nights)[-5]
    told = {
        "awake_min": 25.0,
        "note": "I was awake longer than I wrote at first.",
        "edited_at": clock.now().isoformat(),
    }
    diary.record_night(patient.id, day, nights[day] | told, if_match="*")


def _nights(case: Case, schedule: "Schedule", start: date, rng: "Generator") -> Iterator[tuple[date, dict[str, Any]]]:
    from analysis.simulate import Habits, simulate

    frame = simulate(
        rng,
        schedules=[schedule],
        start=start,
        habits=Habits(**case.habits),
        nights=case.nights,
        exposure="night" if case.exposure == "night" else "day",
    )
    kept = frame.iloc[: case.kept].dropna(subset="cramps")
    for row in kept.to_dict("records"):
        yield row["night_date"], NightSchema().load(_night(row, case, rng))


def _night(row: Mapping[Hashable, Any], case: Case, rng: "Generator") -> dict[str, Any]:
    from analysis.simulate import split_night

    night: date = row["night_date"]
    woke = datetime.combine(night + timedelta(days=1), time(7), zone(case.zone)) + timedelta(
        minutes=int(rng.integers(90))
    )
    late = timedelta(days=3) if rng.random() < 0.02 else timedelta()
    split = split_night(rng, int(row["cramps"]), row["cramp_minutes"], row["worst_pain"])
    worn = bool(row["stockings_day"])
    return {
        "night_date": night.isoformat(),
        "cramps": [_cramp(night, minutes, pain, rng) for minutes, pain in split],
        "stockings_day": worn,
        "day_wear_h": float(rng.integers(7, 14)) if worn else None,
        "stockings_night": bool(row["stockings_night"]),
        "rls_urge": bool(rng.random() < 0.1),
        "symptoms": {"aching": int(rng.integers(0, 5)), "heaviness": int(rng.integers(0, 6))},
        "contributors": ["long_standing"] if rng.random() < 0.12 else [],
        "problems": [str(rng.choice(["donning", "itch", "skin"]))] if worn and rng.random() < 0.06 else [],
        "note": str(rng.choice(NOTES)) if case.language == "en" and rng.random() < 0.06 else None,
        "tz": case.zone,
        "edited_at": (woke + late).isoformat(),
    }


def _cramp(night: date, minutes: float, pain: int, rng: "Generator") -> dict[str, Any]:
    onset = datetime.combine(night, time(22)) + timedelta(minutes=int(rng.integers(0, 8 * 60)))
    return {
        "id": str(UUID(bytes=rng.bytes(16), version=4)),
        "onset_local": onset.isoformat(timespec="minutes"),
        "duration_min": min(minutes, 120.0),
        "pain_nrs": pain,
        "site": str(rng.choice(["calf", "calf", "calf", "foot", "thigh"])),
        "side": str(rng.choice(["left", "right", "right", "both"])),
        "relief": [str(rng.choice(["stretch", "massage", "walk", "stand"]))],
    }
