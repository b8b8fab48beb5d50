"""Two phones, one server and every fault in any order: nothing typed is lost, and all agree in the end."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.backend.apps import make_app, migrated
from tests.sync.phones import Phone
from tests.sync.world import NIGHTS, Row, World, world

FAULTS = (
    "drop_before", "drop_after", "cut_off", "portal", "bad_gateway", "internal", "unauthorized", "csrf",
    "too_large", "too_many",
)  # fmt: skip
ROUNDS_TO_HEAL = 6
PHONES = st.sampled_from((0, 1))
DATES = st.sampled_from(NIGHTS)
# Which requests of an exchange meet a fault: few, or none would ever come as far as a merge.
MISHAPS = st.dictionaries(st.integers(0, 9), st.sampled_from(FAULTS), max_size=2).map(
    lambda met: [met.get(position, "none") for position in range(10)]
)
ANSWERS = st.sets(st.sampled_from(("note", "awake_min", "cramp")), min_size=1)


def marks_of(nights: Iterable[Row | None]) -> set[str]:
    """Return what was typed into nights: notes and minutes, each one of its kind, and cramps by id."""
    found = set()
    for night in nights:
        if night:
            awake = night["awake_min"]
            found |= {f"note {night['note']}", f"awake {awake and float(awake)}"}
            found |= {f"cramp {cramp['id']}" for cramp in night["cramps"]}
    return found - {"note None", "awake None"}


class TwoPhones(RuleBasedStateMachine):
    """What people, networks and servers do to one diary."""

    def __init__(self, shared: World) -> None:
        super().__init__()
        self.world = shared
        self.number = 0
        self.typed: set[str] = set()
        self.removed: dict[str, str] = {}
        self.disturbed: set[str] = set()
        self.backup: Any = None
        self.restored = False

    @initialize()
    def begin(self) -> None:
        self.world.begin()

    def phone(self, index: int) -> Phone:
        return self.world.phones[index]

    def answers(self, asked: set[str]) -> Row:
        """Make up answers that nobody has given before."""
        self.number += 1
        fields: Row = {}
        if "note" in asked:
            fields["note"] = f"n{self.number}"
        if "awake_min" in asked:
            fields["awake_min"] = float(self.number)
        add = [str(UUID(int=self.number))] if "cramp" in asked else []
        given = {f"cramp {one}" for one in add}
        given |= {f"{name} {value}".replace("awake_min", "awake") for name, value in fields.items()}
        return {"fields": fields, "add": add, "given": given}

    def alone_here(self, phone: Phone, date: str) -> set[str]:
        """Return what of a night this phone alone may know: what it has not sent, and all of it after a restore."""
        dump = self.world.tell(phone, "dump")
        nights = dump["nights"] if self.restored else []
        here = [row["body"] for row in dump["outbox"] if row["night_date"] == date]
        return marks_of([*here, *(night for night in nights if night["night_date"] == date)])

    def found(self) -> set[str]:
        """Return everything that is still somewhere."""
        places: list[Row | None] = [*self.world.stored().values(), *self.world.history()]
        for phone in self.world.phones:
            dump = self.world.tell(phone, "dump")
            places += [*dump["nights"], *(row["body"] for row in dump["outbox"])]
        return marks_of(places)

    def take_back(self, before: set[str]) -> None:
        """Forget what the person replaced on the same phone before anybody else could have seen it."""
        self.typed -= before - self.found()

    @rule(index=PHONES, date=DATES)
    def open_a_form(self, index: int, date: str) -> None:
        self.world.tell(self.phone(index), "open", date=date)

    @rule(index=PHONES, date=DATES, asked=ANSWERS)
    def save_answers(self, index: int, date: str, asked: set[str]) -> None:
        phone, answers = self.phone(index), self.answers(asked)
        before = self.alone_here(phone, date)
        self.typed |= answers.pop("given")
        self.world.tell(phone, "edit", date=date, **answers)
        self.take_back(before)

    @rule(index=PHONES, date=DATES, clear=st.booleans(), which=st.integers(0, 3))
    def remove_a_cramp(self, index: int, date: str, clear: bool, which: int) -> None:
        phone = self.phone(index)
        nights = {night["night_date"]: night for night in self.world.tell(phone, "dump")["nights"]}
        cramps = nights[date]["cramps"] if date in nights else []
        if not cramps:
            return
        dropped = cramps[which % len(cramps)]["id"]
        before = self.alone_here(phone, date)
        # The form must be one that shows the cramp.
        self.world.tell(phone, "open", date=date)
        self.world.tell(phone, "edit", date=date, fields={"note": None} if clear else {}, drop=dropped)
        self.removed[f"cramp {dropped}"] = date
        self.take_back(before)

    @rule(index=PHONES, date=DATES)
    def delete_a_night(self, index: int, date: str) -> None:
        phone = self.phone(index)
        before = self.alone_here(phone, date)
        self.world.tell(phone, "delete", date=date)
        self.disturbed.add(date)
        self.take_back(before)

    @rule(index=PHONES, faults=MISHAPS)
    def exchange(self, index: int, faults: list[str]) -> None:
        self.world.tell(self.phone(index), "sync", faults=faults)

    @rule(index=PHONES, date=DATES, asked=ANSWERS, faults=MISHAPS)
    def type_during_an_exchange(self, index: int, date: str, asked: set[str], faults: list[str]) -> None:
        phone, answers = self.phone(index), self.answers(asked)
        before, given = self.alone_here(phone, date), answers.pop("given")
        answer = self.world.tell(phone, "sync", faults=faults, meanwhile={"date": date, **answers})
        # Without a write on its way nobody typed.
        if answer["typed"]:
            self.typed |= given
            self.take_back(before)

    @rule(index=PHONES)
    def cross_on_the_way(self, index: int) -> None:
        phone = self.phone(index)
        self.world.before_write = lambda: self.world.tell(self.world.other(phone), "sync", faults=[])
        self.world.tell(phone, "sync", faults=[])
        self.world.before_write = None

    @rule(index=PHONES)
    def reload(self, index: int) -> None:
        self.world.tell(self.phone(index), "reload")

    @rule(index=PHONES)
    def send_now(self, index: int) -> None:
        self.world.tell(self.phone(index), "send_now")

    @rule(index=PHONES, again=st.booleans())
    def lose_the_session(self, index: int, again: bool) -> None:
        self.world.tell(self.phone(index), "lose_session")
        if again:
            self.world.tell(self.phone(index), "sign_in")

    @rule(index=PHONES, hours=st.sampled_from((-24, -1, 0, 24)))
    def set_the_clock(self, index: int, hours: int) -> None:
        self.world.tell(self.phone(index), "skew", by=hours * 3_600_000)

    @rule(minutes=st.sampled_from((1, 10, 90)))
    def wait(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule()
    def back_the_server_up(self) -> None:
        self.backup = self.world.back_up()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore_the_server(self) -> None:
        self.world.restore(self.backup)
        self.restored = True
        self.disturbed |= set(NIGHTS)
        # What stood in the lost part of the history alone is gone; a backup cannot help it.
        self.typed &= self.found()

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        missing = self.typed - self.found()
        assert not missing, f"lost: {missing}"

    def teardown(self) -> None:
        if not self.world.patient_id:
            return
        for _ in range(ROUNDS_TO_HEAL):
            self.world.now += timedelta(hours=2)
            for phone in self.world.phones:
                for deed in ("sign_in", "send_now"):
                    self.world.tell(phone, deed)
                self.world.tell(phone, "sync", faults=[])
        stored = self.world.stored()
        for phone in self.world.phones:
            dump = self.world.tell(phone, "dump")
            assert dump["outbox"] == [], f"{phone} still holds {dump['outbox']}"
            assert {night["night_date"]: night for night in dump["nights"]} == stored, f"{phone} differs"
        self.nothing_typed_is_lost()
        assert self.typed <= marks_of([*stored.values(), *self.world.history()])
        back = {one for one, date in self.removed.items() if date not in self.disturbed} & marks_of(stored.values())
        assert not back, f"removed, and back again: {back}"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path: Path = tmp_path_factory.mktemp("phones") / "charley.sqlite3"
    with (
        migrated(make_app(f"sqlite:///{path}")) as app,
        pytest.MonkeyPatch.context() as patch,
        world(app, patch) as started,
    ):
        yield started


def test_two_phones_and_a_server_agree_after_any_faults_and_nothing_is_lost(shared: World) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: TwoPhones(shared),
        settings=settings(
            max_examples=70, stateful_step_count=25, report_multiple_bugs=False, suppress_health_check=list(HealthCheck)
        ),
    )
