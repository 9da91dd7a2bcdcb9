"""The server's preferred address: RFC 9000 9.6, 18.2 and 21.5.3, with migration of the client meanwhile.

`state` holds what both ends know, `paths` who is reached where; `parameter`, `client` and `server` are their
rules. `handshake`, `client_actions` and `network` are what happens when both keep them, `attackers` what does
when somebody does not, `truth` what has really gone to a stranger, and the `claims` what must be true of all
that.
"""

from pathproof.model.preferred_address.actions import machine
from pathproof.model.preferred_address.state import Parameters, PreferredAddress

# Each registers its functions with the machine.
from pathproof.model.preferred_address import (  # isort: skip
    attackers,
    claims,
    client_claims,
    liveness,
    step_claims,
    witnesses,
)

__all__ = [
    "Parameters",
    "PreferredAddress",
    "attackers",
    "claims",
    "client_claims",
    "liveness",
    "machine",
    "step_claims",
    "witnesses",
]
