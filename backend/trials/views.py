"""The signed-in patient's trials and plan."""

from typing import Any

from flask import g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.care.service import log_access
from backend.trials import service
from backend.trials.schemas import (
    DesignCheckSchema,
    PlannedNightSchema,
    PlanQuerySchema,
    TrialPlanSchema,
    TrialsSchema,
)

blueprint = Blueprint("trials", __name__, url_prefix="/api", description="Stocking trials")


@blueprint.route("/trials")
class Trials(MethodView):
    """The patient's trials."""

    @allow(Access.PATIENT)
    @blueprint.response(200, TrialsSchema)
    def get(self) -> dict[str, Any]:
        """Read all trials, newest first."""
        return {"trials": [service.trial_json(trial) for trial in service.trials_of(current_user.id)]}


@blueprint.route("/trials/check")
class TrialCheck(MethodView):
    """What a trial can show, before it starts."""

    @allow(Access.SIGNED_IN)
    @blueprint.arguments(TrialPlanSchema)
    @blueprint.response(200, DesignCheckSchema)
    def post(self, plan: dict[str, Any]) -> Any:
        """Check a plan: grade, smallest p-value, expected power and nights needed; nothing is drawn or stored."""
        return service.check_plan(plan["shape"], current_user.usual_cramps_per_week)


@blueprint.route("/patients/<uuid:patient_id>/trials")
class PatientTrials(MethodView):
    """A sharing patient's trials."""

    @allow(Access.GRANT)
    @blueprint.response(200, TrialsSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> dict[str, Any]:
        """Read a patient's trials, newest first."""
        log_access(g.patient.id, current_user.id, "trials")
        return {"trials": [service.trial_json(trial) for trial in service.trials_of(g.patient.id)]}


@blueprint.route("/plan")
class Plan(MethodView):
    """What is assigned to the nights to come."""

    @allow(Access.PATIENT)
    @blueprint.arguments(PlanQuerySchema, location="query")
    @blueprint.response(200, PlannedNightSchema(many=True))
    def get(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """Read the plan of a range of nights."""
        return service.plan_of(current_user.id, query["from_"], query["to"])
