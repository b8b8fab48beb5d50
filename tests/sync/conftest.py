"""A server and two phones, on each engine."""

from collections.abc import Iterator

import pytest

from tests.backend.apps import ENGINES, make_app, migrated
from tests.sync.world import World, world


@pytest.fixture(scope="module", params=ENGINES)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('phones') / 'charley.sqlite3'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    with (
        migrated(make_app(url)) as app,
        pytest.MonkeyPatch.context() as patch,
        world(app, patch) as started,
    ):
        yield started
