"""Large answers travel compressed: rosters, charts, histories and tables are mostly repetition."""

from flask import Flask, Response
from flask_compress import Compress

# What fits into one packet gains nothing. Answers that carry a token are smaller, too: compressed beside something
# that a stranger chose, a secret could be guessed from the length.
_WORTHWHILE_BYTES = 1400
_MEDIA_TYPES = ["application/json", "application/fhir+json", "text/csv", "text/html", "image/svg+xml"]


def init_compression(app: Flask) -> None:
    """Compress what ``app`` answers, where the asking side can read it."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=_MEDIA_TYPES,
        COMPRESS_MIN_SIZE=_WORTHWHILE_BYTES,
        COMPRESS_STREAMS=False,
    )
    compress = Compress(app)

    def after_request(response: Response) -> Response:
        # An ETag names a version of a night, which the phone sends back: it must not change with the way it traveled.
        return response if "ETag" in response.headers else compress.after_request(response)

    app.after_request(after_request)
