"""What an import would do, in JSON."""

from marshmallow import Schema, fields, validate

_FILE = {"type": "string", "format": "binary"}


class ImportFilesSchema(Schema):
    """The files: Charley's own zip; or a table of nights; or that and the table of its cramps, in either order."""

    file = fields.Raw(required=True, metadata={**_FILE, "description": "a zip from Charley, or CSV"})
    second = fields.Raw(metadata={**_FILE, "description": "CSV: the other of the two tables"})


class FingerprintSchema(Schema):
    """Which preview the person agreed to."""

    fingerprint = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))


class CountsSchema(Schema):
    """How many nights would be added, are there already, or are there with other answers; how many lines are not taken.

    ``empty`` are lines of nights that were not recorded.
    """

    add = fields.Integer(required=True)
    same = fields.Integer(required=True)
    different = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    empty = fields.Integer(required=True)


class PlannedNightOfFileSchema(Schema):
    """What becomes of one night of the file; recorded nights stay as they are."""

    night_date = fields.Date(required=True)
    line = fields.Integer(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(("add", "same", "different")))
    cramps = fields.Integer(required=True)
    recorded_cramps = fields.Integer(required=True, allow_none=True)
    differs = fields.List(fields.String(), required=True)


class RefusalSchema(Schema):
    """One line that is not taken, and why."""

    line = fields.Integer(required=True)
    table = fields.String(required=True, validate=validate.OneOf(("nights", "cramps")))
    column = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, metadata={"description": "a code for programs"})
    detail = fields.String(required=True, metadata={"description": "a sentence for people"})
    low = fields.Float(required=True, allow_none=True)
    high = fields.Float(required=True, allow_none=True)
    other_line = fields.Integer(required=True, allow_none=True)


class ImportPreviewSchema(Schema):
    """All that an import of these files would do; the fingerprint confirms exactly this."""

    fingerprint = fields.String(required=True)
    counts = fields.Nested(CountsSchema, required=True)
    nights = fields.List(fields.Nested(PlannedNightOfFileSchema), required=True)
    refused = fields.List(fields.Nested(RefusalSchema), required=True, attribute="file.refused")
    ignored = fields.List(
        fields.String(), required=True, attribute="file.ignored", metadata={"description": "headings not understood"}
    )
    undivided = fields.Integer(
        required=True,
        attribute="file.undivided",
        metadata={"description": "nights with several cramps whose minutes or pain are left out: no cramp is named"},
    )


class ImportedSchema(Schema):
    """What an import did."""

    added = fields.Integer(required=True)
