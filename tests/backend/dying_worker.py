"""A process that sends reminders and kills itself at a given moment: ``python -m … worker|remind MOMENT``."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from backend.cli import main
from backend.reminders import delivery
from backend.reminders.sending import Sender

# Who died is waited for no longer than this.
LEASE = timedelta(seconds=1)


def die(*_: object, **__: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return a step after which the process dies."""

    def run(*args: Any, **options: Any) -> Any:
        step(*args, **options)
        die()

    return run


def arrange(moment: str) -> None:
    """Let the process die at a moment of delivering; while it is sending, somebody else kills it."""
    match moment:
        case "fallen due":
            delivery._deliver = die
        case "sent, not noted":
            Sender.send = then_die(Sender.send)  # type: ignore[method-assign]
        case "noted, not ended":
            delivery._end = die
        case "ended":
            delivery._end = then_die(delivery._end)


if __name__ == "__main__":
    command, *moments = sys.argv[1:]
    for moment in moments:
        delivery.LEASE = LEASE
        arrange(moment)
    main([command])
