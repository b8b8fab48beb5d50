"""What the signed-in patient tells about their health, and what a physician reads of it."""

from typing import Any

from flask import g
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.health import holds, service
from backend.health.schemas import (
    AnsweredGarmentSchema,
    AnsweredHealthHistorySchema,
    GarmentSchema,
    HealthHistorySchema,
    HoldEndingSchema,
    HoldsSchema,
    NightSignSchema,
    PatientHealthSchema,
    ScreeningAnswerSchema,
    ScreeningSchema,
    ScreeningsSchema,
)

blueprint = Blueprint("health", __name__, url_prefix="/api", description="Safety screen, health history, stockings")


@blueprint.route("/screening")
class Screening(MethodView):
    """The safety screen."""

    @allow(Access.PATIENT)
    @blueprint.response(200, ScreeningSchema)
    def get(self) -> dict[str, Any]:
        """Read the newest answers and what they come to today: may a trial begin?"""
        return service.screening_of(current_user)

    @allow(Access.PATIENT)
    @blueprint.arguments(ScreeningAnswerSchema)
    @blueprint.response(201, ScreeningSchema)
    def post(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Answer the safety screen; every sending is a new version, the older ones stay.

        A yes to a question of the first kind, an ankle-brachial index that is low in a leg or, with signs of narrowed
        arteries, unknown in a leg, or a red flag that needs help today means no trial (`blocked`). A yes to one of the
        second kind means asking a clinician first (`ask_first`), until each has a date in `asked` that is at most 180
        days old. A question left out, or answered more than 180 days ago, is `missing`.
        """
        return service.answer_screening(current_user, answers)


@blueprint.route("/screening/history")
class ScreeningHistory(MethodView):
    """What was answered before."""

    @allow(Access.PATIENT)
    @blueprint.response(200, ScreeningsSchema)
    def get(self) -> dict[str, Any]:
        """Read every version of the safety screen, newest first, each with what it came to on its day."""
        return {"screenings": service.screenings_of(current_user)}


@blueprint.route("/holds")
class Holds(MethodView):
    """Stop signs: while one stands, stockings stay off, whatever the plan says."""

    @allow(Access.PATIENT)
    @blueprint.response(200, HoldsSchema)
    def get(self) -> dict[str, Any]:
        """Read every stop sign, newest first, and how it ended.

        Signs come from nights and from the safety screen by themselves.
        """
        return {"holds": holds.holds_json(holds.holds_of(current_user))}

    @allow(Access.PATIENT)
    @blueprint.arguments(NightSignSchema)
    @blueprint.response(200, HoldsSchema)
    def post(self, sign: dict[str, Any]) -> dict[str, Any]:
        """Tell a stop sign of a night that was corrected before it was sent; one that is known changes nothing."""
        return {"holds": holds.holds_json(holds.tell_sign(current_user, sign["night_date"], sign["code"]))}


@blueprint.route("/holds/ends")
class HoldEnds(MethodView):
    """The end of stop signs."""

    @allow(Access.PATIENT)
    @blueprint.arguments(HoldEndingSchema)
    @blueprint.response(200, HoldsSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.alt_response(409, "CONFLICT")
    def post(self, ending: dict[str, Any]) -> dict[str, Any]:
        """End some stop signs, all or none; those that have ended stay as they are.

        Pain, swelling and sore skin end when they are `gone`; every sign ends when a clinician was `asked` and agreed,
        and as a `mistake` once the night, or the safety screen, no longer says it.
        """
        keys = [(sign["night_date"], sign["code"]) for sign in ending["signs"]]
        ended = holds.end_holds(current_user, keys, ending["how"], ending["on"])
        return {"holds": holds.holds_json(ended)}


@blueprint.route("/health-history")
class HealthHistory(MethodView):
    """Signs, causes, medicines."""

    @allow(Access.PATIENT)
    @blueprint.response(200, AnsweredHealthHistorySchema)
    def get(self) -> dict[str, Any]:
        """Read the health history; before the first answer everything is null or empty."""
        return service.told(current_user, "history")

    @allow(Access.PATIENT)
    @blueprint.arguments(HealthHistorySchema)
    @blueprint.response(200, AnsweredHealthHistorySchema)
    def put(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Tell the whole health history anew; the older versions stay, and what is left out is null or empty."""
        return service.tell(current_user, "history", answers)


@blueprint.route("/garment")
class Garment(MethodView):
    """The stockings."""

    @allow(Access.PATIENT)
    @blueprint.response(200, AnsweredGarmentSchema)
    def get(self) -> dict[str, Any]:
        """Read which stockings the patient has."""
        return service.told(current_user, "garment")

    @allow(Access.PATIENT)
    @blueprint.arguments(GarmentSchema)
    @blueprint.response(200, AnsweredGarmentSchema)
    def put(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Tell which stockings one has; without pressures, those of scheme and class are filled in."""
        return service.tell(current_user, "garment", answers)


@blueprint.route("/patients/<uuid:patient_id>/health")
class PatientHealth(MethodView):
    """What a sharing patient told."""

    @allow(Access.GRANT, look="health")
    @blueprint.response(200, PatientHealthSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> dict[str, Any]:
        """Read a patient's safety screen, health history and stockings."""
        return service.health_of(g.patient)


@blueprint.route("/patients/<uuid:patient_id>/holds")
class PatientHolds(MethodView):
    """Why a sharing patient was told to leave the stockings off."""

    @allow(Access.GRANT, look="health")
    @blueprint.response(200, HoldsSchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> dict[str, Any]:
        """Read every stop sign of a patient, newest first, and how it ended."""
        return {"holds": holds.holds_json(holds.holds_of(g.patient))}
