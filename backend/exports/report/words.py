"""Words of the reports: sentences of the catalogs, with numbers and dates as readers of a language write them.

The sentences stand in files of their own, so that they are reviewed in one place and the check of the reading level
reads the patient's beside the app's own texts. Nothing clinical is put together in code.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from analysis.figures.labels import labels
from analysis.story import wear_unknown

Reader = Literal["physician", "patient"]
LANGUAGES = ("en", "es")
READERS: tuple[Reader, ...] = ("physician", "patient")
CATALOGS: dict[Reader, dict[str, Any]] = {
    reader: json.loads((Path(__file__).parent / f"{reader}.json").read_text(encoding="utf-8")) for reader in READERS
}
_NO_BREAK_SPACE = "\u00a0"


class Words:
    """One reader's sentences in one language (``en`` or ``es``)."""

    def __init__(self, reader: Reader, language: str) -> None:
        self.language = language
        self.charts = labels(language)
        self._texts: dict[str, Any] = CATALOGS[reader][language]

    def say(self, key: str, **values: str | int | date) -> str:
        """Return a sentence by its dotted key, filled in; where it has a singular, ``n`` decides.

        Raises
        ------
        KeyError
            The catalog has no such sentence, or it asks for a value that was not given.

        """
        found = self._find(key)
        if isinstance(found, dict):
            found = found["one" if values["n"] == 1 else "other"]
        return str(found).format(**{name: self._write(value) for name, value in values.items()})

    def lines(self, key: str) -> list[str]:
        """Return the sentences of a list."""
        return list(self._find(key))

    def name(self, key: str, codes: Iterable[str]) -> list[str]:
        """Return the names of codes, in their order."""
        names = self._find(key)
        return [names[code] for code in codes]

    def cautions(self, warnings: Iterable[Mapping[str, Any]]) -> list[str]:
        """Return the sentences of a result's warnings, each with the figure that its reader is told."""
        return [
            self.say(
                f"warnings.{warning['code']}",
                number=self.number(abs(warning["value"]), 0),
                percent=self.percent(abs(warning["value"])),
                ratio=self.ratio(warning["value"]),
            )
            for warning in warnings
        ]

    def two_estimates(self, result: Mapping[str, Any]) -> str:
        """Return why the comparisons as assigned and as worn are two; ``result`` as ``result_of`` gives it."""
        wear = result["wear"] or dict.fromkeys(("on_nights", "off_nights", "on_kept", "off_kept"), 0)
        otherwise = sum(wear[f"{arm}_nights"] - wear[f"{arm}_kept"] for arm in ("on", "off"))
        told = self.say("two_estimates", otherwise=self.say("nights", n=otherwise))
        unknown = wear_unknown(result)
        return f"{told} {self.say('wear_unknown', n=self.say('nights', n=unknown))}" if unknown else told

    def number(self, value: float, decimals: int = 1) -> str:
        """Write a number with so many decimals at most."""
        text = f"{value:.{decimals}f}"
        return self._point(text.rstrip("0").rstrip(".") if decimals else text).replace("-", "−")

    def rate(self, value: float) -> str:
        """Write a rate or a mean: always one decimal."""
        return self._point(f"{value:.1f}")

    def ratio(self, value: float) -> str:
        """Write a rate ratio: two decimals, one where it is large."""
        return self._point(f"{value:.2f}" if value < 10 else f"{value:.1f}")

    def percent(self, share: float) -> str:
        """Write a share, 0-1, as a whole percentage."""
        return f"{round(100 * share)}{_NO_BREAK_SPACE if self.language == 'es' else ''}%"

    def pvalue(self, value: float) -> str:
        """Write a p-value: three decimals, and what it is below when smaller."""
        return self._point(f"< {0.001}" if value < 0.001 else f"= {value:.3f}")

    def day(self, day: date) -> str:
        """Write a date: 3 Nov 2026."""
        return f"{day.day}{_NO_BREAK_SPACE}{self.charts.months[day.month - 1][:3]}{_NO_BREAK_SPACE}{day.year}"

    def night(self, evening: date) -> str:
        """Write which night it is, from its evening to its morning: Tue 3 → Wed 4 Nov."""
        morning = evening + timedelta(days=1)
        names = [self.charts.weekdays[day.weekday()] for day in (evening, morning)]
        month = self.charts.months[morning.month - 1][:3]
        return f"{names[0]} {evening.day} → {names[1]} {morning.day} {month}"

    def _find(self, key: str) -> Any:
        found: Any = self._texts
        for part in key.split("."):
            found = found[part]
        return found

    def _write(self, value: str | int | date) -> str:
        return self.day(value) if isinstance(value, date) else str(value)

    def _point(self, text: str) -> str:
        return text.replace(".", ",") if self.language == "es" else text


def clipped(text: str, longest: int) -> str:
    """Return a person's words on one line, cut at a word where they are longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rsplit(' ', 1)[0][: longest - 1]}…"
