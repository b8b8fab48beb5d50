"""What `backend.web` takes from inside granian: a failure here says which part an upgrade of granian has changed."""

import inspect
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from granian._granian import SocketHolder
from granian.server.common import AbstractServer, AbstractWorker
from granian.server.mp import MPServer

from backend.web import FACTORY, _Server


@pytest.fixture
def server() -> Iterator[Any]:
    """A server that has been given its socket, and has started nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server: Any = _Server(listener, FACTORY, threads=1)
        server._init_shared_socket()
        server._start_ipc()
        yield server
        server._stop_ipc()


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("_init_shared_socket", ["self"]),
        ("_spawn_worker", ["self", "idx", "target", "callback_loader"]),
        ("_serve_loop", ["self", "spawn_target", "target_loader"]),
        ("signal_handler_interrupt", ["self", "args", "kwargs"]),
        ("signal_handler_reload", ["self", "args", "kwargs"]),
    ],
)
def test_granian_still_has_and_calls_what_is_replaced(method: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(MPServer, method)).parameters) == parameters
    assert f"self.{method}" in inspect.getsource(AbstractServer)


def test_granian_still_sets_signals_then_the_socket_then_calls_hooks_then_starts_workers() -> None:
    startup = inspect.getsource(AbstractServer.startup)
    steps = ("set_main_signals(", "._init_shared_socket(", "._call_hooks(self.hooks_startup)", "._spawn_workers(")
    places = [startup.index(step) for step in steps]
    assert places == sorted(places)


def test_granian_still_hands_its_workers_the_shared_socket_and_their_loader(server: Any) -> None:
    worker = server._spawn_worker(idx=0, target=print, callback_loader=print)
    _, _, loader, ((spec, holder), kept), *_ = worker.inner._args
    assert (loader.func, loader.args) == (print, (server._places[0].note,))
    assert spec is None
    assert isinstance(holder, SocketHolder)
    assert kept is server._listener
    assert holder.get_fd() == kept.fileno()


def test_granian_still_leaves_deaths_alone_that_a_parent_caused(server: Any) -> None:
    worker = server._spawn_worker(idx=0, target=exit, callback_loader=print)
    assert worker.interrupt_by_parent
    assert "if not self.interrupt_by_parent:" in inspect.getsource(AbstractWorker._watcher)


def test_granian_still_stops_the_workers_that_are_on_its_list() -> None:
    assert "for wrk in self.wrks:" in inspect.getsource(AbstractServer._stop_workers)
    assert ".interrupt_signal" in inspect.getsource(AbstractServer)
