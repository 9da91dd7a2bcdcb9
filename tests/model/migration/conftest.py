"""Stories of this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from tests.model.play import Story

from pathproof.model.migration import machine


@pytest.fixture
def story() -> Callable[..., Story]:
    """Begin a run at the default bounds, or at the given ones."""
    return partial(Story, machine)
