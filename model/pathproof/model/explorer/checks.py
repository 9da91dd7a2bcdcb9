"""Claims judged by the executed engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pathproof.model.machine import Claim, instances


def first_violated(claims: Iterable[Claim], parameters: Any, *states: Any) -> Claim | None:
    """The first claim that does not hold, for some choice of its arguments.

    `always` claims are judged in one state, `step` claims in the states before and after a step.

    >>> from pathproof.model.explorer.toy import TOY
    >>> from pathproof.model.execute import initial
    >>> parameters = TOY.setting({"limit": 1})
    >>> first_violated(TOY.claims.values(), parameters, initial(TOY, parameters)) is None
    True
    """
    sort = "always" if len(states) == 1 else "step"
    for claim in claims:
        if claim.sort == sort and not _holds(claim, parameters, states):
            return claim
    return None


def _holds(claim: Claim, parameters: Any, states: tuple[Any, ...]) -> bool:
    return all(claim.function(*states, parameters, **given) for given in instances(claim, parameters))


def witnesses(claim: Claim, parameters: Any, state: Any) -> bool:
    """Whether the state is one that a `sometimes` claim asks for, with some choice of its arguments."""
    return any(claim.function(state, parameters, **given) for given in instances(claim, parameters))
