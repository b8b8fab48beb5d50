"""Two phones, one server and every fault in any order: nothing typed is lost, and all agree in the end."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.sync.phones import Phone
from tests.sync.world import NIGHTS, Row, World

FAULTS = (
    "drop_before", "drop_after", "cut_off", "portal", "bad_gateway", "internal", "unauthorized", "csrf",
    "too_large", "too_many",
)  # fmt: skip
ROUNDS_TO_HEAL = 6
DATES = st.sampled_from(NIGHTS)
ANSWERS = st.sets(st.sampled_from(("note", "awake_min", "cramp")), min_size=1)
DEEDS = st.sampled_from(
    (*("save",) * 5, *("save stale",) * 2, *("remove",) * 3, "remove and clear", "delete", "nothing")
)
EVENTS = st.sampled_from(
    (
        *("nothing",) * 6, "hurry", "backup", "backup", "restore", "put back", "put back", "put back amid", "reload",
        "send_now", "lose_session", "sign_in", "clock -24", "clock 0", "clock 24",
    )
)  # fmt: skip
WAYS = st.sampled_from(("not at all", "alone", "alone", "while typing", "crossing", "both"))
# Writes fare badly often. Reads seldom: an exchange that cannot ask who is signed in comes no further.
READS = st.sampled_from([*([],) * 60, *([fault] for fault in FAULTS), *(["none", fault] for fault in FAULTS)])
WRITES = st.just([]) | st.lists(st.sampled_from(("none", *FAULTS)), min_size=1, max_size=3)
MISHAPS = st.fixed_dictionaries({"reads": READS, "writes": WRITES})


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

    nights: Sequence[str] = NIGHTS

    def __init__(self, shared: World) -> None:
        super().__init__()
        self.world = shared
        self.number = 0
        self.typed: set[str] = set()
        self.removed: dict[str, str] = {}
        self.disturbed: set[str] = set()
        self.backup: list[list[Row]] | None = None
        self.restored = False

    @initialize()
    def begin(self) -> None:
        self.world.begin()

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

    # One rule for all: Hypothesis leaves rules out of whole examples, and a diary that nobody writes proves nothing.
    @rule(
        writer=st.integers(0, 1), deed=DEEDS, date=DATES, asked=ANSWERS, event=EVENTS,
        sender=st.integers(0, 1), way=WAYS, typed=ANSWERS, mishaps=MISHAPS,
    )  # fmt: skip
    def a_while(
        self, writer: int, deed: str, date: str, asked: set[str], event: str,
        sender: int, way: str, typed: set[str], mishaps: Row,
    ) -> None:  # fmt: skip
        self.do(deed, self.world.phones[writer], date, asked)
        self.happen(event, self.world.phones[writer])
        self.exchange(way, self.world.phones[sender], date, typed, mishaps)

    def do(self, deed: str, phone: Phone, date: str, asked: set[str]) -> None:
        before = self.alone_here(phone, date)
        if deed.startswith("save"):
            self.save(phone, date, asked, stale=deed == "save stale")
        elif deed.startswith("remove"):
            self.remove_a_cramp(phone, date, clear=deed == "remove and clear")
        elif deed == "delete":
            self.world.tell(phone, "delete", date=date)
            self.disturbed.add(date)
        self.take_back(before)

    def save(self, phone: Phone, date: str, asked: set[str], *, stale: bool) -> None:
        answers = self.answers(asked)
        if not stale:
            self.world.tell(phone, "open", date=date)
        self.typed |= answers.pop("given")
        self.world.tell(phone, "edit", date=date, **answers)
        # The next stale form is this one.
        self.world.tell(phone, "open", date=date)

    def remove_a_cramp(self, phone: Phone, date: str, *, clear: bool) -> None:
        nights = {night["night_date"]: night for night in self.world.tell(phone, "dump")["nights"]}
        if date not in nights or not nights[date]["cramps"]:
            return
        cramp = nights[date]["cramps"][0]["id"]
        # The form must be one that shows the cramp.
        self.world.tell(phone, "open", date=date)
        self.world.tell(phone, "edit", date=date, fields={"note": None} if clear else {}, drop=cramp)
        self.removed[f"cramp {cramp}"] = date

    def happen(self, event: str, phone: Phone) -> None:
        if event != "hurry":
            # Long enough for what was put off to be due again.
            self.world.now += timedelta(minutes=10)
        if event in ("reload", "send_now", "lose_session", "sign_in"):
            self.world.tell(phone, event)
        elif event.startswith("clock"):
            self.world.tell(phone, "skew", by=int(event.split()[1]) * 3_600_000)
        elif event == "backup":
            self.backup = self.world.back_up()
        elif event in ("restore", "put back") and self.backup is not None:
            self.world.restore(self.backup, by_hand=event == "put back")
            self.forgive_the_lost()
        elif event == "put back amid" and self.backup is not None:
            self.put_back_amid(phone, self.backup)

    def put_back_amid(self, phone: Phone, backup: list[list[Row]]) -> None:
        """Put a copy back between two requests of a phone that believes to talk with one server."""
        self.world.before_write = lambda: self.world.restore(backup, by_hand=True)
        self.world.tell(phone, "sync")
        self.world.before_write = None
        self.forgive_the_lost()

    def forgive_the_lost(self) -> None:
        """Give up what stood in the lost part of the history alone: a backup cannot help it."""
        self.restored = True
        self.disturbed |= set(self.nights)
        self.typed &= self.found()

    def exchange(self, way: str, phone: Phone, date: str, typed: set[str], mishaps: Row) -> None:
        if way == "while typing":
            self.type_during_an_exchange(phone, date, typed, mishaps)
        elif way == "crossing":
            self.world.before_write = lambda: self.world.tell(self.world.other(phone), "sync")
            self.world.tell(phone, "sync", mishaps=mishaps)
            self.world.before_write = None
        elif way != "not at all":
            self.world.tell(phone, "sync", mishaps=mishaps)
        if way == "both":
            self.world.tell(self.world.other(phone), "sync")

    def type_during_an_exchange(self, phone: Phone, date: str, asked: set[str], mishaps: Row) -> None:
        before, answers = self.alone_here(phone, date), self.answers(asked)
        given = answers.pop("given")
        answer = self.world.tell(phone, "sync", mishaps=mishaps, meanwhile={"date": date, **answers})
        # Without a write on its way nobody typed.
        if answer["typed"]:
            self.typed |= given
            self.take_back(before)

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        missing = self.typed - self.found()
        assert not missing, f"lost: {missing}"

    def differences(self) -> list[str]:
        """Return what each phone holds that the server does not, or the other way round."""
        stored, found = self.world.stored(), []
        for phone in self.world.phones:
            dump = self.world.tell(phone, "dump")
            found += [f"{phone} waits to send {row['night_date']}" for row in dump["outbox"]]
            nights = {night["night_date"]: night for night in dump["nights"]}
            found += [f"{phone} differs on {date}" for date in self.nights if nights.get(date) != stored.get(date)]
        return found

    def teardown(self) -> None:
        if not self.world.patient_id:
            return
        for _ in range(ROUNDS_TO_HEAL):
            self.world.now += timedelta(hours=2)
            for phone in self.world.phones:
                for deed in ("sign_in", "send_now", "sync"):
                    self.world.tell(phone, deed)
            if not self.differences():
                break
        assert not self.differences()
        self.nothing_typed_is_lost()
        stored = self.world.stored()
        assert self.typed <= marks_of([*stored.values(), *self.world.history()])
        back = {one for one, date in self.removed.items() if date not in self.disturbed} & marks_of(stored.values())
        assert not back, f"removed, and back again: {back}"


def test_two_phones_and_a_server_agree_after_any_faults_and_nothing_is_lost(shared: World) -> None:
    # What phones do hardly depends on the engine; a few rounds show that the other one keeps what they rely on.
    examples = 60 if shared.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else 20
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: TwoPhones(shared),
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
