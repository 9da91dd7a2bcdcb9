"""QUIC connection IDs behind a load balancer: QUIC-LB, and RFC 9000 5.1, 5.2, 10.3, 21.11 as it touches them.

`state` holds what every party knows. `configurations`, `agent`, `balancer`, `first_flight`, `server` and
`client` are the rules by role; `establishment`, `packets` and `actions` what happens on one connection,
`rotation` and `deployment` what happens around it, `attackers` what third parties do, and the `claims`, with
`first_bits`, what must be true of all that.
"""

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.state import LoadBalancing, Parameters

# Each registers its functions with the machine.
from pathproof.model.load_balancing import establishment, packets, rotation, deployment, attackers  # isort: skip
from pathproof.model.load_balancing import (  # isort: skip
    claims,
    first_bits,
    liveness,
    security_claims,
    step_claims,
    witnesses,
)

__all__ = [
    "LoadBalancing",
    "Parameters",
    "attackers",
    "claims",
    "deployment",
    "establishment",
    "first_bits",
    "liveness",
    "machine",
    "packets",
    "rotation",
    "security_claims",
    "step_claims",
    "witnesses",
]
