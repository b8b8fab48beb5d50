"""Files that are made to be sent."""

from tempfile import SpooledTemporaryFile
from typing import IO

IN_MEMORY_BYTES = 4 * 1024 * 1024


def new_file() -> IO[bytes]:
    """Return an empty file; whoever sends it closes it. What does not fit in memory lies in a file without a name."""
    return SpooledTemporaryFile(IN_MEMORY_BYTES)
