"""The report for the visit: what stands on it, in which order, and what must never stand on it."""

import hashlib
import html
import re
from base64 import b64encode
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from analysis.story import FAVORABLE, STORIES, as_worn_differs, story_of
from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, RELIEF
from backend.exports.report.words import CATALOGS, READERS, Words
from backend.health import gate
from backend.health.schemas import CAUSES, CRAMP_OR_URGE, MEDICINES, SIGNS, VEIN_RISKS
from backend.results.schemas import STATES
from tests.backend.conftest import SetClock
from tests.backend.diaries import START, Diary, diary, keep
from tests.backend.nights import night
from tests.backend.people import Person, read, shared
from tests.backend.screenings import screened

BLOCKS = {"design": "blocks", "blocks": 18, "block_nights": 3, "seed": "a test"}
STAGED = {"design": "pairs", "pairs": 12, "block_nights": 3, "looks": (6, 9, 12), "seed": "a test"}
# A diary for each state and each design; the clock stands after the last night of all but those that run.
DIARIES = {
    "help": diary(54, **BLOCKS, off=2.6, on=0.5),
    "worse": diary(54, **BLOCKS, off=0.4, on=2.6),
    "no_clear_difference": diary(54, **BLOCKS, off=1.2, on=1.2),
    "help, staged": diary(72, **STAGED, off=3.0, on=0.2),
    "no_clear_difference, few blocks": diary(56, design="pairs", pairs=4, block_nights=7, seed="a test", on=1.6),
    "fewer_unclear": diary(28, design="before_after", block_nights=14, off=3.0, on=0.5),
    "help, unplanned": diary(60, off=2.8, on=0.4),
    "worse, unplanned": diary(60, off=0.4, on=2.8),
    "no_clear_difference, much alike": diary(108, **BLOCKS | {"blocks": 36}, off=5.6, on=5.6),
    "insufficient": diary(54, **BLOCKS, off=0.01, on=0.01),
    "running": diary(20, **BLOCKS),
    "running, unplanned": diary(20),
    "empty": Diary({}),
}
# Nobody may read that the patient has, or has not, a disease of the veins, nor that stockings heal it.
FORBIDDEN = (
    r"you (have|do not have|suffer from)[^.]{0,30}\b(vein|venous|insufficiency)",
    r"\b(has|have|shows|proves|confirms|suffers from) (a )?(chronic )?(venous|vein) (disease|insufficiency)",
    r"(venous|vein) (disease|insufficiency) (is|was) ",
    r"\bdiagnosed\b|\bcures?\b|\bno venous\b",
    r"\b(tiene|tenga|padece|sufre|confirma|demuestra) (una |de )?(enfermedad|insuficiencia) (venosa|de las venas)",
    r"(enfermedad|insuficiencia) venosa (es|está|confirmada|probable|descartada|presente)|\bdiagnosticad[ao]\b",
)
# What says just that, and may: that the page does not show it.
DENIALS = ("It does not show that you have a vein disease.", "No muestra que tenga una enfermedad de las venas.")


@pytest.fixture
def told(patient: Person, physician: Person) -> Person:
    """A patient who shares with the physician."""
    shared(patient, physician)
    return patient


def kept(app: Flask, patient: Person, case: str, clock_at: SetClock) -> None:
    """Keep one of `DIARIES`, and let it be the day after its last night."""
    made = DIARIES[case]
    length = (max(made.nights, default=START) - START).days + 1
    planned = made.schedule.planned_nights if made.schedule and made.schedule.planned_nights else 60
    passed = length if case.startswith("running") else max(length, planned)
    clock_at(f"{START + timedelta(days=passed + 1)}T18:00:00+00:00")
    keep(app, patient, made)


def page_of(physician: Person, patient: Person, query: str = "") -> str:
    answer = physician.get(f"/api/patients/{patient.id}/report?{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def text_of(page: str) -> str:
    """Return what a page says, labels of pictures included, without its style."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', page))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)) + labels)


@pytest.mark.parametrize("case", DIARIES)
def test_every_state_and_design_is_told_whole_in_both_languages(
    app: Flask, told: Person, physician: Person, clock_at: SetClock, case: str
) -> None:
    kept(app, told, case, clock_at)
    state = case.partition(",")[0]
    result = read(told.get("/api/result"))
    assert state in ("empty", result["state"])
    for language in ("en", "es"):
        pages = {
            "physician": page_of(physician, told, f"lang={language}"),
            "patient": page_of(physician, told, f"lang={language}&reader=patient"),
        }
        # A flag of a diary without a plan has a headline of its own, which says so.
        story = story_of(result) if result["rate_ratio"] is not None else state
        assert CATALOGS["physician"][language]["states"][story] in text_of(pages["physician"])
        for page in pages.values():
            text = text_of(page)
            for denial in DENIALS:
                text = text.replace(denial, "")
            assert f'<html lang="{language}"' in page
            for leftover in (
                r"\{\w*\}",
                r"\b(None|nan|NaN|inf|Undefined|datetime)\b",
                r"\bstyle=",
                r"<script|https?://",
            ):
                assert not re.search(leftover, text), leftover
            for phrase in FORBIDDEN:
                assert not re.search(phrase, text, re.IGNORECASE), phrase
        if result["rate_ratio"] is not None:
            ratio = f"{result['rate_ratio']:.2f}".replace(".", "." if language == "en" else ",")
            assert ratio in pages["physician"]
            assert 'class="range"' in pages["patient"]


# What the headline and the first words of a result are, by story: those of the patient and of the physician.
FIRST_WORDS = {
    "help, unplanned": (
        (
            "Your own diary: fewer cramps with stockings",
            "This was no trial: you chose the nights yourself, chance did not.",
        ),
        ("Own diary, no trial: fewer cramps", "This was no trial: the patient chose the nights, chance did not."),
    ),
    "worse, unplanned": (
        (
            "Your own diary: more cramps with stockings",
            "This was no trial: you chose the nights yourself, chance did not.",
        ),
        ("Own diary, no trial: more cramps", "This was no trial: the patient chose the nights, chance did not."),
    ),
    "no_clear_difference": (
        ("Not clear if stockings make a difference", "The difference may be large, small or none."),
        ("Not clear", "It is not clear whether stockings make a difference: it may be large, small or none;"),
    ),
    "no_clear_difference, much alike": (
        ("Nights with and without stockings were much alike", "If there is a difference, it is small."),
        ("Nights much alike", "Nights with and without stockings were much alike:"),
    ),
    "help": (
        ("Stockings seem to help you", "You had clearly fewer cramps on the nights with stockings."),
        ("Stockings seem to help", "Fewer cramps on nights with stockings than without,"),
    ),
}


@pytest.mark.parametrize("case", FIRST_WORDS)
def test_the_first_words_are_as_strong_as_the_evidence(
    app: Flask, told: Person, physician: Person, clock_at: SetClock, case: str
) -> None:
    kept(app, told, case, clock_at)
    for reader, (headline, lead) in zip(("patient", "physician"), FIRST_WORDS[case], strict=True):
        page = page_of(physician, told, f"reader={reader}")
        tag = "<h2>{}</h2>" if reader == "patient" else '<p class="state">{}</p>'
        assert tag.format(headline) in page
        assert f"<p>{lead}" in html.unescape(page)
        alike = case.endswith("much alike")
        assert ("much alike" in page) is alike
        if case.startswith("no_clear"):
            assert "This does not show that stockings do nothing." in page
        if case.endswith("unplanned"):
            assert "seem to help" not in page


@pytest.mark.parametrize("case", DIARIES)
def test_what_speaks_against_the_veins_stands_beside_every_sign_of_help_and_nowhere_else(
    app: Flask, told: Person, physician: Person, clock_at: SetClock, case: str
) -> None:
    kept(app, told, case, clock_at)
    result = read(told.get("/api/result"))
    favorable = result["rate_ratio"] is not None and story_of(result) in FAVORABLE
    for language in ("en", "es"):
        for reader in ("physician", "patient"):
            text = text_of(page_of(physician, told, f"lang={language}&reader={reader}"))
            assert text.count(CATALOGS[reader][language]["against"]) == int(favorable), (language, reader)
            if reader == "patient" and result["rate_ratio"] is not None:
                assert text.count(CATALOGS["patient"][language]["no_study"]) == 1


def test_physicians_read_the_sources_of_what_speaks_against_the_veins() -> None:
    for texts in CATALOGS["physician"].values():
        for source in ("Edinburgh Vein Study", "BMJ 1999;318:353", "Rev Assoc Med Bras", "71", "NCT04694417"):
            assert source in texts["against"]
    for reader in ("physician", "patient"):
        everything = " ".join(leaves(CATALOGS[reader]).values())
        assert not re.search(r"No (published )?(study|trial) of|ningún (estudio sobre|ensayo)", everything)


@pytest.mark.parametrize("adherence", ["as assigned", "otherwise"])
def test_one_estimate_has_one_column_and_two_say_why(
    app: Flask, told: Person, physician: Person, clock_at: SetClock, adherence: str
) -> None:
    made = diary(54, **BLOCKS, off=2.6, on=0.5)
    if adherence == "as assigned":
        for night_date, body in made.nights.items():
            body["stockings_day"] = made.schedule.assigned(START, night_date) if made.schedule else None
            body["stockings_night"] = False
    clock_at(f"{START + timedelta(days=55)}T18:00:00+00:00")
    keep(app, told, made)
    result = read(told.get("/api/result"))
    page = html.unescape(page_of(physician, told, "lang=en"))
    assert as_worn_differs(result) is (adherence == "otherwise")
    columns = [name for name in ("As assigned", "As worn", "As assigned and as worn") if f'"col">{name}</th>' in page]
    if adherence == "as assigned":
        assert columns == ["As assigned and as worn"]
        assert "Stockings were worn as assigned on every compared night, so that both are one estimate." in page
    else:
        assert columns == ["As assigned", "As worn"]
        wear = result["wear"]
        otherwise = sum(wear[f"{arm}_nights"] - wear[f"{arm}_kept"] for arm in ("on", "off"))
        assert otherwise > 0
        assert f"wear was not as assigned on {otherwise} nights;" in page


def test_an_interval_that_leaves_the_picture_is_told_beside_it(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    kept(app, told, "help, staged", clock_at)
    result = read(told.get("/api/result"))
    assert result["ci_low"] < 0.25
    ends = f"down to {10 * result['ci_low']:.0f} for every 10 without."
    assert f"The arrow shows that the range goes on past the picture: {ends}" in page_of(
        physician, told, "reader=patient"
    )
    between = f"between {result['ci_low']:.2f} and {result['ci_high']:.2f}"
    assert f"The interval goes on beyond the picture (arrow): it lies {between}." in page_of(physician, told, "lang=en")


def test_an_interval_within_the_picture_is_not_told_twice(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    kept(app, told, "no_clear_difference", clock_at)
    for reader in ("patient", "physician"):
        page = page_of(physician, told, f"reader={reader}")
        assert "picture" not in page.replace("interval_picture", "")
        assert re.search(r"between \d", page)


def test_no_range_of_estimates_has_another_form() -> None:
    for reader, languages in CATALOGS.items():
        for language, texts in languages.items():
            for key, sentence in leaves(texts).items():
                if key != ".garment.range" and {"{low}", "{high}"} <= set(re.findall(r"\{\w+\}", sentence)):
                    form = "between {low} and {high}" if language == "en" else "entre {low} y {high}"
                    assert form in sentence, (reader, key)


def checklist(page: str) -> list[str]:
    """Return the items of the checklist in the order in which they stand."""
    return re.findall(r"<small>(\d+[a-z]?)</small></h\d>", page)


def test_the_headings_follow_the_order_of_the_cent_checklist(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    kept(app, told, "help", clock_at)
    found = checklist(page_of(physician, told))
    assert found == sorted(found, key=lambda item: (int(re.sub(r"\D", "", item)), item))
    assert {int(re.sub(r"\D", "", item)) for item in found} == set(range(1, 26))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("case", ["running", "running, unplanned"])
def test_while_a_trial_runs_there_are_counts_only(
    app: Flask, told: Person, physician: Person, clock_at: SetClock, case: str
) -> None:
    kept(app, told, case, clock_at)
    physicians, patients = page_of(physician, told), page_of(physician, told, "reader=patient")
    text = text_of(physicians)
    assert ("opens at the planned end" if case == "running" else "opens at the planned look") in text
    assert not re.search(r"[Rr]ate ratio \d|one-sided p [=<]|\d cramps\)|% of pairs", text)
    assert 'class="range"' not in physicians + patients
    assert 'class="cramps"' in physicians
    assert not re.search(r"\d cramps", text_of(patients))


def test_what_people_typed_is_shown_as_they_typed_it(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    clock_at("2026-08-20T08:00:00+00:00")
    typed = '<script>alert("1")</script> & {braces} <img src=x onerror=alert(1)>'
    told.patch("/api/me", {"display_name": typed})
    history = {"medicines": ["other"], "medicines_note": typed, "note": typed}
    assert told.put("/api/health-history", history).status_code == 200
    keep(app, told, Diary({START: night(START, note=typed, tz="UTC")}))
    for query in ("", "reader=patient"):
        page = page_of(physician, told, query)
        assert "<script" not in page
        assert "<img" not in page
        assert typed in text_of(page)
    assert text_of(page_of(physician, told)).count(typed) >= 4


def test_the_page_brings_all_it_needs_and_its_policy_lets_in_nothing_else(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    kept(app, told, "help", clock_at)
    for answer in (physician.get(f"/api/patients/{told.id}/report"), told.get("/api/me/report")):
        (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert policy[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
        assert not re.search(r"\sstyle=|<script|<link|<img|@import|url\(", answer.text)
        assert answer.content_type == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Disposition" not in answer.headers


def test_a_stopped_trial_says_when_and_why_and_opens_no_earlier(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    kept(app, told, "running", clock_at)
    trial = read(told.get("/api/trials"))["trials"][0]["id"]
    assert told.post(f"/api/trials/{trial}/stop", {"reason": "My <b>toes</b> were numb."}).status_code == 200
    text = text_of(page_of(physician, told))
    assert "My <b>toes</b> were numb." in text
    last = spaced(Words("physician", "en").day(START + timedelta(days=54)))
    assert f"The comparison still opens, on {last} at the latest." in text
    assert "Your trial was stopped" in text_of(told.get("/api/me/report").text)


def test_each_copy_a_physician_opens_is_logged_and_ones_own_is_not(told: Person, physician: Person) -> None:
    for query in ("", "reader=patient"):
        page_of(physician, told, query)
    assert told.get("/api/me/report").status_code == 200
    entries = read(told.get("/api/access-log"))["entries"]
    assert [entry["what"] for entry in entries] == ["patient report", "report"]


def test_a_page_speaks_the_patients_language_unless_another_is_asked_for(told: Person, physician: Person) -> None:
    told.patch("/api/me", {"language": "es"})
    assert '<html lang="es"' in told.get("/api/me/report").text
    assert '<html lang="es"' in page_of(physician, told, "reader=patient")
    assert '<html lang="en"' in page_of(physician, told) + told.get("/api/me/report?lang=en").text
    assert told.get("/api/me/report?lang=fr").status_code == 422


def test_long_lists_are_cut_and_say_how_much_is_left(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    clock_at("2026-09-20T08:00:00+00:00")
    nights = [START + timedelta(days=day) for day in range(30)]
    keep(
        app, told, Diary({day: night(day, note=f"Note {number} " * 100, tz="UTC") for number, day in enumerate(nights)})
    )
    text = text_of(page_of(physician, told))
    assert "and 26 more in nights.csv" in text
    assert "Note 29" in text
    assert len(text) < 14_000


def test_what_must_be_looked_at_first_stands_before_the_result(
    app: Flask, told: Person, physician: Person, clock_at: SetClock
) -> None:
    kept(app, told, "help", clock_at)
    assert "Please look at this first" not in page_of(physician, told)
    screened(told, "bypass_graft", red_flags=["one_sided_swelling"])
    page = page_of(physician, told)
    first, rest = page.split('class="summary', 1)
    for alert in ("one-sided swelling", "bypass graft under the stocking"):
        assert alert in first
    assert "1 listed at the top" in rest
    assert "see the top" in rest
    questions = text_of(page_of(physician, told, "reader=patient"))
    assert "no stockings for now" in questions
    assert "vein specialist. Should one look" not in questions


def test_answers_that_leave_something_open_are_told_as_such(told: Person, physician: Person) -> None:
    screened(told, "diabetes", missing=("ulcer",), questions_version="2026-11", abi=0.9)
    told.put("/api/garment", {"scheme": "unknown", "compression_class": "2", "mmhg_low": 20})
    told.put("/api/health-history", {"cramp_or_urge": {"muscle_hardens": False}, "signs": {"varicose": "none"}})
    text = text_of(page_of(physician, told))
    for answer in (
        "scheme unknown, class 2, 20 mmHg or more at the ankle", "0.9, the more worrying leg", "muscle does not harden",
        "Signs, as told none told", "incomplete", "Usual cramps not answered", "Other causes: none told.",
    ):  # fmt: skip
        assert answer in text, answer
    screened(told, "diabetes")
    assert "diabetes (not confirmed)" in text_of(page_of(physician, told))
    assert "ask first, before you wear stockings" in text_of(page_of(physician, told, "reader=patient"))


def leaves(texts: Any, path: str = "") -> dict[str, str]:
    """Return every sentence of a catalog by its key."""
    if isinstance(texts, dict):
        return {key: text for name, inner in texts.items() for key, text in leaves(inner, f"{path}.{name}").items()}
    if isinstance(texts, list):
        return {f"{path}.{number}": text for number, text in enumerate(texts)}
    return {path: texts}


@pytest.mark.parametrize("reader", ["physician", "patient"])
def test_both_languages_say_the_same_and_ask_for_the_same_values(reader: str) -> None:
    said = {language: leaves(texts) for language, texts in CATALOGS[reader].items()}  # type: ignore[index]
    assert said["en"].keys() == said["es"].keys()
    for key, sentence in said["en"].items():
        assert sorted(re.findall(r"\{\w+\}", sentence)) == sorted(re.findall(r"\{\w+\}", said["es"][key])), key


def test_every_code_that_can_be_told_has_a_name() -> None:
    named = {
        "physician": {
            "states": (*STATES, *STORIES, "empty"), "meaning": (*STATES, *STORIES, "empty"),
            "problems": PROBLEMS, "relief": RELIEF,
            "contributors": CONTRIBUTORS, "causes": CAUSES, "medicines": MEDICINES, "risks": VEIN_RISKS, "signs": SIGNS,
            "kind": CRAMP_OR_URGE, "red_flags": gate.RED_FLAGS,
            "safety": (*gate.BLOCKED_CODES, *gate.ASK_FIRST_CODES),
        },
        "patient": {
            "causes": CAUSES, "medicines": MEDICINES, "headlines": (*STATES, *STORIES), "leads": (*STATES, *STORIES),
            "ask": (*STORIES, "open"),
        },
    }  # fmt: skip
    for reader, lists in named.items():
        for texts in CATALOGS[reader].values():  # type: ignore[index]
            for name, codes in lists.items():
                assert set(codes) <= texts[name].keys(), name


@pytest.mark.parametrize(
    ("country", "call"),
    [
        ("ES", "Call 112 now if:"),
        ("GB", "Call 999 now if:"),
        ("ZZ", "Call your emergency number (112 or 911 in many countries) if:"),
        (None, "Call your emergency number (112 or 911 in many countries) if:"),
    ],
)
def test_the_patients_page_names_the_number_of_the_country(patient: Person, country: str | None, call: str) -> None:
    patient.patch("/api/me", {"country": country})
    assert call in text_of(patient.get("/api/me/report").text)


def spaced(text: str) -> str:
    """Return a sentence as `text_of` gives it."""
    return re.sub(r"\s+", " ", text)


PROMISES = {
    ("en", 20): "First possible answer on {first} at noon, at the latest on {last}",
    ("en", 36): "Looked on {first}: not clear yet, the trial goes on. Next look on {second} at noon",
    ("en", 54): "Looked on {second}: not clear yet, the trial goes on. Last look on {last} at noon",
    ("es", 20): "Primera respuesta posible el {first} a mediodía, como muy tarde el {last}",
    ("es", 36): "Revisado el {first}: aún no está claro, el ensayo sigue. Próxima revisión el {second} a mediodía",
    ("es", 54): "Revisado el {second}: aún no está claro, el ensayo sigue. Última revisión el {last} a mediodía",
}


@pytest.mark.parametrize(("language", "passed"), PROMISES)
def test_a_staged_trial_promises_its_dates_on_both_pages(
    app: Flask, told: Person, physician: Person, clock_at: SetClock, language: str, passed: int
) -> None:
    keep(app, told, diary(passed, **STAGED, off=1.2, on=1.2))
    clock_at(f"{START + timedelta(days=passed)}T18:00:00+00:00")
    words = Words("physician", language)
    days = {
        name: spaced(words.day(START + timedelta(days=nights)))
        for name, nights in (("first", 36), ("second", 54), ("last", 72))
    }
    page = text_of(page_of(physician, told, f"lang={language}"))
    assert PROMISES[language, passed].format(**days) in page
    assert ", ".join(days.values()) in page
    copy = text_of(page_of(physician, told, f"lang={language}&reader=patient"))
    ahead = {20: ("first", "last"), 36: ("first", "second", "last"), 54: ("second", "last")}[passed]
    assert [day for name, day in days.items() if day in copy] == [days[name] for name in ahead]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_moved_start_is_told_with_both_dates(
    patient: Person, physician: Person, clock_at: SetClock, language: str
) -> None:
    today = date(2026, 11, 4)
    clock_at(f"{today}T09:00:00+00:00")
    shared(patient, physician)
    screened(patient)
    drawn, start = today + timedelta(days=5), today + timedelta(days=30)
    body = {"design": "blocks", "blocks": 18, "block_nights": 3, "start_date": str(drawn)}
    trial = read(patient.post("/api/trials", body))
    moved = patient.post(f"/api/trials/{trial['id']}/move", {"start_date": str(start)})
    assert moved.status_code == 200
    for reader in READERS:
        page = text_of(page_of(physician, patient, f"lang={language}&reader={reader}"))
        words = Words(reader, language)
        assert spaced(words.say("dates.moved", drawn=drawn, date=today, start=start)) in page
        assert spaced(words.day(start + timedelta(days=54))) in page
