"""Addresses that nobody knows: people get the app, which says so; programs get the problem."""

from pathlib import Path

import pytest
from flask import Flask

from backend import pages
from tests.backend.errors import refusal
from tests.backend.people import Person

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ANYTHING = {"Accept": "*/*"}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The apps as a build leaves them, each with a word of its own."""
    (tmp_path / "clinic").mkdir()
    (tmp_path / "index.html").write_text("the diary")
    (tmp_path / "clinic" / "index.html").write_text("the clinic")
    monkeypatch.setattr(pages, "DIST", tmp_path)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/foo", "the diary"),
        ("/nights/2026-99-99", "the diary"),
        ("/nights/tomorrow/early", "the diary"),
        ("/me/x/y", "the diary"),
        ("/clinic/foo", "the clinic"),
    ],
)
def test_whoever_opens_an_unknown_address_gets_the_app(app: Flask, path: str, body: str) -> None:
    answer = Person(app).get(path, headers=BROWSER)
    # The clinic's app knows its own addresses by itself.
    assert (answer.status_code, answer.text) == (200 if path.startswith("/clinic") else 404, body)
    assert answer.mimetype == "text/html"
    assert answer.headers["Content-Security-Policy"] == pages.CONTENT_SECURITY_POLICY


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/api/foo", "/api/nights/2026-99-99", "/assets/gone.js", "/icons/gone.png"])
def test_data_and_files_that_are_missing_keep_their_problem(app: Flask, path: str) -> None:
    refusal(Person(app).get(path, headers=BROWSER), "not-found")


@pytest.mark.usefixtures("built")
def test_programs_keep_the_problem_of_an_unknown_address(app: Flask) -> None:
    person = Person(app)
    person.fetch_token()
    refusal(person.get("/foo"), "not-found")
    refusal(person.get("/foo", headers=ANYTHING), "not-found")
    refusal(person.post("/foo", {}, headers=BROWSER), "not-found")


def test_without_a_build_there_is_no_app_to_answer(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "DIST", tmp_path)
    refusal(Person(app).get("/foo", headers=BROWSER), "not-found")
