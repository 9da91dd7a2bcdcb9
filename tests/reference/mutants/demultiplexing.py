"""Mutants of how a datagram finds its connection (5.2), and of connection IDs that load balancers read."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference.demultiplexing import Demultiplexer
from pathproof.reference.endpoint import Endpoint


@mutant("RFC9000-5.1.1-08", "QN-44", story=stories.rotation, seen_as=("RFC 9000 10",))
def the_first_id_alone_is_known(patch: Patch) -> None:
    """Connection IDs that are issued later find nobody."""
    patch.setattr(Demultiplexer, "accept", lambda self, connection_id, connection: None)


@mutant("RFC9000-5.1.1-08", "HA-12", "MV-22", story=stories.migrations, seen_as=("RFC 9000 10",))
def what_is_issued_finds_nobody(patch: Patch) -> None:
    """Only the connection ID of the handshake leads a packet to its connection."""
    before = Demultiplexer.find

    def find(self: Demultiplexer, connection_id: bytes) -> Any:
        found = before(self, connection_id)
        is_first = found is not None and connection_id in (found.issuer.first, found.original)
        return found if is_first else None

    patch.setattr(Demultiplexer, "find", find)


@mutant("RFC9000-5.1-04", story=stories.again, early=True)
def one_id_for_all(patch: Patch) -> None:
    """Every connection ID that a server makes is the same."""
    before = Endpoint.new_id
    patch.setattr(Endpoint, "new_id", lambda self: b"same-one" if self.serves else before(self))
