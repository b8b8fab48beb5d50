from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def global_generator_untouched() -> Iterator[None]:
    """Fail a test that draws from NumPy's global generator: results would depend on the order of tests."""
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the guard looks at what must not be used
    yield
    after = np.random.get_state()[1]  # noqa: NPY002
    assert np.array_equal(before, after), "NumPy's global generator was used"
