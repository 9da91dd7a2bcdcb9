"""The server's preferred address: declared by the server, and taken up by the client (RFC 9000 9.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.transport_parameters import PreferredAddress

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


def declare_preferred_address(c: Connection) -> None:
    """A server states where it would rather be reached, with a connection ID for it (9.6.1, 5.1.1-04).

    Not if its connection IDs are empty (18.2).
    """
    four, six = c.configuration.preferred_ipv4, c.configuration.preferred_ipv6
    if (four or six) and not c.issuer.is_empty:
        issued = c.issuer.prefer()
        c.local.preferred_address = PreferredAddress.of(four, six, issued.connection_id, issued.token)


def take_preferred_address(c: Connection, now: float) -> None:
    """A client whose handshake is confirmed validates the path to the preferred address (9.6.1-03).

    It takes the one of the family that it speaks already (9.6.3-06).
    """
    declared = c.remote.preferred_address if c.remote else None
    if declared is None:
        return
    current = c.paths.current
    target = declared.ipv6 if ":" in current.local[0] else declared.ipv4
    if target is not None and target != current.remote:
        c.paths.prefer(current.local, target, now)
