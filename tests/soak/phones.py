"""Phones that write without a pause, and remember what the server acknowledged."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import requests

from tests.backend.nights import night

PASSWORD = "a password for the soak"
FIRST = date(2001, 1, 1)
WAIT_S = 0.05
ANSWER_S = 30
# Every third write corrects an earlier night.
CORRECTIONS = 3
HEADERS = {"Accept": "application/json"}


@dataclass
class Version:
    """One acknowledged version of a night, by when it was edited."""

    night_date: date
    edited_at: str


@dataclass
class Phone:
    """One person's phone: one thread that records and corrects nights until it is told to stop."""

    url: str
    number: int
    stopping: threading.Event
    email: str = ""
    nights: dict[date, dict[str, Any]] = field(default_factory=dict)
    etags: dict[date, str] = field(default_factory=dict)
    acknowledged: list[Version] = field(default_factory=list)
    kept: int = 0
    epoch: str | None = None
    session: requests.Session = field(default_factory=requests.Session)
    _pause: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.email = f"{uuid4().hex}@example.org"
        self._random = random.Random(self.number)
        self.thread = threading.Thread(target=self._write_until_stopped, daemon=True)

    def join(self) -> None:
        """Sign up, and begin to write."""
        self._until_answered(self._sign_up)
        self.look()
        self.thread.start()

    def look(self) -> None:
        """Ask the feed for its epoch."""

        def ask() -> bool:
            answer = self.session.get(f"{self.url}/api/nights", params={"cursor": 0}, timeout=ANSWER_S)
            if answer.status_code == 401:
                self._sign_in()
                return False
            if answer.ok:
                self.epoch = answer.json()["epoch"]
            return answer.ok

        self._until_answered(ask)

    def quiet(self) -> threading.Lock:
        """Return the lock that keeps this phone from writing."""
        return self._pause

    def offer_everything(self) -> int:
        """Offer what the server lacks, as phones do in a new epoch; return how many nights that was."""
        stored = self._stored()
        lacking = [body for day, body in self.nights.items() if stored.get(day) != body["edited_at"]]
        for body in lacking:
            self._send(body, "*")
        return len(lacking)

    def _stored(self) -> dict[date, str]:
        found: dict[date, str] = {}

        def ask() -> bool:
            answer = self.session.get(f"{self.url}/api/nights", timeout=ANSWER_S)
            if answer.status_code == 401:
                self._sign_in()
                return False
            if answer.ok:
                found.update(
                    {date.fromisoformat(one["night_date"]): one["edited_at"] for one in answer.json()["nights"]}
                )
            return answer.ok

        self._until_answered(ask)
        return found

    def _write_until_stopped(self) -> None:
        while not self.stopping.is_set():
            with self._pause:
                self._write()
            # Whoever waits for the lock gets it.
            time.sleep(0.001)

    def _write(self) -> None:
        days = list(self.nights)
        corrects = bool(days) and self._random.randrange(CORRECTIONS) == 0
        day = self._random.choice(days) if corrects else FIRST + timedelta(days=len(days))
        body = night(day, note=f"version {len(self.acknowledged)}", edited_at=datetime.now().astimezone().isoformat())
        self._send(body, self.etags.get(day))

    def _send(self, body: dict[str, Any], version: str | None) -> None:
        day = date.fromisoformat(body["night_date"])

        def put() -> bool:
            nonlocal version
            headers = {**HEADERS, **({"If-Match": version} if version else {})}
            answer = self.session.put(f"{self.url}/api/nights/{day}", json=body, headers=headers, timeout=ANSWER_S)
            if answer.status_code in {200, 201}:
                stored = answer.json()
                assert (stored["night_date"], stored["note"]) == (body["night_date"], body["note"])
                self.nights[day], self.etags[day] = {**body, "edited_at": stored["edited_at"]}, answer.headers["ETag"]
                self.acknowledged.append(Version(day, stored["edited_at"]))
                return True
            if answer.status_code in {412, 428}:
                # Its own version, of which the answer was lost, or an older one after a restore.
                version = "*"
            elif answer.status_code == 401:
                self._sign_in()
            elif answer.status_code < 500 and answer.status_code != 429:
                raise AssertionError(f"{answer.status_code} for a night: {answer.text[:300]}")
            return False

        self._until_answered(put)

    def _sign_up(self) -> bool:
        self._fetch_token()
        body = {"email": self.email, "password": PASSWORD, "password_confirm": PASSWORD}
        answer = self.session.post(f"{self.url}/api/auth/register", json=body, headers=HEADERS, timeout=ANSWER_S)
        # An earlier try may have gone through, its answer lost.
        return answer.status_code in {200, 400} and self._sign_in()

    def _sign_in(self) -> bool:
        self.session.cookies.clear()
        self._fetch_token()
        body = {"email": self.email, "password": PASSWORD}
        answer = self.session.post(f"{self.url}/api/auth/login", json=body, headers=HEADERS, timeout=ANSWER_S)
        if answer.ok:
            self.session.headers["X-CSRF-Token"] = answer.json()["response"]["csrf_token"]
        return answer.ok

    def _fetch_token(self) -> None:
        answer = self.session.get(f"{self.url}/api/auth/login", headers=HEADERS, timeout=ANSWER_S)
        answer.raise_for_status()
        self.session.headers["X-CSRF-Token"] = answer.json()["response"]["csrf_token"]

    def _until_answered(self, ask: Callable[[], bool]) -> None:
        """Ask again until the server answered: a phone keeps what it has."""
        while True:
            try:
                if ask():
                    return
            except requests.RequestException:
                # Refused, cut off, or no answer in time.
                pass
            time.sleep(WAIT_S)
