"""The report for the visit: shown in the browser and printed from there."""

from typing import Any

from flask import Response, g, request
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.accounts.access import Access, allow
from backend.exports.report.page import Page
from backend.exports.report.service import report
from backend.exports.report.words import LANGUAGES, READERS

blueprint = Blueprint("report", __name__, url_prefix="/api", description="The report for the visit")
PAGE: dict[str, Any] = {"200": {"description": "The page", "content": {"text/html": {"schema": {"type": "string"}}}}}
LOGGED = {"physician": "report", "patient": "patient report"}


class OwnReportSchema(Schema):
    """The language of a report; by default the patient's."""

    lang = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))


class ReportSchema(OwnReportSchema):
    """Whose copy of a report is wanted, and in which language; by default English for physicians."""

    reader = fields.String(load_default="physician", validate=validate.OneOf(READERS))


def _copy() -> str:
    """Return whose copy is looked at, in the words of the access log."""
    return LOGGED[request.args.get("reader", READERS[0])]


@blueprint.route("/patients/<uuid:patient_id>/report")
class PatientReport(MethodView):
    """A sharing patient's report."""

    @allow(Access.GRANT, look=_copy)
    @blueprint.arguments(ReportSchema, location="query")
    @blueprint.doc(responses=PAGE)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> Response:
        """Read the report for the visit, to be printed on one or two pages.

        The physician's copy is in the order of the CENT 2015 checklist, the patient's is one page in plain words. While
        a trial runs there are counts only.
        """
        reader = query["reader"]
        language = g.patient.language if reader == "patient" else "en"
        return _shown(report(g.patient, reader, query["lang"] or language))


@blueprint.route("/me/report")
class MyReport(MethodView):
    """One's own report."""

    @allow(Access.PATIENT)
    @blueprint.arguments(OwnReportSchema, location="query")
    @blueprint.doc(responses=PAGE)
    def get(self, query: dict[str, Any]) -> Response:
        """Read one's own report in plain words, to be printed and taken to a visit."""
        return _shown(report(current_user, "patient", query["lang"] or current_user.language, own=True))


def _shown(page: Page) -> Response:
    return Response(
        page.html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": page.policy}
    )
