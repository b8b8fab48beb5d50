"""Runs migrations on the application's own database connection."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from backend.db import db


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the tables of the worker's queue on PostgreSQL to huey, which makes them at first use."""
    return not (kind == "table" and (name or "").startswith("huey_"))


def migrate(connection: Connection) -> None:
    # SQLite cannot alter most things in place: batch mode copies the table.
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


engine = current_app.extensions["migrate"].db.engine
with engine.connect() as opened:
    migrate(opened)
