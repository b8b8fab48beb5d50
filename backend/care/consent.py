"""The consent a patient gives when sharing: reviewed texts, versioned; what was agreed to is stored with the grant."""

CONSENT_VERSION = "2026-11"

_TEXTS = {
    "en": (
        "I let {physician} see my diary: every night I recorded and will record, with cramps, stockings, "
        "symptoms and notes, my corrections, my stocking trials and what they show, and my name and year of birth. "
        "{physician} can look at it and download it for my visits. I see here who looked at what, and when. "
        "I can stop this at any time; from then on {physician} sees nothing more here. "
        "Files downloaded before that stay with {physician}."
    ),
    "es": (
        "Permito que {physician} vea mi diario: todas las noches que he anotado y que anotaré, con calambres, medias, "
        "síntomas y notas, mis correcciones, mis pruebas con medias y lo que muestran, y mi nombre y año de "
        "nacimiento. {physician} puede consultarlo y descargarlo para mis visitas. Aquí veo "
        "quién ha mirado qué y cuándo. "
        "Puedo retirar este permiso en cualquier momento; desde entonces {physician} no verá nada más aquí. "
        "Los archivos descargados antes quedan en manos de {physician}."
    ),
}


def consent_text(physician: str, language: str) -> str:
    """Return the current consent text in a language (``en`` or ``es``) with the physician's name in it."""
    return _TEXTS[language].replace("{physician}", physician)
