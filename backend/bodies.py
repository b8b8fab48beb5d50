"""What a body must be before anybody reads it."""

import json

from flask import request
from werkzeug.exceptions import BadRequest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class UnreadableBodyError(Exception):
    """The body is not JSON that can be read."""


def check_body() -> None:
    """Refuse a body that is not JSON; an empty one is left to the view.

    Raises
    ------
    UnsupportedMediaType, RequestEntityTooLarge, UnreadableBodyError

    """
    # A form was read by whoever looked for a token in it: only its length still tells of it.
    if request.method in SAFE_METHODS or not (request.content_length or request.get_data()):
        return
    try:
        body = request.get_json()
    except BadRequest:
        raise UnreadableBodyError from None
    if request.blueprint == "security":
        _check_text(body)


def _check_text(body: object) -> None:
    """JSON can carry halves of surrogate pairs: no password or address can be made of them."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnreadableBodyError from None
