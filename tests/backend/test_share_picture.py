"""The QR code on a physician's screen leads a patient's phone to the right place."""

import re
from pathlib import Path
from xml.etree import ElementTree

import segno

from backend.accounts.qr import QUIET_ZONE, qr_svg, share_link
from tests.backend.apps import make_app, migrated
from tests.backend.people import Person, enroll, read

SVG = "{http://www.w3.org/2000/svg}"
LINK = "https://charley.example.org/#share=ABCD-EFGH"


def dark_modules(picture: bytes) -> set[tuple[int, int]]:
    """Return column and row of every dark module, as the strokes of the picture paint them."""
    svg = ElementTree.fromstring(picture)
    strokes = next(path for path in svg.iter(f"{SVG}path") if path.get("stroke"))
    x, y, dark = 0.0, 0.0, set()
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", strokes.get("d") or ""):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return dark


def test_the_picture_paints_the_modules_of_the_link_inside_their_margin() -> None:
    matrix = segno.make(LINK, error="m", micro=False).matrix
    expected = {
        (column + QUIET_ZONE, row + QUIET_ZONE)
        for row, line in enumerate(matrix)
        for column, on in enumerate(line)
        if on
    }
    assert dark_modules(qr_svg(LINK)) == expected
    side = len(matrix) + 2 * QUIET_ZONE
    assert ElementTree.fromstring(qr_svg(LINK)).get("viewBox") == f"0 0 {side} {side}"


def test_the_picture_needs_neither_scripts_nor_styles() -> None:
    picture = qr_svg(LINK).decode()
    assert not re.search(r"script|style|class=|href|http://(?!www\.w3\.org/2000/svg)", picture)
    assert '="#fff"' in picture


def test_the_link_keeps_the_code_out_of_every_servers_log() -> None:
    assert share_link("https://charley.example.org", "ABCD-EFGH") == LINK


def test_a_physician_sees_the_code_the_link_and_its_picture(physician: Person) -> None:
    me = read(physician.get("/api/me"))
    assert me["share_link"] == f"http://localhost/#share={me['share_code']}"
    response = physician.get("/api/me/share-code.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.data == qr_svg(me["share_link"])


def test_the_picture_leads_to_the_address_that_patients_use(tmp_path: Path) -> None:
    address = "https://charley.example.org"
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3", public_url=address)) as app:
        enroll(app, "park@example.org", "physician")
        physician = Person(app, "park@example.org", base_url=address)
        assert physician.sign_in().status_code == 200
        assert physician.get("/api/me/share-code.svg").data == qr_svg(f"{address}/#share={physician.code}")
