"""Progress of long work, told step by step and shown as a bar where somebody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Called with the steps done and the steps in all.
Progress = Callable[[int, int], object]


@contextmanager
def bar_on_terminal(doing: str) -> Iterator[Progress | None]:
    """Show a bar on standard error while work goes on; nothing, and None, where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=doing, leave=False, mininterval=0) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
