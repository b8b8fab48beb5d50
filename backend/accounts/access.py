"""Who may call what: every route declares a rule, and a route without one answers nobody."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_login import current_user
from flask_security import handle_csrf
from flask_security.utils import get_request_attr

from backend.accounts.errors import ForbiddenError, UnauthorizedError

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


def allow(rule: Access) -> Callable[[View], View]:
    """Declare who may call a view function or a method of a view class."""

    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(app: Flask, endpoint: str, method: str) -> Access | None:
    """Return the declared rule of a route, or None where nobody declared one."""
    method = "GET" if method == "HEAD" else method
    if method == "OPTIONS":
        return Access.ANYONE
    if (endpoint, method) in DECLARED:
        return DECLARED[endpoint, method]
    view = app.view_functions[endpoint]
    view_class = getattr(view, "view_class", None)
    target = getattr(view_class, method.lower(), None) if view_class else view
    return getattr(target, "access", None)


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
