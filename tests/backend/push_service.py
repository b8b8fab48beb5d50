"""A push service on this machine, and phones that decrypt what it was given as a browser does."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PATIENCE_S = 30


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Delivery:
    """One message as it reached the push service."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """What reached it, and what it answers: by path, first come first used, 201 when there is nothing left."""

    url: str
    received: list[Delivery] = field(default_factory=list)
    answers: dict[str, list[int]] = field(default_factory=dict)
    arrived: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def take(self, delivery: Delivery) -> int:
        self.received.append(delivery)
        self.arrived.set()
        self.may_answer.wait(PATIENCE_S)
        waiting = self.answers.get(delivery.path, [])
        return waiting.pop(0) if waiting else 201


@contextmanager
def push_service() -> Iterator[PushService]:
    """Run a push service on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # whoever sent it was killed in the middle
            status = service.take(Delivery(self.path, dict(self.headers.items()), body))
            try:
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{service.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever sent it was killed meanwhile

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"http://127.0.0.1:{server.server_address[1]}")
    service.may_answer.set()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        service.may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Phone:
    """A browser that subscribed at a push service."""

    service: PushService
    path: str = field(default_factory=lambda: f"/phone/{uuid4().hex}")
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    @property
    def subscription(self) -> dict[str, Any]:
        """What the browser tells the server."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": base64url(point), "auth": base64url(self.secret)}
        return {"endpoint": self.service.url + self.path, "keys": keys}

    @property
    def deliveries(self) -> list[Delivery]:
        return [delivery for delivery in self.service.received if delivery.path == self.path]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What reached this phone, decrypted."""
        return [
            json.loads(http_ece.decrypt(delivery.body, private_key=self.key, auth_secret=self.secret))
            for delivery in self.deliveries
        ]

    @property
    def shown(self) -> list[str]:
        """The titles of what the service worker shows: each id once."""
        return list({message["id"]: message["title"] for message in self.messages}.values())
