"""What spreadsheets do to a table that is opened and saved again, undone where it can be."""

import re

import numpy as np
import pandas as pd

from analysis.reading.cells import Notes

# Spreadsheets take a schedule such as 011010 for a number, keep so many of its digits, and write long ones with an E.
DIGITS_KEPT = 15
_POWER_OF_TEN = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)


def mend_schedules(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Put back zeros that schedules lost at their start, and pass over schedules that lost digits.

    Parameters
    ----------
    frame : DataFrame
        Parsed columns of `analysis.frame`.
    notes : Notes
        Gets what was done.

    Notes
    -----
    A drawn schedule has as many stocking blocks as others, so that one whose later digits are zeros, and which has
    fewer, was rounded. What is left then are the arms that the nights themselves tell.
    """
    if "schedule" not in frame or "n_blocks" not in frame:
        return frame
    codes, texts = pd.factorize(frame["schedule"])
    blocks = pd.to_numeric(frame["n_blocks"]).to_numpy(dtype=np.float64)
    # The last element stands for rows without a schedule, whose code is -1.
    lengths = np.array([*map(len, texts), np.inf])[codes]
    doubtful = np.array([*(_mended(text, len(text)) != text for text in texts), False])[codes] | (lengths < blocks)
    if not doubtful.any():
        return frame
    schedule = frame["schedule"].astype(object)
    given = list(zip(schedule[doubtful], blocks[doubtful], strict=True))
    mended = {(text, n): _mended(text, len(text) if np.isnan(n) else int(n)) for text, n in dict.fromkeys(given)}
    schedule[doubtful] = [mended[key] for key in given]
    frame["schedule"] = schedule
    if any(mended.values()):
        notes.add("schedule: zeros missing at its start are put back, by n_blocks")
    rounded = next((text for (text, _), full in mended.items() if full is None), None)
    if rounded:
        notes.add(f"schedule: {rounded!r} was rounded by a spreadsheet; arms are read from the nights")
    return frame


def _mended(text: str, n_blocks: int) -> str | None:
    """Return a schedule as it was, None where it cannot be known."""
    full = text.zfill(n_blocks)
    lost = full.lstrip("0")[DIGITS_KEPT:]
    rounded = bool(lost) and "1" not in lost and 2 * full.count("1") < len(full)
    return None if rounded or _POWER_OF_TEN.fullmatch(text) else full
