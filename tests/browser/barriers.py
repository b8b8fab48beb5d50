"""What bars somebody's way on a screen: axe's findings, and what is wider than the phone."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
EVERY_RULE = "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
# The rules that see colors and sizes; all others read names and roles, which no scheme and no text size changes.
LOOKS = "{type: 'rule', values: ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']}"
# So tall that the bar at the bottom covers nothing: axe would call what is half behind it too small to touch.
TALL_PHONE = PHONE | {"viewport": {"width": 360, "height": 6000}, "device_scale_factor": 1}
# What makes the page wider than the phone, outermost first; what scrolls by itself does not.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const found = [...document.body.querySelectorAll('*')].map((each) => [each, each.getBoundingClientRect().right]);
  return found
    .filter(([, right]) => right > width)
    .map(([each, right]) => `${each.outerHTML.slice(0, 80)} reaches ${right} of ${width} px`);
}"""


def violations(page: Page, rules: str = EVERY_RULE) -> list[str]:
    """Return what axe finds on the page as it is, WCAG 2.2 levels A and AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # A color on its way to another scheme has a contrast of its own.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))")
    options = f"{{runOnly: {rules}, resultTypes: ['violations']}}"
    found = page.evaluate(f"axe.run(document, {options}).then(result => result.violations)")
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


def settled(page: Page) -> None:
    """Wait until a page has come and asks for nothing more."""
    page.wait_for_load_state("networkidle")
    page.locator("h1").first.wait_for(state="attached")
    page.wait_for_timeout(100)


def barriers(page: Page) -> list[str]:
    """Return what bars the way on the screen as it is, in each scheme, and with text of double size.

    Large text may have less contrast, so that the dark scheme is strictest with text of usual size.
    """
    settled(page)
    page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
    page.wait_for_load_state("networkidle")
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    found = []
    for scheme, size in (("light", ""), ("light", "200%"), ("dark", "")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        names = violations(page, EVERY_RULE if (scheme, size) == ("light", "") else LOOKS)
        names += page.evaluate(TOO_WIDE)
        found += [f"{scheme} {size or '100%'}: {name}" for name in names]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def speak(page: Page, language: str) -> None:
    """Choose the language of the next page that is opened."""
    page.evaluate("language => localStorage.setItem('charley-language', language)", language)
