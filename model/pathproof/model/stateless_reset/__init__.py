"""Stateless reset: RFC 9000 10.3, and 21.11 for instances that share a static key.

`state` holds what both ends of one direction know: the end that gives tokens out and may lose its state, and
the end that remembers them. `issuer`, `cluster`, `resets` and `consumer` are the rules. `actions`, `losses`,
`answers` and `network` are what happens when all keep them, `attackers` what happens when somebody does not.
`idling` says when the consumer hears nothing for too long. `ghosts` notes of all that what the claims need,
and the claims say what must be true of it.
"""

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.state import Parameters, StatelessReset

# Each registers its functions with the machine.
from pathproof.model.stateless_reset import (  # isort: skip
    answers,
    attackers,
    claims,
    end_claims,
    idle_claims,
    leftovers,
    liveness,
    losses,
    network,
    size_claims,
    witnesses,
)

__all__ = [
    "Parameters",
    "StatelessReset",
    "answers",
    "attackers",
    "claims",
    "end_claims",
    "idle_claims",
    "leftovers",
    "liveness",
    "losses",
    "machine",
    "network",
    "size_claims",
    "witnesses",
]
