"""The signed-in person."""

from typing import Any

from flask import current_app
from flask.views import MethodView
from flask_login import current_user
from flask_security import logout_user
from flask_smorest import Blueprint

from backend.accounts import service
from backend.accounts.access import Access, allow
from backend.accounts.qr import share_link
from backend.accounts.schemas import DeletionSchema, MeSchema, ProfileSchema
from backend.accounts.share_codes import share_code_of
from backend.accounts.tombstones import Tombstones

blueprint = Blueprint("me", __name__, url_prefix="/api/me", description="The signed-in person")


@blueprint.route("")
class Me(MethodView):
    """The account of the signed-in person."""

    @allow(Access.SIGNED_IN)
    @blueprint.response(200, MeSchema)
    def get(self) -> dict[str, Any]:
        """Read the account."""
        return _with_code()

    @allow(Access.SIGNED_IN)
    @blueprint.arguments(ProfileSchema)
    @blueprint.response(200, MeSchema)
    def patch(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Change what was told about oneself; what is not named stays."""
        service.change_profile(current_user, changes)
        return _with_code()

    @allow(Access.PATIENT)
    @blueprint.arguments(DeletionSchema)
    @blueprint.response(204)
    @blueprint.alt_response(422, "UNPROCESSABLE_ENTITY")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    def delete(self, confirmation: dict[str, str]) -> None:
        """Delete the account and everything about the person, for good; every session of it ends at once."""
        tombstones = Tombstones(current_app.config["DELETED_ACCOUNTS"])
        service.delete_account(current_user, confirmation["password"], tombstones)
        logout_user()


def _with_code() -> dict[str, Any]:
    user = current_user
    code = share_code_of(user)
    link = code and share_link(current_app.config["PUBLIC_URL"], code)
    told = {name: getattr(user, name) for name in ("email", "role", *ProfileSchema().fields)}
    return {**told, "public_id": user.public_id, "share_code": code, "share_link": link}
