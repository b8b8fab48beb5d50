"""The signed-in patient's trials and plan."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from analysis.design import answers_after
from backend.accounts.access import Access, allow
from backend.accounts.models import User
from backend.trials import service
from backend.trials.schemas import (
    DesignCheckSchema,
    MoveSchema,
    PlannedNightSchema,
    PlanQuerySchema,
    StopSchema,
    TrialPlanSchema,
    TrialSchema,
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
        return _trials_json(current_user)


@blueprint.route("/trials/<uuid:trial_id>/move")
class TrialMove(MethodView):
    """Another start for a trial that was drawn and has not begun."""

    @allow(Access.PATIENT)
    @blueprint.arguments(MoveSchema)
    @blueprint.response(200, TrialSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.alt_response(409, "CONFLICT")
    def post(self, body: dict[str, Any], trial_id: UUID) -> dict[str, Any]:
        """Move the start, once and before it has come; seed and arms stay, and both dates are kept."""
        return service.trial_json(current_user, service.move_trial(current_user, trial_id, body["start_date"]))


@blueprint.route("/trials/<uuid:trial_id>/stop")
class TrialStop(MethodView):
    """The end of a trial before its planned end."""

    @allow(Access.PATIENT)
    @blueprint.arguments(StopSchema)
    @blueprint.response(200, TrialSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.alt_response(409, "CONFLICT")
    def post(self, body: dict[str, str], trial_id: UUID) -> dict[str, Any]:
        """Stop a trial; from today on nothing is assigned, and the comparison still opens at the planned end."""
        return service.trial_json(current_user, service.stop_trial(current_user, trial_id, body["reason"]))


@blueprint.route("/trials/check")
class TrialCheck(MethodView):
    """What a trial can show, before it starts."""

    @allow(Access.SIGNED_IN)
    @blueprint.arguments(TrialPlanSchema)
    @blueprint.response(200, DesignCheckSchema)
    def post(self, plan: dict[str, Any]) -> Any:
        """Check a plan: grade, smallest p-value, expected power and nights needed; nothing is drawn or stored."""
        check = service.check_plan(plan["shape"], current_user.usual_cramps_per_week)
        return {**asdict(check), "answers_after": answers_after(plan["shape"])}


@blueprint.route("/patients/<uuid:patient_id>/trials")
class PatientTrials(MethodView):
    """A sharing patient's trials."""

    @allow(Access.GRANT, look="trials")
    @blueprint.response(200, TrialsSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> dict[str, Any]:
        """Read a patient's trials, newest first."""
        return _trials_json(g.patient)


@blueprint.route("/plan")
class Plan(MethodView):
    """What is assigned to the nights to come."""

    @allow(Access.PATIENT)
    @blueprint.arguments(PlanQuerySchema, location="query")
    @blueprint.response(200, PlannedNightSchema(many=True))
    def get(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """Read the plan of a range of nights, as it was drawn; while there is a `hold`, stockings stay off."""
        return service.plan_of(current_user, query["from_"], query["to"])


def _trials_json(patient: User) -> dict[str, Any]:
    return {"trials": [service.trial_json(patient, trial) for trial in service.trials_of(patient.id)]}
