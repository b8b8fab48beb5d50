"""The house keeps its plan: who imports whom, what is documented, and what lies in the repository."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from backend.config import Settings

ROOT = Path(__file__).resolve().parent.parent
BACKEND = ROOT / "backend"
MODULES = sorted(path for path in BACKEND.rglob("*.py") if "migrations" not in path.parts)
HTTP = {"flask", "flask_login", "flask_limiter", "flask_smorest", "flask_wtf", "webargs", "werkzeug"}
MAY_IMPORT_ANALYSIS = {"results", "trials", "exports", "demo.py", "cli.py"}
LARGEST_FILE_BYTES = 600_000


def imports(path: Path) -> Iterator[str]:
    """Return the full names of the modules a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_contracts_of_imports_are_kept() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted(BACKEND.glob("*/service.py")), ids=name_of)
def test_services_know_no_http(path: Path) -> None:
    assert packages(path) & HTTP == set()


@pytest.mark.parametrize("path", sorted(BACKEND.glob("*/models.py")), ids=name_of)
def test_models_know_neither_http_nor_services(path: Path) -> None:
    assert packages(path) & HTTP == set()
    assert not [name for name in imports(path) if ".service" in name or ".views" in name]


def test_the_analysis_is_called_from_few_rooms_only() -> None:
    callers = {path.relative_to(BACKEND).parts[0] for path in MODULES if "analysis" in packages(path)}
    assert callers <= MAY_IMPORT_ANALYSIS


def test_the_clock_is_read_in_one_place() -> None:
    readers = {
        name_of(path)
        for path in MODULES
        if re.search(r"\b(?:datetime\.(?:now|utcnow)|date\.today|time\.time)\(", path.read_text())
    }
    assert readers == {"backend/clock.py"}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {name_of(path) for path in MODULES if "os.environ" in path.read_text() or "getenv" in path.read_text()}
    # The server hands its settings on to its workers, which read them again; the command bounds NumPy's threads.
    assert readers <= {"backend/cli.py", "backend/config.py", "backend/server.py"}


class Recorder(dict[str, str]):
    """An environment that remembers what was asked of it."""

    def __init__(self, given: dict[str, str]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def test_every_setting_stands_in_the_configuration_table(tmp_path: Path) -> None:
    environ = Recorder({"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": "sqlite://", "SECRET_KEY": "k" * 32})
    Settings.from_env(environ)
    configuration = (ROOT / "README.md").read_text().split("## Configuration")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", configuration, re.MULTILINE))
    assert environ.asked == documented


def test_no_module_is_a_drawer_of_odds_and_ends() -> None:
    names = {path.name for folder in ("backend", "analysis", "tests") for path in (ROOT / folder).rglob("*.py")}
    assert names & {"utils.py", "helpers.py", "common.py", "misc.py"} == set()


def test_hooks_before_a_commit_are_the_projects_own_tools() -> None:
    config = ROOT / ".pre-commit-config.yaml"
    command = [Path(sys.executable).with_name("pre-commit"), "validate-config", config]
    assert subprocess.run(command, check=False).returncode == 0
    hooks = config.read_text()
    assert re.findall(r"repo: (.*)", hooks) == ["local"]
    assert set(re.findall(r"language: (.*)", hooks)) == {"system"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def layers_of(name: str) -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["name"] == name]
    return list(layers)


def test_the_drawing_of_the_house_is_that_of_the_contracts() -> None:
    drawing = (ROOT / "backend" / "README.md").read_text().partition("```mermaid\n")[2].partition("```")[0]
    ways = [[room.strip() for room in line.split("-->")] for line in drawing.splitlines() if "-->" in line]
    drawn = {way for line in ways for way in pairwise(line)}
    layers = [re.split(r"\s*[|:]\s*", layer) for layer in layers_of("backend: rooms in one order")]
    folders = [[room for room in layer if (BACKEND / room).is_dir()] for layer in layers]
    below = {(upper, lower) for above, under in pairwise(filter(None, folders)) for upper in above for lower in under}
    assert drawn == below
    table = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "backend" / "README.md").read_text(), re.MULTILINE))
    assert table == {room for layer in folders for room in layer}


def headings(path: Path) -> set[str]:
    return set(re.findall(r"^## (\d+) ", path.read_text(), re.MULTILINE))


def sources(path: Path) -> set[str]:
    return set(re.findall(r"^(\d+)\. ", path.read_text().partition("\n## Sources\n")[2], re.MULTILINE))


def test_code_cites_what_the_repository_holds() -> None:
    cited = re.compile(r"([\w/.-]+\.md)((?:(?:,| and)? \d+)+)")
    missing = []
    for path in tracked():
        if path.suffix not in {".py", ".ts", ".tsx", ".md", ".toml"}:
            continue
        for document, numbers in cited.findall(path.read_text()):
            known = headings(ROOT / document) if (ROOT / document).is_file() else set()
            missing += [f"{name_of(path)}: {document} {n}" for n in re.findall(r"\d+", numbers) if n not in known]
    assert missing == []


@pytest.mark.parametrize("name", ["analysis/README.md", "backend/health/RULES.md"])
def test_every_source_that_is_named_is_listed(name: str) -> None:
    text = (ROOT / name).read_text().partition("\n## Sources\n")[0]
    assert set(re.findall(r"\[(\d+)\](?!\()", text)) <= sources(ROOT / name)


def test_nothing_outside_the_repository_is_cited() -> None:
    # Names of pages that lie elsewhere, by which sections were cited.
    outside = re.compile(r"\([A-Z][A-Z-]{4,} \d")
    found = [
        f"{name_of(path)}: {match}"
        for path in tracked()
        if path.suffix in {".py", ".ts", ".tsx"}
        for match in outside.findall(path.read_text())
    ]
    assert found == []


def test_no_tracked_file_is_oversized() -> None:
    large = {name_of(path): path.stat().st_size for path in tracked() if path.stat().st_size > LARGEST_FILE_BYTES}
    assert large == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"registry\.(npm|yarn)[a-z]+\.(org|com)|py[p]i\.org|pythonhoste[d]\.org",
        r"(?<![\w.])/(?:root|home|Users|work)/[\w.-]",
    ],
    ids=["host of a registry", "path of a machine"],
)
def test_no_tracked_file_names_a(pattern: str) -> None:
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content and (match := re.search(pattern, content.decode())):
            found[name_of(path)] = match.group()
    assert found == {}
