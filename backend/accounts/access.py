"""Who may call what: every route declares a rule, and a route without one answers nobody.

A route that shows a physician something of a patient declares that look, too; it is written down before the answer
leaves, and only with an answer that shows something.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from enum import Enum
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from flask_security import handle_csrf
from flask_security.utils import get_request_attr

from backend import audit
from backend.accounts.errors import ForbiddenError, UnauthorizedError
from backend.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])


class Access(Enum):
    """Access rules. ``GRANT`` is a physician to whom the patient named in the address gave access."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    PATIENT = "patient"
    PHYSICIAN = "physician"
    GRANT = "physician with grant"
    ADMIN = "admin"


# Routes of libraries, which cannot be decorated.
DECLARED = {
    ("security.login", "GET"): Access.ANYONE,
    ("security.login", "POST"): Access.ANYONE,
    ("security.logout", "POST"): Access.ANYONE,
    ("security.register", "GET"): Access.ANYONE,
    ("security.register", "POST"): Access.ANYONE,
    # Answers only in the middle of a sign-in with two factors.
    ("security.tf_select", "GET"): Access.ANYONE,
    ("security.tf_select", "POST"): Access.ANYONE,
    ("security.wan_signin", "GET"): Access.ANYONE,
    ("security.wan_signin", "POST"): Access.ANYONE,
    ("security.wan_signin_response", "POST"): Access.ANYONE,
    ("security.wan_register", "GET"): Access.SIGNED_IN,
    ("security.wan_register", "POST"): Access.SIGNED_IN,
    ("security.wan_register_response", "POST"): Access.SIGNED_IN,
    ("security.wan_delete", "GET"): Access.SIGNED_IN,
    ("security.wan_delete", "POST"): Access.SIGNED_IN,
    ("api-docs.openapi_json", "GET"): Access.ANYONE,
}


Look = str | Callable[[], str]


def allow(rule: Access, *, look: Look | None = None) -> Callable[[View], View]:
    """Declare who may call a view function or a method of a view class.

    Parameters
    ----------
    look : what the physician sees of a patient, as the patient reads it in the access log; ``{name}`` stands for a part
        of the address, and a function tells it where the query decides. With ``GRANT`` each look is a row. With
        ``PHYSICIAN`` it is a list of patients, which the view names by `looking_at`: one row a patient and day.

    """

    def declare(view: View) -> View:
        view.access, view.look = rule, look  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(app: Flask, endpoint: str, method: str) -> Access | None:
    """Return the declared rule of a route, or None where nobody declared one."""
    if method == "OPTIONS":
        return Access.ANYONE
    declared = DECLARED.get((endpoint, _read_as(method)))
    return declared or getattr(_view_of(app, endpoint, method), "access", None)


def look_of(app: Flask, endpoint: str, method: str) -> Look | None:
    """Return the look that a route declares."""
    return getattr(_view_of(app, endpoint, method), "look", None)


def _view_of(app: Flask, endpoint: str, method: str) -> Any:
    view = app.view_functions[endpoint]
    view_class = getattr(view, "view_class", None)
    return getattr(view_class, _read_as(method).lower(), None) if view_class else view


def _read_as(method: str) -> str:
    return "GET" if method == "HEAD" else method


def enforce(find_granted: Callable[[int, Any], Any]) -> Callable[[], None]:
    """Return the hook that runs before every request.

    Parameters
    ----------
    find_granted : called with the physician's id and the patient's public id; returns the patient or raises.

    """

    def check() -> None:
        if request.endpoint is None:
            return
        rule = rule_of(current_app, request.endpoint, request.method)
        if rule is Access.ANYONE:
            handle_csrf("session")
            return
        if rule is None:
            raise ForbiddenError
        # A session, and nothing else, signs a person in: other ways would pass by the CSRF check.
        if not current_user.is_authenticated or get_request_attr("fs_authn_via") != "session":
            raise UnauthorizedError
        handle_csrf("session")
        if rule is Access.SIGNED_IN:
            return
        role = "physician" if rule is Access.GRANT else rule.value
        if current_user.role != role:
            raise ForbiddenError
        if rule is Access.GRANT:
            g.patient = find_granted(current_user.id, (request.view_args or {})["patient_id"])

    return check


def looking_at(patients: Sequence[User]) -> None:
    """Say whom a list of patients shows."""
    g.looking_at = [patient.id for patient in patients]


def note_looks(response: Response) -> Response:
    """Write down the look that the route declares, once there is something to see; runs after every request."""
    if request.endpoint is None or response.status_code >= HTTPStatus.BAD_REQUEST:
        return response
    look = look_of(current_app, request.endpoint, request.method)
    if look is not None:
        with ExitStack() as unseen:
            # What cannot be written down is not shown.
            unseen.callback(response.close)
            _note(look, rule_of(current_app, request.endpoint, request.method))
            unseen.pop_all()
    return response


def _note(look: Look, rule: Access | None) -> None:
    what = look() if callable(look) else look.format(**(request.view_args or {}))
    if rule is Access.GRANT:
        audit.note_look(g.patient.id, current_user.id, what)
    else:
        audit.note_looks_of_the_day(g.looking_at, current_user.id, what)
