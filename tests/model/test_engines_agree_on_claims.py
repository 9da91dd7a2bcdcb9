"""A claim is true of a state in one engine if it is in the others, not only an action's effect."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import z3
from tests.model import engines

from pathproof.model.cid_supply import machine
from pathproof.model.explorer.codegen import NO_TROUBLE
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.lift import Branch
from pathproof.model.machine import Claim, instances
from pathproof.model.symbolic import lift_claim, open_parameters, open_state
from pathproof.proofs.bounded import BoundedEncoder
from pathproof.proofs.obligations import named

PARAMETERS = machine.setting({"cids": 3, "unserved": "closes", "raises": "waits", "retirements": 1})
STATES = machine.of("always") + machine.of("sometimes")


def drawn(seed: int) -> Any:
    """A state, reachable or not."""
    draw = random.Random(seed)
    if seed % 2:
        return engines.drawn_state(machine, PARAMETERS, draw)
    return engines.walked(machine, PARAMETERS, draw)


def executed(claim: Claim, state: Any) -> bool:
    """The claim for all of its arguments, by CPython."""
    return all(claim.function(state, PARAMETERS, **chosen) for chosen in instances(claim, PARAMETERS))


def proved(claim: Claim, state: Any) -> bool:
    """The claim for all of its arguments, by Z3 over the lifted terms."""
    return all(_proved(claim, state, chosen) for chosen in instances(claim, PARAMETERS))


def _proved(claim: Claim, state: Any, chosen: dict[str, int]) -> bool:
    encoder, arguments = BoundedEncoder(PARAMETERS.cids + 1), named("a", claim.arguments)
    asked = engines.Question(machine, claim, PARAMETERS, state, chosen)  # type: ignore[arg-type]
    model = engines.model_of(asked, encoder, arguments, PARAMETERS.cids + 1)
    tree = lift_claim(claim, open_state(machine), open_parameters(machine), **arguments)
    while isinstance(tree, Branch):
        tree = tree.yes if z3.is_true(model.eval(encoder.truth(tree.condition), True)) else tree.no
    return tree.value


@pytest.mark.parametrize("claim", STATES, ids=lambda claim: claim.name)
def test_claims_agree_between_cpython_and_z3(claim: Claim) -> None:
    """In states of every kind, a lifted claim is true if and only if the function says so."""
    states = [drawn(seed) for seed in range(24)]
    assert [proved(claim, state) for state in states] == [executed(claim, state) for state in states]


def test_claims_agree_between_cpython_and_native_code() -> None:
    """Native code notes a violated claim exactly in the states in which CPython finds one."""
    for claim in machine.of("always"):
        code = Compiled(machine, PARAMETERS, [claim])
        for seed in range(60):
            state, info = drawn(seed), code.fresh_info()
            states = np.full(code.lanes, code.layout.pack(state), np.int64)
            code.check(states.ctypes.data, 1, info)
            assert (info[0] == NO_TROUBLE) == executed(claim, state), (claim.name, state)


TRAPS = {
    "sets compared": lambda s, p: s.used != s.active,
    "a look-up": lambda s, p: s.breach in {"none", "limit exceeded"},
    "a dictionary": lambda s, p: {"none": True}.get(s.breach, False),
    "a text": lambda s, p: f"{s.breach}" == "none",
    "a number's truth": lambda s, p: bool(s.issued),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_python_that_no_lift_can_follow_is_refused(trap: str) -> None:
    """What would mean one thing in CPython and another when lifted is an error, and not a wrong proof."""
    claim = Claim("trap", TRAPS[trap], "always", (), {})
    with pytest.raises(TypeError):
        lift_claim(claim, open_state(machine), open_parameters(machine))


def test_truths_may_be_compared() -> None:
    """Whether two conditions are equally true is a question about both, in a lift as in CPython."""
    claim = Claim("both", lambda s, p: (s.issued > 1) == (s.largest > 0), "always", (), {})
    states = [drawn(seed) for seed in range(40)]
    assert [proved(claim, state) for state in states] == [executed(claim, state) for state in states]
