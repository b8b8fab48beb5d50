"""CSV of a sharing patient's nights and cramps."""

from typing import Any

from flask import Response, g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.accounts.access import Access, allow
from backend.care.service import log_access
from backend.exports import service

blueprint = Blueprint("exports", __name__, url_prefix="/api/patients/<uuid:patient_id>", description="Files")
CSV = {"200": {"description": "CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}}


class DialectSchema(Schema):
    """How cells are separated: by commas, or by semicolons where spreadsheets use a decimal comma."""

    dialect = fields.String(load_default="comma", validate=validate.OneOf(("comma", "semicolon")))


@blueprint.route("/nights.csv")
class NightsCsv(MethodView):
    """One row a night."""

    @allow(Access.GRANT)
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=CSV)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> Response:
        """Download one row a night; a night that was not recorded is a row with empty cells."""
        log_access(g.patient.id, current_user.id, "nights.csv")
        return _csv(service.nights_csv(g.patient, query["dialect"]), "nights.csv")


@blueprint.route("/cramps.csv")
class CrampsCsv(MethodView):
    """One row a cramp."""

    @allow(Access.GRANT)
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=CSV)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> Response:
        """Download one row a cramp."""
        log_access(g.patient.id, current_user.id, "cramps.csv")
        return _csv(service.cramps_csv(g.patient, query["dialect"]), "cramps.csv")


def _csv(content: bytes, name: str) -> Response:
    return Response(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
