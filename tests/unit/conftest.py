"""Checks against tables that are no part of this repository wait until they are asked for."""

import pytest

CONFORMANCE = (
    "conformance: compares with a table that is kept beside the repository and may not be copied into it; "
    "left out unless asked for by -m conformance"
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", CONFORMANCE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave conformance out of a run that does not name it."""
    if "conformance" in config.getoption("markexpr"):
        return
    left_out = [each for each in items if each.get_closest_marker("conformance")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [each for each in items if each not in left_out]
