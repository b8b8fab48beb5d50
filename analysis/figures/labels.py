"""Words of the charts, in every language they are drawn in."""

import datetime as dt
from dataclasses import dataclass

from analysis.errors import InputError


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; braces hold numbers, dates or other labels.

    `states` holds the headlines of results by their story, see `analysis.story`; `symptoms` holds name and reading of
    each of `analysis.figures.nights.SYMPTOMS`, in their order.
    `date` and `day` are formats of the charting library: a full date, and the day of an axis.
    """

    date: str
    day: str
    decimal: str
    written: str
    briefly: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    cramps_axis: str
    minutes_axis: str
    cramps: str
    cramp: str
    no_cramps: str
    not_recorded: str
    minutes: str
    pain: str
    pain_axis: str
    symptoms: tuple[tuple[str, str], ...]
    urge_row: str
    urge: str
    no_urge: str
    worn: str
    not_worn: str
    assigned: str
    not_assigned: str
    as_worn: str
    as_assigned: str
    row_worn: str
    row_assigned: str
    row_both: str
    nights: str
    night: str
    ratios: tuple[tuple[float, str], ...]
    fewer: str
    more: str
    estimate: str
    beyond: str
    beyond_some: str
    arms: str
    graded: str
    false_share: str
    states: tuple[tuple[str, str], ...]
    all_drawn: str
    some_drawn: str
    still_running: str
    too_little_of: str
    opens: tuple[tuple[str, str], ...]
    too_little: str
    needs: tuple[tuple[str, str], ...]

    def write(self, day: dt.date) -> str:
        """Write a date in words."""
        return self.written.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def brief(self, day: dt.date) -> str:
        """Write a date as an axis names it, without its year."""
        return self.briefly.format(day=day.day, month=day.month, name=self.months[day.month - 1][:3])

    def ratio(self, value: float) -> str:
        """Write a rate ratio: two decimals, one where it is large."""
        return (f"{value:.2f}" if value < 10 else f"{value:.1f}").replace(".", self.decimal)

    def count(self, cramps: float) -> str:
        """Write a number of cramps."""
        return {0: self.no_cramps, 1: self.cramp}.get(int(cramps), self.cramps.format(int(cramps)))


EN = Labels(
    date="%a %d %b %Y",
    day="%d %b",
    decimal=".",
    written="{day} {month} {year}",
    briefly="{day} {name}",
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
    cramps_axis="cramps",
    minutes_axis="minutes",
    cramps="{} cramps",
    cramp="1 cramp",
    no_cramps="no cramps",
    not_recorded="not recorded",
    minutes="{} minutes",
    pain="worst pain {} of 10",
    pain_axis="worst pain",
    symptoms=(
        ("aching", "aching {} of 10"),
        ("heaviness", "heaviness {} of 10"),
        ("soreness", "soreness {} of 10"),
        ("burning", "burning {} of 10"),
    ),
    urge_row="urge to move",
    urge="urge to move the legs",
    no_urge="no urge to move the legs",
    worn="stockings worn",
    not_worn="stockings not worn",
    assigned="stocking night",
    not_assigned="night without stockings",
    as_worn="worn",
    as_assigned="assigned",
    row_worn="As worn",
    row_assigned="As assigned",
    row_both="As assigned<br>and worn",
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
    estimate="{ratio} times as many cramps with stockings as without,<br>95 % interval between {low} and {high}",
    beyond="{name}: the interval goes on beyond the picture; it lies between {low} and {high}",
    beyond_some="Arrow: the interval goes on beyond the picture. The patient's mark tells how far.",
    arms="{on} nights with stockings and {off} without compared, {recorded} nights recorded",
    graded="grade {} evidence",
    false_share="q-value: of a list down to this p-value, expect at most {} % to be chance",
    states=(
        ("help", "Stockings seem to help"),
        ("help_unplanned", "Own diary, no trial: fewer cramps"),
        ("worse", "More cramps with stockings"),
        ("worse_unplanned", "Own diary, no trial: more cramps"),
        ("fewer_unclear", "Fewer cramps, cause unclear"),
        ("more_unclear", "More cramps, cause unclear"),
        ("no_clear_difference", "Not clear"),
        ("much_alike", "Nights much alike"),
    ),
    all_drawn="Patients with a comparison: {compared}.",
    some_drawn="The first {drawn} of {compared} patients with a comparison.",
    still_running="Still running: {}.",
    too_little_of="Too little data: {}.",
    opens=(
        ("planned_end", "The comparison opens after the night of {}."),
        ("first_look", "The first look comes after the night of {}."),
        ("next_look", "The next look comes after the night of {}."),
    ),
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
    decimal=",",
    written="{day} de {month} de {year}",
    briefly="{day}/{month}",
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
    cramps_axis="calambres",
    minutes_axis="minutos",
    cramps="{} calambres",
    cramp="1 calambre",
    no_cramps="sin calambres",
    not_recorded="sin registro",
    minutes="{} minutos",
    pain="peor dolor {} de 10",
    pain_axis="peor dolor",
    symptoms=(
        ("dolor sordo", "dolor sordo {} de 10"),
        ("pesadez", "pesadez {} de 10"),
        ("doloridas", "piernas doloridas {} de 10"),
        ("ardor", "ardor {} de 10"),
    ),
    urge_row="mover piernas",
    urge="necesidad de mover las piernas",
    no_urge="sin necesidad de mover las piernas",
    worn="medias puestas",
    not_worn="sin medias",
    assigned="noche con medias",
    not_assigned="noche sin medias",
    as_worn="usadas",
    as_assigned="asignadas",
    row_worn="Según el uso",
    row_assigned="Según el plan",
    row_both="Según el plan<br>y el uso",
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
    estimate="{ratio} veces los calambres sin medias,<br>intervalo del 95 % entre {low} y {high}",
    beyond="{name}: el intervalo sigue más allá de la imagen; está entre {low} y {high}",
    beyond_some="Flecha: el intervalo sigue más allá de la imagen. La marca del paciente dice hasta dónde.",
    arms="{on} noches con medias y {off} sin ellas comparadas, {recorded} noches registradas",
    graded="evidencia de grado {}",
    false_share="valor q: en una lista hasta este valor p, cabe esperar por azar como mucho un {} %",
    states=(
        ("help", "Las medias parecen ayudar"),
        ("help_unplanned", "Diario propio, sin ensayo: menos calambres"),
        ("worse", "Más calambres con medias"),
        ("worse_unplanned", "Diario propio, sin ensayo: más calambres"),
        ("fewer_unclear", "Menos calambres, causa incierta"),
        ("more_unclear", "Más calambres, causa incierta"),
        ("no_clear_difference", "No está claro"),
        ("much_alike", "Noches muy parecidas"),
    ),
    all_drawn="Pacientes con comparación: {compared}.",
    some_drawn="Los primeros {drawn} de {compared} pacientes con comparación.",
    still_running="En curso: {}.",
    too_little_of="Datos insuficientes: {}.",
    opens=(
        ("planned_end", "La comparación se abre después de la noche del {}."),
        ("first_look", "La primera revisión llega después de la noche del {}."),
        ("next_look", "La próxima revisión llega después de la noche del {}."),
    ),
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
