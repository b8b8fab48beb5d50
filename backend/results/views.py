"""Results: a patient's own, and what a physician sees of a sharing patient."""

from typing import Any

from flask import abort, g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.care.service import log_access, log_once_a_day, patients_of
from backend.diary.service import changes_of
from backend.results import service
from backend.results.roster import overview_of
from backend.results.schemas import (
    ChangesQuerySchema,
    ChangesSchema,
    ChartQuerySchema,
    EvidenceSchema,
    FigureSchema,
    PatientChartQuerySchema,
    ResultSchema,
)

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
    @blueprint.arguments(PatientChartQuerySchema, location="query")
    @blueprint.response(200, FigureSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any, name: str) -> dict[str, Any]:
        """Read a plotly figure: timeline, comparison or calendar."""
        if name not in service.CHARTS:
            abort(404)
        log_access(g.patient.id, current_user.id, f"chart {name}")
        show = query.get("show")
        return service.chart_of(g.patient, name, scheme=query["scheme"], language=query["lang"], show=show)


@blueprint.route("/patients/<uuid:patient_id>/history")
class PatientHistory(MethodView):
    """What a sharing patient's nights were before."""

    @allow(Access.GRANT)
    @blueprint.arguments(ChangesQuerySchema, location="query")
    @blueprint.response(200, ChangesSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> dict[str, Any]:
        """Read every change of every night, newest first, a page at a time: who, when, the old and the new value."""
        log_access(g.patient.id, current_user.id, "history")
        return changes_of(g.patient.id, before=query.get("before"), corrections=query["corrections"])


@blueprint.route("/patients/charts/overview")
class Overview(MethodView):
    """A chart of all sharing patients."""

    @allow(Access.PHYSICIAN)
    @blueprint.arguments(ChartQuerySchema, location="query")
    @blueprint.response(200, FigureSchema)
    def get(self, query: dict[str, str]) -> dict[str, Any]:
        """Read a plotly figure of the comparisons, most useful first; rows are named by the patients' ids.

        The view is logged once a patient and day.
        """
        patients = patients_of(current_user.id)
        figure = overview_of(patients, scheme=query["scheme"], language=query["lang"])
        log_once_a_day([patient.id for patient in patients], current_user.id, "chart overview")
        return figure


@blueprint.route("/evidence")
class Evidence(MethodView):
    """How often the comparison is wrong."""

    @allow(Access.SIGNED_IN)
    @blueprint.response(200, EvidenceSchema)
    def get(self) -> dict[str, Any]:
        """Read the error rates and the power that were measured on simulated patients."""
        return service.evidence()
