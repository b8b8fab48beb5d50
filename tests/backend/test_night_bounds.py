"""What a night may hold: both sides of every bound, and nothing but what the contract names."""

import json
from typing import Any

import pytest

from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, RELIEF
from tests.backend.errors import pointers, refusal
from tests.backend.nights import cramp, night, path_of
from tests.backend.people import Person, read

pytestmark = pytest.mark.usefixtures("morning")

NOT_NUMBERS = ("3", "", True, False, [], [3], {}, {"value": 3})
NOT_WHOLE = (*NOT_NUMBERS, 2.5)
NOT_TRUTHS = (0, 1, 1.0, "true", "false", "yes", "", [], {})
NOT_TEXTS = (0, 1, True, [], ["calf"], {})

# Field: the values just within its bounds, the values just without.
NUMBERS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "/day_wear_h": ((None, 0, 0.5, 24), (-0.01, 24.01, *NOT_NUMBERS)),
    "/awake_min": ((None, 0, 599.5, 600), (-0.01, 600.01, *NOT_NUMBERS)),
    **{
        f"/symptoms/{name}": ((None, 0, 10), (-1, 11, *NOT_WHOLE))
        for name in ("aching", "heaviness", "soreness", "burning")
    },
    "/cramps/0/duration_min": ((None, 0.1, 120), (0, 0.09, 120.01, *NOT_NUMBERS)),
    "/cramps/0/pain_nrs": ((None, 0, 10), (-1, 11, *NOT_WHOLE)),
}
TRUTHS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    f"/{name}": ((None, True, False), NOT_TRUTHS) for name in ("stockings_day", "stockings_night", "rls_urge")
}
WORDS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "/cramps/0/site": ((None, "calf", "foot", "thigh"), ("Calf", "knee", "", *NOT_TEXTS)),
    "/cramps/0/side": ((None, "left", "right", "both"), ("Left", "none", "", *NOT_TEXTS)),
    "/note": (
        (None, "", "x" * 2000, "🌙" * 2000, "a\nb\tc", "ÿ\ufffd"),
        ("x" * 2001, "a\x00b", "\ud83c", "\udf19", *NOT_TEXTS),
    ),
    "/tz": (
        ("UTC", "Pacific/Kiritimati", "America/Argentina/Ushuaia"),
        (None, "", "Paris", "europe/paris", "Europe/../UTC", "+01:00", "\ud800", *NOT_TEXTS),
    ),
}
LISTS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "/cramps/0/relief": (([], list(RELIEF)), (None, "stretch", {}, ["stretch", "stretch"])),
    "/problems": (([], list(PROBLEMS)), (None, "itch", {}, ["itch", "itch"])),
    "/contributors": (([], list(CONTRIBUTORS)), (None, "caffeine", {}, ["other", "other"])),
    "/cramps": (
        ([], [cramp(number) for number in range(50)]),
        (None, "none", {}, [cramp(number) for number in range(51)], [cramp(1), cramp(1)]),
    ),
}
TIMES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "/edited_at": (
        (
            "2026-11-04T06:20:00Z",
            "2026-11-04T06:20:00.123456Z",
            "2026-11-04T07:20:00+01:00",
            "2026-11-03T20:20:00-10:00",
            "2000-01-01T00:00:00Z",
            # A phone whose clock is ahead: it is not for the server to lose the night.
            "2031-01-01T00:00:00Z",
        ),
        (
            None,
            "",
            "2026-11-04",
            "2026-11-04T06:20:00",
            "2026-11-04 06:20:00Z",
            "20261104T062000Z",
            "2026-W45-3T06:20:00Z",
            "2026-11-04T06:20Z",
            "2026-11-04T24:00:00Z",
            "2026-02-30T06:20:00Z",
            "2026-11-04T06:20:00+25:00",
            "２０２６-11-04T06:20:00Z",
            "1999-12-31T23:59:59Z",
            "9999-12-31T23:59:59-23:59",
            *NOT_TEXTS,
        ),
    ),
    "/cramps/0/onset_local": (
        (None, "2026-11-03T12:00", "2026-11-03T23:59", "2026-11-04T00:00", "2026-11-04T11:59"),
        (
            "",
            "2026-11-03T11:59",
            "2026-11-04T12:00",
            "2026-11-02T23:00",
            "2026-11-05T03:10",
            "2026-11-04",
            "2026-11-04T03:10:00",
            "2026-11-04T03:10Z",
            "2026-11-04T3:010",
            "2026-11-04 03:10",
            "2026-11-04t03:10",
            "2026-11-04T24:00",
            "2026-02-30T03:10",
            "２０２６-11-04T03:10",
            *NOT_TEXTS,
        ),
    ),
}
BOUNDS = {**NUMBERS, **TRUTHS, **WORDS, **LISTS, **TIMES}


def with_value(pointer: str, value: Any) -> dict[str, Any]:
    """Return a night with one value replaced."""
    body = night()
    *way, last = pointer.removeprefix("/").split("/")
    place: Any = body
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return body


def value_at(body: Any, pointer: str) -> Any:
    for step in pointer.removeprefix("/").split("/"):
        body = body[int(step) if step.isdigit() else step]
    return body


@pytest.mark.parametrize("pointer", BOUNDS)
def test_values_within_the_bounds_are_kept_as_they_are(patient: Person, pointer: str) -> None:
    for value in BOUNDS[pointer][0]:
        body = with_value(pointer, value)
        response = patient.put(path_of(), body, headers={"If-Match": "*"})
        assert response.status_code in (200, 201), (value, response.get_data(as_text=True))
        assert value_at(read(patient.get(path_of())), pointer) == value


@pytest.mark.parametrize("pointer", BOUNDS)
def test_values_beyond_the_bounds_are_refused_by_name(patient: Person, pointer: str) -> None:
    for value in BOUNDS[pointer][1]:
        found = pointers(patient.put(path_of(), with_value(pointer, value)))
        # A wrong member of a list is named by its place.
        assert len(found) == 1, (value, found)
        assert found[0] == pointer or found[0].startswith(f"{pointer}/"), (value, found)
    refusal(patient.get(path_of()), "not-found")


@pytest.mark.parametrize("pointer", ["/cramps/0/relief", "/problems", "/contributors"])
def test_only_known_choices_are_taken(patient: Person, pointer: str) -> None:
    for value in ("unheard_of", "Stretch", "", None, 1, []):
        assert pointers(patient.put(path_of(), with_value(pointer, [value]))) == [f"{pointer}/0"]


def test_a_cramp_needs_an_id(patient: Person) -> None:
    for value in ("", "1", "not-an-id", "00000000-0000-0000-0000-00000000000g", None, 1, [], {}, "\ud800"):
        assert pointers(patient.put(path_of(), with_value("/cramps/0/id", value))) == ["/cramps/0/id"]


def test_two_cramps_with_one_id_are_refused_however_it_is_written(patient: Person) -> None:
    written = "ab000000-0000-0000-0000-0000000000cd"
    body = night(cramps=[cramp(id=written), cramp(id=written.upper())])
    assert pointers(patient.put(path_of(), body)) == ["/cramps"]


@pytest.mark.parametrize("place", ["", "/symptoms", "/cramps/0"])
def test_unknown_fields_are_refused_at_every_level(patient: Person, place: str) -> None:
    for name in ("mood", "late", "woke_on", "patient_id", "Note", "", "__class__"):
        found = pointers(patient.put(path_of(), with_value(f"{place}/{name}", None)))
        assert found == [f"{place}/{name}"]


@pytest.mark.parametrize("name", ["cramps", "tz", "edited_at"])
def test_what_makes_a_night_cannot_be_left_out(patient: Person, name: str) -> None:
    body = night()
    del body[name]
    assert pointers(patient.put(path_of(), body)) == [f"/{name}"]


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e400", "1" + "0" * 400])
def test_what_is_no_number_in_json_is_no_number_here(patient: Person, literal: str) -> None:
    for pointer in NUMBERS:
        text = json.dumps(with_value(pointer, "HERE")).replace('"HERE"', literal)
        response = patient.send("PUT", path_of(), data=text, content_type="application/json")
        assert pointers(response) == [pointer]


def test_the_date_in_the_body_can_only_repeat_the_address(patient: Person) -> None:
    for night_date in (None, "", "2026-11-04", "3.11.2026", 20261103, [], "\ud800"):
        assert pointers(patient.put(path_of(), night() | {"night_date": night_date})) == ["/night_date"]


def test_symptoms_and_cramps_are_objects(patient: Person) -> None:
    for pointer in ("/symptoms", "/cramps/0"):
        for value in (None, [], "none", 3, [{}]):
            found = pointers(patient.put(path_of(), with_value(pointer, value)))
            assert found
            assert all(place.startswith(pointer) for place in found)


def test_every_wrong_value_is_named_at_once(patient: Person) -> None:
    body = night(awake_min=601, tz="Paris", cramps=[cramp(1, pain_nrs=11), cramp(2, side="up")], mood="fine")
    expected = ["/awake_min", "/cramps/0/pain_nrs", "/cramps/1/side", "/mood"]
    assert sorted(pointers(patient.put(path_of(), body))) == expected


def test_messages_say_the_bound_and_never_the_value(patient: Person) -> None:
    body = refusal(patient.put(path_of(), night(awake_min=601.75)), "validation")
    (error,) = body["errors"]
    assert "600" in error["detail"]
    assert "601.75" not in json.dumps(body)
