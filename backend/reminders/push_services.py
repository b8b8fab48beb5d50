"""Where reminders may be sent: addresses come from browsers, and a server that posts anywhere is a weapon."""

import re

# Exact hosts, and domains of which any host will do.
_HOSTS = frozenset({"fcm.googleapis.com"})
_DOMAINS = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
# The whole address: nothing in it can be read as another host by another parser.
_ADDRESS = re.compile(r"https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::443)?/[!-\[\]-~]*", re.ASCII)


def is_known(endpoint: str, test_service: str | None = None) -> bool:
    """Whether an endpoint belongs to a push service that browsers use.

    Chrome, Edge on Android, Brave, Opera and Samsung: ``fcm.googleapis.com`` (Firebase Cloud Messaging). Firefox:
    ``updates.push.services.mozilla.com`` and its siblings (Mozilla's autopush). Safari: any host of
    ``push.apple.com`` (WebKit, "Web Push for Web Apps on iOS and iPadOS"). Edge on Windows: any host of
    ``notify.windows.com`` (Microsoft, "Windows Push Notification Services").

    Parameters
    ----------
    test_service : address of a push service on this machine that counts as known; see ``Settings``.

    """
    if test_service and endpoint.startswith(f"{test_service}/"):
        return True
    address = _ADDRESS.fullmatch(endpoint)
    return address is not None and (address[1] in _HOSTS or address[1].endswith(_DOMAINS))
