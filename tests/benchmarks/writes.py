"""Recording nights over HTTP: Charley beside a bare handler that writes the same night and revision, on PostgreSQL."""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

from backend.accounts import service as accounts
from backend.config import Settings
from backend.server import ready_app
from tests.postgres import database, free_port

CLIENTS, SECONDS, ROUNDS = 8, 3.0, 3
# Nights that no client writes in one go, so that the next one begins with nights of its own.
NIGHTS_AT_MOST = 1500
PASSWORD = "a password for the bench"
KEY = "k" * 32


def run() -> None:
    """Print nights a second, 95th percentile and the ratio to the floor."""
    with database() as url, tempfile.TemporaryDirectory() as folder:
        patient_ids = _make_patients(url, Path(folder))
        charley = (("backend.cli", "serve"), lambda number: _Charley(number))
        bare = (("tests.benchmarks.bare",), lambda number: _Bare(patient_ids[number]))
        rates: dict[str, list[tuple[float, float]]] = {"charley": [], "bare": []}
        day = 0
        for _ in range(ROUNDS):
            for name, (module, make) in {"charley": charley, "bare": bare}.items():
                with _served(module, url, folder) as port:
                    rates[name].append(_load([make(number) for number in range(CLIENTS)], port, day))
                day += NIGHTS_AT_MOST
    best = {name: max(found) for name, found in rates.items()}
    for name, (rate, p95) in best.items():
        print(f"{name}: {rate:.0f} nights/s at {CLIENTS} clients, p95 {p95 * 1000:.0f} ms")
    print(f"ratio {best['charley'][0] / best['bare'][0]:.2f}")


def _make_patients(url: str, folder: Path) -> list[int]:
    app = ready_app(Settings.from_env({"DATABASE_URL": url, "SECRET_KEY": KEY, "INSTANCE_DIR": str(folder)}))
    with app.app_context():
        return [accounts.create_user(f"bench-{n}@example.org", PASSWORD, "patient").id for n in range(CLIENTS)]


@contextmanager
def _served(module: tuple[str, ...], url: str, folder: str) -> Iterator[int]:
    """Serve by the same web server, whatever is behind it."""
    port = free_port()
    environment = os.environ | {
        "LOGIN_LIMIT_ACCOUNT": "1000/minute",
        "LOGIN_LIMIT_ADDRESS": "1000/minute",
        "DATABASE_URL": url.replace("postgresql:", "postgresql+psycopg:"),
        "SECRET_KEY": KEY,
        "INSTANCE_DIR": folder,
        "PORT": str(port),
    }
    process = subprocess.Popen([sys.executable, "-m", *module], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise RuntimeError("the server under measurement did not start")


class _Bare:
    """A client of the bare handler."""

    headers: dict[str, str]

    def __init__(self, patient_id: int) -> None:
        self.path = f"/bare/{patient_id}/"
        self.headers = {"Content-Type": "application/json"}

    def sign_in(self, connection: http.client.HTTPConnection) -> None:
        """Nobody signs in to the floor."""


class _Charley:
    """A client of Charley, signed in as one patient."""

    path = "/api/nights/"

    def __init__(self, number: int) -> None:
        self.email = f"bench-{number}@example.org"
        self.headers = {"Content-Type": "application/json", "User-Agent": "bench"}

    def sign_in(self, connection: http.client.HTTPConnection) -> None:
        """Fetch a token and sign in; the cookie and the token serve for the whole run."""
        body = json.dumps({"email": self.email, "password": PASSWORD})
        for method, sent in (("GET", None), ("POST", body)):
            connection.request(method, "/api/auth/login", sent, self.headers)
            answer = connection.getresponse()
            token = json.loads(answer.read())["response"]["csrf_token"]
            cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
            self.headers |= {"X-CSRF-Token": token, "Cookie": "; ".join(cookies)}


def _load(clients: list[_Charley] | list[_Bare], port: int, day: int) -> tuple[float, float]:
    times: list[float] = []

    def work(client: _Charley | _Bare) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        client.sign_in(connection)
        deadline = time.perf_counter() + SECONDS
        night = date(2001, 1, 1) + timedelta(days=day)
        while time.perf_counter() < deadline:
            night += timedelta(days=1)
            start = time.perf_counter()
            connection.request("PUT", f"{client.path}{night}", _body(night), client.headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 201:
                raise RuntimeError(f"status {answer.status} for {night}")
            times.append(time.perf_counter() - start)

    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(work, clients))
    return len(times) / SECONDS, quantiles(times, n=20)[-1]


def _body(night: date) -> str:
    cramp = {
        "id": "6a3f1c9e-2b54-4d0f-9a53-0d9c1f1f6a10",
        "duration_min": 4.5,
        "pain_nrs": 6,
        "site": "calf",
        "side": "left",
    }
    return json.dumps(
        {
            "night_date": night.isoformat(),
            "cramps": [cramp],
            "stockings_day": True,
            "tz": "Europe/Paris",
            "edited_at": f"{night + timedelta(days=1)}T07:00:00Z",
        }
    )
