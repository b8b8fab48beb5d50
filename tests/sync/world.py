"""A server, two phones of one patient and one clock, all in the hands of a test."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from werkzeug.http import http_date
from werkzeug.serving import WSGIRequestHandler, make_server

from backend.accounts.service import find_by_email
from backend.audit import NightRevision
from backend.db import db, table_of
from backend.diary.models import Diary, Night
from backend.installation import Installation
from tests.backend.people import PASSWORD, enroll
from tests.sync.phones import Phone

MORNING = datetime(2026, 11, 10, 8, tzinfo=UTC)
NIGHTS = [str(date(2026, 11, day)) for day in (7, 8)]
TABLES = [table_of(model) for model in (Diary, Night, NightRevision)]
Row = dict[str, Any]


class World:
    """What the phones live in. Every deed takes a second."""

    def __init__(self, app: Flask, phones: tuple[Phone, Phone], origin: str) -> None:
        self.app, self.phones, self.origin = app, phones, origin
        self.now = MORNING
        self.patient_id = 0
        self.before_write: Callable[[], object] | None = None

    def begin(self) -> None:
        """Give both phones to a new patient."""
        self.now = MORNING
        self.before_write = None
        # Worlds may share a database.
        email = f"phones-{uuid4()}@example.org"
        self.patient_id = enroll(self.app, email, "patient")
        with self.app.app_context():
            user = find_by_email(email)
            assert user is not None
            public_id = str(user.public_id)
        for phone in self.phones:
            self.tell(phone, "begin", origin=self.origin, email=email, password=PASSWORD, user=public_id)

    def tell(self, phone: Phone, do: str, **rest: Any) -> Row:
        self.now += timedelta(seconds=1)
        return phone.tell(do, round(self.now.timestamp() * 1000), **rest)

    def other(self, phone: Phone) -> Phone:
        first, second = self.phones
        return second if phone is first else first

    def stored(self) -> dict[str, Row]:
        """Return the nights as the server holds them."""
        return {row["night_date"]: row for row in self._documents(select(Night.document), Night)}

    def history(self) -> list[Row]:
        """Return every version of every night that the server ever saw, refused ones included."""
        return self._documents(select(NightRevision.new), NightRevision)

    def back_up(self) -> list[list[Row]]:
        """Return everything the server knows of the diary."""
        with self.app.app_context():
            return [[dict(row) for row in self._rows(table)] for table in TABLES]

    def restore(self, backup: list[list[Row]], *, by_hand: bool = False) -> None:
        """Bring the server back to a backup: as the operator's command does, under a new epoch, or just the rows."""
        with self.app.app_context():
            for table, rows in zip(TABLES, backup, strict=True):
                db.session.execute(delete(table).where(table.c.patient_id == self.patient_id))
                if rows:
                    db.session.execute(insert(table), rows)
            if not by_hand:
                db.session.execute(update(Installation).values(epoch=uuid4()))
                db.session.execute(update(table_of(Diary)).values(epoch=None))
            db.session.commit()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Serve one request at the world's time; no two arrive at once."""
        self.now += timedelta(microseconds=1)
        if environ["REQUEST_METHOD"] in ("PUT", "DELETE") and self.before_write:
            deed, self.before_write = self.before_write, None
            deed()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Date", http_date(self.now))], *rest)

        return self.app(environ, start)

    def _rows(self, table: Any) -> Any:
        return db.session.execute(select(table).where(table.c.patient_id == self.patient_id)).mappings()

    def _documents(self, query: Any, model: Any) -> list[Row]:
        with self.app.app_context():
            texts = db.session.scalars(query.where(model.patient_id == self.patient_id)).all()
        return [json.loads(text) for text in texts if text]


class Silent(WSGIRequestHandler):
    """Logs nothing, and keeps connections open."""

    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def world(app: Flask, patch: pytest.MonkeyPatch) -> Iterator[World]:
    """Serve an application to two phones at the world's own time."""
    with Phone("the phone") as first, Phone("the tablet") as second:
        made = World(app, (first, second), "")
        server = make_server("127.0.0.1", 0, made, threaded=True, request_handler=Silent)
        made.origin = f"http://127.0.0.1:{server.server_port}"
        patch.setattr("backend.clock.now", lambda: made.now)
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
