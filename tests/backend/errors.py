"""The one shape of every error."""

from typing import Any

from werkzeug.test import TestResponse

from backend.problem import KINDS
from tests.backend.people import read


def refusal(response: TestResponse, slug: str, status: int | None = None) -> dict[str, Any]:
    """Check that an answer is a documented problem of one kind (RFC 9457); return its body."""
    text = response.get_data(as_text=True)
    assert response.content_type == "application/problem+json", text
    body: dict[str, Any] = read(response)
    assert body["type"] == f"/problems/{slug}", text
    assert response.status_code == body["status"] == (status or KINDS[slug].status), text
    assert body["title"] == KINDS[slug].title
    assert isinstance(body["detail"], str)
    assert body["detail"]
    for error in body.get("errors", []):
        assert set(error) == {"pointer", "detail"}
        assert error["pointer"] == "" or error["pointer"].startswith("/")
        assert error["detail"]
    extra = {"current", "current_received_at"} if slug == "precondition-failed" else set()
    extra |= {"reason", "codes"} & set(body) if slug == "conflict" else set()
    extra |= {"reason", "line"} & set(body) if slug == "validation" else set()
    assert set(body) - {"errors"} == {"type", "title", "status", "detail", *extra}
    return body


def pointers(response: TestResponse) -> list[str]:
    """Return which values a 422 complains about."""
    return [error["pointer"] for error in refusal(response, "validation")["errors"]]
