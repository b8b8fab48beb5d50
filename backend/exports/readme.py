"""The pages that lie in zips: what is in them, in the language of the person who opens them."""

from textwrap import fill

from backend.exports.fhir.form import NOTICES

_NAMES = {"en": "README.txt", "es": "LEAME.txt"}
_PATIENTS = {
    "en": """Your data from Charley

nights.csv   One row for each night. Any spreadsheet opens it.
cramps.csv   One row for each cramp.
data.json    Everything Charley holds about you: what you told about
             yourself and your health, your nights with every earlier
             version, your trials with the draw they came from, whom you
             share with and the text you agreed to, who looked at what,
             and your reminders. Passwords and keys are left out.
datapackage.json   What each column of the tables means, for programs.
fhir.json    Your nights in the form that health records exchange
             (FHIR R4).

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
    "es": """Sus datos de Charley

nights.csv   Una fila por cada noche. Se abre con cualquier hoja de
             cálculo.
cramps.csv   Una fila por cada calambre.
data.json    Todo lo que Charley guarda sobre usted: lo que contó de
             usted y de su salud, sus noches con cada versión anterior,
             sus pruebas con medias y el sorteo del que salieron, con
             quién comparte y el texto que aceptó, quién miró qué y
             sus avisos. Las contraseñas y las claves no están.
datapackage.json   Qué significa cada columna de las tablas, para
             programas.
fhir.json    Sus noches en el formato con que los historiales clínicos
             intercambian datos (FHIR R4).

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
}


_PHYSICIANS = {
    "en": """A patient's diary from Charley, for the visit

report.html        The report for the visit, to be read or printed.
for-patient.html   The same in plain words, in the patient's language.
nights.csv         One row for each night, with the plan of the trial.
cramps.csv         One row for each cramp.
datapackage.json   What each column means, with units and bounds
                   (Frictionless Data Package).
fhir.json          The diary as a FHIR R4 bundle: the nightly responses
                   as they were given, what was measured and worn, and
                   the comparison once it has opened.

How to read them

- The date of a night is that of its evening; it lasts from noon to
  noon where the patient woke.
- An empty number of cramps means that the night was not recorded.
  0 means that it was recorded, and there were none.
- 1 means yes, 0 means no, empty means not answered.
- A cell that begins with = + - @ ' or a tab has a ' before it, so that
  no spreadsheet takes it for a formula.
- "charley analyze nights.csv" gives the result that the page shows.

What it does not mean

Everything here was told by the patient. The comparison is a hypothesis,
never a diagnosis: it can neither show nor rule out venous disease. That
takes a vein specialist's history, examination and duplex ultrasound.

About the codes in fhir.json

Pain is coded with LOINC, stockings with SNOMED CT and HCPCS. Nights,
cramps and answers have codes of Charley's own, which the bundle explains;
no standard code for them was found that has been validated. FHIR R4 has no
word for "not worn": those nights are told by the responses only.

{notices}

This file tells of a person's health. Keep it where it belongs.
""",
    "es": """El diario de un paciente en Charley, para la consulta

report.html        El informe para la consulta, para leer o imprimir.
for-patient.html   Lo mismo en palabras sencillas, en el idioma del
                   paciente.
nights.csv         Una fila por cada noche, con el plan de la prueba.
cramps.csv         Una fila por cada calambre.
datapackage.json   Qué significa cada columna, con unidades y límites
                   (Frictionless Data Package).
fhir.json          El diario como conjunto (Bundle) FHIR R4: las
                   respuestas de cada noche tal como se dieron, lo medido
                   y lo llevado puesto, y la comparación una vez abierta.

Cómo leerlos

- La fecha de una noche es la del día en que empieza; la noche dura de
  mediodía a mediodía en el lugar donde despertó el paciente.
- Si el número de calambres está vacío, la noche no se anotó.
  Un 0 quiere decir que se anotó y no hubo ninguno.
- 1 es sí, 0 es no, vacío es sin respuesta.
- Una celda que empieza por = + - @ ' o un tabulador lleva delante un ',
  para que ninguna hoja de cálculo la tome por una fórmula.
- «charley analyze nights.csv» da el resultado que muestra la página.

Lo que no significa

Todo lo que hay aquí lo contó el paciente. La comparación es una hipótesis,
nunca un diagnóstico: no puede demostrar ni descartar una enfermedad venosa.
Para eso hacen falta la historia clínica, la exploración y la ecografía
dúplex de un especialista en venas.

Sobre los códigos de fhir.json

El dolor lleva código LOINC; las medias, códigos SNOMED CT y HCPCS. Las
noches, los calambres y las respuestas llevan códigos propios de Charley,
que el conjunto explica; no se encontró para ellos un código estándar
validado. FHIR R4 no tiene palabra para «no se llevaron»: de esas noches
hablan solo las respuestas.

{notices}

Este archivo habla de la salud de una persona. Guárdelo donde corresponde.
""",
}


def readme(language: str) -> tuple[str, str]:
    """Return the name and the text of the page in a patient's own zip, in a language (``en`` or ``es``)."""
    return _page(language, _PATIENTS[language])


def visit_readme(language: str) -> tuple[str, str]:
    """Return the name and the text of the page in the zip that a physician takes along."""
    return _page(language, _PHYSICIANS[language].format(notices=fill(NOTICES, 72)))


def _page(language: str, text: str) -> tuple[str, str]:
    # For any editor: marked as UTF-8, lines end in CR LF.
    return _NAMES[language], "\ufeff" + text.replace("\n", "\r\n")
