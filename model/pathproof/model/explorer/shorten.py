"""A run that violates a claim, made shorter: without loops, and without steps that it does not need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathproof.model.execute import initial, step
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.result import Run, Step
from pathproof.model.machine import Claim, Machine

MOST_STEPS = 200_000
"""Steps that are made, in all, to shorten one run."""


class Shortener:
    """Tries runs of a machine for a violation of one claim."""

    def __init__(self, machine: Machine, parameters: Any, claim: Claim) -> None:
        self.machine, self.parameters, self.claim = machine, parameters, claim
        self.made = 0

    def shortened(self, run: Run) -> Run:
        """A run to a violation of the same claim, of which no single step can be left out."""
        steps = list(self.tried(run.steps) or run.steps)
        size = max(len(steps) // 2, 1)
        while size and self.made < MOST_STEPS:
            steps, shorter = self._without(steps, size)
            if not shorter or size > 1:
                size = min(size // 2, len(steps))
        return Run(run.claim, run.start, tuple(steps))

    def _without(self, steps: list[Step], size: int) -> tuple[list[Step], bool]:
        """The steps without as many runs of `size` as can be left out, from the end on."""
        place, before = len(steps) - size, len(steps)
        while place > -size and self.made < MOST_STEPS:
            found = self.tried(steps[: max(place, 0)] + steps[max(place, 0) + size :])
            if found is not None and len(found) < len(steps):
                steps = found
                place = min(place, len(steps))
            place -= size
        return steps, len(steps) < before

    def tried(self, steps: Iterable[Step]) -> list[Step] | None:
        """These steps, but for those that are not enabled, up to a violation of the claim; None for none."""
        state = initial(self.machine, self.parameters)
        made: list[Step] = []
        if self._violated(state):
            return made
        for one in steps:
            self.made += 1
            after = step(self.machine.actions[one.action], state, self.parameters, one.arguments)
            if after is None:
                continue
            made.append(Step(one.action, one.arguments, state, after))
            if self._violated(state, after) or self._violated(after):
                return without_loops(made)
            state = after
        return None

    def _violated(self, *states: Any) -> bool:
        return first_violated([self.claim], self.parameters, *states) is not None


def without_loops(steps: Sequence[Step]) -> list[Step]:
    """The steps without those that lead back to a state that was there before; the last step stays."""
    kept: list[Step] = []
    for one in steps[:-1]:
        back = next((place for place, early in enumerate(kept) if early.before == one.after), None)
        if one.after == one.before:
            continue
        kept = [*kept, one] if back is None else kept[:back]
    return [*kept, *steps[-1:]]
