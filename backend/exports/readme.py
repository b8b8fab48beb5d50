"""The page that lies in the zip with a person's data: what is in it, in the person's language."""

_TEXTS = {
    "en": (
        "README.txt",
        """Your data from Charley

nights.csv   One row for each night. Any spreadsheet opens it.
cramps.csv   One row for each cramp.
data.json    Everything Charley holds about you: what you told about
             yourself and your health, your nights with every earlier
             version, your trials with the draw they came from, whom you
             share with and the text you agreed to, who looked at what,
             and your reminders. Passwords and keys are left out.

How to read the tables

- The date of a night is the date of the day on which it begins. The
  night from Tuesday to Wednesday has the date of Tuesday.
- An empty number of cramps means that the night was not recorded.
  0 means that it was recorded, and there were none.
- 1 means yes, 0 means no, empty means not answered.
- A cell that begins with = + - @ or ' has a ' before it, so that no
  spreadsheet takes it for a formula.

Charley can read this zip again: Me, Your data, Bring in nights.

This file tells of your health. Keep it where only you can open it.
""",
    ),
    "es": (
        "LEAME.txt",
        """Sus datos de Charley

nights.csv   Una fila por cada noche. Se abre con cualquier hoja de
             cálculo.
cramps.csv   Una fila por cada calambre.
data.json    Todo lo que Charley guarda sobre usted: lo que contó de
             usted y de su salud, sus noches con cada versión anterior,
             sus pruebas con medias y el sorteo del que salieron, con
             quién comparte y el texto que aceptó, quién miró qué y
             sus avisos. Las contraseñas y las claves no están.

Cómo leer las tablas

- La fecha de una noche es la del día en que empieza. La noche del
  martes al miércoles lleva la fecha del martes.
- Si el número de calambres está vacío, la noche no se anotó.
  Un 0 quiere decir que se anotó y no hubo ninguno.
- 1 es sí, 0 es no, vacío es sin respuesta.
- Una celda que empieza por = + - @ o ' lleva delante un ', para que
  ninguna hoja de cálculo la tome por una fórmula.

Charley puede volver a leer este zip: «Perfil», «Sus datos»,
«Añadir noches desde un archivo».

Este archivo habla de su salud. Guárdelo donde solo usted pueda abrirlo.
""",
    ),
}


def readme(language: str) -> tuple[str, str]:
    """Return the page's file name and text in a language (``en`` or ``es``), for any editor: lines end in CR LF."""
    name, text = _TEXTS[language]
    return name, "\ufeff" + text.replace("\n", "\r\n")
