"""A connection outlives its addresses: RFC 9000 9.1 to 9.5.

`Path` is one pair of addresses and all that goes by it. `Paths` is what an endpoint does about them: it
follows a peer that moves, it moves itself, and it goes back where a move fails.
"""

from pathproof.reference.migration.path import Address, Path
from pathproof.reference.migration.paths import NoSpareConnectionId, Paths

__all__ = ["Address", "NoSpareConnectionId", "Path", "Paths"]
