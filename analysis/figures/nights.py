"""What the charts of one patient read from the frame: every calendar night, also those without a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Bools, Floats
from analysis.errors import InputError
from analysis.figures.labels import Labels
from analysis.frame import check_frame, worn
from analysis.results import Comparison

SYMPTOMS = ("aching", "heaviness", "soreness", "burning")


@dataclass(frozen=True, slots=True)
class ChartNights:
    """Every calendar night from the first to the last row; arrays of shape (nights,), NaN where nothing is known.

    Attributes
    ----------
    day : ndarray of int
        Evenings, in days since 1970-01-01.
    dates : list of str
        The same as ISO dates.
    cramps, minutes, pain : ndarray
        Cramps, minutes of cramp in all, worst pain 0-10.
    worn, assigned : ndarray
        1 = stockings, 0 = none; `worn` by the exposure that is compared.
    answers : dict of ndarray
        ``rls_urge`` (0/1) and the day symptoms `SYMPTOMS` (0-10), where the frame has them.
    """

    day: npt.NDArray[np.int64]
    dates: list[str]
    cramps: Floats
    minutes: Floats
    pain: Floats
    worn: Floats
    assigned: Floats
    answers: dict[str, Floats]

    @property
    def scheduled(self) -> bool:
        """Whether any night was assigned."""
        return not bool(np.isnan(self.assigned).all())

    def has(self, answer: str) -> bool:
        """Whether any night has one of `answers`."""
        return answer in self.answers and not bool(np.isnan(self.answers[answer]).all())


def chart_nights(frame: pd.DataFrame, comparison: Comparison) -> ChartNights:
    """Read the nights of one patient; refuse a frame that is not the comparison's."""
    checked = check_frame(frame, most_cramps=np.inf)
    if checked.empty or checked["patient_id"].nunique() != 1:
        raise InputError(f"frame: has {checked['patient_id'].nunique()} patients, expected 1")
    if checked["patient_id"].iloc[0] != comparison.patient_id:
        raise InputError(f"comparison: of patient {comparison.patient_id}, the frame of another")
    day = checked["night_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    every = np.arange(day[0], day[-1] + 1)

    def spread(values: Floats) -> Floats:
        full = np.full(len(every), np.nan)
        full[day - day[0]] = values
        return full

    numbers = (checked[name].to_numpy() for name in ("cramps", "cramp_minutes", "worst_pain"))
    cramps, minutes, pain = (spread(values) for values in numbers)
    return ChartNights(
        day=every,
        dates=[str(date) for date in every.astype("datetime64[D]")],
        cramps=cramps,
        minutes=np.round(minutes, 1),
        pain=pain,
        worn=spread(worn(checked, comparison.exposure)),
        assigned=spread(checked["assigned"].to_numpy()),
        answers={
            name: spread(frame.loc[checked.index, name].to_numpy(dtype=np.float64, na_value=np.nan))
            for name in ("rls_urge", *SYMPTOMS)
            if name in frame
        },
    )


def pick(texts: Sequence[str], where: Bools) -> list[str]:
    """Take the texts at some positions."""
    return list(compress(texts, where))


def noon(day: np.int64) -> str:
    """Write the noon of a day as the charting library reads times."""
    return f"{np.datetime64(int(day), 'D')} 12:00"


def told(nights: ChartNights, words: Labels, *, minutes: bool) -> list[str]:
    """Tell of each night the cramps and the worst pain, with units, and the minutes where they are asked for."""
    found = []
    for cramps, lasted, pain in zip(nights.cramps, nights.minutes, nights.pain, strict=True):
        parts = [words.not_recorded if np.isnan(cramps) else words.count(cramps)]
        if cramps > 0:
            parts += [words.minutes.format(f"{lasted:g}")] if minutes and lasted >= 0 else []
            parts += [words.pain.format(f"{pain:g}")] if pain >= 0 else []
        found.append(", ".join(parts))
    return found
