"""Stories of this machine, with its two most frequent passages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Self

import pytest
from tests.model import play

from pathproof.model.path_validation import machine


class Story(play.Story):
    """A run of this machine, told step by step."""

    def challenge(self, path: int) -> Self:
        """Begin to validate a path."""
        return self.do("want_validation", path=path).do("send_challenge", path=path)

    def answer(self, frame: int) -> Self:
        """The challenge arrives, and its response leaves and arrives."""
        self.do("deliver_challenge", frame=frame).do("send_response", frame=frame)
        return self.do("deliver_response", frame=frame)


@pytest.fixture
def story() -> Callable[..., Story]:
    """Begin a run at the default bounds, or at the given ones."""
    return partial(Story, machine)
