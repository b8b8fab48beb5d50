"""Trials and the plan in JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

LONGEST_PLAN_DAYS = 400


class TrialSchema(Schema):
    """One trial with the schedule that was drawn for it."""

    id = fields.UUID(required=True)
    design = fields.String(required=True)
    exposure = fields.String(required=True, validate=validate.OneOf(("any", "day", "night")))
    block_nights = fields.Integer(required=True, allow_none=True)
    blocks = fields.List(fields.Integer(), required=True)
    looks = fields.List(fields.Integer(), required=True)
    planned_nights = fields.Integer(required=True)
    seed = fields.String(required=True, allow_none=True)
    start_date = fields.Date(required=True)
    end_date = fields.Date(required=True)
    expectation = fields.Integer(required=True, allow_none=True)
    stopped_at = fields.AwareDateTime(required=True, allow_none=True)
    stop_reason = fields.String(required=True, allow_none=True)


class TrialsSchema(Schema):
    """A patient's trials, newest first."""

    trials = fields.List(fields.Nested(TrialSchema), required=True)


class PlanQuerySchema(Schema):
    """A range of nights, ends included."""

    from_ = fields.Date(data_key="from", required=True)
    to = fields.Date(required=True)

    @validates_schema
    def _check_length(self, data: dict[str, Any], **_: Any) -> None:
        if not 1 <= (data["to"] - data["from_"]).days + 1 <= LONGEST_PLAN_DAYS:
            raise ValidationError(f"Must name 1 to {LONGEST_PLAN_DAYS} nights, counted from `from`.", "to")


class PlannedNightSchema(Schema):
    """What is assigned to one night; null where no trial covers it."""

    date = fields.Date(required=True)
    assigned = fields.Boolean(required=True, allow_none=True)
