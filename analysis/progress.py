"""Progress of long work, told step by step and shown as a bar where somebody watches."""

import shutil
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

    # A terminal that does not tell its size gets a bar all the same.
    columns, rows = shutil.get_terminal_size()
    with tqdm(desc=doing, leave=False, mininterval=0, ncols=columns, nrows=rows) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
