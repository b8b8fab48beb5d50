"""Colors and layout that all charts share, in a light and a dark scheme."""

from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError


@dataclass(frozen=True, slots=True)
class Style:
    """Colors of one scheme; texts keep a contrast of 4.5:1 on the page, marks 3:1."""

    paper: str
    ink: str
    muted: str
    line: str
    stockings: str
    stockings_soft: str
    cramps: str
    cramps_soft: str
    none: str
    gap: str

    def layout(self, height: int, **more: Any) -> dict[str, Any]:
        """Give the layout that all figures share, with axes as `axis` has them and more on top."""
        return {
            "template": "none",
            "height": height,
            "margin": {"l": 88, "r": 16, "t": 8, "b": 40},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": self.paper,
            "font": {"family": FONT, "size": 13, "color": self.ink},
            "hoverlabel": {
                "bgcolor": self.paper,
                "bordercolor": self.line,
                "font": {"family": FONT, "color": self.ink},
            },
            "showlegend": False,
            **more,
        }

    def axis(self, **more: Any) -> dict[str, Any]:
        """Give an axis without frame, with quiet grid lines."""
        quiet = {"showgrid": False, "zeroline": False, "gridcolor": self.line, "linecolor": self.line}
        return {**quiet, "tickfont": {"color": self.muted}, **more}

    def measure(self, title: str, domain: list[float], most: float) -> dict[str, Any]:
        """Give a vertical axis from 0 to a little above the largest value, with grid lines and a title in words."""
        named = {"text": title, "font": {"size": 13, "color": self.muted}}
        return self.axis(domain=domain, range=[-0.06 * most, 1.06 * most], showgrid=True, title=named, fixedrange=True)


CLEAR = "rgba(0,0,0,0)"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
_SCHEMES = {
    "light": Style(
        paper="#ffffff",
        ink="#221f1b",
        muted="#5b554c",
        line="#d9d1c4",
        stockings="#0072b2",
        stockings_soft="#cfe4f1",
        cramps="#d55e00",
        cramps_soft="#f7dcc6",
        none="#6b6459",
        gap="#857c70",
    ),
    "dark": Style(
        paper="#1f1b18",
        ink="#f0e7db",
        muted="#b8ad9e",
        line="#3a342e",
        stockings="#4a9fd6",
        stockings_soft="#17384e",
        cramps="#ee7d33",
        cramps_soft="#4a2a14",
        none="#a3988a",
        gap="#7a7066",
    ),
}


def style(scheme: str) -> Style:
    """Give the colors of a scheme, "light" or "dark"."""
    if scheme not in _SCHEMES:
        raise InputError(f"scheme: {scheme!r} is none of {', '.join(_SCHEMES)}")
    return _SCHEMES[scheme]
