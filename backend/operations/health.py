"""``/healthz``: whether the database takes a write, told to whoever asks and whatever they send along."""

import errno
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response
from sqlalchemy import Connection, update

from backend.connections import patience
from backend.db import BUSY_MS, db
from backend.installation import Installation
from backend.outages import Outages, Trouble, trouble_of
from backend.problem import outage_problem, problem

PATH = "/healthz"
# Who asks in a flood learns what was found a moment ago, while all was well.
REUSED_S = 0.25
PATIENCE_S = 2
# While trouble stands, one request every few seconds looks whether it has passed, and does not wait for it.
LOOK_S = 5
GLANCE_S = 0.2
# A night and its revision need less.
ROOM_BYTES = 64 * 1024


class Health:
    """Tries whether the database of an application takes a write."""

    def __init__(self, app: Flask, outages: Outages) -> None:
        self._app = app
        self._outages = outages
        self._lock = threading.Lock()
        self._found: Trouble | None = Trouble.UNREADY
        self._tried_at = 0.0

    def doubt(self) -> None:
        """Try anew when next asked: somebody met an error."""
        self._found = Trouble.UNREADY

    def trouble(self, *, wait_s: float = PATIENCE_S) -> Trouble | None:
        """Return what keeps the database from taking a write within ``wait_s``; None where it takes one.

        A success counts for ``REUSED_S``, unless somebody met an error since; after a failure it is tried anew.
        """
        asked_at = time.monotonic()
        with self._lock:
            # Of many that ask at once one tries, and the others learn from it.
            waited_for_another = self._tried_at > asked_at
            stale = self._found or asked_at - self._tried_at >= REUSED_S
            if stale and not waited_for_another:
                self._found = self._try(wait_s)
                self._tried_at = time.monotonic()
                self._tell()
            return self._found

    def _tell(self) -> None:
        if self._found:
            self._outages.note(self._found, refused=0)
        else:
            self._outages.end()

    def _try(self, wait_s: float) -> Trouble | None:
        try:
            with self._app.app_context(), patience(wait_s), db.engine.connect() as connection:
                return _write(connection, wait_s)
        except Exception as error:
            # Whatever it is, a server that cannot write is not healthy.
            return trouble_of(error) or Trouble.UNREADY


def _write(connection: Connection, wait_s: float) -> Trouble | None:
    embedded = connection.dialect.name == "sqlite"
    if embedded:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_s * 1000:.0f}")
    try:
        beat = connection.execute(update(Installation).values(pulse=Installation.pulse + 1))
        connection.commit()
    finally:
        if embedded and not connection.invalidated:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")
    if beat.rowcount != 1:
        return Trouble.UNREADY
    return _trouble_of_disk(connection.engine.url.database) if embedded else None


def _trouble_of_disk(database: str | None) -> Trouble | None:
    """Tell a full disk also while the journal has a page left for a write as small as this one."""
    if not database or database == ":memory:":
        return None
    try:
        with tempfile.TemporaryFile(dir=Path(database).parent) as file:
            os.posix_fallocate(file.fileno(), 0, ROOM_BYTES)
    except OSError as error:
        return Trouble.FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else None
    return None


def init_health(app: Flask, headers: dict[str, str]) -> None:
    """Answer ``PATH`` before anything else looks at the request: sessions and tokens ask the database themselves.

    Other answers of ``app``, too, notice when trouble has passed.

    Parameters
    ----------
    headers : security headers of every answer.

    """
    outages: Outages = app.extensions["outages"]
    health = Health(app, outages)
    rest_of_app: Callable[..., Iterable[bytes]] = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return rest_of_app(environ, start_response)
        response = _answer(environ.get("REQUEST_METHOD", "GET"), health)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response(environ, start_response)

    looked_at = -float(LOOK_S)

    def notice(response: Response) -> Response:
        nonlocal looked_at
        if response.status_code >= 500:
            health.doubt()
        elif outages.stands and time.monotonic() - looked_at >= LOOK_S:
            looked_at = time.monotonic()
            health.trouble(wait_s=GLANCE_S)
        return response

    app.wsgi_app = answer  # type: ignore[method-assign]
    app.after_request(notice)


def _answer(method: str, health: Health) -> Response:
    if method not in {"GET", "HEAD"}:
        return problem("method-not-allowed", detail="Method Not Allowed.", headers={"Allow": "GET, HEAD"})
    if trouble := health.trouble():
        response = outage_problem(trouble)
    else:
        response = Response(json.dumps({"status": "ok"}), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
