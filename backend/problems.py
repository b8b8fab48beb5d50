"""Which error is which problem, and what is said; neither bodies nor logs carry diary values or exception texts."""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from flask_smorest import Api
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
    TooManyRequests,
)

from backend.accounts.errors import (
    CodeMistypedError,
    CodeNotFoundError,
    ForbiddenError,
    UnauthorizedError,
    WrongPasswordError,
)
from backend.bodies import UnreadableBodyError
from backend.care.errors import (
    ConsentChangedError,
    PatientNotFoundError,
    ShareNotFoundError,
)
from backend.db import db
from backend.diary.errors import (
    NightError,
    NightNotFoundError,
    PreconditionFailedError,
    PreconditionRequiredError,
)
from backend.diary.schemas import CHANGED, instant_text
from backend.exports.errors import DiaryFileError, ImportChangedError
from backend.health.errors import HealthAnswerError, HoldNotFoundError, HoldStandsError
from backend.outages import Outages, trouble_of
from backend.problem import CONTENT_TYPE, KINDS, FieldError, ProblemSchema, outage_problem, problem
from backend.reminders.errors import (
    NothingToRemindError,
    ReminderNotFoundError,
    SnoozedError,
    UnknownPushServiceError,
)
from backend.trials.errors import (
    REASONS,
    TrialFixedError,
    TrialNotFoundError,
    TrialOverError,
    TrialPlanError,
    TrialRefusedError,
)

log = logging.getLogger(__name__)


# Errors of the features: which kind of problem each is, and what is said.
DOMAIN_ERRORS: dict[type[Exception], tuple[str, str]] = {
    UnreadableBodyError: ("bad-request", "The body is not JSON that can be read."),
    RecursionError: ("bad-request", "The body is nested too deeply."),
    UnauthorizedError: ("unauthorized", "Nobody is signed in."),
    ForbiddenError: ("forbidden", "The signed-in person may not do this."),
    WrongPasswordError: ("validation", "This is not the password of this account."),
    ImportChangedError: ("conflict", "File or diary are not what the preview showed; please look at it again."),
    NightNotFoundError: ("not-found", "No night is recorded for this date."),
    PatientNotFoundError: ("not-found", "No such patient shares with you."),
    CodeNotFoundError: ("not-found", "No physician has this code."),
    CodeMistypedError: ("validation", "The code is mistyped: please compare it letter by letter."),
    ConsentChangedError: ("conflict", "The consent text was renewed; please read it again."),
    ShareNotFoundError: ("not-found", "There is no such share."),
    HoldNotFoundError: ("not-found", "There is no such stop sign."),
    HoldStandsError: ("conflict", "This still stands in the night or in the safety answers; please correct it first."),
    TrialNotFoundError: ("not-found", "There is no such trial."),
    TrialFixedError: ("conflict", "This start stays: it has come, the trial was stopped, or it was moved before."),
    TrialOverError: ("conflict", "This trial is over already: it was stopped, or its last night has passed."),
    UnknownPushServiceError: ("validation", "endpoint must be an https address of a push service known here."),
    ReminderNotFoundError: ("not-found", "You have no such reminder."),
    NothingToRemindError: ("conflict", "No reminder is chosen; please choose a time first."),
    SnoozedError: ("conflict", "This reminder was put off once already."),
}

_STATUS_KINDS = {kind.status: slug for slug, kind in KINDS.items() if slug not in {"csrf"}}


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """flask-smorest's Api with the one error shape, in answers and in the OpenAPI document."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        # flask-smorest documents errors with the default content type and has no setting for theirs.
        default: str = Api.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = CONTENT_TYPE
        try:
            super()._register_responses()
        finally:
            self.DEFAULT_RESPONSE_CONTENT_TYPE = default

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Turn any HTTP error, raised by us or by a library, into a problem."""
        status = error.code or 500
        if status < 400:
            return Response(status=status, headers=dict(error.get_headers(request.environ)))
        slug = _STATUS_KINDS.get(status, "bad-request" if status < 500 else "internal")
        headers: dict[str, str] = {}
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            headers["Allow"] = ", ".join(sorted(error.valid_methods))
        if isinstance(error, TooManyRequests):
            headers["Retry-After"] = str(getattr(error, "retry_after", None) or 60)
        messages = getattr(error, "data", {}).get("messages", {})
        errors = list(_field_errors(messages))
        detail = f"{len(errors)} value(s) are not valid." if errors else _detail_of(error, status)
        return problem(slug, detail=detail, status=status, errors=errors, headers=headers)


def _detail_of(error: HTTPException, status: int) -> str:
    if isinstance(error, RequestEntityTooLarge) and request.max_content_length:
        return f"At most {request.max_content_length:,} bytes are taken here."
    return HTTPStatus(status).phrase + "."


def _field_errors(messages: Any) -> Sequence[FieldError]:
    """Flatten marshmallow's messages; webargs' outermost key names the place (json, query, path)."""
    found: list[FieldError] = []

    def walk(node: Any, pointer: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, pointer if key == "_schema" else f"{pointer}/{_escaped(key)}")
        elif isinstance(node, list):
            found.extend(FieldError(pointer, str(text)) for text in node)
        else:
            found.append(FieldError(pointer, str(node)))

    for located in messages.values() if isinstance(messages, dict) else []:
        walk(located, "")
    return found


def _escaped(key: Any) -> str:
    """Write one step of a JSON pointer (RFC 6901)."""
    return str(key).replace("~", "~0").replace("/", "~1")


def register_problems(app: Flask) -> None:
    """Attach a handler for every error that is not already an HTTP one."""
    for error_class, (slug, detail) in DOMAIN_ERRORS.items():
        app.register_error_handler(error_class, _handler(slug, detail))
    app.register_error_handler(CSRFError, _handler("csrf", "The X-CSRF-Token header is missing or out of date."))
    app.register_error_handler(TrialRefusedError, _trial_refused)
    app.register_error_handler(DiaryFileError, _file_refused)
    for value_error in (NightError, HealthAnswerError, TrialPlanError):
        app.register_error_handler(value_error, _value_error)
    app.register_error_handler(PreconditionFailedError, _precondition_failed)
    app.register_error_handler(PreconditionRequiredError, _precondition_required)
    app.register_error_handler(Exception, _internal)
    app.register_error_handler(InternalServerError, _unforeseen)
    app.extensions["outages"] = Outages()
    # Flask's own words come with a traceback, and that with what was sent.
    app.log_exception = _say_nothing  # type: ignore[method-assign, assignment]
    app.logger.addFilter(_without_traceback)


def _handler(slug: str, detail: str) -> Any:
    def handle(_error: Exception) -> Response:
        return problem(slug, detail=detail)

    return handle


def _value_error(error: NightError | HealthAnswerError | TrialPlanError) -> Response:
    reason = getattr(error, "reason", None)
    return problem(
        "validation",
        detail="1 value(s) are not valid.",
        errors=[FieldError(error.pointer, error.detail)],
        **({"reason": reason} if reason else {}),
    )


def _file_refused(error: DiaryFileError) -> Response:
    return problem("validation", detail=error.detail, reason=error.reason, line=error.line)


def _trial_refused(error: TrialRefusedError) -> Response:
    return problem("conflict", detail=REASONS[error.reason], reason=error.reason, codes=list(error.codes))


def _precondition_failed(error: PreconditionFailedError) -> Response:
    return problem(
        "precondition-failed",
        detail="The stored night differs from the version you changed; it is sent along.",
        headers={"ETag": error.etag, **_changed(error)},
        current=json.loads(error.current),
        current_received_at=error.received_at.isoformat(),
    )


def _precondition_required(error: PreconditionRequiredError) -> Response:
    detail = "A different night is stored for this date."
    return problem("precondition-required", detail=detail, headers=_changed(error))


def _changed(error: PreconditionFailedError | PreconditionRequiredError) -> dict[str, str]:
    return {CHANGED: instant_text(error.changed_at)} if error.changed_at else {}


def _say_nothing(_error: Any) -> None:
    """What went wrong is said by ``_internal``."""


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True


def _unforeseen(error: InternalServerError) -> Response:
    """Answer what went wrong after the view had answered: Flask-Security commits what it changed only then."""
    found = error.original_exception
    return _internal(found if isinstance(found, Exception) else error)


def _internal(error: Exception) -> Response:
    # What comes after the view would stumble over what it left half done.
    with suppress(Exception):
        db.session.rollback()
    if trouble := trouble_of(error):
        outages: Outages = current_app.extensions["outages"]
        outages.note(trouble)
        return outage_problem(trouble)
    # The traceback's text may hold values that patients typed: the log gets the kind of error and the place only.
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "unknown place"
    log.error("%s at %s on %s", type(error).__name__, place, request.endpoint)
    return problem("internal", detail="Nothing of what you sent is lost on your side; please try again.")
