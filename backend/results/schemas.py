"""Results in JSON: the fields of ``analysis.Comparison``; a number that cannot be told is null."""

from marshmallow import Schema, fields, validate

from backend.diary.night_fields import CONTRIBUTORS, PROBLEMS, SYMPTOMS
from backend.diary.schemas import NightSchema, RevisionSchema
from backend.trials.schemas import EXPOSURES, GRADES

STATES = (
    "running", "insufficient", "help", "worse", "fewer_unclear", "more_unclear", "no_clear_difference",
)  # fmt: skip
TIMELINE_PANELS = ("cramps", "minutes", "pain", "urge", *SYMPTOMS, "worn", "assigned")
ALERTS = ("red_flag", "stocking_problem", "no_entry")
METHODS = ("exact", "monte_carlo", "staged", "model_trend", "model_adjusted")


def _number() -> fields.Float:
    return fields.Float(required=True, allow_none=True)


class NeedSchema(Schema):
    """What is missing for a comparison."""

    code = fields.String(required=True)
    text = fields.String(required=True)
    have = _number()
    want = _number()


class CautionSchema(Schema):
    """A reason to trust a result less."""

    code = fields.String(required=True)
    text = fields.String(required=True)
    value = _number()


class EstimateSchema(Schema):
    """An estimate with its interval."""

    rate_ratio = _number()
    ci_low = _number()
    ci_high = _number()


class RosterRowSchema(EstimateSchema):
    """One sharing patient."""

    id = fields.UUID(required=True)
    display_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    grade = fields.String(required=True, allow_none=True, validate=validate.OneOf(GRADES))
    q_value = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "expected share of chance among as many flags as have a p this small"},
    )
    nights_recorded = fields.Integer(required=True)
    adherence = _number()
    last_entry = fields.Date(required=True, allow_none=True)
    alerts = fields.List(fields.String(validate=validate.OneOf(ALERTS)), required=True)
    sparkline = fields.List(
        fields.Integer(allow_none=True),
        required=True,
        metadata={"description": "cramps of the last 60 nights, oldest first; null where not recorded"},
    )


class RosterSchema(Schema):
    """All sharing patients."""

    patients = fields.List(fields.Nested(RosterRowSchema), required=True)


class ChartQuerySchema(Schema):
    """How a chart is drawn."""

    scheme = fields.String(load_default="light", validate=validate.OneOf(("light", "dark")))
    lang = fields.String(load_default="en", validate=validate.OneOf(("en", "es")))


class PatientChartQuerySchema(ChartQuerySchema):
    """How a chart of one patient is drawn."""

    show = fields.List(
        fields.String(validate=validate.OneOf(TIMELINE_PANELS)),
        metadata={"description": "panels of the timeline, the usual ones if left out; cramps are always drawn"},
    )


class FigureSchema(Schema):
    """A plotly figure."""

    data = fields.List(fields.Dict(), required=True)
    layout = fields.Dict(required=True)


class ReadNightSchema(NightSchema):
    """A night as a physician reads it."""

    late = fields.Boolean(required=True)
    woke_on = fields.Date(required=True)


class PatientSchema(Schema):
    """Who the nights belong to."""

    id = fields.UUID(required=True, attribute="public_id")
    display_name = fields.String(required=True, attribute="shown_name")
    birth_year = fields.Integer(required=True, allow_none=True)
    zone = fields.String(required=True)


class ProblemTallySchema(Schema):
    """How often one stocking problem was told."""

    problem = fields.String(required=True, validate=validate.OneOf(PROBLEMS))
    nights = fields.Integer(required=True)
    last_night = fields.Date(required=True)
    stop = fields.Boolean(required=True, metadata={"description": "a reason to take the stockings off and ask"})
    recent = fields.Boolean(required=True, metadata={"description": "`stop`, and told in the last 14 nights"})


class ContributorTallySchema(Schema):
    """Cramps on the nights of which one contributor was told, and on the other recorded ones: counts, not a test."""

    contributor = fields.String(required=True, validate=validate.OneOf(CONTRIBUTORS))
    nights_with = fields.Integer(required=True)
    nights_without = fields.Integer(required=True)
    cramps_with = fields.Integer(required=True)
    cramps_without = fields.Integer(required=True)
    rate_with = fields.Float(required=True, metadata={"description": "cramps a night"})
    rate_without = fields.Float(required=True, allow_none=True, metadata={"description": "cramps a night"})


class PatientNightsSchema(Schema):
    """All recorded nights of a patient, the range they stand in, and what was told beside the cramps."""

    patient = fields.Nested(PatientSchema, required=True)
    nights = fields.List(fields.Nested(ReadNightSchema), required=True)
    first_night = fields.Date(required=True, allow_none=True)
    as_of = fields.Date(required=True)
    problems = fields.List(fields.Nested(ProblemTallySchema), required=True)
    contributors = fields.List(fields.Nested(ContributorTallySchema), required=True)


class ChangesQuerySchema(Schema):
    """Which page of the changes of a diary."""

    before = fields.Integer(validate=validate.Range(1, 2**31 - 1), metadata={"description": "`next` of the last page"})
    corrections = fields.Boolean(load_default=False, metadata={"description": "leave out what was recorded first"})


class ChangeSchema(RevisionSchema):
    """One change of one night."""

    night_date = fields.Date(required=True)


class ChangesSchema(Schema):
    """A page of the changes of all nights of a patient, newest first."""

    revisions = fields.List(fields.Nested(ChangeSchema), required=True)
    total = fields.Integer(required=True, metadata={"description": "of all pages"})
    next = fields.Integer(required=True, allow_none=True, metadata={"description": "`before` of the next page"})


class ArmsSchema(EstimateSchema):
    """Counts and rates of nights with and without stockings, and their ratio."""

    nights_on = fields.Integer(required=True)
    nights_off = fields.Integer(required=True)
    cramps_on = fields.Integer(required=True)
    cramps_off = fields.Integer(required=True)
    rate_on = _number()
    rate_off = _number()


class SecondarySchema(Schema):
    """Secondary outcomes, which never flag."""

    cramp_free_diff = _number()
    cramp_free_low = _number()
    cramp_free_high = _number()
    minutes_ratio = _number()
    minutes_low = _number()
    minutes_high = _number()
    pain_nap = _number()
    pain_se = _number()
    cramps_nap = _number()
    cramps_se = _number()
    pain_mean_on = _number()
    pain_mean_off = _number()


class WearSchema(Schema):
    """Recorded nights of known wear with and without assigned stockings, and those on which it was as assigned."""

    on_nights = fields.Integer(required=True)
    on_kept = fields.Integer(required=True)
    off_nights = fields.Integer(required=True)
    off_kept = fields.Integer(required=True)


class ResultSchema(ArmsSchema, SecondarySchema):
    """The latest comparison of one patient; the fields of ``analysis.Comparison``, and what was recorded in all."""

    patient_id = fields.String(required=True)
    exposure = fields.String(required=True, validate=validate.OneOf(EXPOSURES))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    grade = fields.String(required=True, allow_none=True, validate=validate.OneOf(GRADES))
    method = fields.String(required=True, allow_none=True, validate=validate.OneOf(METHODS))
    p_help = _number()
    p_worse = _number()
    saved_per_week = _number()
    adherence = _number()
    wear_changes = fields.Integer(required=True, allow_none=True)
    logging_gap = _number()
    n_schedules = fields.Integer(required=True, allow_none=True)
    smallest_p = _number()
    dispersion = _number()
    first_night = fields.Date(required=True)
    last_night = fields.Date(required=True)
    as_worn = fields.Nested(ArmsSchema, required=True, allow_none=True)
    washout_sensitivity = fields.Nested(ArmsSchema, required=True, allow_none=True)
    needs = fields.List(fields.Nested(NeedSchema), required=True)
    warnings = fields.List(fields.Nested(CautionSchema), required=True)
    nights_recorded = fields.Integer(required=True)
    last_entry = fields.Date(required=True, allow_none=True)
    wear = fields.Nested(
        WearSchema,
        required=True,
        allow_none=True,
        metadata={"description": "the counts behind the adherence, null without it"},
    )


class MeasuredSchema(Schema):
    """What was measured on the simulated patients of one scenario: their plan, and shares of them."""

    family = fields.String(required=True)
    scenario = fields.String(required=True)
    design = fields.String(required=True)
    pairs = fields.Integer(required=True, allow_none=True)
    blocks = fields.Integer(required=True, allow_none=True)
    block_nights = fields.Integer(required=True, allow_none=True)
    looks = fields.List(fields.Integer(), required=True, allow_none=True)
    nights = fields.Integer(required=True)
    rate = fields.Float(required=True)
    rate_ratio = fields.Float(required=True)
    grade = fields.String(required=True, validate=validate.OneOf(GRADES))
    help = fields.Float(required=True)
    worse = fields.Float(required=True)
    unclear = fields.Float(required=True)
    coverage = fields.Float(required=True)
    median_ratio = fields.Float(required=True)
    nights_used = fields.Float(required=True)
    patients = fields.Integer(required=True)


class LimitSchema(Schema):
    """What the figures leave open."""

    code = fields.String(required=True)
    text = fields.String(required=True)


class EvidenceSchema(Schema):
    """How often the comparison is wrong: without an effect, with a bias that no test repairs, and with an effect."""

    patients = fields.Integer(required=True)
    seed = fields.Integer(required=True)
    null = fields.List(fields.Nested(MeasuredSchema), required=True)
    biased = fields.List(fields.Nested(MeasuredSchema), required=True)
    power = fields.List(fields.Nested(MeasuredSchema), required=True)
    limits = fields.List(fields.Nested(LimitSchema), required=True)
