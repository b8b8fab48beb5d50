"""A worker that only records nights loads none of what comparisons need."""

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "numpy", "scipy", "plotly", "pyarrow", "dask", "pywebpush", "huey", "icalendar")


def test_starting_and_recording_a_night_loads_no_numerical_package(tmp_path: Path) -> None:
    script = f"""
        import sys
        from tests.backend.apps import make_app, migrated
        from tests.backend.nights import night, path_of, record
        from tests.backend.people import read, signed_in

        def heavy():
            return [name for name in {HEAVY!r} if name in sys.modules]

        app = make_app("sqlite:///{tmp_path}/charley.sqlite3")
        assert heavy() == [], heavy()
        with migrated(app):
            patient = signed_in(app, "patient")
            (version,) = record(patient, night())
            assert patient.put(path_of(), night(note="corrected"), headers={{"If-Match": version}}).status_code == 200
            for path in ("", "?cursor=0", "/2026-11-03", "/2026-11-03/history"):
                assert patient.get("/api/nights" + path).status_code == 200
            for path in ("me", "trials", "plan?from=2026-11-01&to=2026-11-30", "shares", "access-log"):
                assert patient.get("/api/" + path).status_code == 200, path
            assert heavy() == [], heavy()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
