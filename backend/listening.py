"""The port belongs to one server at a time, and to that one from before it says that it serves."""

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from backend.config import ConfigError, http_address

BACKLOG = 1024
LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
OTHER_FAMILY = {socket.AF_INET: socket.AF_INET6, socket.AF_INET6: socket.AF_INET}
# Who listens on every address of a family listens on its loopback address too.
LOCALHOST = frozenset({"127.0.0.1", "0.0.0.0", "::1", "::"})  # noqa: S104


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """Give a socket that listens on ``host`` and ``port``: whoever connects waits until somebody accepts.

    No other socket can be bound there meanwhile, whatever its options. Where the server is reached as ``localhost``,
    the same port of the other family's loopback address is kept from others too: browsers take either for that name.

    Raises
    ------
    ConfigError
        The port is taken, or this machine has no such address.

    """
    with ExitStack() as opened:
        family, address = _resolved(host, port)
        try:
            listener = opened.enter_context(_bound(family, address))
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            listener.listen(BACKLOG)
        except OSError as error:
            raise _refusal(error, host, port) from None
        if address[0] in LOCALHOST and not _takes_both_families(listener):
            _keep_free(OTHER_FAMILY[family], port, opened)
        yield listener


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, Any]:
    """Return the address that a host's name means: of IPv4 if there is one, else of IPv6."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise ConfigError(f"HOST must be an address of this machine, not {host!r}") from None
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, address


def _bound(family: socket.AddressFamily, address: Any) -> socket.socket:
    """Return a socket bound there.

    Connections of a server that ended a moment ago do not stand in the way, a socket that listens does. The option
    ``SO_REUSEPORT``, by which servers of one user share a port without knowing of each other, stays off.
    """
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _takes_both_families(listener: socket.socket) -> bool:
    if listener.family != socket.AF_INET6 or listener.getsockname()[0] != "::":
        return False
    return not listener.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)


def _keep_free(family: socket.AddressFamily, port: int, opened: ExitStack) -> None:
    """Keep a port of a loopback address from others without listening there: who connects is refused at once."""
    host = LOOPBACK[family]
    try:
        guard = opened.enter_context(_bound(family, (host, port)))
    except OSError as error:
        # A machine without that family has nothing to keep.
        if error.errno not in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
            raise _refusal(error, host, port) from None
    else:
        # With it a server that does not listen yet could be bound beside a guard that never does.
        guard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)


def _refusal(error: OSError, host: str, port: int) -> ConfigError:
    match error.errno:
        case errno.EADDRINUSE:
            return ConfigError(f"{http_address(host, port)} is taken by another program: stop it first, or set PORT")
        case errno.EADDRNOTAVAIL | errno.EAFNOSUPPORT:
            return ConfigError(f"HOST must be an address of this machine, not {host!r}")
    return ConfigError(f"nobody can listen on {http_address(host, port)}: {error.strerror}")
