"""Large answers travel compressed, and nothing else changes by it."""

import gzip
import json

import brotli
import pytest
from flask import Flask

from tests.backend.nights import night, path_of, record
from tests.backend.people import Person, read


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None), ("", None)]
)
def test_large_answers_travel_compressed_as_the_asking_side_reads_them(
    app: Flask, accepted: str, encoding: str | None
) -> None:
    answer = app.test_client().get("/api/openapi.json", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    decoded = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](answer.data)
    assert json.loads(decoded)["openapi"].startswith("3.")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_the_version_of_a_night_is_the_same_however_it_travels(patient: Person) -> None:
    body = night(note="a long note. " * 150)
    record(patient, body)
    plain = patient.get(path_of())
    asked = patient.get(path_of(), headers={"Accept-Encoding": "br"})
    assert len(plain.data) > 1400
    assert asked.headers["ETag"] == plain.headers["ETag"]
    assert (
        patient.put(path_of(), body | {"note": "short"}, headers={"If-Match": asked.headers["ETag"]}).status_code == 200
    )


def test_a_token_is_never_compressed(app: Flask) -> None:
    answer = app.test_client().get("/api/auth/login", headers={"Accept-Encoding": "br", "Accept": "application/json"})
    assert read(answer)["response"]["csrf_token"]
    assert "Content-Encoding" not in answer.headers
