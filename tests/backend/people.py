"""People at their browsers, made and signed in as in real life."""

import json
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from backend.accounts.service import create_user
from backend.db import db

PASSWORD = "a long enough password"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class Person:
    """Somebody at a browser, which keeps cookies; the token of the session goes with every unsafe request."""

    def __init__(self, app: Flask, email: str = "", base_url: str = "http://localhost") -> None:
        self.app, self.email, self.base_url = app, email, base_url
        self.client = app.test_client()
        self.token: str | None = None

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request; ``token=None`` sends it without a token."""
        token = options.pop("token", self.token if method in UNSAFE else None)
        headers = {**({"X-CSRF-Token": token} if token else {}), **options.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, base_url=self.base_url, buffered=True, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.send("GET", path, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.send("PUT", path, json=body, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.send("POST", path, json={} if body is None else body, **options)

    def patch(self, path: str, body: Any) -> TestResponse:
        return self.send("PATCH", path, json=body)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.send("DELETE", path, **options)

    def fetch_token(self) -> str:
        """Fetch a token, signed in or out."""
        token: str = read(self.get("/api/auth/login"))["response"]["csrf_token"]
        self.token = token
        return token

    def sign_in(self, email: str | None = None, password: str = PASSWORD) -> TestResponse:
        """Sign in; the new session has a new token."""
        self.fetch_token()
        self.email = email or self.email
        response = self.post("/api/auth/login", {"email": self.email, "password": password})
        if response.status_code == 200:
            self.token = read(response)["response"]["csrf_token"]
        return response

    @property
    def id(self) -> UUID:
        """The public id of the signed-in person."""
        return UUID(read(self.get("/api/me"))["id"])

    @property
    def code(self) -> str:
        """The share code of a physician."""
        code: str = read(self.get("/api/me"))["share_code"]
        return code


def read(response: TestResponse) -> Any:
    """Return the JSON of an answer; NaN and Infinity, which no browser reads, are refused."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is not JSON")

    return json.loads(response.get_data(as_text=True), parse_constant=refuse)


def enroll(app: Flask, email: str, role: str, **profile: Any) -> int:
    """Make an account, as an operator does; return its key in the database."""
    with app.app_context():
        user = create_user(email, PASSWORD, role, profile.pop("display_name", None))
        for name, value in profile.items():
            setattr(user, name, value)
        db.session.commit()
        return user.id


def signed_in(app: Flask, role: str, email: str | None = None, **profile: Any) -> Person:
    """Return somebody with an account, signed in."""
    person = Person(app, email or f"{role}@example.org")
    enroll(app, person.email, role, **profile)
    assert person.sign_in().status_code == 200
    return person


def shared(patient: Person, physician: Person) -> str:
    """Let a patient share with a physician; return the id of the share."""
    response = patient.post("/api/shares", {"code": physician.code})
    assert response.status_code == 201
    share_id: str = read(response)["id"]
    return share_id
