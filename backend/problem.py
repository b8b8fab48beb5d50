"""The one shape of an error: ``application/problem+json`` (RFC 9457), which carries no values of a diary."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from backend.outages import Trouble

CONTENT_TYPE = "application/problem+json"
# How long an outage lets people wait before they try again.
RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """A documented type of problem: its status and its title."""

    status: int
    title: str


KINDS = {
    "bad-request": Kind(400, "The request could not be read"),
    "csrf": Kind(400, "The request carries no valid token; fetch one and send it again"),
    "unauthorized": Kind(401, "Please sign in"),
    "forbidden": Kind(403, "This is not yours to do"),
    "not-found": Kind(404, "Nothing is here"),
    "method-not-allowed": Kind(405, "This address does not take that method"),
    "conflict": Kind(409, "This does not fit what is stored"),
    "precondition-failed": Kind(412, "The stored version is a newer one"),
    "too-large": Kind(413, "The request is too large"),
    "unsupported-media-type": Kind(415, "The request must be JSON"),
    "validation": Kind(422, "Some values are not valid"),
    "precondition-required": Kind(428, "Name the version you change with If-Match"),
    "rate-limited": Kind(429, "Too many tries; please wait"),
    "internal": Kind(500, "Something went wrong on our side"),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong value: where it stands (JSON pointer) and what is wrong, bound included."""

    pointer: str
    detail: str


class FieldErrorSchema(Schema):
    """One wrong value."""

    pointer = fields.String(required=True, metadata={"description": "JSON pointer to the value"})
    detail = fields.String(required=True)


class ProblemSchema(Schema):
    """A refused request (RFC 9457)."""

    type = fields.String(required=True, metadata={"description": "/problems/ and one of the documented kinds"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldErrorSchema))
    reason = fields.String(metadata={"description": "names, for programs, a refusal they can do something about"})


def problem(
    slug: str,
    *,
    detail: str,
    status: int | None = None,
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> Response:
    """Return the response for one problem; ``status`` overrides the kind's own."""
    kind = KINDS[slug]
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail,
        **extra,
    }
    if errors:
        body["errors"] = [asdict(error) for error in errors]
    return Response(json.dumps(body), status=body["status"], content_type=CONTENT_TYPE, headers=headers)


def outage_problem(trouble: Trouble) -> Response:
    """Return the response for a request that trouble of the database cost."""
    detail = f"{trouble.value} Nothing of what you sent is lost on your side; please try again."
    headers = {"Retry-After": str(RETRY_AFTER_S)}
    return problem("internal", status=503, detail=detail, headers=headers)
