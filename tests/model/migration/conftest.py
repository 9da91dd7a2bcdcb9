"""Stories told to the executed engine, one action after the other."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.execute import initial, step
from pathproof.model.explorer.checks import first_violated
from pathproof.model.migration import machine


class Story:
    """A run that a test writes down: every step must be enabled, and keep all claims made there."""

    def __init__(self, **settings: Any) -> None:
        self.p = machine.setting(settings)
        self.s = initial(machine, self.p)
        self.claims = [one for one in machine.made(self.p) if one.sort in ("always", "step")]

    def does(self, action: str, **arguments: int) -> Story:
        """The next step of the story."""
        after = step(machine.actions[action], self.s, self.p, arguments)
        assert after is not None, f"{action} {arguments} is not enabled in {self.s}"
        for states in ((after,), (self.s, after)):
            broken = first_violated(self.claims, self.p, *states)
            assert broken is None, broken
        self.s = after
        return self

    def cannot(self, action: str, **arguments: int) -> Story:
        """What is not enabled at this point of the story."""
        assert step(machine.actions[action], self.s, self.p, arguments) is None, f"{action} {arguments}"
        return self


@pytest.fixture
def story() -> type[Story]:
    """Stories begin with the settings of the machine."""
    return Story
