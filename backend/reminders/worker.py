"""The worker: looks every minute for what is due, and delivers it on a few threads.

Its queue is only a way to hand work to those threads. What is due stands in the database, so that a queue lost with its
worker loses nothing.
"""

from flask import Flask
from huey import PostgresHuey, SqliteHuey, crontab
from huey.api import Huey

from backend import clock
from backend.config import Settings
from backend.db import db
from backend.reminders.delivery import deliver, waiting
from backend.reminders.due import plan_due
from backend.reminders.sending import Sender

QUEUE_FILE = "worker.sqlite3"
# Threads wait for push services, not for processors.
THREADS = 4
LONGEST_NAP_S = 2


def run(app: Flask, settings: Settings) -> None:
    """Work until stopped by SIGTERM or SIGINT.

    Raises
    ------
    ConfigError
        The settings name no key to send with.

    """
    huey = make_queue(app, settings)
    huey.create_consumer(workers=THREADS, max_delay=LONGEST_NAP_S).run()


def make_queue(app: Flask, settings: Settings) -> Huey:
    """Return the queue with its tasks, the first look at what is due among them."""
    sender = Sender.of(settings)
    with app.app_context():
        huey = _queue(settings, db.engine.dialect.name)

    @huey.task()
    def deliver_one(reminder_id: int) -> None:
        with app.app_context():
            deliver(reminder_id, sender)

    @huey.periodic_task(crontab())
    def look() -> None:
        with app.app_context():
            plan_due(clock.now())
            for reminder_id in waiting(clock.now()):
                deliver_one(reminder_id)

    huey.flush()
    look()
    return huey


def _queue(settings: Settings, dialect: str) -> Huey:
    if dialect == "postgresql":
        dsn = settings.database_url.replace("+psycopg", "", 1)
        return PostgresHuey("charley", dsn=dsn, results=False)
    return SqliteHuey("charley", filename=str(settings.instance_dir / QUEUE_FILE), results=False)
