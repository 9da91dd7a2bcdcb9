"""Runs of directed tests end where the test does: their watchers hear of it then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.reference.simulation.world import unfinished


@pytest.fixture(autouse=True)
def _watched_to_the_end() -> Iterator[None]:
    """What was seen of the worlds of a test is judged when it is over."""
    unfinished.clear()
    yield
    for world in list(unfinished):
        world.watched()
    unfinished.clear()
