"""What a database knows of itself: its epoch, and whether it holds demo data."""

import uuid
from datetime import datetime

from sqlalchemy import String, Uuid, select
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Model, UtcDateTime, db


class Installation(Model):
    """The one row about this database.

    ``epoch`` changes when a backup is restored: phones then offer everything again; ``epoch_since`` is when it last
    did, null where it never has. ``pulse`` only grows: a server that finds less than it saw before knows that an older
    copy was put back by hand. ``program`` is the version of Charley that the database belongs to. ``demo`` marks
    made-up data, which is served on loopback addresses only.
    """

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[uuid.UUID] = mapped_column(Uuid)
    epoch_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pulse: Mapped[int] = mapped_column(default=0, server_default="0")
    program: Mapped[str | None] = mapped_column(String(32))
    demo: Mapped[bool] = mapped_column(default=False)


def epoch() -> uuid.UUID:
    """Return the epoch of this database."""
    return db.session.execute(select(Installation.epoch)).scalar_one()


def is_demo() -> bool:
    """Whether this database holds demo data."""
    return bool(db.session.execute(select(Installation.demo)).scalar_one())
