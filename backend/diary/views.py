"""The nights of the signed-in patient."""

import json
from datetime import date, datetime
from typing import Any

from flask import Response, request
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint

from backend.accounts.access import Access, allow
from backend.diary import service
from backend.diary.schemas import (
    CHANGED,
    FeedQuerySchema,
    FeedSchema,
    HistorySchema,
    NightSchema,
    instant_text,
    parse_instant,
)

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
CHANGED_HEADER = {
    CHANGED: {
        "schema": {"type": "string", "format": "date-time"},
        "description": "When the newest change of this diary was received; a phone names it as `last_change`",
    }
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


def told_change(response: Response, changed_at: datetime | None) -> Response:
    """Tell with an answer when the newest change of the diary was received."""
    if changed_at:
        response.headers[CHANGED] = instant_text(changed_at)
    return response


@blueprint.route("")
class Nights(MethodView):
    """All nights."""

    @allow(Access.PATIENT)
    @blueprint.arguments(FeedQuerySchema, location="query")
    @blueprint.response(200, FeedSchema)
    def get(self, query: dict[str, Any]) -> Response:
        """Read nights.

        With ``cursor``: the changes after it, deletions included, a page at a time; repeat until the cursor stops
        moving. A phone that names a change which the diary lacks gets it from its beginning, under a new epoch.
        With ``from`` and ``to``: the recorded nights of that range.
        """
        if "cursor" in query:
            told = [instant for text in query["last_change"] if (instant := parse_instant(text))]
            feed = service.changes_after(current_user.id, query["cursor"], told)
        else:
            feed = service.nights_between(current_user.id, query.get("from_"), query.get("to"))
        rest = {
            "epoch": str(feed.epoch),
            "cursor": feed.cursor,
            "etags": feed.etags,
            "deleted": [night.isoformat() for night in feed.deleted],
            "last_change": feed.last_change and instant_text(feed.last_change),
        }
        # The nights are JSON text in the store: they are passed on, not parsed and printed again.
        return json_text(json.dumps(rest)[:-1] + f',"nights":[{",".join(feed.nights)}]}}')


@blueprint.route("/<isodate:night_date>")
class NightByDate(MethodView):
    """One night."""

    @allow(Access.PATIENT)
    @blueprint.response(200, NightSchema, headers=CHANGED_HEADER)
    @blueprint.alt_response(304, description="The night is the version named in If-None-Match")
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, night_date: date) -> Response:
        """Read one night."""
        night = service.find_night(current_user.id, night_date)
        if request.if_none_match.contains_weak(night.etag.strip('"')):
            return Response(status=304, headers={"ETag": night.etag})
        return told_change(json_text(night.document, etag=night.etag), night.changed_at)

    @allow(Access.PATIENT)
    @blueprint.arguments(NIGHT)
    @blueprint.doc(parameters=[IF_MATCH])
    @blueprint.response(200, NightSchema, headers=CHANGED_HEADER)
    @blueprint.alt_response(201, schema=NightSchema, description="The night is new", headers=CHANGED_HEADER)
    @blueprint.alt_response(412, "PRECONDITION_FAILED")
    @blueprint.alt_response(428, "PRECONDITION_REQUIRED")
    def put(self, body: dict[str, Any], night_date: date) -> Response:
        """Record or correct one night; sending the same night again changes nothing."""
        night = service.record_night(current_user.id, night_date, body, if_match=if_match())
        answer = json_text(night.document, status=201 if night.created else 200, etag=night.etag)
        return told_change(answer, night.changed_at)

    @allow(Access.PATIENT)
    @blueprint.doc(parameters=[IF_MATCH])
    @blueprint.response(204, headers=CHANGED_HEADER)
    @blueprint.alt_response(412, "PRECONDITION_FAILED")
    @blueprint.alt_response(428, "PRECONDITION_REQUIRED")
    def delete(self, night_date: date) -> Response:
        """Delete one night; its history stays."""
        changed_at = service.delete_night(current_user.id, night_date, if_match=if_match())
        return told_change(Response(status=204), changed_at)


@blueprint.route("/<isodate:night_date>/history")
class NightHistory(MethodView):
    """What a night was before."""

    @allow(Access.PATIENT)
    @blueprint.response(200, HistorySchema)
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, night_date: date) -> dict[str, Any]:
        """Read every change of one night: who, when, the old and the new value, refused ones included."""
        return {"revisions": service.history_of(current_user.id, night_date)}
