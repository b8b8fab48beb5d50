"""What a phone asks that nobody knows any more: did a restore bring back a copy without its account."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts import service
from backend.accounts.access import Access, allow
from backend.accounts.schemas import LostSchema, PhoneSchema
from backend.accounts.tombstones import Tombstones
from backend.diary.known import is_epoch_of_a_diary

blueprint = Blueprint("restored", __name__, url_prefix="/api/restored", description="After a restore")


@blueprint.route("")
class Restored(MethodView):
    """An account that a restored database may not know."""

    @allow(Access.ANYONE)
    @blueprint.arguments(PhoneSchema)
    @blueprint.doc(security=[])
    @blueprint.response(200, LostSchema)
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    def post(self, phone: dict[str, UUID]) -> dict[str, Any]:
        """Tell whether the database was restored without this account, and whether who asks has a newer one.

        An account that is known, that was deleted, or that no restore can have lost is not lost; which of these it is
        is not told.
        """
        tombstones = Tombstones(current_app.config["DELETED_ACCOUNTS"])
        lost = service.was_lost(phone["account"], phone["epoch"], tombstones)
        # The epoch of a diary that is still here is none from before a restore.
        lost = lost and not is_epoch_of_a_diary(phone["epoch"])
        return {"lost": lost, "new_account": service.was_made_since_restore(current_user)}
