"""The QR code by which a patient's phone finds a physician: an ordinary link, which the phone's own camera opens."""

from io import BytesIO

import segno

# Modules of blank margin that readers need around the code (ISO/IEC 18004).
QUIET_ZONE = 4


def share_link(public_url: str, code: str) -> str:
    """Return the link that opens the patient's app with a physician's code.

    The code stands behind ``#``, which browsers keep to themselves: it enters no server's log.
    """
    return f"{public_url}/#share={code}"


def qr_svg(text: str) -> bytes:
    """Return a QR code as an SVG picture: black on white in every color scheme, as large as its place.

    Error correction is level M: a code on a crumpled sheet still reads with a seventh of it lost.
    """
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(
        picture,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return picture.getvalue()
