"""Bringing nights in: what the preview shows is what happens, and nothing that was recorded changes."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, RELIEF, SYMPTOMS
from backend.exports.diary_file import Owner, read_diary
from backend.exports.errors import DiaryFileError
from backend.exports.upload import UPLOAD_BYTES_MAX, tables_of
from tests.backend.apps import emptied
from tests.backend.conftest import SetClock
from tests.backend.errors import refusal
from tests.backend.nights import NIGHT, cramp, night, path_of, record
from tests.backend.people import Person, read, signed_in

AFTERNOON = "2026-11-04T15:00:00+00:00"


@pytest.fixture
def reader(patient: Person, clock_at: SetClock) -> Person:
    """Somebody in Paris with an empty diary, on the afternoon after `NIGHT`."""
    clock_at(AFTERNOON)
    patient.patch("/api/me", {"zone": "Europe/Paris"})
    return patient


def send(person: Person, path: str, *files: str | bytes) -> TestResponse:
    parts = {
        name: FileStorage(io.BytesIO(content.encode() if isinstance(content, str) else content), f"{name}.csv")
        for name, content in zip(("file", "second"), files, strict=False)
    }
    boundary, body = encode_multipart(parts)
    return person.send("POST", path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def preview(person: Person, *files: str | bytes) -> dict[str, Any]:
    response = send(person, "/api/import/preview", *files)
    assert response.status_code == 200, response.get_data(as_text=True)
    shown: dict[str, Any] = read(response)
    return shown


def bring_in(person: Person, *files: str | bytes) -> dict[str, Any]:
    """Look at the preview, then agree to it; return the preview."""
    shown = preview(person, *files)
    response = send(person, f"/api/import?fingerprint={shown['fingerprint']}", *files)
    assert read(response) == {"added": shown["counts"]["add"]}
    return shown


def diary_of(person: Person) -> dict[str, dict[str, Any]]:
    return {night["night_date"]: night for night in read(person.get("/api/nights"))["nights"]}


def without_ids(nights: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Leave out what no file holds: the ids of cramps."""
    return {day: {**body, "cramps": [{**one, "id": None} for one in body["cramps"]]} for day, body in nights.items()}


def my_zip(person: Person) -> bytes:
    return person.get("/api/me/data.zip").get_data()


def my_tables(person: Person, dialect: str = "comma") -> tuple[bytes, bytes]:
    return tuple(  # type: ignore[return-value]
        person.get(f"/api/me/{name}.csv?dialect={dialect}").get_data() for name in ("nights", "cramps")
    )


def test_what_was_exported_comes_back_field_for_field(reader: Person, other_patient: Person) -> None:
    bare = night(NIGHT - timedelta(days=1), cramps=[], stockings_day=None, note=None, problems=[], symptoms={})
    several = night(
        NIGHT - timedelta(days=3),
        cramps=[cramp(1, duration_min=0.1, relief=[]), cramp(2, site=None, side="both", pain_nrs=None)],
        note='=1+1, "quoted"; and\ntwo lines',
        tz="America/New_York",
    )
    record(reader, several, bare, night())
    kept = without_ids(diary_of(reader))
    nights, cramps = my_tables(reader)
    for files in ((my_zip(reader),), (nights, cramps), (cramps, nights), my_tables(reader, "semicolon")):
        emptied_diary(other_patient)
        shown = bring_in(other_patient, *files)
        assert shown["counts"] == {"add": 3, "same": 0, "different": 0, "refused": 0, "empty": 1}
        assert shown["ignored"] == []
        assert without_ids(diary_of(other_patient)) == kept


def emptied_diary(person: Person) -> None:
    for day in diary_of(person):
        assert person.delete(path_of(day), headers={"If-Match": "*"}).status_code == 204


def test_nights_from_a_file_are_late_and_their_history_says_where_they_came_from(
    reader: Person, other_patient: Person
) -> None:
    record(reader, night())
    bring_in(other_patient, my_zip(reader))
    (change,) = read(other_patient.get(f"{path_of()}/history"))["revisions"]
    assert (change["action"], change["late"], change["old"]) == ("imported", True, None)
    assert change["actor"]["id"] == str(other_patient.id)


def test_the_phone_hears_of_them_by_the_feed_and_may_correct_them(reader: Person) -> None:
    record(reader, night())
    cursor = read(reader.get("/api/nights?cursor=0"))["cursor"]
    bring_in(reader, "date,cramps\n2026-11-01,2\n2026-11-02,0\n")
    feed = read(reader.get(f"/api/nights?cursor={cursor}"))
    assert [one["night_date"] for one in feed["nights"]] == ["2026-11-01", "2026-11-02"]
    assert feed["cursor"] == cursor + 2
    corrected = night(date(2026, 11, 1), cramps=[])
    etag = feed["etags"]["2026-11-01"]
    assert reader.put(path_of("2026-11-01"), corrected, headers={"If-Match": etag}).status_code == 200


@pytest.mark.parametrize("saved", ["2026-11-04T03:10:00", "2026-11-04 03:10", "2026-11-04 03:10:00.000"])
def test_a_time_that_a_spreadsheet_wrote_with_its_seconds_is_the_same_minute(reader: Person, saved: str) -> None:
    record(reader, night())
    nights, cramps = my_tables(reader)
    before = diary_of(reader)
    assert reader.delete(path_of(), headers={"If-Match": "*"}).status_code == 204
    bring_in(reader, nights, cramps.replace(b"2026-11-04T03:10", saved.encode()))
    assert without_ids(diary_of(reader)) == without_ids(before)


def test_a_small_table_kept_by_hand_is_understood(reader: Person) -> None:
    text = "Fecha;Calambres;Medias de día;Minutos;Dolor;Nota\n03.11.2026;1;sí;4,5;7;tras un viaje\n02.11.2026;0;no;;;\n"
    shown = bring_in(reader, text.encode("cp1252"))
    assert shown["counts"]["add"] == 2
    nights = diary_of(reader)
    assert nights["2026-11-02"]["cramps"] == []
    (one,) = nights["2026-11-03"]["cramps"]
    assert (one["duration_min"], one["pain_nrs"], one["site"]) == (4.5, 7, None)
    assert (nights["2026-11-03"]["stockings_day"], nights["2026-11-03"]["stockings_night"]) == (True, None)
    assert (nights["2026-11-03"]["note"], nights["2026-11-03"]["tz"]) == ("tras un viaje", "Europe/Paris")


def test_totals_of_several_cramps_are_left_out_and_that_is_said(reader: Person) -> None:
    shown = bring_in(reader, "date,cramps,minutes,pain\n2026-11-02,3,12,8\n2026-11-03,2,,\n")
    assert shown["undivided"] == 1
    assert [one["duration_min"] for one in diary_of(reader)["2026-11-02"]["cramps"]] == [None] * 3


def test_a_worst_pain_that_no_cramp_can_have_is_refused(reader: Person) -> None:
    (refused,) = preview(reader, "date,cramps,pain\n2026-11-02,3,11\n2026-11-03,2,10\n")["refused"]
    assert (refused["line"], refused["column"], refused["reason"]) == (2, "worst_pain", "bounds")
    assert (refused["low"], refused["high"]) == (0, 10)


def test_headings_that_mean_nothing_here_are_named(reader: Person) -> None:
    assert preview(reader, "date,cramps,weather,late,assigned\n2026-11-03,1,rain,0,1\n")["ignored"] == ["weather"]


def test_recorded_nights_stay_as_they_are_and_the_preview_says_which(reader: Person) -> None:
    record(reader, night(), night(NIGHT - timedelta(days=1), cramps=[]))
    before = diary_of(reader)
    text = "date,cramps,stockings_day,aching\n2026-11-03,1,1,\n2026-11-02,2,,9\n2026-11-01,4,,\n"
    shown = bring_in(reader, text)
    told = [[one[name] for name in ("night_date", "outcome", "cramps", "recorded_cramps", "differs")]
            for one in shown["nights"]]  # fmt: skip
    assert told == [
        ["2026-11-01", "add", 4, None, []],
        ["2026-11-02", "different", 2, 0, ["cramps", "symptoms"]],
        ["2026-11-03", "same", 1, 1, []],
    ]
    after = diary_of(reader)
    assert {day: after[day] for day in before} == before
    assert set(after) - set(before) == {"2026-11-01"}


def test_bringing_the_same_file_in_twice_adds_nothing(reader: Person) -> None:
    text = "date,cramps\n2026-11-02,2\n2026-11-03,0\n"
    bring_in(reader, text)
    cursor = read(reader.get("/api/nights?cursor=0"))["cursor"]
    assert bring_in(reader, text)["counts"] == {"add": 0, "same": 2, "different": 0, "refused": 0, "empty": 0}
    assert read(reader.get("/api/nights?cursor=0"))["cursor"] == cursor


def test_a_deleted_night_may_be_brought_in_again(reader: Person) -> None:
    text = "date,cramps\n2026-11-03,2\n"
    bring_in(reader, text)
    emptied_diary(reader)
    assert bring_in(reader, text)["counts"]["add"] == 1
    actions = [one["action"] for one in read(reader.get(f"{path_of()}/history"))["revisions"]]
    assert actions == ["imported", "deleted", "imported"]


@pytest.mark.parametrize(
    "meanwhile",
    [night(), night(note="another"), night(cramps=[])],
    ids=["as in the file", "with another answer", "without cramps"],
)
def test_a_diary_that_changed_since_the_preview_is_not_touched(reader: Person, meanwhile: dict[str, Any]) -> None:
    text = "date,cramps\n2026-11-02,2\n2026-11-03,1\n"
    shown = preview(reader, text)
    record(reader, meanwhile)
    refusal(send(reader, f"/api/import?fingerprint={shown['fingerprint']}", text), "conflict")
    assert list(diary_of(reader)) == ["2026-11-03"]


def test_another_file_than_the_one_shown_is_not_taken(reader: Person) -> None:
    shown = preview(reader, "date,cramps\n2026-11-03,1\n")
    answer = send(reader, f"/api/import?fingerprint={shown['fingerprint']}", "date,cramps\n2026-11-03,2\n")
    refusal(answer, "conflict")
    assert diary_of(reader) == {}


def test_the_preview_stays_good_while_time_passes(reader: Person, clock_at: SetClock) -> None:
    text = "date,cramps\n2026-11-03,1\n"
    shown = preview(reader, text)
    clock_at("2026-11-04T15:20:00+00:00")
    response = send(reader, f"/api/import?fingerprint={shown['fingerprint']}", text)
    assert read(response) == {"added": 1}
    assert diary_of(reader)["2026-11-03"]["edited_at"] == "2026-11-04T15:20:00.000Z"


LINES = [
    # cell line of a table "date,cramps,minutes,pain,stockings_day,day_wear_h,problems,note,tz,edited_at,aching"
    ("someday,1,,,,,,,,,", "night_date", "date", None),
    (",1,,,,,,,,,", "night_date", "date_missing", None),
    ("2026-11-02,,,,1,,,,,,", "cramps", "cramps_missing", None),
    ("2026-11-02,many,,,,,,,,,", "cramps", "number", None),
    ("2026-11-02,1.5,,,,,,,,,", "cramps", "whole", None),
    ("2026-11-02,-1,,,,,,,,,", "cramps", "bounds", (0, 50)),
    ("2026-11-02,51,,,,,,,,,", "cramps", "bounds", (0, 50)),
    ("2026-11-02,99999999999999999999,,,,,,,,,", "cramps", "bounds", (0, 50)),
    ("2026-11-02,0,3,,,,,,,,", "cramps", "none_but_told", None),
    ("2026-11-02,0,,2,,,,,,,", "cramps", "none_but_told", None),
    ("2026-11-02,1,120.5,,,,,,,,", "cramp_minutes", "bounds", (0.1, 120)),
    ("2026-11-02,1,,11,,,,,,,", "worst_pain", "bounds", (0, 10)),
    ("2026-11-02,1,,3.5,,,,,,,", "worst_pain", "whole", None),
    ("2026-11-02,1,,,perhaps,,,,,,", "stockings_day", "yes_no", None),
    ("2026-11-02,1,,,,24.1,,,,,", "day_wear_h", "bounds", (0, 24)),
    ("2026-11-02,1,,,,,hurts,,,,", "problems", "choice", None),
    (f"2026-11-02,1,,,,,,{'x' * 2001},,,", "note", "too_long", None),
    ("2026-11-02,1,,,,,,,Mars/Olympus,,", "tz", "zone", None),
    ("2026-11-02,1,,,,,,,,yesterday,", "edited_at", "time", None),
    ("2026-11-02,1,,,,,,,,,11", "aching", "bounds", (0, 10)),
    ("2026-11-05,1,,,,,,,,,", "night_date", "future", None),
    ("1999-12-31,1,,,,,,,,,", "night_date", "too_early", None),
    ("2026-11-03,1,,,,,,,,,", "night_date", "differs", None),
]


@pytest.mark.parametrize(("line", "column", "reason", "bounds"), LINES, ids=[f"{one[1]} {one[2]}" for one in LINES])
def test_a_line_that_cannot_be_taken_is_named_with_its_reason_and_the_others_come_in(
    reader: Person, line: str, column: str, reason: str, bounds: tuple[float, float] | None
) -> None:
    heading = "date,cramps,minutes,pain,stockings_day,day_wear_h,problems,note,tz,edited_at,aching"
    text = f"{heading}\n2026-11-03,2,,,,,,,,,\n{line}\n2026-11-01,0,,,,,,,,,\n"
    shown = bring_in(reader, text)
    (refused,) = shown["refused"]
    assert (refused["line"], refused["table"], refused["column"], refused["reason"]) == (3, "nights", column, reason)
    assert refused["detail"].endswith(".")
    assert (refused["low"], refused["high"]) == (bounds or (None, None))
    assert refused["other_line"] == (2 if reason == "differs" else None)
    assert list(diary_of(reader)) == ["2026-11-01", "2026-11-03"]


CRAMP_LINES = [
    ("2026-11-03,1,2026-11-04T03:10,121,,", "duration_min", "bounds"),
    ("2026-11-03,1,2026-11-04T13:10,,,", "onset_local", "outside_night"),
    ("2026-11-03,1,at night,,,", "onset_local", "time"),
    ("2026-11-03,1,,,,wish", "relief", "choice"),
    ("2026-11-03,1,,,knee,", "site", "choice"),
]


@pytest.mark.parametrize(("line", "column", "reason"), CRAMP_LINES, ids=[f"{one[1]} {one[2]}" for one in CRAMP_LINES])
def test_a_cramp_that_cannot_be_taken_is_named_in_its_own_table(
    reader: Person, line: str, column: str, reason: str
) -> None:
    cramps = f"night_date,cramp,onset_local,duration_min,site,relief\n{line}\n"
    shown = bring_in(reader, "date,cramps\n2026-11-03,1\n2026-11-02,0\n", cramps)
    (refused,) = shown["refused"]
    assert (refused["line"], refused["table"], refused["column"], refused["reason"]) == (2, "cramps", column, reason)
    assert list(diary_of(reader)) == ["2026-11-02"]


def test_tables_that_do_not_fit_each_other_are_told_line_by_line(reader: Person) -> None:
    nights = "date,cramps\n2026-11-01,2\n2026-11-02,1\n2026-11-03,\n"
    cramps = "date,cramp,pain\n2026-11-01,1,4\n2026-10-31,1,4\n2026-11-02,1,5\n,1,3\n2026-11-03,1,2\n"
    shown = bring_in(reader, nights, cramps)
    told = [(one["table"], one["line"], one["reason"]) for one in shown["refused"]]
    assert told == [
        ("nights", 2, "cramp_rows"),
        ("nights", 4, "cramps_missing"),
        ("cramps", 3, "no_night"),
        ("cramps", 5, "date_missing"),
    ]
    assert list(diary_of(reader)) == ["2026-11-02"]


def test_lines_of_the_same_night_in_the_same_words_are_one_night(reader: Person) -> None:
    shown = bring_in(reader, "date,cramps\n2026-11-03,2\n2026-11-03,2\n\n")
    assert shown["counts"] == {"add": 1, "same": 0, "different": 0, "refused": 0, "empty": 0}


def zipped(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return target.getvalue()


FILES: list[tuple[str, tuple[str | bytes, ...], str, int | None]] = [
    ("nothing", ("",), "unreadable", None),
    ("a picture", (b"\x89PNG\r\n\x1a\n\x00\x00",), "unreadable", None),
    ("a line too long", ("date,cramps\n2026-11-03,1\n2026-11-02,1,2,3\n",), "unreadable", 3),
    ("no cramps", ("date,pain\n2026-11-03,1\n",), "columns_missing", 1),
    ("no date", ("day,cramps\n2026-11-03,1\n",), "columns_missing", 1),
    ("a column twice", ("date,night,cramps\n2026-11-03,2026-11-03,1\n",), "column_twice", 1),
    ("cramps alone", ("date,cramp\n2026-11-03,1\n",), "cramps_only", None),
    ("two tables of nights", ("date,cramps\n2026-11-03,1\n",) * 2, "columns_missing", 1),
    ("two people", ("id,date,cramps\na,2026-11-03,1\nb,2026-11-02,1\n",), "several_people", None),
    ("a zip of something else", (zipped(photo__csv="x"),), "zip_without_nights", None),
    ("a spreadsheet", (zipped(**{"[Content_Types]__xml": "x"}),), "spreadsheet", None),
    ("a broken zip", (zipped(nights__csv="date,cramps\n")[:40],), "unreadable", None),
    ("a novel", ("date,cramps\n" + "".join(f"2026-11-03,word{n}\n" for n in range(200)),), "too_many_refused", 102),
    ("a century", ("date,cramps\n" + "2026-11-03,1\n" * 5001,), "too_many_nights", None),
    ("a zip that grows", (zipped(nights__csv="date,cramps\n" + "\n" * 17_000_000),), "too_many_nights", None),
    ("line ends alone", ("date,cramps\n" + "\n" * 500_000,), "too_many_nights", None),
]


@pytest.mark.parametrize(("files", "reason", "line"), [one[1:] for one in FILES], ids=[one[0] for one in FILES])
def test_a_file_that_is_no_diary_is_refused_in_one_sentence(
    reader: Person, files: tuple[str | bytes, ...], reason: str, line: int | None
) -> None:
    for path in ("/api/import/preview", f"/api/import?fingerprint={'0' * 64}"):
        body = refusal(send(reader, path, *files), "validation")
        assert (body["reason"], body["line"]) == (reason, line)
    assert diary_of(reader) == {}


def test_a_file_that_is_too_large_is_refused_with_the_bound(reader: Person) -> None:
    content = b"date,cramps\n" + b"x" * UPLOAD_BYTES_MAX
    for path in ("/api/import/preview", f"/api/import?fingerprint={'0' * 64}"):
        body = refusal(send(reader, path, content), "too-large")
        assert body["detail"] == "At most 4,194,304 bytes are taken here."


def test_other_routes_keep_their_own_bound_and_take_no_files(reader: Person) -> None:
    body = refusal(reader.put(path_of(), {"note": "x" * 300_000}), "too-large")
    assert body["detail"] == "At most 262,144 bytes are taken here."
    refusal(send(reader, "/api/shares", "date,cramps\n"), "unsupported-media-type")


def test_files_come_as_files(reader: Person) -> None:
    refusal(reader.send("POST", "/api/import/preview", data="date,cramps\n", content_type="text/csv"),
            "unsupported-media-type")  # fmt: skip
    for answer in (reader.post("/api/import/preview", {"file": "date,cramps"}), send(reader, "/api/import/preview")):
        assert [one["pointer"] for one in refusal(answer, "validation")["errors"]] == ["/file"]
    for fingerprint in ("", "?fingerprint=", "?fingerprint=abc"):
        answer = send(reader, f"/api/import{fingerprint}", "date,cramps\n2026-11-03,1\n")
        assert [one["pointer"] for one in refusal(answer, "validation")["errors"]] == ["/fingerprint"]


CRAMPS = st.fixed_dictionaries(
    {
        "onset_local": st.none() | st.sampled_from(["12:00", "23:59"]),
        "duration_min": st.none() | st.integers(1, 1200).map(lambda tenth: tenth / 10),
        "pain_nrs": st.none() | st.integers(0, 10),
        "site": st.sampled_from([None, "calf", "foot", "thigh"]),
        "side": st.sampled_from([None, "left", "right", "both"]),
        "relief": st.lists(st.sampled_from(RELIEF), unique=True),
    }
)
# A cell's outer spaces are no part of it, and a note that is only spaces is none.
NOTES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40).map(lambda text: text.strip(" "))
NIGHTS = st.fixed_dictionaries(
    {
        "cramps": st.lists(CRAMPS, max_size=4),
        "stockings_day": st.none() | st.booleans(),
        "day_wear_h": st.none() | st.integers(0, 240).map(lambda tenth: tenth / 10),
        "stockings_night": st.none() | st.booleans(),
        "rls_urge": st.none() | st.booleans(),
        "awake_min": st.none() | st.floats(0, 600),
        "symptoms": st.fixed_dictionaries({name: st.none() | st.integers(0, 10) for name in SYMPTOMS}),
        "problems": st.lists(st.sampled_from(PROBLEMS), unique=True),
        "contributors": st.lists(st.sampled_from(CONTRIBUTORS), unique=True),
        "note": NOTES.map(lambda text: text or None),
    }
)


@settings(max_examples=10)
@given(diary=st.lists(NIGHTS, min_size=4, max_size=10))
def test_whatever_nights_say_survives_the_way_out_and_in(served_app: Flask, diary: list[dict[str, Any]]) -> None:
    app = emptied(served_app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backend.clock.now", lambda: datetime.fromisoformat(AFTERNOON))
        writer, other = signed_in(app, "patient"), signed_in(app, "patient", "other@example.org")
        for back, told in enumerate(diary):
            day = NIGHT - timedelta(days=back)
            cramps = [
                cramp(number, **one | {"onset_local": one["onset_local"] and f"{day}T{one['onset_local']}"})
                for number, one in enumerate(told["cramps"], 1)
            ]
            record(writer, night(day, **{**told, "cramps": cramps}))
        bring_in(other, my_zip(writer))
        assert without_ids(diary_of(other)) == without_ids(diary_of(writer))


@settings(max_examples=400)
@given(content=st.binary(max_size=200) | st.text(st.sampled_from(list("datecrmps,;\n\r\"0123-./ ='\t")), max_size=200))
def test_any_bytes_are_a_diary_or_a_refusal_in_words(content: bytes | str) -> None:
    raw = content if isinstance(content, bytes) else f"date,cramps\n{content}".encode()
    owner = Owner(UUID(int=1), "Europe/Paris", datetime.fromisoformat(AFTERNOON))
    with suppress(DiaryFileError):
        read_diary(tables_of([raw]), owner)
