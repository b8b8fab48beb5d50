"""A physician's share code: seven random characters and a check character.

The alphabet leaves out what is misread (0 O, 1 I L, V, Z) and has 29 characters, a prime: with weights 1 to 7 a check
modulo 29 notices every single wrong character and every swap of two neighbors.
"""

import secrets

from backend.accounts.errors import CodeMistypedError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUWXY"
RANDOM_CHARACTERS = 7


def new_code() -> str:
    """Return a new code, check character included."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return body + _check_character(body)


def read_code(typed: str) -> str:
    """Return the code a person typed, without spaces and hyphens, in capitals.

    Raises
    ------
    CodeMistypedError
        The characters, their number or the check character do not fit.

    """
    code = "".join(typed.upper().split()).replace("-", "")
    fits = len(code) == RANDOM_CHARACTERS + 1 and set(code) <= set(ALPHABET)
    if not fits or _check_character(code[:-1]) != code[-1]:
        raise CodeMistypedError
    return code


def _check_character(body: str) -> str:
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]
