"""The application: extensions, blueprints, security headers; nothing else."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from backend import pages
from backend.accounts import views as accounts_views
from backend.accounts.access import enforce, note_looks
from backend.accounts.security import configure, init_security, limit_password_tries, limit_questions
from backend.accounts.tombstones import FILE_NAME
from backend.bodies import bound_body, check_body
from backend.care import views as care_views
from backend.care.service import find_granted
from backend.compression import init_compression
from backend.config import Settings
from backend.connections import engine_options, patiently
from backend.db import connect_database, db
from backend.diary import views as diary_views
from backend.exports import views as exports_views
from backend.exports.report import views as report_views
from backend.health import views as health_views
from backend.openapi import configure_openapi, document_sign_in, make_api
from backend.operations import views as operations_views
from backend.operations.health import init_health
from backend.operations.use import claim_connections
from backend.problems import register_problems
from backend.reminders import views as reminders_views
from backend.results import views as results_views
from backend.trials import views as trials_views

MAX_BODY_BYTES = 256 * 1024
BLUEPRINTS = (
    accounts_views,
    diary_views,
    health_views,
    trials_views,
    care_views,
    results_views,
    exports_views,
    report_views,
    reminders_views,
    operations_views,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; settings come from the environment unless given."""
    settings = settings or Settings.from_env()
    app = Flask("backend", static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        PUBLIC_URL=settings.public_url,
        DELETED_ACCOUNTS=settings.instance_dir / FILE_NAME,
        **configure(settings),
        VAPID_PUBLIC_KEY=settings.vapid_public_key,
        PUSH_TEST_SERVICE=settings.push_test_service,
        **configure_openapi(),
    )
    connect_database(app, str(pages.BACKEND / "migrations"))
    with app.app_context():
        claim_connections(db.engine)
    app.url_map.converters["isodate"] = pages.DateConverter
    register_problems(app)
    api = make_api(app)
    app.before_request(pages.answer_pages)
    app.before_request(bound_body)
    # Access comes before everything else that answers.
    app.before_request(enforce(find_granted))
    app.after_request(note_looks)
    app.before_request(check_body)
    limiter = init_security(app, settings)
    document_sign_in(app, api)
    for views in BLUEPRINTS:
        api.register_blueprint(views.blueprint)
    limit_password_tries(app, limiter, settings)
    limit_questions(app, limiter, settings)
    init_compression(app)
    pages.serve(app, settings)
    init_health(app, pages.security_headers(settings))
    app.wsgi_app = patiently(app.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
