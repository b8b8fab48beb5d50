"""The report as a page: self-contained, without scripts and without anything from elsewhere."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_HERE = Path(__file__).parent
# Every value is escaped: names, notes and reasons are what people typed.
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the content security policy under which it is shown."""

    html: str
    policy: str


def render(reader: str, context: dict[str, Any]) -> Page:
    """Draw one reader's copy; its style sheet is the only one that the page's policy lets in."""
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    html = _TEMPLATES.get_template(f"{reader}.html").render(style=Markup(style), **context)  # noqa: S704  # our own file
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = ("default-src 'none'", f"style-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'none'")
    return Page(html, "; ".join((*policy, "frame-ancestors 'none'")))
