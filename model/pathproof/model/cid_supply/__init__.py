"""The supply of connection IDs: RFC 9000 5.1.1, 5.1.2, 19.15 and 19.16, in one direction.

`state` holds what both ends know, `issuer` and `consumer` their rules, `actions` what happens when they keep
them, `peers` what happens when they do not, `truth` what has really arrived, the `claims` what must be true
of all that, and `liveness` what comes back for ever.
"""

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.state import CidSupply, Parameters

# Each registers its functions with the machine.
from pathproof.model.cid_supply import claims, error_claims, liveness, peers, step_claims, witnesses  # isort: skip

__all__ = [
    "CidSupply",
    "Parameters",
    "claims",
    "error_claims",
    "liveness",
    "machine",
    "peers",
    "step_claims",
    "witnesses",
]
