"""To which connection a packet belongs: RFC 9000 5.2, RFC 8999 5.3.

By its Destination Connection ID alone, wherever it comes from. An empty one is told by where it came to.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.parts import server_ids_are_empty
from pathproof.model.vocabulary import has


def is_served(s: Any, number: int) -> bool:
    """The server issued this connection ID, and its peer has not retired it (5.1.1-08)."""
    return number < s.server_ids_issued and not has(s.server_ids_invalidated, number)


def belongs(s: Any, p: Any, number: int, address: int) -> bool:
    """A packet to this connection ID of the server, from this address, is one of the connection."""
    if server_ids_are_empty(p):
        return True  # the server's address and port suffice (5.2-04)
    return is_served(s, number)
