"""``make screenshots``: the README's pictures, taken from the running application with demo data."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import DESK, PHONE
from tests.browser.server import PASSWORD, PATIENT, PHYSICIAN, chromium, running_server

PICTURES = Path(__file__).parents[2] / "frontend" / "pictures"


def take_phone(page: Page) -> None:
    """Take the patient's pages."""
    steps.sign_in(page, PATIENT, PASSWORD)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / "phone-today.png")
    steps.go_to(page, "Nights")
    expect(page.get_by_role("heading", name="Nights")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / "phone-nights.png")


def take_clinic(page: Page) -> None:
    """Take the physician's pages."""
    steps.sign_in_to_clinic(page, PHYSICIAN, PASSWORD)
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.screenshot(path=PICTURES / "clinic-roster.png")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.locator(".js-plotly-plot .bars path").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / "clinic-patient.png")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server, chromium() as browser:
        here = {"base_url": server.url, "timezone_id": "America/New_York", "locale": "en-US"}
        take_phone(browser.new_context(**(PHONE | {"device_scale_factor": 1}), **here, color_scheme="dark").new_page())
        take_clinic(browser.new_context(**DESK, **here).new_page())


if __name__ == "__main__":
    main()
