"""Sending one message to one browser: encrypted (RFC 8291), signed (RFC 8292), through its push service (RFC 8030)."""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from backend import clock
from backend.config import ConfigError, Settings
from backend.reminders.models import PushSubscription
from backend.reminders.push_services import is_known

# Connecting, and each wait for bytes of the answer.
TIMEOUT_S = 10
_SIGNATURE_HOLDS = timedelta(hours=12)
log = logging.getLogger(__name__)


class Outcome(Enum):
    """What a push service said."""

    ACCEPTED = "accepted"
    GONE = "gone"  # the browser no longer has this subscription
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the operator's key and address. ``test_service``: see ``push_services.is_known``."""

    private_key: str
    subject: str
    test_service: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Sender":
        """Return the sender that the settings describe; ``ConfigError`` where they describe none."""
        if settings.vapid_private_key is None or settings.vapid_subject is None:
            raise ConfigError("VAPID_PRIVATE_KEY is not set, so no reminders are sent; charley push-keys makes it")
        return cls(settings.vapid_private_key, settings.vapid_subject, settings.push_test_service)

    def send(self, subscription: PushSubscription, message: dict[str, Any], *, topic: str, ttl: timedelta) -> Outcome:
        """Send a message.

        Parameters
        ----------
        topic : up to 32 letters and digits; an undelivered message with the same topic is replaced.
        ttl : how long the push service keeps the message for a phone that is off.

        """
        # These libraries bring a second HTTP client along: only who sends loads them.
        import requests
        from pywebpush import WebPusher

        if not is_known(subscription.endpoint, self.test_service):
            return Outcome.GONE
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
        encrypted = WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(json.dumps(message).encode())
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(ttl.total_seconds())),
            "Topic": topic,
            "Urgency": "high",
            **self._signature(subscription.endpoint),
        }
        try:
            # The body of the answer is not read, whatever its size, and no other address is followed.
            with requests.post(
                subscription.endpoint,
                data=encrypted["body"],
                headers=headers,
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return _outcome(answer.status_code, subscription.endpoint)
        except requests.RequestException as error:
            log.warning("push service %s: %s", urlsplit(subscription.endpoint).hostname, type(error).__name__)
            return Outcome.LATER

    def _signature(self, endpoint: str) -> dict[str, str]:
        from py_vapid import Vapid02

        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "sub": self.subject,
            "exp": int((clock.now() + _SIGNATURE_HOLDS).timestamp()),
        }
        signed: dict[str, str] = Vapid02.from_raw(self.private_key.encode()).sign(claims)
        return signed


def _outcome(status: int, endpoint: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome.ACCEPTED
    if status in {404, 410}:
        return Outcome.GONE
    # The address itself is a secret between browser and server.
    log.warning("push service %s answered %s", urlsplit(endpoint).hostname, status)
    return Outcome.LATER if status == 429 or status >= 500 else Outcome.REFUSED
