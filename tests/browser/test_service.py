"""The server as an operator starts and stops it."""

import os
import signal
from pathlib import Path

import pytest

from tests.browser.server import Server
from tests.postgres import free_port

pytestmark = pytest.mark.browser


def test_ctrl_c_ends_the_server_and_all_its_workers(tmp_path: Path) -> None:
    server = Server(tmp_path, free_port())
    server.start(new_session=True)
    assert server.process is not None
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(timeout=30) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(server.process.pid, 0)
