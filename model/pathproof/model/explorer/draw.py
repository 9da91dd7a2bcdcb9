"""Random states and arguments of a machine."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from pathproof.model.domains import SetOf, TableOf, Upto
from pathproof.model.execute import initial, successors
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable

LONGEST = 30
"""Steps of a walk."""


def any_state(machine: Machine, parameters: Any, draw: random.Random) -> Any:
    """A state within the fields' domains, reachable or not."""
    return machine.state(**{name: _any(d, vars(parameters), draw) for name, d in machine.domains().items()})


def _any(domain: Any, parameters: Mapping[str, Any], draw: random.Random) -> Any:
    if isinstance(domain, SetOf):
        return PlainNumbers(n for n in domain.members.values(parameters) if draw.random() < 0.5)
    if isinstance(domain, TableOf):
        entries = domain.values.values(parameters)
        return PlainTable({key: draw.choice(entries) for key in domain.keys.values(parameters)})
    return draw.choice(domain.values(parameters))


def walked(machine: Machine, parameters: Any, draw: random.Random) -> Any:
    """A state at which a random walk ends, of a random number of steps."""
    state = initial(machine, parameters)
    for _ in range(draw.randrange(LONGEST)):
        ways = [after for _, _, after in successors(machine, state, parameters)]
        if not ways:
            break
        state = draw.choice(ways)
    return state


def arguments(domains: Mapping[str, Upto], parameters: Any, draw: random.Random) -> dict[str, int]:
    """Arguments within their domains.

    >>> arguments({"n": Upto("limit")}, __import__("types").SimpleNamespace(limit=0), random.Random(1))
    {'n': 0}
    """
    return {name: draw.choice(domain.values(vars(parameters))) for name, domain in domains.items()}
