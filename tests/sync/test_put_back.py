"""An older copy of the database is put back by hand, at any point: the phones bring back what it lacks."""

from datetime import date
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.test_two_phones import ANSWERS, TwoPhones
from tests.sync.world import World


class ManyNights(TwoPhones):
    """A diary with room for many new nights: they overtake a counter that was set back."""

    nights = tuple(str(date(2026, 11, day)) for day in range(1, 10))


class Step(NamedTuple):
    """What a person does on one of the phones, and which phones then have a connection."""

    phone: int
    deed: str
    date: str
    asked: set[str]
    online: tuple[int, ...]


def steps(*deeds: str, least: int, most: int) -> st.SearchStrategy[list[Step]]:
    online = st.sampled_from(((), (0,), (0,), (1,), (1,), (0, 1), (1, 0)))
    step = st.builds(
        Step, st.integers(0, 1), st.sampled_from(deeds), st.sampled_from(ManyNights.nights), ANSWERS, online
    )
    return st.lists(step, min_size=least, max_size=most)


def live(diary: ManyNights, taken: list[Step]) -> None:
    for step in taken:
        phone = diary.world.phones[step.phone]
        diary.do(step.deed, phone, step.date, step.asked)
        diary.happen("nothing", phone)
        for online in step.online:
            diary.exchange("alone", diary.world.phones[online], step.date, set(), {"reads": [], "writes": []})
            diary.nothing_typed_is_lost()


SAVES = ("save",) * 5
WRITES = (*SAVES, "remove", "delete")


# A copy of an empty diary, of a full one, or of one that lacks a little; and new nights before anybody asks.
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    before=steps(*WRITES, least=0, most=3),
    between=steps(*WRITES, least=1, most=5),
    amid=st.booleans(),
    after=steps(*SAVES, least=0, most=6),
    again=st.booleans(),
)
def test_two_phones_and_a_server_agree_after_a_copy_was_put_back_by_hand(
    shared: World, before: list[Step], between: list[Step], amid: bool, after: list[Step], again: bool
) -> None:
    diary = ManyNights(shared)
    diary.begin()
    live(diary, before)
    copy = shared.back_up()
    for then in (between, after if again else []):
        live(diary, then)
        if amid:
            diary.put_back_amid(shared.phones[0], copy)
        shared.restore(copy, by_hand=True)
        diary.forgive_the_lost()
    live(diary, after)
    diary.teardown()
