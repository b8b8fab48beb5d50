"""How long anybody waits for the database: for a connection, a lock, a statement, and a server that has stopped.

PostgreSQL bounds statements and locks itself, while it runs. One that hangs (stopped, swapped out, behind a dead
network) bounds nothing: then the side that waits has to.
"""

import select
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError

if TYPE_CHECKING:
    from psycopg import Connection

CONNECT_S = 3
POOL_S = 3
STATEMENT_S = 10
LOCK_S = 5
# A worker that died in the middle of a transaction holds its locks no longer.
IDLE_IN_TRANSACTION_S = 60
# Longer than a statement may take: who gives up first should be PostgreSQL, which then knows why.
REQUEST_S = STATEMENT_S + 2
TEST_S = 2
# How often who waits looks whether it is to be interrupted.
LOOK_S = 0.1
# Of a connection that was used a moment ago it is enough to see that the other side has not closed it.
TRUSTED_S = 1
# After waiting in vain for a connection, the next ones are refused at once for a while: else every thread of a server
# would stand waiting, and nobody would learn that it is in trouble.
REST_S = 1

_PER_CONNECTION = {
    "statement_timeout": STATEMENT_S * 1000,
    "lock_timeout": LOCK_S * 1000,
    "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_S * 1000,
}
# A peer that is gone without a word is noticed within half a minute also where nobody waits with a clock in hand.
_TCP = {
    "connect_timeout": CONNECT_S,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_USED = "charley_used_s"

_patience: ContextVar[float | None] = ContextVar("patience", default=None)
_in_vain: WeakKeyDictionary[Dialect, float] = WeakKeyDictionary()


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Bound every wait for PostgreSQL in the block, a hanging server included; None lifts a bound.

    A wait that ends so raises ``psycopg.OperationalError``, and its connection is closed.
    """
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def patiently(wsgi_app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return a WSGI application that waits for the database no longer than a person does for an answer."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with patience(REQUEST_S):
            return wsgi_app(environ, start_response)

    return answer


def engine_options(database_url: str) -> dict[str, Any]:
    """Return what ``sqlalchemy.create_engine`` is told beside the address."""
    if make_url(database_url).get_backend_name() != "postgresql":
        return {}
    return {"pool_timeout": POOL_S, "connect_args": connect_args(database_url)}


def connect_args(database_url: str) -> dict[str, Any]:
    """Return the parameters of a connection to PostgreSQL; what the address says itself wins."""
    given = make_url(database_url).query
    options = [f"-c {name}={value}" for name, value in _PER_CONNECTION.items()]
    if said := given.get("options"):
        # Of two settings of one name PostgreSQL takes the later.
        options.append(said if isinstance(said, str) else said[-1])
    return {"options": " ".join(options)} | {name: value for name, value in _TCP.items() if name not in given}


@cache
def connection_class() -> "type[Connection[Any]]":
    """Return psycopg's connection with a bound on every wait; only who uses PostgreSQL loads its driver."""
    from psycopg import Connection, OperationalError
    from psycopg.errors import _WaitTimeout

    class PatientConnection(Connection[Any]):
        """A connection that heeds ``patience``."""

        # For connections of threads that others start, which know no ``patience``.
        patience_s: float | None = None

        def wait(self, gen: Any, interval: float = LOOK_S, timeout: float | None = None) -> Any:
            """Wait for the server, but not for ever."""
            seconds = _patience.get() or self.patience_s
            if seconds is None or timeout is not None:
                return super().wait(gen, interval, timeout)
            try:
                return super().wait(gen, interval, seconds)
            except _WaitTimeout:
                # What the server would still answer belongs to nobody any more.
                self.pgconn.finish()
                raise OperationalError("the server has stopped answering") from None

    return PatientConnection


@event.listens_for(Engine, "do_connect")
def _connect(dialect: Dialect, _record: Any, arguments: Any, parameters: dict[str, Any]) -> Any:
    if dialect.driver != "psycopg":
        return None
    from psycopg.errors import ConnectionTimeout

    if time.monotonic() < _in_vain.get(dialect, 0) + REST_S:
        raise ConnectionTimeout("the server did not answer a moment ago")
    try:
        return connection_class().connect(*arguments, **parameters)
    except ConnectionTimeout:
        _in_vain[dialect] = time.monotonic()
        raise


def test_before_use(engine: Engine) -> None:
    """Let nobody get a dead connection of ``engine``, which must be one to PostgreSQL.

    SQLAlchemy's own ``pool_pre_ping`` asks the server at every use, a round trip more for each request, and waits for
    it without a bound.
    """

    def note_use(_connection: Any, record: Any) -> None:
        record.info[_USED] = time.monotonic()

    def test(connection: Any, record: Any, _proxy: Any) -> None:
        used = record.info.get(_USED)
        if used is not None and not _is_alive(engine.dialect, connection, time.monotonic() - used):
            raise InvalidatePoolError

    event.listen(engine, "checkin", note_use)
    event.listen(engine, "checkout", test)


def _is_alive(dialect: Dialect, connection: Any, unused_s: float) -> bool:
    from psycopg import Error

    try:
        if unused_s < TRUSTED_S:
            return not has_news(connection)
        with patience(TEST_S):
            return dialect.do_ping(connection)
    except (Error, OSError):
        return False


def has_news(connection: Any) -> bool:
    """Whether an idle connection of psycopg has something to read: PostgreSQL says nothing unasked but that it goes."""
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    return bool(poll.poll(0))
