"""An observer of every path: what it sees of each packet, and which paths that lets it link.

It sees, of each packet of either end, both addresses, the Destination Connection ID and the length of that,
and it can do with them what it likes. It has no keys, so it reads nothing else of a packet with a short
header. Two paths are linked where an identifier, or something derived from it, was on both: a connection ID,
or where `server_id` is plaintext, the name of the server that its connection IDs show. Links close
transitively, so that none between any two paths is no link at all.

What the text leaves: a NAT's change of address, of which the client does not know (9.5-05, 9.5-06), and what
an attacker sends itself. So paths are those between the server and addresses that the client has chosen.
The empty connection ID identifies nobody, but where it is the only one, the server's address is all that an
observer needs (9.5-07): a claim of its own.

What was seen is a set of sightings: connection ID n at address a is number 3 * n + a.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.state import MOST_ADDRESSES
from pathproof.model.vocabulary import add, has


def sighting(number: int, address: int) -> int:
    """This connection ID in a packet from or to this address of the client."""
    return MOST_ADDRESSES * number + address


def sees_packet_of_client(s: Any, address: int, number: int) -> None:
    """The observer sees a packet from this address to the server's connection ID of this number."""
    s.seen_to_server = add(s.seen_to_server, sighting(number, address))


def sees_packet_of_server(s: Any, address: int, number: int) -> None:
    """The observer sees a packet to this address and to the client's connection ID of this number."""
    s.seen_to_client = add(s.seen_to_client, sighting(number, address))


def is_chosen(s: Any, address: int) -> bool:
    """The client chose this address, and no NAT gave it."""
    return has(s.moving_own, address) and not has(s.moving_rebound, address)


def links_by_client(s: Any, number: int, first: int, second: int) -> bool:
    """Packets of the client from two addresses that it chose bore this connection ID."""
    if first == second or not is_chosen(s, first) or not is_chosen(s, second):
        return False
    return has(s.seen_to_server, sighting(number, first)) and has(s.seen_to_server, sighting(number, second))


def links_by_server(s: Any, number: int, first: int, second: int) -> bool:
    """Packets of the server to two addresses that the client chose bore this connection ID."""
    if first == second or not is_chosen(s, first) or not is_chosen(s, second):
        return False
    return has(s.seen_to_client, sighting(number, first)) and has(s.seen_to_client, sighting(number, second))
