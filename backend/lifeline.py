"""When a process ends for certain: with the one that started it, and soon after it was asked to."""

import ctypes
import os
import signal
import sys
import threading

PARENT_CHECK_S = 0.5
_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """End this process as soon as the process ``parent``, which started it, is gone.

    It ends by SIGKILL, held up by no request, no silent database and no handler of signals: serving on beside the next
    server, maybe on a file that was replaced meanwhile, does more harm than a request without an answer. On Linux the
    kernel does it, even to a process that is stopped; elsewhere a thread looks every half second.

    The kernel looks at the thread that started this process, which therefore must live as long as its process.
    """
    if not _kernel_ends_orphans():
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    # It may have been gone before anybody looked: then somebody else is the parent by now.
    if _orphaned(parent):
        _end()


def _kernel_ends_orphans() -> bool:
    if sys.platform != "linux":
        return False
    asked: int = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return asked == 0


def end_within(seconds: float) -> None:
    """End this process that long after SIGTERM or SIGINT at the latest, whatever their handlers wait for.

    Must be called from the main thread; handlers may be set before and after. Without a handler in Python the signals
    end the process themselves.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    threading.Thread(target=_end_after, args=(heard, seconds), daemon=True).start()


def _end_after(heard: int, seconds: float) -> None:
    while not {signal.SIGTERM, signal.SIGINT} & set(os.read(heard, 1)):
        pass
    threading.Event().wait(seconds)
    _end()


def _watch(parent: int) -> None:
    while not _orphaned(parent):
        threading.Event().wait(PARENT_CHECK_S)
    _end()


def _orphaned(parent: int) -> bool:
    return os.getppid() != parent


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
