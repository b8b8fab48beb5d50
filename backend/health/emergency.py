"""The number that reaches an ambulance, country by country.

The patient's app has the table with it, offline too; it stands among the app's files, and nowhere twice.
"""

import json
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parents[2] / "frontend" / "shared" / "emergency-numbers.json"


def emergency_number(country: str | None) -> str | None:
    """Return the emergency number of a country (ISO 3166 code); None where Charley does not know it."""
    return _numbers().get(country or "")


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    table: dict[str, str] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {country: number for number, countries in table.items() for country in countries.split()}
