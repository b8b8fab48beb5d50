"""One at a time: what a person does from two phones at once happens in a row."""

from sqlalchemy import update

from backend.accounts.models import User
from backend.db import db


def take_turn(user_id: int) -> None:
    """Wait until no other request writes for this person; the turn ends with the transaction.

    An update that changes nothing is the one lock both engines know: of a row on PostgreSQL, where it lets nights be
    recorded meanwhile (they only need the key to stay), and of writing on SQLite.
    """
    db.session.execute(update(User).where(User.id == user_id).values(zone=User.zone))
