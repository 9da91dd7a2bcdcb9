"""What breaks a machine's claims: a shortest run where one of safety fails, or else a lasso."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pathproof.model.explorer.liveness import Lasso, check
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.search import explore
from pathproof.model.machine import Claim, Machine


def breaking(machine: Machine, parameters: Any, claims: Sequence[Claim] | None = None) -> Run | Lasso | None:
    """The first of these claims, or of all that the machine makes, to be broken; None where all hold.

    Safety goes first, on one core: what is shorter to read is looked for before what never ends.

    >>> from pathproof.model.explorer.toy import TOY
    >>> breaking(TOY, TOY.setting()).claim
    'held_within_limit'
    >>> breaking(TOY, TOY.setting({"limit": 3})) is None
    True
    """
    made = machine.made(parameters) if claims is None else list(claims)
    endless = [claim for claim in made if claim.sort == "eventually"]
    if len(endless) < len(made):
        run = explore(machine, parameters, made, jobs=1, haste=True).violation
        if run is not None:
            return run
    lassos = check(machine, parameters, endless) if endless else ()
    return lassos[0] if lassos else None
