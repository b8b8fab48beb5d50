"""Sharing a diary, and seeing who read it."""

from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.accounts.qr import qr_svg, share_link
from backend.accounts.share_codes import renew_share_code, share_code_of
from backend.care import service
from backend.care.schemas import (
    AccessLogSchema,
    OfferSchema,
    ShareCodeSchema,
    ShareRequestSchema,
    ShareSchema,
    SharesSchema,
)

blueprint = Blueprint("care", __name__, url_prefix="/api", description="Sharing with a physician")
SVG = {"200": {"description": "SVG", "content": {"image/svg+xml": {"schema": {"type": "string"}}}}}


@blueprint.route("/physicians/<code>")
class PhysicianByCode(MethodView):
    """The physician behind a code."""

    @allow(Access.PATIENT)
    @blueprint.response(200, OfferSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.alt_response(422, "UNPROCESSABLE_ENTITY")
    def get(self, code: str) -> dict[str, str]:
        """Read the physician's name and the consent text, before sharing."""
        return service.offer(code, current_user.language)


@blueprint.route("/me/share-code.svg")
class ShareCodePicture(MethodView):
    """The physician's code as a picture."""

    @allow(Access.PHYSICIAN)
    @blueprint.doc(responses=SVG)
    def get(self) -> Response:
        """Read the QR code that opens the patient's app with the signed-in physician's code."""
        link = share_link(current_app.config["PUBLIC_URL"], share_code_of(current_user) or "")
        return Response(qr_svg(link), content_type="image/svg+xml")


@blueprint.route("/me/share-code")
class ShareCode(MethodView):
    """The physician's code."""

    @allow(Access.PHYSICIAN)
    @blueprint.response(200, ShareCodeSchema)
    def post(self) -> dict[str, str]:
        """Get a new code: the old one, its links and its pictures lead nowhere from now on; grants stay."""
        renew_share_code(current_user)
        code = share_code_of(current_user) or ""
        return {"share_code": code, "share_link": share_link(current_app.config["PUBLIC_URL"], code)}


@blueprint.route("/shares")
class Shares(MethodView):
    """The patient's grants."""

    @allow(Access.PATIENT)
    @blueprint.response(200, SharesSchema)
    def get(self) -> dict[str, Any]:
        """Read whom the diary is or was shared with."""
        return {"shares": service.shares_of(current_user.id)}

    @allow(Access.PATIENT)
    @blueprint.arguments(ShareRequestSchema)
    @blueprint.response(201, ShareSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.alt_response(409, "CONFLICT")
    def post(self, body: dict[str, str]) -> service.Share:
        """Share the diary with the physician who has this code."""
        return service.share(current_user, body["code"], body.get("consent_version"))


@blueprint.route("/shares/<uuid:share_id>")
class ShareById(MethodView):
    """One grant."""

    @allow(Access.PATIENT)
    @blueprint.response(204)
    @blueprint.alt_response(404, "NOT_FOUND")
    def delete(self, share_id: UUID) -> None:
        """Stop sharing at once."""
        service.revoke(current_user.id, share_id)


@blueprint.route("/access-log")
class AccessLog(MethodView):
    """Who looked."""

    @allow(Access.PATIENT)
    @blueprint.response(200, AccessLogSchema)
    def get(self) -> dict[str, Any]:
        """Read which physician opened what, and when, newest first."""
        return {"entries": service.access_log_of(current_user.id)}
