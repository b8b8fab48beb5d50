"""Files: a sharing patient's tables for the visit, everything about oneself, and nights from elsewhere."""

from typing import IO, Any

from flask import Response, g, send_file
from flask.views import MethodView
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend import clock
from backend.accounts.access import Access, allow
from backend.bodies import takes_files
from backend.exports import importing, personal, service, visit
from backend.exports.dictionary import datapackage_json
from backend.exports.fhir.bundle import MEDIA_TYPE as FHIR_JSON
from backend.exports.report.words import LANGUAGES
from backend.exports.schemas import FingerprintSchema, ImportedSchema, ImportFilesSchema, ImportPreviewSchema
from backend.exports.upload import UPLOAD_BYTES_MAX

blueprint = Blueprint("exports", __name__, url_prefix="/api", description="Files, out and in")


def _file_of(media_type: str) -> dict[str, Any]:
    schema = {"type": "string"} if media_type == "text/csv" else {"type": "string", "format": "binary"}
    if media_type.endswith("json"):
        schema = {"type": "object"}
    return {"200": {"description": "The file", "content": {media_type: {"schema": schema}}}}


class DialectSchema(Schema):
    """How cells are separated: by commas, or by semicolons where spreadsheets use a decimal comma."""

    dialect = fields.String(load_default="comma", validate=validate.OneOf(("comma", "semicolon")))


class VisitSchema(DialectSchema):
    """How cells are separated, and the language of what a physician reads; by default that of the account."""

    lang = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))


@blueprint.route("/patients/<uuid:patient_id>/nights.csv")
class PatientNightsCsv(MethodView):
    """One row a night."""

    @allow(Access.GRANT, look="nights.csv")
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=_file_of("text/csv"))
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> Response:
        """Download one row a night; a night that was not recorded is a row with empty cells."""
        return _csv(service.nights_csv(g.patient, query["dialect"]), "nights.csv")


@blueprint.route("/patients/<uuid:patient_id>/cramps.csv")
class PatientCrampsCsv(MethodView):
    """One row a cramp."""

    @allow(Access.GRANT, look="cramps.csv")
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=_file_of("text/csv"))
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> Response:
        """Download one row a cramp."""
        return _csv(service.cramps_csv(g.patient, query["dialect"]), "cramps.csv")


@blueprint.route("/datapackage.json")
class DataPackage(MethodView):
    """What the columns of the tables mean."""

    @allow(Access.SIGNED_IN)
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=_file_of("application/json"))
    def get(self, query: dict[str, Any]) -> Response:
        """Download the data dictionary of nights.csv and cramps.csv, a Frictionless Data Package."""
        return Response(datapackage_json(query["dialect"]), content_type="application/json")


@blueprint.route("/patients/<uuid:patient_id>/fhir")
class PatientFhir(MethodView):
    """The diary for other systems."""

    @allow(Access.GRANT, look="fhir")
    @blueprint.doc(responses=_file_of(FHIR_JSON))
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, patient_id: Any) -> Response:
        """Download a FHIR R4 bundle: the nightly responses, what was measured and worn; never a diagnosis."""
        return _download(visit.fhir_json(g.patient), FHIR_JSON, "fhir.json")


@blueprint.route("/patients/<uuid:patient_id>/visit.zip")
class PatientVisitZip(MethodView):
    """All files for the visit."""

    @allow(Access.GRANT, look="visit.zip")
    @blueprint.arguments(VisitSchema, location="query")
    @blueprint.doc(responses=_file_of("application/zip"))
    @blueprint.alt_response(404, "NOT_FOUND")
    def get(self, query: dict[str, Any], patient_id: Any) -> Response:
        """Download one zip: both copies of the report, both tables with their dictionary, the FHIR bundle, a README."""
        language = query["lang"] or current_user.language
        return _download(visit.visit_zip(g.patient, query["dialect"], language), "application/zip", "zip")


# Names of one's own files say nothing of health: they show in lists of downloads.
@blueprint.route("/me/nights.csv")
class MyNightsCsv(MethodView):
    """One row a night."""

    @allow(Access.PATIENT)
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=_file_of("text/csv"))
    def get(self, query: dict[str, Any]) -> Response:
        """Download one row a night of one's own diary; a night that was not recorded is a row with empty cells."""
        return _csv(service.nights_csv(current_user, query["dialect"]), "charley-nights.csv")


@blueprint.route("/me/cramps.csv")
class MyCrampsCsv(MethodView):
    """One row a cramp."""

    @allow(Access.PATIENT)
    @blueprint.arguments(DialectSchema, location="query")
    @blueprint.doc(responses=_file_of("text/csv"))
    def get(self, query: dict[str, Any]) -> Response:
        """Download one row a cramp of one's own diary."""
        return _csv(service.cramps_csv(current_user, query["dialect"]), "charley-episodes.csv")


@blueprint.route("/me/data.json")
class MyDataJson(MethodView):
    """Everything about oneself."""

    @allow(Access.PATIENT)
    @blueprint.doc(responses=_file_of("application/json"))
    def get(self) -> Response:
        """Download everything Charley holds about the signed-in person, secrets aside."""
        return _download(personal.data_json(current_user), "application/json", "json")


@blueprint.route("/me/data.zip")
class MyDataZip(MethodView):
    """Everything about oneself, with tables."""

    @allow(Access.PATIENT)
    @blueprint.doc(responses=_file_of("application/zip"))
    def get(self) -> Response:
        """Download a zip: both tables and what they mean, ``data.json``, ``fhir.json``, and a README for the person."""
        return _download(personal.data_zip(current_user), "application/zip", "zip")


@blueprint.route("/import/preview")
class ImportPreview(MethodView):
    """What an import would do."""

    @allow(Access.PATIENT)
    @takes_files(UPLOAD_BYTES_MAX)
    @blueprint.arguments(ImportFilesSchema, location="files")
    @blueprint.response(200, ImportPreviewSchema)
    @blueprint.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
    def post(self, files: dict[str, Any]) -> importing.Plan:
        """Read files and tell for each night what would become of it, for each refused line why; nothing is stored."""
        return importing.preview(current_user, _contents(files))


@blueprint.route("/import")
class Import(MethodView):
    """An import."""

    @allow(Access.PATIENT)
    @takes_files(UPLOAD_BYTES_MAX)
    @blueprint.arguments(ImportFilesSchema, location="files")
    @blueprint.arguments(FingerprintSchema, location="query")
    @blueprint.response(200, ImportedSchema)
    @blueprint.alt_response(409, "CONFLICT")
    @blueprint.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
    def post(self, files: dict[str, Any], confirmation: dict[str, str]) -> dict[str, int]:
        """Add the nights that a preview said would be added, all or none; recorded nights are never changed."""
        return {"added": importing.bring_in(current_user, _contents(files), confirmation["fingerprint"])}


def _contents(files: dict[str, Any]) -> list[bytes]:
    return [files[name].read() for name in ("file", "second") if name in files]


def _csv(content: bytes, name: str) -> Response:
    return Response(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _download(file: IO[bytes], media_type: str, suffix: str) -> Response:
    name = f"charley-{clock.now().date()}.{suffix}"
    return send_file(file, mimetype=media_type, as_attachment=True, download_name=name, etag=False, max_age=0)
