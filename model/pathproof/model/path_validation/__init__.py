"""Path validation: RFC 9000 8.2, 19.17 and 19.18, in one direction.

`state` has what both ends and the network hold. `attempts`, `challenges`, `moves` and `verdicts` are the
rules of the validator, `responder` those of its peer. `actions`, `answers` and `network` are what happens
when they are kept, `attackers` and `flood` when they are not. The claims say what must be true, with `truth`
for their measure of bytes.
"""

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.state import Parameters, PathValidation

# Each registers its functions with the machine.
from pathproof.model.path_validation import (  # isort: skip
    answers,
    attackers,
    claims,
    flood,
    liveness,
    network,
    step_claims,
    witnesses,
)

__all__ = [
    "Parameters",
    "PathValidation",
    "answers",
    "attackers",
    "claims",
    "flood",
    "liveness",
    "machine",
    "network",
    "step_claims",
    "witnesses",
]
