"""What a database knows of itself: its epoch, and whether it holds demo data."""

import uuid

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Model, db


class Installation(Model):
    """The one row about this database.

    ``epoch`` changes when a backup is restored: phones then offer everything again. ``demo`` marks made-up data,
    which is served on loopback addresses only.
    """

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[uuid.UUID] = mapped_column(Uuid)
    demo: Mapped[bool] = mapped_column(default=False)


def epoch() -> uuid.UUID:
    """Return the epoch of this database."""
    return db.session.execute(select(Installation.epoch)).scalar_one()


def is_demo() -> bool:
    """Whether this database holds demo data."""
    return bool(db.session.execute(select(Installation.demo)).scalar_one())
