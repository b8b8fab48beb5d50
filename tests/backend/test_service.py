"""What the server says of itself: health, and the description of its API."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from backend.app import create_app
from backend.config import Settings
from backend.problem import KINDS
from tests.backend.apps import make_app
from tests.backend.errors import refusal
from tests.backend.people import Person, read

DOCUMENT: dict[str, Any] = read(Person(create_app(Settings.for_documents())).get("/api/openapi.json"))
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method in {"get", "put", "post", "patch", "delete"}
]


def name_of(value: object) -> str | None:
    return value if isinstance(value, str) else None


def test_a_server_whose_database_answers_is_healthy(app: Flask) -> None:
    response = Person(app).get("/healthz")
    assert (response.status_code, read(response)) == (200, {"status": "ok"})


@pytest.mark.parametrize("url", ["sqlite:////nowhere/charley.sqlite3", "postgresql+psycopg://nobody@127.0.0.1:1/none"])
def test_a_server_without_its_database_says_so(url: str) -> None:
    response = Person(make_app(url)).get("/healthz")
    refusal(response, "internal", 503)
    assert "nowhere" not in response.text


def test_the_description_names_every_route_of_the_api(app: Flask) -> None:
    described = {(method.upper(), path) for path, method, _ in OPERATIONS}
    served = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    about_itself = {("GET", "/api/openapi.json"), ("GET", "/api/docs")}
    # Flask-Security serves them beside what the apps call.
    uncalled = {("GET", f"/api/auth/{name}") for name in ("register", "tf-select", "wan-delete", "wan-signin")}
    assert served - described == about_itself | uncalled | {("POST", "/api/auth/tf-select")}
    assert described - served == set()


def test_the_description_is_an_openapi_3_document() -> None:
    assert re.fullmatch(r"3\.0\.\d", DOCUMENT["openapi"])
    assert set(DOCUMENT["info"]) >= {"title", "version", "description"}
    ids = [operation.get("operationId") for _, _, operation in OPERATIONS if operation.get("operationId")]
    assert len(ids) == len(set(ids))


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for value in node for found in references(value)] if isinstance(node, list) else []


def test_every_reference_of_the_description_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        place: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=name_of)
def test_every_operation_is_described(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"] or operation["description"]
    assert any(status.startswith("2") for status in operation["responses"])
    parameters = [*DOCUMENT["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    in_path = {parameter["name"] for parameter in parameters if parameter.get("in") == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", path))
    if method in {"put", "patch"}:
        assert "application/json" in operation["requestBody"]["content"]


def test_errors_are_described_as_problems() -> None:
    for name in ("UNPROCESSABLE_ENTITY", "NOT_FOUND", "PRECONDITION_FAILED", "DEFAULT_ERROR"):
        content = DOCUMENT["components"]["responses"][name]["content"]
        assert list(content) == ["application/problem+json"]
    schema = DOCUMENT["components"]["schemas"]["Problem"]
    assert set(schema["required"]) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_of_problem_is_described(slug: str) -> None:
    kind = KINDS[slug]
    assert f"- `/problems/{slug}` ({kind.status}): {kind.title}" in DOCUMENT["info"]["description"]


def test_the_description_needs_no_account(app: Flask) -> None:
    assert Person(app).get("/api/openapi.json").status_code == 200


def test_the_description_says_nothing_of_this_machine() -> None:
    assert str(Path(__file__).resolve().parents[2]) not in str(DOCUMENT)
