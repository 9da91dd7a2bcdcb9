"""Runs of the machine, told step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pathproof.model import execute
from pathproof.model.machine import Claim, instances
from pathproof.model.path_validation import machine


class Story:
    """A run, checked after every step against every claim that is made."""

    def __init__(self, **settings: Any) -> None:
        self.p = machine.setting(settings)
        self.s = execute.initial(machine, self.p)

    def can(self, name: str, **arguments: int) -> bool:
        """Whether this step is enabled."""
        return execute.step(machine.actions[name], self.s, self.p, arguments) is not None

    def do(self, name: str, **arguments: int) -> Story:
        """Take a step that has to be enabled."""
        after = execute.step(machine.actions[name], self.s, self.p, arguments)
        assert after is not None, f"{name}{arguments} is not enabled in {self.s}"
        for claim in machine.made(self.p):
            self.check(claim, after)
        self.s = after
        return self

    def check(self, claim: Claim, after: Any) -> None:
        """A claim of safety holds of the step to `after`."""
        states = {"always": (after,), "step": (self.s, after)}.get(claim.sort)
        for given in instances(claim, self.p) if states else ():
            assert claim.function(*states, self.p, **given), (claim.name, given)

    def challenge(self, path: int) -> Story:
        """Begin to validate a path."""
        return self.do("want_validation", path=path).do("send_challenge", path=path)

    def answer(self, frame: int) -> Story:
        """The challenge arrives, and its response leaves and arrives."""
        self.do("deliver_challenge", frame=frame).do("send_response", frame=frame)
        return self.do("deliver_response", frame=frame)

    def holds(self, *names: str) -> tuple[set[int], ...]:
        """The members of these sets."""
        return tuple(set(getattr(self.s, name).members) for name in names)


@pytest.fixture
def story() -> Callable[..., Story]:
    """Begin a run."""
    return Story
