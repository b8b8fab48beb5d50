"""A port belongs to one server: nobody else can be bound where it is reached, and a restart waits for nobody."""

import socket
from contextlib import closing, suppress

import pytest

from backend.config import ConfigError
from backend.listening import bound
from tests.postgres import free_port

V4, V6 = socket.AF_INET, socket.AF_INET6


def has_ipv6() -> bool:
    with socket.socket(V6) as probe, suppress(OSError):
        probe.bind(("::1", 0))
        return True
    return False


# A machine without IPv6 has half of the addresses to mix up.
PLACES = [(V4, "127.0.0.1"), (V4, "0.0.0.0"), *([(V6, "::1"), (V6, "::")] if has_ipv6() else [])]
LOOPBACK = [address for _, address in PLACES if address.endswith("1")]
HOSTS = [*(address for _, address in PLACES), "localhost"]


def foreign(family: socket.AddressFamily, host: str, port: int, *, options: tuple[int, ...]) -> socket.socket:
    """Return a socket of another program that listens."""
    other = socket.socket(family, socket.SOCK_STREAM)
    for option in options:
        other.setsockopt(socket.SOL_SOCKET, option, 1)
    try:
        other.bind((host, port))
        other.listen()
    except OSError:
        other.close()
        raise
    return other


@pytest.mark.parametrize("second", HOSTS)
@pytest.mark.parametrize("first", HOSTS)
def test_a_port_is_bound_once_whatever_the_host_is_called(first: str, second: str) -> None:
    port = free_port()
    with bound(first, port), pytest.raises(ConfigError, match=rf"http://\S+:{port} is taken by another program"):
        bound(second, port).__enter__()
    with bound(second, port):
        pass


@pytest.mark.parametrize(
    "options", [(), (socket.SO_REUSEADDR,), (socket.SO_REUSEPORT,), (socket.SO_REUSEADDR, socket.SO_REUSEPORT)]
)
@pytest.mark.parametrize("host", HOSTS)
def test_no_other_program_gets_a_port_that_is_served(host: str, options: tuple[int, ...]) -> None:
    port = free_port()
    with bound(host, port):
        for family, address in PLACES:
            with pytest.raises(OSError, match="in use"):
                foreign(family, address, port, options=options)


@pytest.mark.parametrize("options", [(), (socket.SO_REUSEADDR, socket.SO_REUSEPORT)])
@pytest.mark.parametrize(("family", "address"), PLACES)
@pytest.mark.parametrize("host", HOSTS)
def test_a_port_that_another_program_serves_is_refused(
    host: str, family: socket.AddressFamily, address: str, options: tuple[int, ...]
) -> None:
    port = free_port()
    with (
        closing(foreign(family, address, port, options=options)),
        pytest.raises(ConfigError, match=f":{port} is taken"),
    ):
        bound(host, port).__enter__()


def test_an_address_of_this_machine_only_leaves_the_others_alone() -> None:
    port = free_port()
    with bound("127.0.0.2", port), bound("127.0.0.1", port):
        pass


@pytest.mark.skipif(len(LOOPBACK) < 2, reason="this machine has no IPv6")
def test_the_other_loopback_address_refuses_at_once() -> None:
    port = free_port()
    with bound("127.0.0.1", port), pytest.raises(ConnectionRefusedError):
        socket.create_connection(("::1", port), timeout=10)


def test_who_connects_before_anybody_accepts_waits() -> None:
    port = free_port()
    with bound("127.0.0.1", port) as listener, socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"hello")
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"


@pytest.mark.parametrize("host", LOOPBACK)
def test_connections_of_the_last_server_do_not_stand_in_the_way(host: str) -> None:
    port = free_port()
    with bound(host, port) as listener, socket.create_connection((host, port)):
        # Who closes first keeps the connection in TIME_WAIT.
        listener.accept()[0].close()
    for again in (host, *LOOPBACK):
        with bound(again, port):
            pass


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "fe80::1%no-such-interface", "a..b"])
def test_a_host_that_is_not_this_machine_is_refused_by_name(host: str) -> None:
    with pytest.raises(ConfigError, match="HOST must be an address of this machine"):
        bound(host, free_port()).__enter__()
