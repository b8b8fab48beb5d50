"""Which night it is: noon to noon where the person woke, also across clock changes and time zones."""

from datetime import date

import pytest

from tests.backend.conftest import SetClock
from tests.backend.errors import refusal
from tests.backend.nights import NIGHT, cramp, night, path_of
from tests.backend.people import Person, read


def tell(patient: Person, night_date: str, zone: str, **changes: object) -> int:
    """Send a night without cramps; return the status of the answer."""
    body = {"cramps": [], "tz": zone, "edited_at": "2026-01-01T00:00:00Z", **changes}
    return patient.put(path_of(night_date), body).status_code


# The instant at which a night begins somewhere: the noon of its date, on the clocks there.
OPENINGS = [
    ("UTC", "2026-11-03", "2026-11-03T12:00:00+00:00"),
    ("Europe/Paris", "2026-11-03", "2026-11-03T11:00:00+00:00"),
    ("America/Los_Angeles", "2026-11-03", "2026-11-03T20:00:00+00:00"),
    ("America/St_Johns", "2026-11-03", "2026-11-03T15:30:00+00:00"),
    ("Asia/Kathmandu", "2026-11-03", "2026-11-03T06:15:00+00:00"),
    ("Pacific/Kiritimati", "2026-11-03", "2026-11-02T22:00:00+00:00"),
    ("Pacific/Pago_Pago", "2026-11-03", "2026-11-03T23:00:00+00:00"),
    # The days on which clocks change: noon is an hour nearer to, or farther from, the noon before.
    ("Europe/Paris", "2026-03-28", "2026-03-28T11:00:00+00:00"),
    ("Europe/Paris", "2026-03-29", "2026-03-29T10:00:00+00:00"),
    ("Europe/Paris", "2026-10-24", "2026-10-24T10:00:00+00:00"),
    ("Europe/Paris", "2026-10-25", "2026-10-25T11:00:00+00:00"),
    ("America/New_York", "2026-11-01", "2026-11-01T17:00:00+00:00"),
]


@pytest.mark.parametrize(("zone", "night_date", "opening"), OPENINGS)
def test_a_night_can_be_recorded_from_its_own_noon_on(
    patient: Person, clock_at: SetClock, zone: str, night_date: str, opening: str
) -> None:
    clock_at(opening.replace(":00+00:00", ":00.000000+00:00"))
    assert tell(patient, night_date, zone) == 201
    day_before = date.fromisoformat(night_date).toordinal() - 1
    assert tell(patient, date.fromordinal(day_before).isoformat(), zone) == 201


@pytest.mark.parametrize(("zone", "night_date", "opening"), OPENINGS)
def test_no_night_can_be_recorded_before_its_noon(
    patient: Person, clock_at: SetClock, zone: str, night_date: str, opening: str
) -> None:
    hour, minute = int(opening[11:13]), int(opening[14:16])
    total = hour * 60 + minute - 1
    clock_at(f"{opening[:11]}{total // 60:02}:{total % 60:02}:59.999999+00:00")
    body = {"cramps": [], "tz": zone, "edited_at": "2026-01-01T00:00:00Z"}
    errors = refusal(patient.put(path_of(night_date), body), "validation")["errors"]
    before = date.fromordinal(date.fromisoformat(night_date).toordinal() - 1)
    assert errors == [
        {"pointer": "/night_date", "detail": f"Must not be later than {before}: that night has not begun."}
    ]


def test_a_traveler_uses_the_zone_where_they_woke(patient: Person, clock_at: SetClock) -> None:
    # 1:30 in Honolulu on the 3rd, 0:30 in Kiritimati on the 4th: the night of the 3rd has begun in one of them.
    clock_at("2026-11-03T11:30:00+00:00")
    assert tell(patient, "2026-11-03", "Pacific/Honolulu") == 422
    assert tell(patient, "2026-11-03", "Pacific/Kiritimati") == 201
    # The zone of the account has no say.
    patient.patch("/api/me", {"zone": "Pacific/Kiritimati"})
    assert tell(patient, "2026-11-03", "Pacific/Honolulu", note="corrected") == 422


def test_nights_of_a_journey_keep_the_zones_they_were_spent_in(patient: Person, clock_at: SetClock) -> None:
    clock_at("2026-11-06T18:00:00+00:00")
    zones = {"2026-11-02": "Europe/Paris", "2026-11-03": "America/New_York", "2026-11-04": "Asia/Tokyo"}
    for night_date, zone in zones.items():
        assert tell(patient, night_date, zone, edited_at=f"{night_date}T23:00:00Z") == 201
    nights = read(patient.get("/api/nights"))["nights"]
    assert {body["night_date"]: body["tz"] for body in nights} == zones


@pytest.mark.parametrize("night_date", ["1999-12-31", "0001-01-01"])
def test_there_are_no_nights_of_the_last_century(patient: Person, clock_at: SetClock, night_date: str) -> None:
    assert tell(patient, night_date, "UTC") == 422
    assert tell(patient, "2000-01-01", "UTC") == 201


def test_the_end_of_time_is_refused_and_not_a_failure(patient: Person) -> None:
    assert tell(patient, "9999-12-31", "UTC") == 422
    assert patient.delete(path_of("9999-12-31")).status_code == 204
    for path in (path_of("9999-12-31"), f"{path_of('9999-12-31')}/history"):
        refusal(patient.get(path), "not-found")


def late(patient: Person, night_date: str, zone: str, edited_at: str) -> bool:
    assert tell(patient, night_date, zone, edited_at=edited_at) == 201
    answer: bool = read(patient.get(f"{path_of(night_date)}/history"))["revisions"][0]["late"]
    return answer


# The instant 24 hours after a night has closed: the second noon after its evening.
DEADLINES = [
    ("UTC", "2026-11-03", "2026-11-05T12:00:00Z"),
    ("Europe/Paris", "2026-11-03", "2026-11-05T12:00:00+01:00"),
    ("Pacific/Kiritimati", "2026-11-03", "2026-11-04T22:00:00Z"),
    ("America/New_York", "2026-11-03", "2026-11-05T17:00:00Z"),
    # 24 hours are 24 hours, also when the clocks change in them.
    ("Europe/Paris", "2026-03-27", "2026-03-29T13:00:00+02:00"),
    ("Europe/Paris", "2026-03-28", "2026-03-30T12:00:00+02:00"),
    ("Europe/Paris", "2026-10-23", "2026-10-25T11:00:00+01:00"),
    ("Europe/Paris", "2026-10-24", "2026-10-26T12:00:00+01:00"),
]


@pytest.mark.parametrize(("zone", "night_date", "deadline"), DEADLINES)
def test_a_night_is_late_more_than_24_hours_after_its_noon(
    patient: Person, clock_at: SetClock, zone: str, night_date: str, deadline: str
) -> None:
    clock_at("2026-12-01T12:00:00+00:00")
    assert late(patient, night_date, zone, deadline) is False
    patient.delete(path_of(night_date), headers={"If-Match": "*"})
    just_after = deadline.replace(":00Z", ":00.000001Z").replace(":00+", ":00.000001+", 1)
    assert tell(patient, night_date, zone, edited_at=just_after) == 201
    assert read(patient.get(f"{path_of(night_date)}/history"))["revisions"][-1]["late"] is True


@pytest.mark.parametrize("edited_at", ["2026-11-04T06:20:00Z", "2026-11-20T06:20:00Z"])
def test_a_correction_does_not_change_whether_a_night_was_late(
    patient: Person, clock_at: SetClock, edited_at: str
) -> None:
    clock_at("2026-12-01T12:00:00+00:00")
    first = late(patient, "2026-11-03", "UTC", edited_at)
    for corrected in ("2026-11-04T07:00:00Z", "2026-11-30T07:00:00Z"):
        response = patient.put(path_of(), night(edited_at=corrected), headers={"If-Match": "*"})
        assert response.status_code == 200
    revisions = read(patient.get(f"{path_of()}/history"))["revisions"]
    assert [revision["late"] for revision in revisions] == [first] * 3
    assert first is (edited_at > "2026-11-10")


def test_a_phone_whose_clock_is_ahead_makes_no_night_late(patient: Person, clock_at: SetClock) -> None:
    clock_at("2026-11-04T08:00:00+00:00")
    assert late(patient, "2026-11-03", "UTC", "2026-11-20T08:00:00Z") is False


def test_a_night_typed_in_time_and_sent_days_later_is_not_late(patient: Person, clock_at: SetClock) -> None:
    clock_at("2026-11-20T08:00:00+00:00")
    assert late(patient, "2026-11-03", "UTC", "2026-11-04T08:00:00Z") is False


@pytest.mark.parametrize(
    ("onset", "status"),
    [
        ("2026-11-03T11:59", 422),
        ("2026-11-03T12:00", 201),
        ("2026-11-03T23:59", 201),
        ("2026-11-04T00:00", 201),
        ("2026-11-04T03:10", 201),
        ("2026-11-04T11:59", 201),
        ("2026-11-04T12:00", 422),
    ],
)
@pytest.mark.usefixtures("morning")
def test_a_cramp_after_midnight_belongs_to_the_night_that_began_the_evening_before(
    patient: Person, onset: str, status: int
) -> None:
    response = patient.put(path_of(), night(cramps=[cramp(onset_local=onset)]))
    assert response.status_code == status
    if status == 422:
        detail = "Must lie in the night, from 2026-11-03T12:00 to 2026-11-04T11:59."
        assert refusal(response, "validation")["errors"] == [{"pointer": "/cramps/0/onset_local", "detail": detail}]


@pytest.mark.parametrize(
    ("night_date", "onset"),
    [
        ("2026-03-28", "2026-03-29T02:30"),  # a time of night that the clocks leap over
        ("2026-10-24", "2026-10-25T02:30"),  # and one that comes twice
    ],
)
def test_cramps_in_the_hour_of_a_clock_change_are_kept_as_the_clock_showed(
    patient: Person, clock_at: SetClock, night_date: str, onset: str
) -> None:
    clock_at("2026-12-01T12:00:00+00:00")
    body = night(date.fromisoformat(night_date), cramps=[cramp(onset_local=onset)])
    assert patient.put(path_of(night_date), body).status_code == 201
    assert read(patient.get(path_of(night_date)))["cramps"][0]["onset_local"] == onset


def test_the_second_of_two_cramps_is_named_when_it_lies_outside(patient: Person, clock_at: SetClock) -> None:
    clock_at("2026-12-01T12:00:00+00:00")
    cramps = [cramp(1, onset_local="2026-11-04T03:10"), cramp(2, onset_local="2026-11-05T03:10")]
    errors = refusal(patient.put(path_of(NIGHT), night(cramps=cramps)), "validation")["errors"]
    assert [error["pointer"] for error in errors] == ["/cramps/1/onset_local"]
