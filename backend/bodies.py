"""What a body must be before anybody reads it."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request
from werkzeug.exceptions import BadRequest

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class UnreadableBodyError(Exception):
    """The body is not JSON that can be read."""


def takes_files(max_bytes: int) -> Callable[[View], View]:
    """Declare that a method of a view class takes files, as ``multipart/form-data``, and how large a body may be."""

    def declare(view: View) -> View:
        view.max_bytes = max_bytes  # type: ignore[attr-defined]
        return view

    return declare


def bound_body() -> None:
    """Let routes that take files have larger bodies than others; comes before anybody reads the body."""
    if max_bytes := _file_bytes():
        request.max_content_length = max_bytes


def _file_bytes() -> int | None:
    view = current_app.view_functions.get(request.endpoint or "")
    method = getattr(getattr(view, "view_class", None), request.method.lower(), None)
    return getattr(method, "max_bytes", None)


def check_body() -> None:
    """Refuse a body that is neither JSON nor, where they are taken, files; an empty one is left to the view.

    Raises
    ------
    UnsupportedMediaType, RequestEntityTooLarge, UnreadableBodyError

    """
    # A form was read by whoever looked for a token in it: only its length still tells of it.
    if request.method in SAFE_METHODS or not (request.content_length or request.get_data()):
        return
    if request.mimetype == "multipart/form-data" and _file_bytes():
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
