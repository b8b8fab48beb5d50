"""Trials and the plan in JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from analysis.design import DESIGNS, LONGEST_TRIAL, check_length, draw_schedule
from analysis.errors import InputError
from backend.fields import is_storable
from backend.health.gate import ASK_FIRST_CODES, BLOCKED_CODES, QUESTIONS
from backend.health.holds import CODES as HOLD_CODES
from backend.problem import ProblemSchema
from backend.trials.errors import REASONS

LONGEST_PLAN_DAYS = 400
GRADES = ("A", "B", "C", "D")
EXPOSURES = ("any", "day", "night")


class TrialSchema(Schema):
    """One trial with the schedule that was drawn for it."""

    id = fields.UUID(required=True)
    design = fields.String(required=True)
    exposure = fields.String(required=True, validate=validate.OneOf(EXPOSURES))
    block_nights = fields.Integer(required=True, allow_none=True)
    blocks = fields.List(fields.Integer(), required=True)
    looks = fields.List(fields.Integer(), required=True)
    planned_nights = fields.Integer(required=True)
    seed = fields.String(required=True, allow_none=True)
    start_date = fields.Date(required=True)
    end_date = fields.Date(required=True)
    moved_from = fields.Date(
        required=True, allow_none=True, metadata={"description": "first night as drawn, where the start was moved"}
    )
    moved_at = fields.AwareDateTime(required=True, allow_none=True)
    answers_on = fields.List(
        fields.Date(),
        required=True,
        metadata={
            "description": "dates on which the trial can give its answer, from noon where the patient is: of a staged "
            "trial the looks that can tell, in order, else the day after the planned last night"
        },
    )
    expectation = fields.Integer(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True, metadata={"description": "when the schedule was drawn"})
    n_schedules = fields.Integer(
        required=True, allow_none=True, metadata={"description": "schedules that could have been drawn"}
    )
    smallest_p = fields.Float(
        required=True, allow_none=True, metadata={"description": "that an exact test over them can reach"}
    )
    compared = fields.Boolean(required=True, metadata={"description": "the result is about this trial"})
    stopped_at = fields.AwareDateTime(required=True, allow_none=True)
    stopped_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "from this night on nothing is assigned"}
    )
    stop_reason = fields.String(required=True, allow_none=True)
    active = fields.Boolean(
        required=True, metadata={"description": "neither stopped nor past its last night: no other trial may begin"}
    )


class TrialsSchema(Schema):
    """A patient's trials, newest first."""

    trials = fields.List(fields.Nested(TrialSchema), required=True)


def _count(highest: int) -> fields.Integer:
    return fields.Integer(strict=True, allow_none=True, load_default=None, validate=validate.Range(1, highest))


class TrialPlanSchema(Schema):
    """A trial that somebody thinks of; nothing is drawn for it."""

    design = fields.String(required=True, validate=validate.OneOf(DESIGNS))
    pairs = _count(LONGEST_TRIAL // 2)
    blocks = _count(LONGEST_TRIAL)
    block_nights = _count(LONGEST_TRIAL)
    looks = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, LONGEST_TRIAL // 2)),
        allow_none=True,
        load_default=None,
        validate=validate.Length(1, 12),
        metadata={"description": "numbers of pairs after which a staged trial is analyzed, the last one all of them"},
    )
    exposure = fields.String(load_default="any", validate=validate.OneOf(EXPOSURES))
    start_date = fields.Date(allow_none=True, load_default=None)
    expectation = fields.Integer(
        strict=True,
        allow_none=True,
        load_default=None,
        validate=validate.Range(0, 10),
        metadata={"description": "how much good the patient expects of stockings, 0-10"},
    )

    @post_load
    def _with_shape(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add a schedule of this shape; its seed is no one's trial's."""
        try:
            plan = {name: data[name] for name in ("pairs", "blocks", "block_nights", "looks")}
            shape = draw_schedule(data["design"], **plan, seed="any")
            check_length(shape)
        except InputError as error:
            name, text = str(error).split(": ", 1)
            raise ValidationError(text, name if name in self.fields else "block_nights") from None
        return {**data, "shape": shape}


class NewTrialSchema(TrialPlanSchema):
    """A trial to begin; a diary without a plan needs no trial."""

    design = fields.String(
        required=True, validate=validate.OneOf([design for design in DESIGNS if design != "observational"])
    )
    start_date = fields.Date(
        required=True, metadata={"description": "tomorrow or later where the patient is, at most 90 days ahead"}
    )


class TrialRefusalSchema(ProblemSchema):
    """Why no trial may begin (RFC 9457, with extension members)."""

    reason = fields.String(required=True, validate=validate.OneOf(list(REASONS)))
    codes = fields.List(
        fields.String(validate=validate.OneOf(sorted({*QUESTIONS, *BLOCKED_CODES, *ASK_FIRST_CODES}))),
        required=True,
        metadata={"description": "of the safety screen: what is missing, what blocks, or about what to ask"},
    )


class MoveSchema(Schema):
    """The new start of a trial that was drawn and has not begun."""

    start_date = fields.Date(
        required=True, metadata={"description": "tomorrow or later where the patient is, at most 90 days ahead"}
    )


class StopSchema(Schema):
    """Why a trial is stopped early."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(max=500), validate.Regexp(r"\s*\S", error="Must say why."), is_storable],
    )


class RemarkSchema(Schema):
    """What to know about a plan."""

    code = fields.String(required=True)
    text = fields.String(required=True)


class DesignCheckSchema(Schema):
    """What a plan can show; the fields of ``analysis.design.DesignCheck``."""

    design = fields.String(required=True, validate=validate.OneOf(DESIGNS))
    grade = fields.String(required=True, validate=validate.OneOf(GRADES))
    exact = fields.Boolean(required=True)
    n_schedules = fields.Integer(required=True, allow_none=True)
    smallest_p = fields.Float(required=True, allow_none=True)
    planned_nights = fields.Integer(required=True, allow_none=True)
    expected_nights = fields.Float(required=True)
    rate = fields.Float(required=True, metadata={"description": "cramps a night without stockings, as assumed"})
    expected_power = fields.Float(required=True)
    power_error = fields.Float(required=True)
    nights_needed = fields.Integer(required=True)
    answers_after = fields.List(
        fields.Integer(),
        required=True,
        metadata={"description": "numbers of nights after which the trial can give its answer, from the next noon"},
    )
    remarks = fields.List(fields.Nested(RemarkSchema), required=True)


class PlanQuerySchema(Schema):
    """A range of nights, ends included."""

    from_ = fields.Date(data_key="from", required=True)
    to = fields.Date(required=True)

    @validates_schema
    def _check_length(self, data: dict[str, Any], **_: Any) -> None:
        if not 1 <= (data["to"] - data["from_"]).days + 1 <= LONGEST_PLAN_DAYS:
            raise ValidationError(f"Must name 1 to {LONGEST_PLAN_DAYS} nights, counted from `from`.", "to")


class PlannedHoldSchema(Schema):
    """Why stockings stay off, whatever is assigned."""

    code = fields.String(required=True, validate=validate.OneOf(HOLD_CODES))
    since = fields.Date(required=True)


class PlannedNightSchema(Schema):
    """What is assigned to one night, null where no trial covers it, and the hold that comes before it."""

    date = fields.Date(required=True)
    assigned = fields.Boolean(required=True, allow_none=True)
    hold = fields.Nested(
        PlannedHoldSchema, required=True, allow_none=True, metadata={"description": "the gravest sign that stands"}
    )
