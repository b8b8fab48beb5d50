"""The consent a patient gives when sharing: reviewed texts, versioned; what was agreed to is stored with the grant.

The texts stand in a file of their own, so that the check of the reading level reads them beside the app's own texts.
A change of a text is a new version.
"""

import json
from pathlib import Path
from typing import Any

_TEXTS: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

CONSENT_VERSION: str = _TEXTS["version"]


def consent_text(physician: str, language: str) -> str:
    """Return the current consent text in a language (``en`` or ``es``) with the physician's name, one point a line."""
    return "\n".join(_TEXTS[language]).replace("{physician}", physician)
