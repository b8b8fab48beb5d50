"""The OpenAPI document: one for the whole API, sign-in included."""

from typing import Any

from flask import Flask

from backend.pages import DateConverter
from backend.problem import KINDS
from backend.problems import ProblemApi

TITLE = "Charley"
VERSION = "1"

_SIGNED_IN: dict[str, Any] = {
    "type": "object",
    "required": ["meta", "response"],
    "properties": {
        "meta": {"type": "object", "required": ["code"], "properties": {"code": {"type": "integer"}}},
        "response": {
            "type": "object",
            "properties": {
                "csrf_token": {
                    "type": "string",
                    "description": "send as X-CSRF-Token with every request that changes something",
                },
            },
        },
    },
}
_CEREMONY = {
    "type": "object",
    "required": ["credential_options", "wan_state"],
    "properties": {
        "credential_options": {"type": "object", "description": "options of WebAuthn Level 3, in JSON"},
        "wan_state": {"type": "string", "description": "stands in the address of the answer"},
    },
}
_PASSKEYS = {
    "type": "object",
    "required": ["registered_credentials"],
    "properties": {
        "registered_credentials": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "lastuse"],
                "properties": {"name": {"type": "string"}, "lastuse": {"type": "string", "format": "date-time"}},
            },
        }
    },
}
_CSRF_HEADER = {"name": "X-CSRF-Token", "in": "header", "required": True, "schema": {"type": "string"}}


def configure_openapi() -> dict[str, Any]:
    """Return the Flask configuration of the OpenAPI document."""
    return {
        "API_TITLE": TITLE,
        "API_VERSION": VERSION,
        "OPENAPI_VERSION": "3.0.3",
        "OPENAPI_URL_PREFIX": "/api",
        "OPENAPI_JSON_PATH": "openapi.json",
    }


def make_api(app: Flask) -> ProblemApi:
    """Return the API registry, with what it cannot read off views: security and the kinds of problems."""
    api = ProblemApi(app, spec_kwargs={"info": {"description": _description()}})
    api.register_converter(DateConverter, lambda _converter: {"type": "string", "format": "date"})
    api.spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "session"})
    api.spec.options["security"] = [{"session": []}]
    return api


def _description() -> str:
    kinds = "\n".join(f"- `/problems/{slug}` ({kind.status}): {kind.title}" for slug, kind in KINDS.items())
    return (
        "Sign in with `POST /api/auth/login`; send the `csrf_token` it gives as `X-CSRF-Token` with every request that "
        f"changes something. Every error is `application/problem+json`; its `type` is one of:\n\n{kinds}"
    )


def document_sign_in(app: Flask, api: ProblemApi) -> None:
    """Describe the sign-in routes, which Flask-Security brings along; they must be registered."""
    email = {"type": "string", "format": "email"}
    password = {"type": "string", "minLength": 10}
    signed_in = {"200": _answer("Signed in; a fresh token"), "400": "BAD_REQUEST", "429": "TOO_MANY_REQUESTS"}
    fresh, made = _answer("A fresh token"), {"email": email, "password": password, "password_confirm": password}
    name, credential = {"type": "string", "maxLength": 64}, {"type": "string", "description": "the browser's JSON"}
    begun = {"200": _answer("What to ask the browser for", _CEREMONY), "429": "TOO_MANY_REQUESTS"}
    changed = begun | {"400": "BAD_REQUEST", "422": "UNPROCESSABLE_ENTITY"}
    kept = changed | {"200": _answer("Done")}
    hidden = "Make a patient's account; the answer does not tell whether the address was known"
    operations = {
        "login": {
            "get": _operation("Fetch a token for the requests that follow", {"200": fresh}),
            "post": _operation("Sign in", signed_in, {"email": email, "password": password}),
        },
        "register": {"post": _operation(hidden, signed_in, made)},
        "wan_register": {
            "get": _operation("List the passkeys of the account", {"200": _answer("The passkeys", _PASSKEYS)}),
            "post": _operation("Begin to make a passkey", changed, {"name": name, "password": password}),
        },
        "wan_register_response": {
            "post": _operation("Keep a new passkey", kept, {"credential": credential, "password": password})
        },
        "wan_delete": {"post": _operation("Remove a passkey", kept, {"name": name, "password": password})},
        "wan_signin": {"post": _operation("Begin to sign in with a passkey", begun, {})},
        "wan_signin_response": {"post": _operation("Sign in with a passkey", signed_in, {"credential": credential})},
        "logout": {"post": _operation("Sign out", {"200": _answer("Signed out")}, {})},
    }
    for endpoint, described in operations.items():
        rule = next(app.url_map.iter_rules(f"security.{endpoint}"))
        api.spec.path(rule=rule, operations=described)


def _answer(description: str, response: dict[str, Any] | None = None) -> dict[str, Any]:
    schema = (
        {**_SIGNED_IN, "properties": {**_SIGNED_IN["properties"], "response": response}} if response else _SIGNED_IN
    )
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _operation(summary: str, responses: dict[str, Any], body: dict[str, Any] | None = None) -> dict[str, Any]:
    operation: dict[str, Any] = {"tags": ["auth"], "summary": summary, "security": [], "responses": responses}
    if body is not None:
        schema = {"type": "object", "properties": body, "required": list(body)}
        operation["parameters"] = [_CSRF_HEADER]
        operation["requestBody"] = {"required": bool(body), "content": {"application/json": {"schema": schema}}}
    return operation
