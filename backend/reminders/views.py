"""Reminders of the signed-in patient."""

from typing import Any

from flask import Response, current_app
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.reminders import service
from backend.reminders.schemas import EndpointSchema, PushKeySchema, SnoozeSchema, SubscriptionSchema

blueprint = Blueprint("reminders", __name__, url_prefix="/api", description="Reminders")
CALENDAR = {"200": {"description": "Calendar", "content": {"text/calendar": {"schema": {"type": "string"}}}}}


@blueprint.route("/push/key")
class PushKey(MethodView):
    """The server's key for subscribing."""

    @allow(Access.PATIENT)
    @blueprint.response(200, PushKeySchema)
    def get(self) -> dict[str, str | None]:
        """Read the key that a browser needs to subscribe; null where this server sends no reminders."""
        return {"key": current_app.config["VAPID_PUBLIC_KEY"]}


@blueprint.route("/push/subscriptions")
class Subscriptions(MethodView):
    """The browsers that show a patient's reminders."""

    @allow(Access.PATIENT)
    @blueprint.arguments(SubscriptionSchema)
    @blueprint.response(200)
    @blueprint.alt_response(201, description="The browser is new")
    def put(self, subscription: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """Show reminders on this browser; sending the same subscription again changes nothing."""
        test_service = current_app.config["PUSH_TEST_SERVICE"]
        created = service.subscribe(current_user.id, subscription, test_service=test_service)
        return {}, 201 if created else 200

    @allow(Access.PATIENT)
    @blueprint.arguments(EndpointSchema)
    @blueprint.response(204)
    def delete(self, subscription: dict[str, str]) -> None:
        """Show no more reminders on this browser."""
        service.unsubscribe(current_user.id, subscription["endpoint"])


@blueprint.route("/reminders/snooze")
class Snooze(MethodView):
    """Putting a reminder off."""

    @allow(Access.PATIENT)
    @blueprint.arguments(SnoozeSchema)
    @blueprint.response(204)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.alt_response(409, "CONFLICT")
    def post(self, body: dict[str, Any]) -> None:
        """Show a reminder again in half an hour, once."""
        service.snooze(current_user.id, body["id"])


@blueprint.route("/reminders.ics")
class CalendarFile(MethodView):
    """Reminders for the calendar of the phone."""

    @allow(Access.PATIENT)
    @blueprint.doc(responses=CALENDAR)
    @blueprint.alt_response(409, "CONFLICT")
    def get(self) -> Response:
        """Download the chosen times as a calendar with alarms: every morning, and the evenings of a trial."""
        return Response(
            service.calendar_file(current_user),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="reminders.ics"'},
        )
