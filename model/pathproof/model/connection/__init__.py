"""A connection: two whole endpoints made of the other machines, and an observer of all their paths.

What it is made of. A synchronised product: `parts` holds two supplies of connection IDs (`cid_supply`, one
for each direction), the client's addresses and the server that follows it (`migration`), and the ledger of
the anti-amplification limit (`anti_amplification`). Tokens of stateless reset need no state of their own: the
rules of `stateless_reset` are called on the supply (`tokens`). A step of the connection is what one thing
that happens means for every part, in order, or for none; no rule of a part is written a second time.

What holds the parts together. `connection_ids` binds what an end's packets bear to paths: what migration
says is in use at an address is active in the supply, and what either gives up the other retires.
`demultiplexing` and `reception` deliver packets by connection ID, and `supplying` has the frames of a packet
processed in their order. `budget` has one ledger pay for packets of all kinds. `ending` closes everywhere
what is closed anywhere, and `idling` has the timers of an end count the same silence, in their order. Where
parts overlap they are coupled by guards; that they agree is a claim.

What each part assumes of the others, and what it guarantees. A supply assumes nothing of its peer, and gives
each path a connection ID that no other path bore; the paths assume that what they are given is fresh, and say
what is given up; the ledger assumes no more than that a validated address was proved.

What it leaves out. Frames of supply are in datagrams of their own. The server's go to the address in use, are
paid for out of the limit, and arrive at the address that they went to, while the client is there; those that
go to a stranger are left out, but for their price, which data has as well. The client's come from wherever it
is, and as probing frames they move nothing.

How large it is. The option `parts` says which parts are live; one that is not is left out of the guards. Each
composition of fewer parts so has every run of the whole, seen through those parts and up to where another one
ends the connection, and a safety claim that holds of it holds of the whole until then. All parts together are
explored to the end as well, at the smallest bounds. `first_packets` stands alone, before the others begin.

What an observer can tell. `observer` sees every packet of either end and links paths by connection IDs and
by what those show (`encoding`); the claims say what each end promises by its own sending, and by how it makes
its connection IDs, whatever its peer does. One promise the text does not let a server keep: a client that
moves under one connection ID looks like a NAT, and the server may go on with its own (9.5-05).
"""

from pathproof.model.connection.actions import machine
from pathproof.model.connection.state import Connection, Parameters

# Each registers its functions with the machine.
from pathproof.model.connection import (  # isort: skip
    server_actions,
    network,
    supplying,
    ends,
    timeouts,
    attackers,
    peers,
    openings,
    claims,
    observer_claims,
    ending_claims,
    idle_claims,
    step_claims,
    liveness,
    witnesses,
)

__all__ = [
    "Connection",
    "Parameters",
    "attackers",
    "claims",
    "ending_claims",
    "ends",
    "idle_claims",
    "liveness",
    "machine",
    "network",
    "observer_claims",
    "openings",
    "peers",
    "server_actions",
    "step_claims",
    "supplying",
    "timeouts",
    "witnesses",
]
