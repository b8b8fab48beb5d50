"""``make dev``: both halves from their sources at one address, and nothing left of them at the end."""

import re
import sys
import urllib.request
from pathlib import Path

from tests.backend.servers import ALL_ENDED_S, Server, is_running, started, wait_for

DEVELOP = (sys.executable, "-m", "backend.develop")


def page(server: Server, path: str) -> str:
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked) as answer:
        return str(answer.read().decode())


def test_pages_come_from_their_sources_and_answers_from_a_back_end_that_starts_anew(tmp_path: Path) -> None:
    with started(DEVELOP, tmp_path / "instance") as server:
        server.wait_until_it_answers("/healthz")
        for path, module in {"/me/sharing": "/diary/main.tsx", "/clinic/patients/nobody": "/clinic/main.tsx"}.items():
            assert f'src="{module}' in page(server, path)
            assert re.search(r"^import .*from ", server.get(module), re.MULTILINE)
        assert '"openapi"' in server.get("/api/openapi.json")
        processes = server.descendants()
        assert len(processes) >= 3
        server.end()
        wait_for(lambda: not any(map(is_running, processes)), what="end", patience_s=ALL_ENDED_S)
