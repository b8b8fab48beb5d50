"""The floor under recording a night: one Flask view that writes the same night and revision, and nothing else."""

import json
import os
from datetime import UTC, date, datetime

from flask import Flask, request
from sqlalchemy import create_engine, text

from backend import web
from backend.listening import bound

_NEXT = text(
    "INSERT INTO diaries (patient_id, revision) VALUES (:patient_id, 1) "
    "ON CONFLICT (patient_id) DO UPDATE SET revision = diaries.revision + 1 RETURNING revision"
)
_NIGHT = text(
    "INSERT INTO nights (patient_id, night_date, revision, document, received_at, late, cramps, stocking_problem) "
    "VALUES (:patient_id, :night_date, :revision, :document, :now, false, 0, false) "
    "ON CONFLICT (patient_id, night_date) DO UPDATE SET revision = excluded.revision, document = excluded.document, "
    "received_at = excluded.received_at"
)
_REVISION = text(
    "INSERT INTO night_revisions (patient_id, night_date, actor_id, at, action, late, new) "
    "VALUES (:patient_id, :night_date, :patient_id, :now, 'recorded', false, :document)"
)


def create_app() -> Flask:
    """Return the application; the database is the one in DATABASE_URL."""
    app = Flask(__name__)
    engine = create_engine(os.environ["DATABASE_URL"])

    @app.put("/bare/<int:patient_id>/<night_date>")
    def put(patient_id: int, night_date: str) -> tuple[str, int]:
        values = {
            "patient_id": patient_id,
            "night_date": date.fromisoformat(night_date),
            "document": json.dumps(request.get_json()),
            "now": datetime.now(UTC),
        }
        with engine.begin() as connection:
            values["revision"] = connection.execute(_NEXT, values).scalar_one()
            connection.execute(_NIGHT, values)
            connection.execute(_REVISION, values)
        return values["document"], 201

    return app


if __name__ == "__main__":
    with bound("127.0.0.1", int(os.environ["PORT"])) as listener:
        web.serve(listener, threads=2, factory="tests.benchmarks.bare:create_app")
