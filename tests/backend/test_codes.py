"""A physician's code: what is mistyped is noticed, what is typed carelessly is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.codes import ALPHABET, RANDOM_CHARACTERS, _check_character, new_code, read_code
from backend.accounts.errors import CodeMistypedError

CODES = st.text(ALPHABET, min_size=RANDOM_CHARACTERS, max_size=RANDOM_CHARACTERS).map(
    lambda body: body + _check_character(body)
)


@given(code=CODES, place=st.integers(0, RANDOM_CHARACTERS), character=st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code: str, place: int, character: str) -> None:
    typed = code[:place] + character + code[place + 1 :]
    if typed == code:
        assert read_code(typed) == code
    else:
        with pytest.raises(CodeMistypedError):
            read_code(typed)


@given(code=CODES, place=st.integers(0, RANDOM_CHARACTERS - 1))
def test_every_swap_of_two_neighbors_is_noticed(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed == code:
        assert read_code(typed) == code
    else:
        with pytest.raises(CodeMistypedError):
            read_code(typed)


@given(code=CODES)
def test_spaces_hyphens_and_small_letters_do_not_matter(code: str) -> None:
    for typed in (code, code.lower(), f"{code[:4]}-{code[4:]}", f" {code[:2]} {code[2:5]}-{code[5:]}\n"):
        assert read_code(typed) == code


@given(typed=st.text(max_size=12))
def test_whatever_is_typed_is_a_code_or_mistyped(typed: str) -> None:
    try:
        code = read_code(typed)
    except CodeMistypedError:
        return
    assert read_code(code) == code


def test_new_codes_are_valid_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {read_code(code) for code in codes} == codes


def test_no_character_of_a_code_is_easily_misread() -> None:
    assert not set(ALPHABET) & set("0O1IL")
    assert len(ALPHABET) == len(set(ALPHABET)) == 29
