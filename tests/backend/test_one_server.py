"""One instance, one server: what an operator meets who starts one twice, or kills one and starts again."""

import subprocess
import sys
from pathlib import Path

from backend.vapid import make_private_key
from tests.backend.places import empty_place
from tests.backend.servers import ALL_ENDED_S, PATIENCE_S, ROOT, is_running, refused, started, wait_for

SERVE = (sys.executable, "-m", "backend.cli", "serve")
DEMO = (*SERVE, "--demo")
HEALTH = "/healthz"


def databases(instance: Path) -> list[str]:
    return sorted(path.name for path in instance.glob("*.sqlite3"))


def test_a_second_server_is_refused_before_it_has_touched_anything_and_other_commands_are_not(tmp_path: Path) -> None:
    instance, other = tmp_path / "instance", tmp_path / "other"
    with started(SERVE, instance) as server:
        server.wait_until_it_answers(HEALTH)
        line = refused(SERVE, instance)
        assert f"is in use by another server (process {server.process.pid} on http://127.0.0.1:{server.port})" in line
        line = refused(DEMO, other, PORT=str(server.port), HOST="localhost")
        assert line == f"Error: http://localhost:{server.port} is taken by another program: stop it first, or set PORT"
        assert databases(other) == []
        listed = subprocess.run(
            [sys.executable, "-m", "backend.cli", "users", "list"],
            cwd=ROOT, env={"INSTANCE_DIR": str(instance)}, capture_output=True, timeout=PATIENCE_S,
        )  # fmt: skip
        assert (listed.returncode, listed.stderr) == (0, b"")
        assert server.answers(HEALTH)


def test_after_a_kill_everything_is_gone_and_a_server_starts_at_once_in_its_place(tmp_path: Path) -> None:
    keys = {"VAPID_PRIVATE_KEY": make_private_key(), "VAPID_SUBJECT": "mailto:operator@example.org"}
    with started((*SERVE, "--worker"), tmp_path / "instance", **keys) as server:
        server.wait_until_it_answers(HEALTH)
        wait_for(lambda: len(server.children()) == 3, what="worker for reminders")
        children = server.children()
        server.kill()
        with started(SERVE, tmp_path / "instance", PORT=str(server.port)) as second:
            wait_for(lambda: not any(map(is_running, children)), what="end", patience_s=ALL_ENDED_S)
            second.wait_until_it_answers(HEALTH)


def test_several_servers_share_a_database_from_instances_of_their_own(tmp_path: Path, postgresql_url: str) -> None:
    with empty_place("postgresql", tmp_path, postgresql_url) as place:
        shared = {"DATABASE_URL": place.database_url, "SECRET_KEY": "a key for tests " * 2}
        with started(SERVE, tmp_path / "one", **shared) as one:
            one.wait_until_it_answers(HEALTH)
            with started(SERVE, tmp_path / "two", **shared) as two:
                two.wait_until_it_answers(HEALTH)
                assert one.answers(HEALTH)
                assert two.end() == 0
            assert one.end() == 0
