"""What a search with reductions keeps of a state: its normal form, in the smallest order of the names."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from pathproof.model.explorer.layout import value_bits
from pathproof.model.explorer.naming import Group, groups, renamed, renamings
from pathproof.model.explorer.places import sized
from pathproof.model.machine import Machine


class Reductions:
    """The reductions that a machine declares, for the executed engine.

    `order` tells which of two states is smaller: by default, the one whose fields' bits come first.

    >>> from pathproof.model.explorer.toy import TOY
    >>> bool(Reductions(TOY, TOY.setting()))
    False
    """

    def __init__(self, machine: Machine, parameters: Any, order: Callable[[Any], Any] | None = None) -> None:
        self.machine = machine
        self.parameters = parameters
        self.groups: list[Group] = groups(machine, parameters)
        self._renamings = list(renamings(self.groups))
        self._places = sized(machine, parameters)
        self._order = order or self._bits

    def __bool__(self) -> bool:
        return bool(self.groups or self.machine.normal_forms)

    def _bits(self, state: Any) -> tuple[int, ...]:
        return tuple(value_bits(place, getattr(state, name)) for name, place in self._places.items())

    def normal(self, state: Any) -> Any:
        """The state in normal form; `state` stays as it is."""
        if not self.machine.normal_forms:
            return state
        result = copy.copy(state)
        for form in self.machine.normal_forms.values():
            form.function(result, self.parameters)
        return result

    def smallest(self, state: Any) -> Any:
        """The smallest of the states that an exchange of names leads to."""
        if not self.groups:
            return state
        ways = (renamed(self.machine, self.parameters, state, renaming) for renaming in self._renamings)
        return min(ways, key=self._order)

    def reduced(self, state: Any) -> Any:
        """What is kept of a state."""
        return self.smallest(self.normal(state))
