"""Results: a patient's own, and what a physician sees of a sharing patient."""

from typing import Any
from uuid import UUID

from flask import abort, g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow, looking_at
from backend.care.service import patients_of
from backend.diary.service import changes_of
from backend.problem import CONTENT_TYPE
from backend.results import service
from backend.results.roster import overview_of, roster_of
from backend.results.schemas import (
    ChangesQuerySchema,
    ChangesSchema,
    ChartQuerySchema,
    EvidenceSchema,
    FigureSchema,
    PatientChartQuerySchema,
    PatientNightsSchema,
    ResultSchema,
    RosterSchema,
)
from backend.trials import service as trials
from backend.trials.schemas import NewTrialSchema, TrialRefusalSchema, TrialSchema

blueprint = Blueprint("results", __name__, url_prefix="/api", description="The comparison")


@blueprint.route("/result")
class Result(MethodView):
    """The patient's own result."""

    @allow(Access.PATIENT)
    @blueprint.response(200, ResultSchema)
    def get(self) -> dict[str, Any]:
        """Read the latest comparison; while a trial runs there are counts only."""
        return service.result_of(current_user)


@blueprint.route("/trials")
class NewTrial(MethodView):
    """A trial to begin, which the result of the one under way may stand against."""

    @allow(Access.PATIENT)
    @blueprint.arguments(NewTrialSchema)
    @blueprint.response(201, TrialSchema)
    @blueprint.alt_response(409, schema=TrialRefusalSchema, content_type=CONTENT_TYPE)
    def post(self, plan: dict[str, Any]) -> dict[str, Any]:
        """Begin a trial: its schedule is drawn once and never edited.

        The seed is a fresh one, or that of a trial which the patient called off before its first night: nobody chooses
        between two draws. There is one active trial at a time; one that was decided at a look makes room. The safety
        screen comes first; wear in bed (`exposure` night) needs a date for `night_wear` in its `asked`, too.
        """
        service.note_look(current_user)
        return trials.trial_json(current_user, trials.start_trial(current_user, plan))


@blueprint.route("/patients/<uuid:patient_id>/result")
class PatientResult(MethodView):
    """A sharing patient's result."""

    @allow(Access.GRANT, look="result")
    @blueprint.response(200, ResultSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> dict[str, Any]:
        """Read the latest comparison; while a trial runs there are counts only."""
        return service.result_of(g.patient)


@blueprint.route("/patients/<uuid:patient_id>/charts/<name>")
class PatientChart(MethodView):
    """A chart of a sharing patient."""

    @allow(Access.GRANT, look="chart {name}")
    @blueprint.arguments(PatientChartQuerySchema, location="query")
    @blueprint.response(200, FigureSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any, name: str) -> dict[str, Any]:
        """Read a plotly figure: timeline, comparison or calendar."""
        if name not in service.CHARTS:
            abort(404)
        show = query.get("show")
        return service.chart_of(g.patient, name, scheme=query["scheme"], language=query["lang"], show=show)


@blueprint.route("/patients/<uuid:patient_id>/history")
class PatientHistory(MethodView):
    """What a sharing patient's nights were before."""

    @allow(Access.GRANT, look="history")
    @blueprint.arguments(ChangesQuerySchema, location="query")
    @blueprint.response(200, ChangesSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> dict[str, Any]:
        """Read every change of every night, newest first, a page at a time: who, when, the old and the new value."""
        return changes_of(g.patient.id, before=query.get("before"), corrections=query["corrections"])


@blueprint.route("/patients")
class Roster(MethodView):
    """The patients who share with a physician."""

    @allow(Access.PHYSICIAN, look="roster")
    @blueprint.response(200, RosterSchema)
    def get(self) -> dict[str, Any]:
        """Read one row a sharing patient; the view is logged once a patient and day."""
        patients = patients_of(current_user.id)
        looking_at(patients)
        return {"patients": roster_of(patients)}


@blueprint.route("/patients/<uuid:patient_id>/nights")
class PatientNights(MethodView):
    """The nights of a sharing patient."""

    @allow(Access.GRANT, look="nights")
    @blueprint.response(200, PatientNightsSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: UUID) -> dict[str, Any]:
        """Read every recorded night; a date without one is not recorded."""
        return service.nights_read(g.patient)


@blueprint.route("/patients/charts/overview")
class Overview(MethodView):
    """A chart of all sharing patients."""

    @allow(Access.PHYSICIAN, look="chart overview")
    @blueprint.arguments(ChartQuerySchema, location="query")
    @blueprint.response(200, FigureSchema)
    def get(self, query: dict[str, str]) -> dict[str, Any]:
        """Read a plotly figure of the comparisons, most useful first; rows are named by the patients' ids.

        The view is logged once a patient and day.
        """
        patients = patients_of(current_user.id)
        looking_at(patients)
        return overview_of(patients, scheme=query["scheme"], language=query["lang"])


@blueprint.route("/evidence")
class Evidence(MethodView):
    """How often the comparison is wrong."""

    @allow(Access.SIGNED_IN)
    @blueprint.response(200, EvidenceSchema)
    def get(self) -> dict[str, Any]:
        """Read the error rates and the power that were measured on simulated patients."""
        return service.evidence()
