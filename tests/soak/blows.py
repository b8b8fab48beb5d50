"""What happens to an installation while phones write: whatever an operator, a machine or a clock may do to it."""

import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit

from backend.operations.archive import reading
from tests import postgres
from tests.soak.installation import Installation
from tests.soak.phones import Phone

MONTH_S = 30 * 24 * 3600
A_MOMENT_S = 0.4


@dataclass
class Scene:
    """An installation, its phones, and a backup of it with what each phone had acknowledged by then."""

    place: Installation
    phones: Sequence[Phone]
    backup: Path | None = None
    copy: Path | None = None
    had: dict[str, dict[int, int]] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """Keep in mind how much was acknowledged: of what comes later a restore may lose all but the newest."""
        self.had[what] = {phone.number: len(phone.acknowledged) for phone in self.phones}

    def put_back(self, what: str, work: Callable[[], None]) -> None:
        """Put an older state in place with the server stopped, and let phones offer what it lacks."""
        with ExitStack() as stack:
            for phone in self.phones:
                stack.enter_context(phone.quiet())
            self.place.stop()
            work()
            self.place.start()
            for phone in self.phones:
                before = phone.epoch
                phone.look()
                if len(phone.acknowledged) > self.had[what][phone.number] and phone.epoch == before:
                    raise AssertionError("a phone was not told that an older copy was put back")
                phone.offer_everything()
                # Of what was written in between the newest version of each night is all that phones still have.
                _forget_between(phone, self.had[what][phone.number])
            self.had = {}
            self.backup = self.copy = None


def _forget_between(phone: Phone, kept: int) -> None:
    newest = {day: body["edited_at"] for day, body in phone.nights.items()}
    phone.acknowledged[kept:] = [
        version for version in phone.acknowledged[kept:] if newest[version.night_date] == version.edited_at
    ]


def kill_worker(scene: Scene) -> None:
    """Kill a worker, and another one at once."""
    scene.place.kill_worker()
    time.sleep(A_MOMENT_S)
    scene.place.kill_worker()


def kill_server(scene: Scene) -> None:
    """Kill the first process of the server and start again on the same port."""
    scene.place.kill()
    scene.place.start()


def kill_database(scene: Scene) -> None:
    """Kill PostgreSQL, or where the database is a file, everything that has it open."""
    if scene.place.database is None:
        for worker in scene.place.workers():
            scene.place.kill_worker()
            assert worker
        kill_server(scene)
        return
    scene.place.database.kill()
    time.sleep(A_MOMENT_S)
    scene.place.database.start()


def restart(scene: Scene) -> None:
    """Stop in order, and start."""
    scene.place.stop()
    scene.place.start()


def fill_disk(scene: Scene) -> None:
    """Let no file of the server grow any more, for a moment: to a write this is a disk that is full."""
    workers = scene.place.workers()
    for worker in workers:
        _limit_files(worker, 1)
    time.sleep(A_MOMENT_S)
    assert scene.place.database or not scene.place.answers()
    for worker in workers:
        _limit_files(worker, RLIM_INFINITY)


def _limit_files(process: int, limit: int) -> None:
    try:
        prlimit(process, RLIMIT_FSIZE, (limit, RLIM_INFINITY))
    except ProcessLookupError:
        return


def back_up(scene: Scene) -> None:
    """Back up under load."""
    scene.note("backup")
    scene.backup = scene.place.folder / "soak.charley"
    scene.place.charley("backup", str(scene.backup))
    with reading(scene.backup) as archive:
        archive.verify()


def restore(scene: Scene) -> None:
    """Restore by command; beneath a running server that is refused."""
    if scene.backup is None:
        back_up(scene)
        time.sleep(A_MOMENT_S)
    file = str(scene.backup)
    assert scene.place.charley("restore", file, check=False).returncode == 2
    scene.put_back("backup", lambda: scene.place.charley("restore", file) and None)


def put_back_by_hand(scene: Scene) -> None:
    """Copy the stopped database, write on, and put the copy back as it was."""
    file = scene.place.folder / "charley.sqlite3"
    if scene.place.database is not None:
        return
    with ExitStack() as stack:
        for phone in scene.phones:
            stack.enter_context(phone.quiet())
        scene.place.stop()
        scene.note("copy")
        shutil.copy(file, file.with_name("by-hand"))
        scene.place.start()
    time.sleep(A_MOMENT_S)

    def put() -> None:
        shutil.copy(file.with_name("by-hand"), file)

    scene.put_back("copy", put)


def start_twice(scene: Scene) -> None:
    """Start a second server on the same instance, and one on the same port."""
    other = scene.place.folder / "other"
    other.mkdir(exist_ok=True)
    (other / "clock").write_text("0")
    elsewhere = {"INSTANCE_DIR": str(other), "DATABASE_URL": f"sqlite:///{other}/charley.sqlite3"}
    same_instance = scene.place.serve(PORT=str(postgres.free_port()))
    same_port = scene.place.serve(**elsewhere)
    assert (same_instance.wait(60), same_port.wait(60)) == (2, 2)
    assert scene.place.answers()


def step_clock(scene: Scene) -> None:
    """Let the clock be wrong by a month in either direction, for a moment."""
    for ahead in (MONTH_S, -MONTH_S, 0):
        scene.place.set_clock(ahead)
        time.sleep(A_MOMENT_S)


BLOWS: tuple[Callable[[Scene], None], ...] = (
    kill_worker,
    back_up,
    kill_server,
    fill_disk,
    restore,
    start_twice,
    kill_database,
    step_clock,
    put_back_by_hand,
    restart,
)
