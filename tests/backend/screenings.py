"""Safety screens as phones send them."""

from typing import Any

from backend.health.gate import QUESTIONS, QUESTIONS_VERSION
from tests.backend.people import Person, read


def screening(*yes: str, missing: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """Return a whole screen: yes to the questions named, no to all others, nothing where ``missing``."""
    answers = {code: code in yes for code in QUESTIONS} | dict.fromkeys(missing)
    return {
        "questions_version": QUESTIONS_VERSION,
        "answers": answers,
        "abi_left": None,
        "abi_right": None,
        "asked": {},
        "red_flags": [],
        **changes,
    }


def screened(patient: Person, *yes: str, **changes: Any) -> dict[str, Any]:
    """Let a patient answer the screen; return what it came to."""
    response = patient.post("/api/screening", screening(*yes, **changes))
    assert response.status_code == 201, response.text
    found: dict[str, Any] = read(response)
    return found
