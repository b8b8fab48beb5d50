"""Starting: the database first, then the web server, with a worker beside it if asked."""

import os
import socket
import sys
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from backend import demo as demo_data
from backend.accounts.service import remove_deleted
from backend.accounts.tombstones import Tombstones
from backend.app import create_app
from backend.companion import kept_running
from backend.config import (
    LOOPBACK_HOSTS,
    PUSH_KEYS_FILE,
    ConfigError,
    Settings,
    http_address,
    kept_secret,
    push_lines,
    sqlite_url,
)
from backend.db import db
from backend.installation import is_demo
from backend.instance import locked
from backend.listening import bound
from backend.operations.pulse import Pulse
from backend.operations.upgrade import open_database
from backend.reminders.sending import Sender
from backend.vapid import make_private_key

DEMO_FILE = "demo.sqlite3"
DEMO_PUSH_KEY_FILE = "demo-push-key"


def ready_app(settings: Settings) -> Flask:
    """Return the application with its database made or brought up to date, without accounts that were deleted.

    While it lives nobody can put another database in the place of this one.
    """
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    tombstones = Tombstones(app.config["DELETED_ACCOUNTS"])
    app.extensions["use"] = open_database(settings.database_url, tombstones, settings.instance_dir)
    with app.app_context():
        remove_deleted(tombstones)
    return app


def serve(*, demo: bool, worker: bool = False) -> None:
    """Serve until stopped; ``worker`` sends reminders too, as demo servers always do.

    Raises
    ------
    ConfigError
        A setting is wrong, or made-up data would be served to other machines.

    """
    if demo:
        point_at_demo_data()
    settings = Settings.from_env()
    _check_host(settings, demo=demo)
    if worker:
        Sender.of(settings)
    with locked(settings.instance_dir, address(settings)), bound(settings.host, settings.port) as listener:
        if demo:
            make_demo_data(settings)
        app = ready_app(settings)
        with app.app_context():
            _check_host(settings, demo=is_demo())
            sign_ins = demo_data.sign_ins(settings) if demo else []
            # Workers open the database themselves: connections do not survive being shared with them.
            db.session.remove()
            db.engine.dispose()
        tell_where(settings, sign_ins)
        pulse = Pulse(settings.database_url, settings.instance_dir)
        pulse.begin()
        with pulse.kept(app.extensions["use"].renew):
            _run(settings, listener, worker=worker or demo)


def tell_where(settings: Settings, demo_sign_ins: Collection[tuple[str, str]]) -> None:
    """Say where Charley is served, and who may sign in to demo data."""
    click.echo(f"Charley is served on {address(settings)}  (physicians: {address(settings)}/clinic/)")
    if demo_sign_ins:
        click.echo(f"The same on http://localhost:{settings.port}, which passkeys need")
        for email, password in demo_sign_ins:
            click.echo(f"  sign in as {email}  password {password}")


def point_at_demo_data() -> None:
    """Tell this process and those it starts to use the demo database, whatever database is configured."""
    os.environ.pop("DATABASE_URL", None)
    settings = Settings.from_env()
    os.environ["DATABASE_URL"] = sqlite_url(settings.instance_dir / DEMO_FILE)
    os.environ["SECRET_KEY"] = settings.secret_key
    if settings.vapid_private_key is None:
        key = kept_secret(settings.instance_dir / DEMO_PUSH_KEY_FILE, make_private_key)
        os.environ.update(VAPID_PRIVATE_KEY=key, VAPID_SUBJECT="mailto:demo@example.org")


def keep_push_keys(email: str) -> Path:
    """Keep new settings that set up reminders where the server finds them, and return where.

    Raises
    ------
    ConfigError
        There are some already: phones subscribed with them, and would hear nothing more. Or that is no e-mail address.

    """
    path = Settings.from_env().instance_dir / PUSH_KEYS_FILE
    lines = push_lines(email)
    if kept_secret(path, lambda: lines) != lines.strip():
        raise ConfigError(f"{path} holds a key already, with which phones subscribed")
    return path


def make_demo_data(settings: Settings) -> None:
    """Make the demo database unless it is there; it takes its name when it is whole.

    An interrupted start leaves a draft, which the next one makes anew.
    """
    whole = settings.instance_dir / DEMO_FILE
    if whole.exists():
        return
    draft = whole.with_name(f"draft-{DEMO_FILE}")
    draft.unlink(missing_ok=True)
    app = ready_app(replace(settings, database_url=sqlite_url(draft)))
    with app.app_context():
        demo_data.make(settings)
        db.session.remove()
        db.engine.dispose()
    app.extensions["use"].release()
    draft.rename(whole)


def address(settings: Settings) -> str:
    """Return the address to open on this machine."""
    return http_address(settings.host, settings.port)


def _check_host(settings: Settings, *, demo: bool) -> None:
    if demo and settings.host not in LOOPBACK_HOSTS:
        raise ConfigError(f"HOST must be a loopback address such as 127.0.0.1 for demo data, not {settings.host!r}")


def _run(settings: Settings, listener: socket.socket, *, worker: bool) -> None:
    command = [sys.executable, "-m", "backend.cli", "worker", "--parent", str(os.getpid())]
    with kept_running(command) if worker else nullcontext():
        _run_web(settings, listener)


def _run_web(settings: Settings, listener: socket.socket) -> None:
    from backend import web

    # One thread a worker on SQLite, two on PostgreSQL: measured best; more only hand locks around.
    web.serve(listener, threads=1 if settings.database_url.startswith("sqlite") else 2)
