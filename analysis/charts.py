"""Figures: night by night, the comparison, a calendar, and the overview of a cohort.

Each takes a frame and its result, and nothing else but the color scheme and the language. They use only the trace types
of plotly.js *basic*. Stockings are blue and filled, nights without an outline; cramps are orange, a night without
cramps a small open ring, a night that is not recorded a dotted gap.
"""

from analysis.figures.calendar import calendar
from analysis.figures.overview import overview
from analysis.figures.ratio import comparison
from analysis.figures.timeline import PANELS, timeline

__all__ = ["PANELS", "calendar", "comparison", "overview", "timeline"]
