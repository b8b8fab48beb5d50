"""What resources of FHIR are made of: entries of a bundle, references, codes, texts and quantities, as plain dicts.

For standard codes see backend/health/RULES.md 9. For what has none, and for answers, Charley has a code system of its
own. It and the form of the night have names that are the same on every server, so that bundles of two servers can be
told to speak of the same things.
"""

import re
from typing import Any
from uuid import UUID, uuid5

Resource = dict[str, Any]

CODES = "urn:uuid:e9cd9b30-9b83-4257-8527-fc3651e5c709"
FORM = "urn:uuid:acc4e1bd-c2ac-4014-b76f-24791d6b4ba7"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
UCUM = "http://unitsofmeasure.org"
# FHIR allows fewer white and control characters in a text than people type.
_STRAY = re.compile(r"[^\S \r\n\t]|[\x00-\x08\x0e-\x1f\x7f\ufeff]")


def entry(resource_type: str, resource_id: UUID, **elements: Any) -> Resource:
    """Return an entry of a bundle; FHIR knows no empty elements, so what is None or an empty list is left out."""
    told = {name: value for name, value in elements.items() if value is not None and value != []}
    resource = {"resourceType": resource_type, "id": str(resource_id), **told}
    return {"fullUrl": resource_id.urn, "resource": resource}


def id_of(patient_id: UUID, what: str) -> UUID:
    """Return the id that one thing of a patient has in every bundle."""
    return uuid5(patient_id, what)


def reference(resource_id: UUID) -> Resource:
    """Return a reference to an entry of the same bundle."""
    return {"reference": resource_id.urn}


def own_code(code: str, display: str | None = None) -> Resource:
    """Return a code of Charley's own; its words are the code's unless given."""
    return {"system": CODES, "code": code, "display": display or words_of(code)}


def concept(*codings: Resource, text: str | None = None) -> Resource:
    """Return what several code systems have a code for, with its name in words."""
    return {"coding": list(codings), **({"text": text} if text else {})}


def words_of(code: str) -> str:
    """Return the words in the last part of a code."""
    return code.rpartition(".")[2].replace("_", " ")


def quantity(value: float, unit: str, code: str) -> Resource:
    """Return a number with its unit, in words and in UCUM."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def text_of(value: str | None) -> str | None:
    """Return a text in characters that FHIR allows, None where nothing is left to read."""
    plain = _STRAY.sub(" ", value or "")
    return plain if plain.strip() else None
