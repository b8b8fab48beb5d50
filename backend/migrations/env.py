"""Runs migrations on the application's own database connection."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from backend.db import db


def migrate(connection: Connection) -> None:
    # SQLite cannot alter most things in place: batch mode copies the table.
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


engine = current_app.extensions["migrate"].db.engine
with engine.connect() as opened:
    migrate(opened)
