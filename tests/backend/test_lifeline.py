"""Processes that end for certain: with their parent, and soon after they were told to."""

import signal
import subprocess
import sys

import pytest

from tests.backend.servers import ALL_ENDED_S, PATIENCE_S, ROOT, is_running, wait_for

ORPHAN = """
import os, sys, time
from backend import lifeline
if sys.argv[1] == "thread":
    lifeline._kernel_ends_orphans = lambda: False
lifeline.end_with(int(sys.argv[2]) or os.getppid())
print("follows", flush=True)
time.sleep(600)
"""
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", *sys.argv[1:]])
print(child.pid, flush=True)
child.wait()
"""


@pytest.mark.parametrize("way", ["kernel", "thread"])
def test_a_process_follows_its_parent(way: str) -> None:
    command = [sys.executable, "-c", PARENT, ORPHAN, way, "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert parent.stdout.readline() == "follows\n"
        parent.kill()
        wait_for(lambda: not is_running(pid), what="end", patience_s=ALL_ENDED_S)


@pytest.mark.parametrize("way", ["kernel", "thread"])
def test_a_process_whose_parent_was_gone_before_it_looked_ends(way: str) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN, way, str(gone.pid)], cwd=ROOT, capture_output=True, timeout=PATIENCE_S
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"")


DEAF = """
import signal, time
from backend import lifeline
lifeline.end_within(0.1)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
    signal.signal(number, lambda *_: None)
print("listens", flush=True)
while True:
    time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_ends_that_was_told_to_whatever_it_does_about_it(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", DEAF], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "listens\n"
        process.send_signal(signal.SIGUSR1)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.send_signal(number)
        assert process.wait(PATIENCE_S) == -signal.SIGKILL
