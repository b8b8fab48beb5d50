"""Starting: the database first, then the web server."""

import os

import click
from flask import Flask
from flask_migrate import upgrade

from backend import demo as demo_data
from backend.app import create_app
from backend.config import LOOPBACK_HOSTS, ConfigError, Settings, http_address, sqlite_url
from backend.installation import is_demo

FACTORY = "backend.app:create_app"


def ready_app(settings: Settings) -> Flask:
    """Return the application with its database made or brought up to date."""
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    with app.app_context():
        upgrade()
    return app


def serve(*, demo: bool) -> None:
    """Serve until stopped.

    Raises
    ------
    ConfigError
        A setting is wrong, or made-up data would be served to other machines.

    """
    if demo:
        _point_at_demo_data()
    settings = Settings.from_env()
    _check_host(settings, demo=demo)
    app = ready_app(settings)
    with app.app_context():
        if demo:
            sign_ins = demo_data.ensure(settings)
        _check_host(settings, demo=is_demo())
    click.echo(f"Charley is served on {address(settings)}  (physicians: {address(settings)}/clinic/)")
    if demo:
        click.echo(f"The same on http://localhost:{settings.port}, which passkeys need")
        for email, password in sign_ins:
            click.echo(f"  sign in as {email}  password {password}")
    _run(settings)


def _point_at_demo_data() -> None:
    """Tell this process and its workers to use the demo database, whatever database is configured."""
    os.environ.pop("DATABASE_URL", None)
    settings = Settings.from_env()
    os.environ["DATABASE_URL"] = sqlite_url(settings.instance_dir / "demo.sqlite3")
    os.environ["SECRET_KEY"] = settings.secret_key


def address(settings: Settings) -> str:
    """Return the address to open on this machine."""
    return http_address(settings.host, settings.port)


def _check_host(settings: Settings, *, demo: bool) -> None:
    if demo and settings.host not in LOOPBACK_HOSTS:
        raise ConfigError(f"HOST must be a loopback address such as 127.0.0.1 for demo data, not {settings.host!r}")


def _run(settings: Settings) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    # One thread a worker on SQLite, two on PostgreSQL: measured best; more only hand locks around.
    threads = 1 if settings.database_url.startswith("sqlite") else 2
    Granian(
        FACTORY,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=threads,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()
