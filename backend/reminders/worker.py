"""The worker: looks every minute for what is due, and delivers it on a few threads.

Its queue is only a way to hand work to those threads. What is due stands in the database, so that a queue lost with its
worker loses nothing. While the database is away the worker goes on looking, and says so once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from huey import PostgresHuey, SqliteHuey, crontab
from huey.api import Huey

from backend import clock
from backend.config import Settings
from backend.connections import connect_args, connection_class, patience
from backend.db import db
from backend.outages import Outages, trouble_of
from backend.reminders.delivery import deliver, waiting
from backend.reminders.due import plan_due
from backend.reminders.sending import Sender

QUEUE_FILE = "worker.sqlite3"
# Threads wait for push services, not for processors.
THREADS = 4
LONGEST_NAP_S = 2
# A database that hangs must not hold every thread for good.
PATIENCE_S = 30
_HUEY_LOGS = ("huey", "huey.consumer", "huey.consumer.Worker", "huey.consumer.Scheduler")


def run(app: Flask, settings: Settings) -> None:
    """Work until stopped by SIGTERM or SIGINT.

    Raises
    ------
    ConfigError
        The settings name no key to send with.

    """
    huey = make_queue(app, settings)
    with speaking_once(app.extensions["outages"]):
        huey.create_consumer(workers=THREADS, max_delay=LONGEST_NAP_S).run()


def make_queue(app: Flask, settings: Settings) -> Huey:
    """Return the queue with its tasks, the first look at what is due among them."""
    sender = Sender.of(settings)
    with app.app_context():
        huey = _queue(settings, db.engine.dialect.name)

    @huey.task()
    def deliver_one(reminder_id: int) -> None:
        with app.app_context(), patience(PATIENCE_S):
            deliver(reminder_id, sender)

    @huey.periodic_task(crontab())
    def look() -> None:
        with app.app_context(), patience(PATIENCE_S):
            plan_due(clock.now())
            for reminder_id in waiting(clock.now()):
                deliver_one(reminder_id)
        app.extensions["outages"].end()

    huey.flush()
    look()
    return huey


def _queue(settings: Settings, dialect: str) -> Huey:
    if dialect == "postgresql":
        return PostgresHuey("charley", connection=lambda: _connect(settings.database_url), results=False)
    return SqliteHuey("charley", filename=str(settings.instance_dir / QUEUE_FILE), results=False)


def _connect(database_url: str) -> Any:
    # A thread of the queue knows no ``patience``.
    connection: Any = connection_class().connect(database_url.replace("+psycopg", "", 1), **connect_args(database_url))
    connection.patience_s = PATIENCE_S
    return connection


class _OneLine(logging.Filter):
    """Says of an error what it is, without its text: trouble of the database once, anything else in one line."""

    def __init__(self, outages: Outages) -> None:
        super().__init__()
        self._outages = outages

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a line pass, or note the trouble that it tells of."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        if trouble := trouble_of(error):
            self._outages.note(trouble, refused=0)
            return False
        record.msg, record.args, record.exc_info = "%s in the worker", (type(error).__name__,), None
        return True


@contextmanager
def speaking_once(outages: Outages) -> Iterator[None]:
    """Keep the queue, which tries again by itself, from telling of every try with a traceback."""
    one_line = _OneLine(outages)
    for name in _HUEY_LOGS:
        logging.getLogger(name).addFilter(one_line)
    yield
    for name in _HUEY_LOGS:
        logging.getLogger(name).removeFilter(one_line)
