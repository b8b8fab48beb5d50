"""What is decided before a trial starts: its schedule, and what a trial of that shape can show.

Schedules need the standard library only; power and the design check load the numerical packages on first use of their
names.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from analysis.schedule import (
    DESIGNS as DESIGNS,
)
from analysis.schedule import (
    EXACT_LEVEL as EXACT_LEVEL,
)
from analysis.schedule import (
    EXACT_SCHEDULES as EXACT_SCHEDULES,
)
from analysis.schedule import (
    LONGEST_TRIAL as LONGEST_TRIAL,
)
from analysis.schedule import (
    MOST_NIGHTS as MOST_NIGHTS,
)
from analysis.schedule import (
    MOST_SCHEDULES as MOST_SCHEDULES,
)
from analysis.schedule import (
    RANDOMIZED as RANDOMIZED,
)
from analysis.schedule import (
    SHORTEST_TRIAL as SHORTEST_TRIAL,
)
from analysis.schedule import (
    Design as Design,
)
from analysis.schedule import (
    Schedule as Schedule,
)
from analysis.schedule import (
    answers_after as answers_after,
)
from analysis.schedule import (
    check_length as check_length,
)
from analysis.schedule import (
    completions as completions,
)
from analysis.schedule import (
    count_schedules as count_schedules,
)
from analysis.schedule import (
    default_schedule as default_schedule,
)
from analysis.schedule import (
    draw_schedule as draw_schedule,
)
from analysis.schedule import (
    is_exact as is_exact,
)
from analysis.schedule import (
    look_levels as look_levels,
)
from analysis.schedule import (
    sequence as sequence,
)
from analysis.schedule import (
    smallest_p as smallest_p,
)

if TYPE_CHECKING:
    from analysis.planning.design_check import DesignCheck as DesignCheck
    from analysis.planning.design_check import check_design as check_design
    from analysis.planning.power import expected_power as expected_power
    from analysis.planning.power import nights_needed as nights_needed

_HOMES = {
    "DesignCheck": "analysis.planning.design_check",
    "check_design": "analysis.planning.design_check",
    "expected_power": "analysis.planning.power",
    "nights_needed": "analysis.planning.power",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.design' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
