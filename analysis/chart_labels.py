"""Words of the charts, in every language they are drawn in."""

import datetime as dt
from dataclasses import dataclass

from analysis.errors import InputError


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; braces hold numbers, dates or other labels.

    `date` and `day` are formats of the charting library: a full date, and the day of an axis.
    """

    date: str
    day: str
    written: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    cramps_axis: str
    cramps: str
    cramp: str
    no_cramps: str
    not_recorded: str
    minutes: str
    pain: str
    worn: str
    not_worn: str
    assigned: str
    not_assigned: str
    as_worn: str
    as_assigned: str
    row_worn: str
    row_assigned: str
    nights: str
    night: str
    ratios: tuple[tuple[float, str], ...]
    fewer: str
    more: str
    estimate: str
    opens: str
    too_little: str
    needs: tuple[tuple[str, str], ...]

    def write(self, day: dt.date) -> str:
        """Write a date in words."""
        return self.written.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def count(self, cramps: float) -> str:
        """Write a number of cramps."""
        return {0: self.no_cramps, 1: self.cramp}.get(int(cramps), self.cramps.format(int(cramps)))


EN = Labels(
    date="%a %d %b %Y",
    day="%d %b",
    written="{day} {month} {year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    cramps_axis="cramps a night",
    cramps="{} cramps",
    cramp="1 cramp",
    no_cramps="no cramps",
    not_recorded="not recorded",
    minutes="{} minutes",
    pain="worst pain {} of 10",
    worn="stockings worn",
    not_worn="stockings not worn",
    assigned="stocking night",
    not_assigned="night without stockings",
    as_worn="worn",
    as_assigned="assigned",
    row_worn="As worn",
    row_assigned="As assigned",
    nights="{} nights",
    night="1 night",
    ratios=(
        (1 / 16, "1/16"),
        (1 / 8, "1/8"),
        (1 / 4, "a quarter"),
        (1 / 2, "half as many"),
        (1.0, "same"),
        (2.0, "twice as many"),
        (4.0, "4 times"),
        (8.0, "8 times"),
        (16.0, "16 times"),
    ),
    fewer="fewer cramps with stockings",
    more="more cramps with stockings",
    estimate="{ratio} times as many cramps with stockings as without,<br>95 % interval {low} to {high}",
    opens="The comparison opens after the night of {}.",
    too_little="Too little data for a comparison.",
    needs=(
        ("nights_on", "Nights with stockings: {have} of at least {want}"),
        ("nights_off", "Nights without stockings: {have} of at least {want}"),
        ("cramps", "Cramps: {have} of at least {want}"),
    ),
)

ES = Labels(
    date="%d/%m/%Y",
    day="%d/%m",
    written="{day} de {month} de {year}",
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    cramps_axis="calambres por noche",
    cramps="{} calambres",
    cramp="1 calambre",
    no_cramps="sin calambres",
    not_recorded="sin registro",
    minutes="{} minutos",
    pain="peor dolor {} de 10",
    worn="medias puestas",
    not_worn="sin medias",
    assigned="noche con medias",
    not_assigned="noche sin medias",
    as_worn="usadas",
    as_assigned="asignadas",
    row_worn="Según el uso",
    row_assigned="Según el plan",
    nights="{} noches",
    night="1 noche",
    ratios=(
        (1 / 16, "1/16"),
        (1 / 8, "1/8"),
        (1 / 4, "un cuarto"),
        (1 / 2, "la mitad"),
        (1.0, "igual"),
        (2.0, "el doble"),
        (4.0, "4 veces"),
        (8.0, "8 veces"),
        (16.0, "16 veces"),
    ),
    fewer="menos calambres con medias",
    more="más calambres con medias",
    estimate="{ratio} veces los calambres sin medias,<br>intervalo del 95 %: de {low} a {high}",
    opens="La comparación se abre después de la noche del {}.",
    too_little="Faltan datos para comparar.",
    needs=(
        ("nights_on", "Noches con medias: {have} de al menos {want}"),
        ("nights_off", "Noches sin medias: {have} de al menos {want}"),
        ("cramps", "Calambres: {have} de al menos {want}"),
    ),
)

_LANGUAGES = {"en": EN, "es": ES}


def labels(language: str) -> Labels:
    """Give the words of a language, "en" or "es"."""
    if language not in _LANGUAGES:
        raise InputError(f"language: {language!r} is none of {', '.join(_LANGUAGES)}")
    return _LANGUAGES[language]
