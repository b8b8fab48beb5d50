"""The two static apps, their routes and the security headers of every answer."""

from datetime import date
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, Response, abort, current_app, request, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, ValidationError
from whitenoise import WhiteNoise

from backend.accounts.access import Access, allow
from backend.config import PROJECT_ROOT, Settings
from backend.problem import problem

BACKEND = Path(__file__).resolve().parent
DIST = PROJECT_ROOT / "frontend" / "dist"
# Addresses that the patient's app draws itself; "/" and "/clinic/" are files.
DIARY_ROUTES = (
    "/welcome",
    "/restored",
    "/start",
    "/start/<section>",
    "/cramp",
    "/nights",
    "/nights/<isodate:night_date>",
    "/plan",
    "/hold",
    "/result",
    "/me",
    "/me/<section>",
)

# What is asked for here is data or a file, never something to look at.
NO_PAGES = ("/api/", "/assets/", "/icons/", "/docs/")

# The hash is that of an empty style element, which plotly adds; nothing inline runs or styles.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class DateConverter(BaseConverter):
    """An ISO date in an address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Refuse dates that do not exist."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: date) -> str:
        """Write the date as it stands in addresses."""
        return value.isoformat()


def security_headers(settings: Settings) -> dict[str, str]:
    """Return the headers that every answer carries."""
    headers = dict(SECURITY_HEADERS)
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def serve(app: Flask, settings: Settings) -> None:
    """Attach the built apps and the security headers."""
    headers = security_headers(settings)

    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    def add_static_headers(given: Headers, _path: str, _url: str) -> None:
        for name, value in headers.items():
            given[name] = value

    app.after_request(add_headers)
    for number, route in enumerate(DIARY_ROUTES):
        app.add_url_rule(route, f"diary-page-{number}", diary_page)
    app.add_url_rule("/clinic/<path:page>", "clinic-page", clinic_page)
    app.register_error_handler(NotFound, unknown_page)
    app.add_url_rule("/api/docs", "api-docs-page", docs_page)
    if DIST.is_dir():
        # WhiteNoise answers before Flask does, so it needs the headers told.
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=DIST,
            index_file=True,
            allow_all_origins=False,
            mimetypes={".webmanifest": "application/manifest+json"},
            max_age=0,
            immutable_file_test=lambda _path, url: url.startswith("/assets/"),
            add_headers_function=add_static_headers,
        )


def answer_pages() -> ResponseReturnValue | None:
    """Answer for pages before anybody asks the database who opens them: they hold nothing of it, and outlast it."""
    if request.method not in {"GET", "HEAD"}:
        return None
    if isinstance(request.routing_exception, NotFound):
        return unknown_page(request.routing_exception)
    view = current_app.view_functions.get(request.endpoint or "")
    return view(**(request.view_args or {})) if view in (diary_page, clinic_page, docs_page) else None


@allow(Access.ANYONE)
def diary_page(**_: object) -> Response:
    """Answer a deep link of the patient's app."""
    return _page("index.html")


@allow(Access.ANYONE)
def clinic_page(**_: object) -> Response:
    """Answer a deep link of the physician's app."""
    return _page("clinic/index.html")


def unknown_page(_error: NotFound) -> Response:
    """Let the app say in its own words that there is no such page; what is no page keeps its problem."""
    # Who opens an address asks for HTML by name; a script or picture that is missing is asked for as anything.
    opened = request.method in {"GET", "HEAD"} and "text/html" in request.accept_mimetypes.values()
    if not opened or request.path.startswith(NO_PAGES) or not (DIST / "index.html").is_file():
        return problem("not-found", detail="Not Found.")
    response = _page("index.html")
    response.status_code = 404
    return response


@allow(Access.ANYONE)
def docs_page() -> Response:
    """Show the API's documentation."""
    return _page("docs/index.html")


def _page(name: str) -> Response:
    if not (DIST / name).is_file():
        abort(404)
    return send_from_directory(DIST, name, max_age=0)
