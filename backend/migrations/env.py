"""Runs migrations in the transaction of a connection that is handed over, or in one of their own (``flask db``)."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from backend.db import db
from backend.operations.revisions import migrating


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


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with migrating(current_app.extensions["migrate"].db.engine) as opened:
        migrate(opened)
