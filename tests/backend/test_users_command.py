"""The operator's commands: accounts made, listed, closed and given new passwords."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from backend.cli import main
from tests.backend.apps import make_app, migrated
from tests.backend.errors import refusal
from tests.backend.people import PASSWORD, Person, read

Charley = Callable[..., Result]


@pytest.fixture
def charley(tmp_path: Path) -> Charley:
    """Run the command on an instance of its own."""

    def run(*arguments: str, **environ: str | None) -> Result:
        env = {
            "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": None, "SECRET_KEY": None, "CHARLEY_PASSWORD": PASSWORD,
        } | environ  # fmt: skip
        return CliRunner().invoke(main, arguments, env=env)

    return run


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Flask]:
    """The application on the database that the commands change."""
    with migrated(make_app(f"sqlite:///{tmp_path}/charley.sqlite3")) as app:
        yield app


def made(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def wrong(result: Result) -> str:
    """Check that wrong input ended with status 2 and one line on standard error; return it."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def create(charley: Charley, email: str, role: str = "patient", *more: str, **environ: str | None) -> Result:
    return charley("users", "create", email, "--role", role, *more, **environ)


@pytest.mark.parametrize("role", ["patient", "physician", "admin"])
def test_an_account_is_made_and_opens(charley: Charley, server: Flask, role: str) -> None:
    assert made(create(charley, "Ada@Example.org", role, "--name", "Dr. Ada")) == f"{role} Ada@example.org made\n"
    person = Person(server, "ada@example.org")
    assert person.sign_in().status_code == 200
    me = read(person.get("/api/me"))
    assert (me["role"], me["display_name"]) == (role, "Dr. Ada")


def test_a_password_can_be_typed_instead(server: Flask, tmp_path: Path) -> None:
    env = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": None, "SECRET_KEY": None, "CHARLEY_PASSWORD": None}
    arguments = ["users", "create", "ada@example.org", "--role", "patient"]
    result = CliRunner().invoke(main, arguments, env=env, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert Person(server).sign_in("ada@example.org").status_code == 200


def test_accounts_are_listed_by_address_with_role_and_state(charley: Charley) -> None:
    create(charley, "rose@example.org")
    create(charley, "ada@example.org", "physician")
    made(charley("users", "disable", "rose@example.org"))
    everybody = "ada@example.org\tphysician\topen\nrose@example.org\tpatient\tdisabled\n"
    assert made(charley("users", "list")) == everybody
    assert made(charley("users", "list", "--role", "physician")) == "ada@example.org\tphysician\topen\n"
    assert made(charley("users", "list", "--role", "admin")) == ""


def test_disabling_ends_the_open_session(charley: Charley, server: Flask) -> None:
    create(charley, "rose@example.org")
    person = Person(server, "rose@example.org")
    person.sign_in()
    assert made(charley("users", "disable", "ROSE@example.org"))
    refusal(person.get("/api/me"), "unauthorized")
    refusal(person.sign_in(), "validation", 400)


def test_a_new_password_ends_the_open_session_and_opens_the_next(charley: Charley, server: Flask) -> None:
    create(charley, "rose@example.org")
    person = Person(server, "rose@example.org")
    person.sign_in()
    made(charley("users", "set-password", "rose@example.org", CHARLEY_PASSWORD="a wholly new password"))
    refusal(person.get("/api/me"), "unauthorized")
    refusal(person.sign_in(), "validation", 400)
    assert person.sign_in(password="a wholly new password").status_code == 200


@pytest.mark.parametrize(
    "email", ["", "no address", "a@", "a@b@example.org", f"{'x' * 250}@example.org", "a\udcff@example.org"]
)
def test_what_is_no_address_is_told_in_one_line(charley: Charley, email: str) -> None:
    assert "is not an e-mail address" in wrong(create(charley, email))


@pytest.mark.parametrize(
    ("length", "bound"), [(9, "10 to 128 characters, not 9"), (129, "10 to 128 characters, not 129")]
)
def test_the_password_has_bounds(charley: Charley, length: int, bound: str) -> None:
    assert bound in wrong(create(charley, "rose@example.org", CHARLEY_PASSWORD="x" * length))
    create(charley, "rose@example.org")
    assert bound in wrong(charley("users", "set-password", "rose@example.org", CHARLEY_PASSWORD="x" * length))


@pytest.mark.parametrize(
    ("name", "bound"), [("", "1 to 80 characters, not 0"), ("x" * 81, "1 to 80 characters, not 81")]
)
def test_the_name_has_bounds(charley: Charley, name: str, bound: str) -> None:
    assert bound in wrong(create(charley, "rose@example.org", "patient", "--name", name))


def test_an_address_has_one_account_however_it_is_written(charley: Charley) -> None:
    create(charley, "rose@example.org")
    assert "an account for" in wrong(create(charley, "ROSE@example.org", "physician"))


@pytest.mark.parametrize("command", ["disable", "set-password"])
def test_an_unknown_account_is_told_in_one_line(charley: Charley, command: str) -> None:
    assert wrong(charley("users", command, "nobody@example.org")) == "Error: there is no account for nobody@example.org"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["users", "create", "rose@example.org"], "--role"),
        (["users", "create", "rose@example.org", "--role", "nurse"], "nurse"),
        (["users", "create"], "EMAIL"),
        (["users", "list", "--role", "nurse"], "nurse"),
        (["users", "rename"], "rename"),
        (["users", "list", "--all"], "--all"),
        (["unheard-of"], "unheard-of"),
        (["serve", "--loud"], "--loud"),
    ],
)
def test_wrong_use_is_told_in_one_line(charley: Charley, arguments: list[str], said: str) -> None:
    assert said in wrong(charley(*arguments))


def test_a_bad_setting_is_told_by_name_in_one_line(charley: Charley) -> None:
    assert "PORT" in wrong(charley("users", "list", PORT="many"))
    assert "SECRET_KEY" in wrong(charley("users", "list", DATABASE_URL="sqlite:///elsewhere.sqlite3"))


def test_a_database_that_does_not_answer_is_told_in_one_line(charley: Charley) -> None:
    settings = {"DATABASE_URL": "postgresql://charley@127.0.0.1:1/charley", "SECRET_KEY": "k" * 32}
    assert "DATABASE_URL" in wrong(charley("users", "list", **settings))


def test_the_api_is_described_in_a_file(charley: Charley, tmp_path: Path) -> None:
    target = tmp_path / "new" / "openapi.json"
    assert made(charley("openapi", str(target))) == ""
    assert '"openapi"' in target.read_text()
