"""Results: a patient's own, and what a physician sees of a sharing patient."""

from typing import Any

from flask import abort, g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.care.service import log_access, log_once_a_day
from backend.results import service
from backend.results.schemas import ChartQuerySchema, FigureSchema, ResultSchema

blueprint = Blueprint("results", __name__, url_prefix="/api", description="The comparison")


@blueprint.route("/result")
class Result(MethodView):
    """The patient's own result."""

    @allow(Access.PATIENT)
    @blueprint.response(200, ResultSchema)
    def get(self) -> dict[str, Any]:
        """Read the latest comparison; while a trial runs there are counts only."""
        return service.result_of(current_user)


@blueprint.route("/patients/<uuid:patient_id>/result")
class PatientResult(MethodView):
    """A sharing patient's result."""

    @allow(Access.GRANT)
    @blueprint.response(200, ResultSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> dict[str, Any]:
        """Read the latest comparison; while a trial runs there are counts only."""
        log_access(g.patient.id, current_user.id, "result")
        return service.result_of(g.patient)


@blueprint.route("/patients/<uuid:patient_id>/charts/<name>")
class PatientChart(MethodView):
    """A chart of a sharing patient."""

    @allow(Access.GRANT)
    @blueprint.arguments(ChartQuerySchema, location="query")
    @blueprint.response(200, FigureSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, str], patient_id: Any, name: str) -> dict[str, Any]:
        """Read a plotly figure: timeline, comparison or calendar."""
        if name not in service.CHARTS:
            abort(404)
        log_once_a_day([g.patient.id], current_user.id, f"chart {name}")
        return service.chart_of(g.patient, name, scheme=query["scheme"], language=query["lang"])
