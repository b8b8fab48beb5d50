"""The ``charley`` command. Subcommands import what they need, so that each starts as fast as it can."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from backend.accounts.errors import AccountError
from backend.config import ConfigError, Settings, push_lines
from backend.operations.errors import OperationError
from backend.outages import MISTAKEN_ADDRESS, has_other_tables, trouble_of


class InputProblem(click.ClickException):
    """Wrong input: one clear line on standard error, exit status 2."""

    exit_code = 2


def _one_line_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (AccountError, ConfigError, OperationError) as error:
            raise InputProblem(str(error)) from None
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise InputProblem(_trouble_in_words(error)) from None

    return run


def _trouble_in_words(error: Exception) -> str:
    """Say what the database or the disk refused; what is neither's fault is raised again, to be seen whole."""
    if trouble := trouble_of(error):
        return f"{trouble.value} Please look at DATABASE_URL." if trouble in MISTAKEN_ADDRESS else trouble.value
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    if isinstance(error, DBAPIError) and has_other_tables(error):
        (said, *_) = str(error.orig).splitlines()
        return f"the database has tables of another version of Charley: {said}"
    raise error


@contextmanager
def _one_line_usage() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise InputProblem(" ".join(error.format_message().split())) from None


class Commands(click.Group):
    """Commands whose wrong use is told in one line, as every other wrong input."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read this group's own arguments."""
        with _one_line_usage():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the arguments of a command, and run it."""
        with _one_line_usage():
            return super().invoke(ctx)


@click.group(cls=Commands)
@click.version_option(package_name="charley")
def main() -> None:
    """Charley: a night-cramp diary and compression-stocking trial."""
    # Whatever is written holds health data or keys: databases, queues and tables are for their owner's eyes.
    os.umask(0o077)
    # Its matrices are small: threads of NumPy's linear algebra would only wait for each other, and for the workers.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def analyze(arguments: tuple[str, ...]) -> None:
    """Compare nights with and without stockings, in a CSV or Parquet file or a folder of Parquet files."""
    from analysis.__main__ import main as analysis_main

    sys.exit(analysis_main(["analyze", *arguments]))


@main.command()
@click.option(
    "--demo", is_flag=True, help="Serve made-up patients from instance/demo.sqlite3, on a loopback address only."
)
@click.option("--worker", is_flag=True, help="Send reminders too, from a worker beside the web server.")
@_one_line_errors
def serve(demo: bool, worker: bool) -> None:
    """Serve the application; the database is made or brought up to date first."""
    from backend import server

    server.serve(demo=demo, worker=worker)


@main.command()
@click.option("--parent", type=int, hidden=True, help="The process to end with.")
@_one_line_errors
def worker(parent: int | None) -> None:
    """Send reminders, looking every minute, until stopped."""
    from backend.lifeline import end_with

    # Before anything that may take long: the parent may end at any moment.
    if parent is not None:
        end_with(parent)
    from backend import server
    from backend.reminders import worker as reminders

    settings = Settings.from_env()
    reminders.run(server.ready_app(settings), settings)


@main.command()
@_one_line_errors
def remind() -> None:
    """Send the reminders that are due, once: for cron, every minute, in place of a worker."""
    from backend import server
    from backend.reminders.delivery import run_round
    from backend.reminders.sending import Sender

    settings = Settings.from_env()
    sender = Sender.of(settings)
    with server.ready_app(settings).app_context():
        run_round(sender)


@main.command("push-keys")
@click.argument("email")
@click.option("--keep", is_flag=True, help="Keep the key in the instance directory, where the server finds it.")
@_one_line_errors
def push_keys(email: str, keep: bool) -> None:
    """Make the key that signs reminders; push services may write to EMAIL about them."""
    if keep:
        from backend import server

        click.echo(f"kept in {server.keep_push_keys(email)}")
    else:
        click.echo(push_lines(email), nl=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_one_line_errors
def openapi(file: Path) -> None:
    """Write the OpenAPI document to FILE."""
    from backend.app import create_app

    app = create_app(Settings.for_documents())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(app.test_client().get("/api/openapi.json").text)


def _operated() -> tuple[Settings, Any]:
    """Return the settings, and where deleted accounts are written down."""
    from backend.accounts.tombstones import FILE_NAME, Tombstones

    settings = Settings.from_env()
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    return settings, Tombstones(settings.instance_dir / FILE_NAME)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_one_line_errors
def backup(file: Path) -> None:
    """Write everything to FILE, as it is at one moment, also while a server runs."""
    from backend.operations.backup import back_up
    from backend.operations.engines import engine_of

    settings, tombstones = _operated()
    manifest = back_up(engine_of(settings.database_url), tombstones, file)
    click.echo(f"{file}: {manifest.summary()}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_one_line_errors
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database that DATABASE_URL names; the server must be stopped."""
    from backend.operations.restore import restore as put_back

    settings, tombstones = _operated()
    done = put_back(settings.database_url, tombstones, settings.instance_dir, file)
    click.echo(f"{file} is restored: {done.manifest.summary()}")
    if done.removed:
        click.echo(f"{done.removed} account(s) in it had been deleted since, and stay deleted")
    if done.replaced:
        click.echo(f"what was there before stays in {done.replaced}")
    click.echo("everybody signs in again, and phones offer what this backup lacks")


@main.command()
@_one_line_errors
def check() -> None:
    """Look whether the database is sound: 0, or 1 and a line for each fault."""
    from backend.operations.check import faults

    found = 0
    for found, fault in enumerate(faults(Settings.from_env().database_url), start=1):  # noqa: B007
        click.echo(fault)
    if found:
        sys.exit(1)
    click.echo("sound")


@main.group()
def users() -> None:
    """Make, list and change accounts."""


def _with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from backend import server

        with server.ready_app(Settings.from_env()).app_context():
            return command(*args, **kwargs)

    return _one_line_errors(run)


def _password_option(command: Callable[..., Any]) -> Callable[..., Any]:
    # The environment variable keeps passwords out of the list of processes.
    return click.option(
        "--password", envvar="CHARLEY_PASSWORD", prompt=True, hide_input=True, confirmation_prompt=True
    )(command)


@users.command("create")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(["patient", "physician", "admin"]))
@click.option("--name", help="The name others see.")
@_password_option
@_with_app
def create(email: str, role: str, name: str | None, password: str) -> None:
    """Make an account."""
    from backend.accounts import service

    user = service.create_user(email, password, role, name)
    click.echo(f"{user.role} {user.email} made")


@users.command("list")
@click.option("--role", type=click.Choice(["patient", "physician", "admin"]))
@_with_app
def list_(role: str | None) -> None:
    """List accounts: e-mail, role, whether it is open."""
    from backend.accounts import service

    for user in service.list_users():
        if role in (None, user.role):
            click.echo(f"{user.email}\t{user.role}\t{'open' if user.active else 'disabled'}")


@users.command()
@click.argument("email")
@_with_app
def disable(email: str) -> None:
    """Close an account: its data stay, open sessions end at once."""
    from backend.accounts import service

    service.disable_user(email)
    click.echo(f"{email} disabled")


@users.command("set-password")
@click.argument("email")
@_password_option
@_with_app
def set_password(email: str, password: str) -> None:
    """Give an account a new password; open sessions end at once."""
    from backend.accounts import service

    service.set_password(email, password)
    click.echo(f"password of {email} set")


if __name__ == "__main__":
    main()
