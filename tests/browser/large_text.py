"""What is lost of a screen when the text is as large as the browser's own settings make it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.server import FLAGS, chromium_path

# The size that somebody chooses in the settings of the browser, twice the usual 16 px.
DOUBLE = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"

LOST = """() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  const whole = document.documentElement.scrollWidth;
  if (whole > width) found.push(`the page is ${whole} px wide`);
  const from = (left, right) => `from ${Math.round(left)} to ${Math.round(right)}`;
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip') &&
    (document.querySelector('dialog[open]') ?? document.body).contains(element);
  for (const element of document.querySelectorAll('button, a, input, select, textarea, summary, output')) {
    const { left, right } = element.getBoundingClientRect();
    if (!seen(element) || (left >= -0.5 && right <= width + 0.5)) continue;
    found.push(`${element.tagName} "${element.textContent.trim().slice(0, 40)}" reaches ${from(left, right)}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!seen(node.parentElement) || node.parentElement.closest('select, textarea, .seed')) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      // An address or a name of a file has no end of its own.
      if (/[@_]/.test(node.data)) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) found.push(`"${word}" is broken`);
      const around = node.parentElement.closest('button, .primary, .secondary, .place, .day');
      const frame = around?.getBoundingClientRect() ?? { left: 0, right: width };
      const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
      if (boxes.length === 0 || (left >= frame.left - 0.5 && right <= frame.right + 0.5)) continue;
      found.push(`"${word}" reaches ${from(left, right)}, its frame ${from(frame.left, frame.right)}`);
    }
  }
  return [...new Set(found)];
}"""


@contextmanager
def with_double_text(browser: Browser) -> Iterator[Browser]:
    """Start a second Chromium beside the one given, with the text twice as large."""
    beside = browser.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, DOUBLE])
    yield beside
    beside.close()


def lost(page: Page) -> list[str]:
    """Return what cannot be read or reached on the screen as it is."""
    return [f"{page.url}: {each}" for each in page.evaluate(LOST)]
