"""Workers of the web server: replaced whenever they die, and never left behind."""

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest

from tests.backend.servers import ALL_ENDED_S, PATIENCE_S, Server, is_free, is_running, started, wait_for
from tests.backend.trying_server import FOREVER_S, PASSWORD

DEATHS = 10
ENDS = {
    "terminated": (signal.SIGTERM,),
    "Ctrl-C": (signal.SIGINT,),
    "Ctrl-C twice": (signal.SIGINT, signal.SIGINT),
    "terminal closed": (signal.SIGHUP,),
}
Serve = Callable[..., AbstractContextManager[Server]]


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Start the web server with an application of `trying_server`."""
    instance = tmp_path / "instance"
    instance.mkdir()

    def start(application: str = "troublesome", **options: signal.Signals) -> AbstractContextManager[Server]:
        return started((sys.executable, "-m", "tests.backend.trying_server", application), instance, **options)

    return start


def instance(server: Server) -> Path:
    return server.log.with_name("instance")


def noted(server: Server, event: str) -> list[int]:
    return [int(path.name.rpartition("-")[2]) for path in instance(server).glob(f"{event}-*")]


def ask(server: Server, path: str, answers: list[str] | None = None) -> threading.Thread:
    """Ask for something in the background; the server may well end before it answers."""

    def get() -> None:
        with suppress(OSError):
            answer = server.get(path, timeout_s=FOREVER_S)
            if answers is not None:
                answers.append(answer)

    thread = threading.Thread(target=get)
    thread.start()
    return thread


def idle(server: Server) -> None:
    """Wait for both: the first one answers before the second is there."""
    server.wait_until_it_answers("/")
    wait_for(lambda: len(server.children()) == 2, what="second worker")


def occupy_both(server: Server, path: str) -> None:
    server.wait_until_it_answers("/")
    while len(noted(server, path)) < 2:
        ask(server, f"/{path}")
        time.sleep(0.05)


def workers_that_answer(server: Server) -> set[int]:
    return {int(server.get("/")) for _ in range(20)}


def wait_for_both(server: Server) -> None:
    idle(server)
    workers = set(server.children())
    answering: set[int] = set()
    wait_for(lambda: answering.update(workers_that_answer(server)) or answering == workers, what="second worker")


def stop_both(server: Server) -> None:
    wait_for_both(server)
    for pid in server.children():
        os.kill(pid, signal.SIGSTOP)


STATES: dict[str, tuple[str, Callable[[Server], None]]] = {
    "starting": ("starting", lambda server: wait_for(lambda: len(noted(server, "starting")) == 2, what="start")),
    "idle": ("troublesome", idle),
    "answering": ("troublesome", lambda server: occupy_both(server, "waits")),
    "hanging": ("troublesome", lambda server: occupy_both(server, "hangs")),
    "stopped": ("troublesome", stop_both),
}


@pytest.mark.parametrize("state", STATES)
def test_workers_end_with_their_parent_whatever_they_do(serve: Serve, state: str) -> None:
    application, bring_about = STATES[state]
    with serve(application) as server:
        bring_about(server)
        workers = server.children()
        assert len(workers) == 2
        server.kill()
        wait_for(lambda: not any(map(is_running, workers)) and is_free(server.port), what="end", patience_s=ALL_ENDED_S)


def test_both_workers_answer(serve: Serve) -> None:
    with serve() as server:
        wait_for_both(server)
        assert len(server.children()) == 2


@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM", "in the middle of a request"])
def test_however_often_workers_die_somebody_answers(serve: Serve, end: str) -> None:
    with serve() as server:
        server.wait_until_it_answers("/")
        dead: set[int] = set()
        for _ in range(DEATHS):
            if end == "in the middle of a request":
                with suppress(OSError):
                    server.get("/dies")
            else:
                wait_for(lambda: set(server.children()) - dead, what="next worker")
                victim = min(set(server.children()) - dead)
                os.kill(victim, signal.Signals[end])
                dead.add(victim)
            # A worker that is ending may drop who comes just then.
            wait_for(lambda: server.answers("/"), what="answer")
        wait_for(lambda: len(workers_that_answer(server) - dead) == 2, what="two new workers")
        lines = server.said.splitlines()
        assert len(lines) == DEATHS
        assert all(re.fullmatch(r"web worker [12] .+; the next one starts (now|in 1 s)", line) for line in lines)
        assert server.end() == 0


def test_a_worker_that_does_not_end_when_it_is_told_to_is_replaced(serve: Serve) -> None:
    with serve() as server:
        occupy_both(server, "waits")
        workers = server.children()
        for pid in workers:
            os.kill(pid, signal.SIGTERM)
        wait_for(lambda: not any(map(is_running, workers)), what="end")
        wait_for(lambda: server.answers("/"), what="answer")
        assert server.end() == 0


@pytest.mark.parametrize("application", ["failing", "crashing"])
def test_workers_that_cannot_start_are_tried_again_more_and_more_rarely(serve: Serve, application: str) -> None:
    with serve(application) as server:
        wait_for(lambda: server.said.count("starts in 2 s") == 2, what="second try")
        lines = server.said.splitlines()
        for worker in ("worker 1", "worker 2"):
            pauses = [re.search(r"starts in (\d+) s", line) for line in lines if worker in line]
            assert [pause and pause[1] for pause in pauses] == ["1", "2"]
        assert len(lines) == 4
        assert PASSWORD not in server.said
        assert server.process.poll() is None
        if application == "failing":
            assert all("RuntimeError at" in line and "trying_server.py" in line for line in lines)
            (instance(server) / "mended").touch()
            server.wait_until_it_answers("/")
        assert server.end() == 0


@pytest.mark.parametrize("end", ENDS)
def test_a_server_that_is_stopped_answers_who_asked_before(serve: Serve, end: str) -> None:
    with serve() as server:
        server.wait_until_it_answers("/")
        workers = server.children()
        answers: list[str] = []
        asking = ask(server, "/slow", answers)
        wait_for(lambda: noted(server, "slow"), what="request")
        for number in ENDS[end]:
            os.killpg(server.process.pid, number)
        (instance(server) / "go-on").touch()
        asking.join(PATIENCE_S)
        assert [int(answer) for answer in answers] == noted(server, "slow")
        assert server.process.wait(PATIENCE_S) == 0
        assert not any(map(is_running, workers))
        assert is_free(server.port)


def test_a_server_that_is_stopped_does_not_wait_for_who_never_answers(serve: Serve) -> None:
    with serve() as server:
        occupy_both(server, "hangs")
        workers = server.children()
        assert server.end() == 0
        assert not any(map(is_running, workers))


def test_a_server_that_is_stopped_while_workers_start_ends(serve: Serve) -> None:
    with serve("starting") as server:
        wait_for(lambda: len(noted(server, "starting")) == 2, what="start")
        assert server.end() == 0
        assert server.said == ""
        assert noted(server, "started") == []


def test_a_server_started_by_nohup_outlives_its_terminal(serve: Serve) -> None:
    with serve(ignored=signal.SIGHUP) as server:
        wait_for_both(server)
        workers = server.children()
        os.killpg(server.process.pid, signal.SIGHUP)
        assert int(server.get("/")) in workers
        assert server.end() == 0
        assert server.said == ""
