"""The anti-amplification limit: RFC 9000 8, 8.1, 8.2, 9.3.1 and 10.2.1, and RFC 9002 6.2.2.1.

`state` holds what the server, its client and the network know, `ledger` how bytes are counted, `handshake`,
`client`, `validation` and `closing` the rules of the ends. `actions`, `network`, `moves` and `ends` are what
happens, `attackers` what happens to a server that is lied to. `truth` and `monitors` measure all that for the
`claims`.
"""

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters

# Each registers its functions with the machine.
from pathproof.model.anti_amplification import (  # isort: skip
    attackers,
    claims,
    ends,
    flaw_claims,
    liveness,
    moves,
    network,
    step_claims,
    witnesses,
)

__all__ = [
    "AntiAmplification",
    "Parameters",
    "attackers",
    "claims",
    "ends",
    "flaw_claims",
    "liveness",
    "machine",
    "moves",
    "network",
    "step_claims",
    "witnesses",
]
