"""What a report is written from: the patient's result, trial, health and nights, read once."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.design import RANDOMIZED, Schedule
from analysis.story import FAVORABLE, as_worn_differs, story_of
from backend import clock
from backend.accounts.models import User
from backend.calendar import last_closed_night, local_date
from backend.diary.service import nights_for_reading
from backend.health.holds import Hold, standing
from backend.health.service import health_of
from backend.results.service import frame_of, result_of
from backend.trials import service as trials

if TYPE_CHECKING:
    from analysis.planning.design_check import DesignCheck


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar night: its cramps, whether stockings were worn and assigned; None where nothing is known."""

    night: date
    cramps: int | None
    worn: bool | None
    assigned: bool | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one patient that a report says.

    Attributes
    ----------
    result : as ``ResultSchema`` has it.
    trial : the trial that the result is about, as ``TrialSchema`` has it; None for a diary without a plan.
    check : what the trial's plan could show before it began.
    health : as ``PatientHealthSchema`` has it.
    holds : the stop signs that stand, the gravest first.
    nights : the recorded nights, oldest first, with ``late`` and ``woke_on``.
    days : every calendar night from the first that counts to the last that has passed.
    as_of, made_on : the last night that has passed, and today, where the patient lives.

    """

    patient: User
    result: dict[str, Any]
    trial: dict[str, Any] | None
    schedule: Schedule | None
    check: "DesignCheck | None"
    health: dict[str, Any]
    holds: list[Hold]
    nights: list[dict[str, Any]]
    days: list[Day]
    as_of: date
    made_on: date

    @property
    def state(self) -> str:
        """The state of the result; ``empty`` before the first night of somebody without a trial."""
        return "empty" if not self.nights and not self.trial else str(self.result["state"])

    @property
    def settled(self) -> bool:
        """Whether there is a verdict."""
        return self.state not in ("empty", "running", "insufficient")

    @property
    def story(self) -> str:
        """What is said first: mostly the state, but weaker words where the evidence is weaker."""
        return story_of(self.result) if self.settled else self.state

    @property
    def favorable(self) -> bool:
        """Whether what speaks against the veins as the reason must stand beside the result."""
        return self.story in FAVORABLE

    @property
    def caution(self) -> str | None:
        """What speaks against wearing stockings: a sign of a ``night`` or the ``screen``, ``ask_first``, or nothing."""
        if self.holds:
            return "night" if self.holds[0].night_date else "screen"
        return "ask_first" if self.health["screening"]["outcome"] == "ask_first" else None

    @property
    def stays_off(self) -> bool:
        """Whether the patient is told to leave the stockings off for now."""
        return bool(self.holds)

    @property
    def worn_apart(self) -> bool:
        """Whether the comparison as worn is another one than that as assigned, so that both are shown."""
        return self.scheduled and as_worn_differs(self.result)

    @property
    def design(self) -> str:
        """The design of the trial, ``none`` without one."""
        return self.schedule.design if self.schedule else "none"

    @property
    def randomized(self) -> bool:
        """Whether chance picked the stocking nights."""
        return self.design in RANDOMIZED

    @property
    def scheduled(self) -> bool:
        """Whether nights were assigned."""
        return bool(self.schedule and self.schedule.blocks)

    @property
    def over(self) -> bool:
        """Whether the nights of the trial have passed, so that more of them cannot come."""
        return self.trial is not None and self.trial["end_date"] < self.made_on

    def compared(self, night: date) -> bool:
        """Whether a night lies in the stretch that is compared and has passed."""
        first, last = self.result["first_night"], min(self.result["last_night"], self.as_of)
        return bool(first <= night <= last)


def facts_of(patient: User) -> Facts:
    """Read everything that a report about a patient says."""
    now = clock.now()
    trial = trials.compared_trials([patient]).get(patient.id)
    schedule = Schedule.from_json(trial.schedule) if trial else None
    result = result_of(patient)
    return Facts(
        patient=patient,
        result=result,
        trial=trials.trial_json(patient, trial) if trial else None,
        schedule=schedule,
        check=trials.check_plan(schedule, patient.usual_cramps_per_week) if schedule else None,
        health=health_of(patient),
        holds=standing(patient),
        nights=nights_for_reading(patient.id),
        days=_days(patient, result["exposure"]),
        as_of=last_closed_night(now, patient.zone),
        made_on=local_date(now, patient.zone),
    )


def _days(patient: User, exposure: str) -> list[Day]:
    from analysis.frame import check_frame, worn

    frame = check_frame(frame_of(patient))
    columns = (frame["night_date"].dt.date, frame["cramps"], worn(frame, exposure), frame["assigned"])
    return [
        Day(night, _known(cramps, int), _known(wear, bool), _known(assigned, bool))
        for night, cramps, wear, assigned in zip(*columns, strict=True)
    ]


def _known(value: float, kind: type) -> Any:
    # Only NaN differs from itself.
    return kind(value) if value == value else None
