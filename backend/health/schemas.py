"""Safety screen, health history and stockings in JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from backend.diary.night_fields import SYMPTOMS
from backend.diary.signs import STOP_SIGNS
from backend.fields import StrictBoolean, StrictFloat, is_storable
from backend.health import gate, holds, stockings

CAUSES = (
    "heredity", "anemia", "diabetes", "dehydration", "electrolytes", "caffeine", "nicotine", "medicines", "kidney",
    "pregnancy_now",
)  # fmt: skip
VEIN_RISKS = (
    "age", "family_veins", "inactivity", "obesity", "pregnancy_past", "long_standing", "long_sitting", "earlier_clot",
)  # fmt: skip
MEDICINES = (
    "antihistamine", "antidepressant", "diuretic", "statin", "long_acting_beta_agonist", "iv_iron", "estrogen",
    "raloxifene", "naproxen", "teriparatide", "other",
)  # fmt: skip
SIGNS = ("swelling", "skin_change", "varicose", "spider")
SIDES = ("none", "left", "right", "both")
CRAMP_OR_URGE = ("muscle_hardens", "urge_first", "walking_brings_on", "numb_feet", "shifting_ends")


def _truth() -> StrictBoolean:
    return StrictBoolean(allow_none=True, load_default=None)


def _choice(allowed: tuple[str, ...]) -> fields.String:
    return fields.String(allow_none=True, load_default=None, validate=validate.OneOf(allowed))


def _choices(allowed: tuple[str, ...], description: str = "") -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.OneOf(allowed)),
        load_default=list,
        validate=_has_no_repeats,
        metadata={"uniqueItems": True, "description": description},
    )


def _has_no_repeats(values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise ValidationError("Must name each value once.")


def _text(longest: int) -> fields.String:
    return fields.String(allow_none=True, load_default=None, validate=[validate.Length(1, longest), is_storable])


def _codes(allowed: tuple[str, ...], description: str) -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.OneOf(allowed)), required=True, metadata={"description": description}
    )


def _index(description: str) -> StrictFloat:
    return StrictFloat(
        allow_none=True, load_default=None, validate=validate.Range(0, 2.5), metadata={"description": description}
    )


_ONE_INDEX = "the more worrying index of both legs, as the first version of the questions asked; null beside those"
AnswersSchema = Schema.from_dict({code: _truth() for code in gate.QUESTIONS}, name="ScreeningAnswersSchema")
AskedSchema = Schema.from_dict({code: fields.Date() for code in gate.ASK_FIRST_CODES}, name="ScreeningAskedSchema")


class ScreeningAnswerSchema(Schema):
    """The answers of a safety screen; each sending is a new version."""

    questions_version = fields.String(required=True, validate=validate.OneOf(gate.QUESTIONS_VERSIONS))
    answers = fields.Nested(AnswersSchema, required=True, metadata={"description": "yes, no, or null: left out"})
    abi_left = _index("ankle-brachial index of the left leg; null where nobody measured it")
    abi_right = _index("ankle-brachial index of the right leg; null where nobody measured it")
    abi = _index(_ONE_INDEX)
    asked = fields.Nested(
        AskedSchema,
        load_default=dict,
        metadata={"description": "on which day a clinician was asked about stockings with this, and agreed"},
    )
    red_flags = _choices(gate.RED_FLAGS, "emergency, then same day, then soon")

    @validates_schema
    def _check_indices(self, data: dict[str, Any], **_: Any) -> None:
        if data["abi"] is not None and (data["abi_left"], data["abi_right"]) != (None, None):
            raise ValidationError("Must be null where an index of a leg is told.", "abi")


class ScreeningSchema(ScreeningAnswerSchema):
    """A safety screen and what it comes to; without answers the outcome is ``not_answered``."""

    version = fields.Integer(required=True, metadata={"description": "0 before the first answer"})
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    answers = fields.Nested(AnswersSchema, required=True)
    abi_left = StrictFloat(required=True, allow_none=True)
    abi_right = StrictFloat(required=True, allow_none=True)
    abi = StrictFloat(required=True, allow_none=True, metadata={"description": _ONE_INDEX})
    asked = fields.Nested(AskedSchema, required=True)
    red_flags = _codes(gate.RED_FLAGS, "as answered")
    outcome = fields.String(required=True, validate=validate.OneOf(gate.OUTCOMES))
    blocked = _codes(gate.BLOCKED_CODES, "why no trial is offered; `red_flag`: one that alerts is among `red_flags`")
    ask_first = _codes(gate.ASK_FIRST_CODES, "why a clinician is asked first")
    unconfirmed = _codes(gate.ASK_FIRST_CODES, "those of `ask_first` without a date in `asked` that still holds")
    missing = _codes(gate.QUESTIONS, "questions without an answer that still holds")
    confirmed_since = fields.Date(
        required=True, metadata={"description": "a date in `asked` before this one does not count any more"}
    )


class ScreeningsSchema(Schema):
    """Every version of the safety screen, newest first, each with what it came to on its day."""

    screenings = fields.List(fields.Nested(ScreeningSchema), required=True)


SignsSchema = Schema.from_dict({sign: _choice(SIDES) for sign in SIGNS}, name="SignsSchema")
CrampOrUrgeSchema = Schema.from_dict({item: _truth() for item in CRAMP_OR_URGE}, name="CrampOrUrgeSchema")


class HealthHistorySchema(Schema):
    """What a patient told about signs, causes and medicines (backend/health/RULES.md 7); everything may be left out."""

    signs = fields.Nested(SignsSchema, load_default=lambda: dict.fromkeys(SIGNS))
    symptoms_by_day = _choices(SYMPTOMS)
    causes = _choices(CAUSES, "other known causes of cramps")
    vein_risks = _choices(VEIN_RISKS)
    medicines = _choices(MEDICINES)
    medicines_note = _text(500)
    pregnancy = _choice(("no", "yes", "not_applicable"))
    cramp_or_urge = fields.Nested(CrampOrUrgeSchema, load_default=lambda: dict.fromkeys(CRAMP_OR_URGE))
    note = _text(2000)


class AnsweredHealthHistorySchema(HealthHistorySchema):
    """The health history as it stands."""

    version = fields.Integer(required=True, metadata={"description": "0 before the first answer"})
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


def _pressure() -> fields.Integer:
    return fields.Integer(
        strict=True,
        allow_none=True,
        load_default=None,
        validate=validate.Range(stockings.MMHG_LOWEST, stockings.MMHG_HIGHEST),
        metadata={"description": "mmHg at the ankle"},
    )


class GarmentSchema(Schema):
    """The stockings a patient has; pressures left out are those of the class."""

    scheme = _choice((*stockings.CLASSES, "unknown"))
    compression_class = _text(20)
    mmhg_low = _pressure()
    mmhg_high = _pressure()
    length = _choice(stockings.LENGTHS)

    @validates_schema
    def _check_class(self, data: dict[str, Any], **_: Any) -> None:
        known = stockings.CLASSES.get(data["scheme"])
        if known and data["compression_class"] not in (None, *known):
            raise ValidationError(f"Must be one of: {', '.join(known)}.", "compression_class")

    @validates_schema
    def _check_pressures(self, data: dict[str, Any], **_: Any) -> None:
        low, high = data["mmhg_low"], data["mmhg_high"]
        if low is not None and high is not None and low > high:
            raise ValidationError(f"Must not be below {low}, the lower pressure.", "mmhg_high")


class AnsweredGarmentSchema(GarmentSchema):
    """The stockings as they were told last."""

    version = fields.Integer(required=True, metadata={"description": "0 before the first answer"})
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class HoldKeySchema(Schema):
    """Names a stop sign."""

    night_date = fields.Date(
        required=True, allow_none=True, metadata={"description": "null: the safety screen, not a night"}
    )
    code = fields.String(required=True, validate=validate.OneOf(holds.CODES))


class HoldEndedSchema(Schema):
    """What the patient said to end a stop sign."""

    how = fields.String(required=True, validate=validate.OneOf(holds.HOWS))
    on = fields.Date(required=True)
    told_at = fields.AwareDateTime(required=True)


class HoldSchema(HoldKeySchema):
    """A stop sign; while it stands, stockings stay off."""

    since = fields.Date(required=True)
    told_at = fields.AwareDateTime(required=True)
    ends = fields.List(
        fields.String(validate=validate.OneOf(holds.HOWS)),
        required=True,
        metadata={"description": "what the patient may say to end it; nothing once it has ended"},
    )
    ended = fields.Nested(HoldEndedSchema, required=True, allow_none=True)


class HoldsSchema(Schema):
    """Every stop sign of a patient, newest first."""

    holds = fields.List(fields.Nested(HoldSchema), required=True)


class NightSignSchema(Schema):
    """A stop sign of a night that was corrected before it was sent."""

    night_date = fields.Date(required=True)
    code = fields.String(required=True, validate=validate.OneOf(list(STOP_SIGNS)))


class HoldEndingSchema(Schema):
    """How some stop signs ended."""

    signs = fields.List(fields.Nested(HoldKeySchema), required=True, validate=validate.Length(1, 200))
    how = fields.String(
        required=True,
        validate=validate.OneOf(holds.HOWS),
        metadata={"description": "`gone`, `asked`: and may wear them, or `mistake`: what was corrected since"},
    )
    on = fields.Date(required=True)


class RedFlagSchema(Schema):
    """A red flag as answered last."""

    flag = fields.String(required=True, validate=validate.OneOf(gate.RED_FLAGS))
    urgency = fields.String(required=True, validate=validate.OneOf(list(gate.URGENCIES)))


class PatientHealthSchema(Schema):
    """What a sharing patient told about their health."""

    red_flags = fields.List(
        fields.Nested(RedFlagSchema), required=True, metadata={"description": "the most urgent first"}
    )
    screening = fields.Nested(ScreeningSchema, required=True)
    history = fields.Nested(AnsweredHealthHistorySchema, required=True)
    garment = fields.Nested(AnsweredGarmentSchema, required=True)
