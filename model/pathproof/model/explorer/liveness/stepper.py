"""A machine's compiled steps and claims, a block of states at a time, with the states they apply to."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

import numpy as np

from pathproof.model.execute import successors
from pathproof.model.explorer.codegen import NO_TROUBLE
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.layout import BoundTooLarge
from pathproof.model.explorer.liveness.kernels import Numbers
from pathproof.model.explorer.result import EngineDisagreement
from pathproof.model.explorer.states import packed
from pathproof.model.machine import Action, Claim, Machine

BLOCK = 4096
"""States at a time: they, their successors and the edges between them stay in the processor's cache."""
PAD = 8
"""States behind the last that compiled code may read or write, and does not use."""


def with_claims(machine: Machine, claims: Iterable[Claim]) -> Machine:
    """The machine with each claim as one more action, which is enabled where the claim holds.

    Such an action changes nothing. So claims are compiled as actions are, and nothing else is needed.
    """
    added = {
        f"claim {claim.name}": Action(
            f"claim {claim.name}", claim.function, "protocol", "", (), claim.arguments
        )
        for claim in claims
    }
    return Machine(
        machine.name, machine.state, machine.parameters, machine.begin, {**machine.actions, **added}
    )


class Stepper(Compiled):
    """The compiled functions, called one instance at a time.

    The code of an instance marks the states it is enabled in, and closes up what it writes: from a single
    instance's marks one knows which state each successor belongs to.
    """

    def __init__(self, machine: Machine, parameters: Any, claims: Iterable[Claim]) -> None:
        super().__init__(with_claims(machine, claims), parameters, (), haste=True)
        self.known: dict[tuple[Any, ...], int] = {
            (action.name, *arguments.items()): place
            for place, (action, arguments) in enumerate(self.instances)
        }
        self.actions = sum(1 for action, _ in self.instances if action.name in machine.actions)
        self.out = np.zeros((BLOCK + PAD, self.layout.words), np.int64)
        self.alive = np.zeros(BLOCK, np.uint8)
        self._info = self.fresh_info()

    def take(self, place: int, states: Numbers, first: int, many: int) -> int:
        """How many of a block's states an instance is enabled in; `alive` says which, and `out` where to."""
        self.alive[: many // self.lanes + 1] = 0
        given = ctypes.c_void_p(states.ctypes.data + states.strides[0] * first)
        alive, info = self.alive.ctypes.data, self._info.ctypes.data
        made = self._steps[place](given, many, self.out.ctypes.data, 0, alive, info)
        if self._info[0] != NO_TROUBLE:
            self._diagnose(self.layout.unpack(packed(states[first + int(self._info[0])])))
        return int(made)

    def _diagnose(self, state: Any) -> None:
        """Have the executed engine show which value goes out of its range."""
        for _, _, after in successors(self.layout.machine, state, self.layout.parameters):
            self.layout.pack(after)
        if self.checked:
            raise BoundTooLarge(f"the compiled engine cannot hold a set or table that arises from {state}")
        raise EngineDisagreement(f"the compiled engine objects to {state}, the executed engine does not")

    def where(self, place: int, states: Numbers, count: int) -> Numbers:
        """In which of the first `count` states an instance is enabled, as one byte for each."""
        marks = np.zeros(count, np.uint8)
        for first in range(0, count, BLOCK):
            many = min(BLOCK, count - first)
            self.take(place, states, first, many)
            bits = np.unpackbits(self.alive, bitorder="little").reshape(-1, 8)[:, : self.lanes]
            marks[first : first + many] = bits.reshape(-1)[:many]
        return marks
