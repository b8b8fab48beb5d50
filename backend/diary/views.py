"""The nights of the signed-in patient."""

import json
from datetime import date
from typing import Any

from flask import Response, request
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.diary import service
from backend.diary.schemas import FeedQuerySchema, FeedSchema, HistorySchema, NightSchema

blueprint = Blueprint("nights", __name__, url_prefix="/api/nights", description="The diary")

# One for all requests: a schema of its own for each would copy every field, those of cramps included.
NIGHT = NightSchema()

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of the version that is changed",
}


def json_text(text: str, status: int = 200, etag: str | None = None) -> Response:
    """Answer with JSON that is text already."""
    response = Response(text, status=status, content_type="application/json")
    if etag:
        response.headers["ETag"] = etag
    return response


def if_match() -> str | None:
    """Return the version named by the sender, as it stood in ``ETag``; a proxy that compresses marks it weak."""
    named = request.headers.get("If-Match")
    return named and named.removeprefix("W/")


@blueprint.route("")
class Nights(MethodView):
    """All nights."""

    @allow(Access.PATIENT)
    @blueprint.arguments(FeedQuerySchema, location="query")
    @blueprint.response(200, FeedSchema)
    def get(self, query: dict[str, Any]) -> Response:
        """Read nights.

        With ``cursor``: the changes after it, deletions included, a page at a time; repeat until the cursor stops
        moving.
        With ``from`` and ``to``: the recorded nights of that range.
        """
        if "cursor" in query:
            feed = service.changes_after(current_user.id, query["cursor"])
        else:
            feed = service.nights_between(current_user.id, query.get("from_"), query.get("to"))
        rest = {
            "epoch": str(feed.epoch),
            "cursor": feed.cursor,
            "etags": feed.etags,
            "deleted": [night.isoformat() for night in feed.deleted],
        }
        # The nights are JSON text in the store: they are passed on, not parsed and printed again.
        return json_text(json.dumps(rest)[:-1] + f',"nights":[{",".join(feed.nights)}]}}')


@blueprint.route("/<isodate:night_date>")
class NightByDate(MethodView):
    """One night."""

    @allow(Access.PATIENT)
    @blueprint.response(200, NightSchema)
    @blueprint.alt_response(304, description="The night is the version named in If-None-Match")
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, night_date: date) -> Response:
        """Read one night."""
        night = service.find_night(current_user.id, night_date)
        if request.if_none_match.contains_weak(night.etag.strip('"')):
            return Response(status=304, headers={"ETag": night.etag})
        return json_text(night.document, etag=night.etag)

    @allow(Access.PATIENT)
    @blueprint.arguments(NIGHT)
    @blueprint.doc(parameters=[IF_MATCH])
    @blueprint.response(200, NightSchema)
    @blueprint.alt_response(201, schema=NightSchema, description="The night is new")
    @blueprint.alt_response(412, "PRECONDITION_FAILED")
    @blueprint.alt_response(428, "PRECONDITION_REQUIRED")
    def put(self, body: dict[str, Any], night_date: date) -> Response:
        """Record or correct one night; sending the same night again changes nothing."""
        night = service.record_night(current_user.id, night_date, body, if_match=if_match())
        return json_text(night.document, status=201 if night.created else 200, etag=night.etag)

    @allow(Access.PATIENT)
    @blueprint.doc(parameters=[IF_MATCH])
    @blueprint.response(204)
    @blueprint.alt_response(412, "PRECONDITION_FAILED")
    @blueprint.alt_response(428, "PRECONDITION_REQUIRED")
    def delete(self, night_date: date) -> None:
        """Delete one night; its history stays."""
        service.delete_night(current_user.id, night_date, if_match=if_match())


@blueprint.route("/<isodate:night_date>/history")
class NightHistory(MethodView):
    """What a night was before."""

    @allow(Access.PATIENT)
    @blueprint.response(200, HistorySchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, night_date: date) -> dict[str, Any]:
        """Read every change of one night: who, when, the old and the new value, refused ones included."""
        return {"revisions": service.history_of(current_user.id, night_date)}
