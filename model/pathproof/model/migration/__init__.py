"""Connection migration: RFC 9000 9 to 9.5, with what 5.1.2, 8.2 and RFC 9002 say of new paths.

`state` holds what both ends and the network know. Each rule of the server has a file of its name:
`new_address` (which packets are taken in), `highest_packet` (which of them move the connection), `moving` and
`validation` (what follows), `off_path_defence` (9.3.3), `fall_back` (9.3.2), `sending` (9.3.1), `congestion`
(9.4), `connection_ids` (9.5) and `paths`. The client's are `client_moves` and `client_answers`. `actions`,
`server_actions`, `timers`, `network` and `attackers` say what can happen, and the claims what must be true of
all that.
"""

from pathproof.model.migration.actions import machine
from pathproof.model.migration.state import Migration, Parameters

# Each registers its functions with the machine.
from pathproof.model.migration import (  # isort: skip
    server_actions,
    timers,
    network,
    attackers,
    claims,
    step_claims,
    learnt_claims,
    send_claims,
    liveness,
    owed_claims,
    witnesses,
)

__all__ = [
    "Migration",
    "Parameters",
    "attackers",
    "claims",
    "learnt_claims",
    "liveness",
    "machine",
    "network",
    "owed_claims",
    "send_claims",
    "server_actions",
    "step_claims",
    "timers",
    "witnesses",
]
