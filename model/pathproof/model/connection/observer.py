"""An observer of every path: what it sees of each packet, and which paths that lets it link.

It sees, of each packet of either end, both addresses and the Destination Connection ID, and it can do with
them what it likes. It has no keys, so it reads nothing else of a packet with a short header. Two paths are
linked where one connection ID was on both, or where an ID on one and an ID on the other have something in
common that the IDs of other connections have not (`encoding`). Links close transitively, so that none between
any two paths is no link at all.

It sees no tokens of stateless reset, by which it could tell IDs of one connection: they are in
NEW_CONNECTION_ID or in transport parameters, which are encrypted. Only a reset shows one, that of the ID
in the packet that it answers, once the server has lost its state or the ID is retired.

What the text leaves: a NAT's change of address, of which the client does not know (9.5-05, 9.5-06), what an
attacker sends itself, and what an issuer tells others on purpose (5.1-03). So paths are those between the
server and addresses that the client has chosen.

An empty ID shows nothing. What finds the connection in its place is an address of the end that chose it
(5.2-04), and an end has that for one connection alone if its peer may move (5.1-08). The client's is another
on each path. The server's is on all of them, so that it links what the client chose to keep apart (9.5-07).

What was seen is a set of sightings: connection ID n at address a is number n * addresses + a.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.vocabulary import Numbers, add, has


def sighting(p: Any, number: int, address: int) -> int:
    """This connection ID in a packet from or to this address of the client."""
    place: int = p.addresses * number + address
    return place


def sees_packet_of_client(s: Any, p: Any, address: int, number: int) -> None:
    """The observer sees a packet from this address to the server's connection ID of this number."""
    s.seen_to_server = add(s.seen_to_server, sighting(p, number, address))


def sees_packet_of_server(s: Any, p: Any, address: int, number: int) -> None:
    """The observer sees a packet to this address and to the client's connection ID of this number."""
    s.seen_to_client = add(s.seen_to_client, sighting(p, number, address))


def is_chosen(s: Any, address: int) -> bool:
    """The client chose this address, and no NAT gave it."""
    return has(s.moving_own, address) and not has(s.moving_rebound, address)


def are_two_paths(s: Any, first: int, second: int) -> bool:
    """The client chose either address, to be at another one."""
    return first != second and is_chosen(s, first) and is_chosen(s, second)


def is_on_both(p: Any, seen: Numbers, number: int, first: int, second: int) -> bool:
    """The observer has seen this connection ID at both addresses."""
    return has(seen, sighting(p, number, first)) and has(seen, sighting(p, number, second))


def links_by_client(s: Any, p: Any, number: int, first: int, second: int) -> bool:
    """Packets of the client from two addresses that it chose bore this connection ID."""
    return are_two_paths(s, first, second) and is_on_both(p, s.seen_to_server, number, first, second)


def are_linked_by_client(s: Any, p: Any, first: int, second: int) -> bool:
    """One connection ID or another of the server was in packets from both addresses."""
    if links_by_client(s, p, 0, first, second):
        return True
    if p.cids > 1 and links_by_client(s, p, 1, first, second):
        return True
    return bool(p.cids > 2 and links_by_client(s, p, 2, first, second))


def links_by_server(s: Any, p: Any, number: int, first: int, second: int) -> bool:
    """Packets of the server to two addresses that the client chose bore this connection ID."""
    return are_two_paths(s, first, second) and is_on_both(p, s.seen_to_client, number, first, second)


def are_apart(p: Any, seen: Numbers, number: int, other: int, first: int, second: int) -> bool:
    """The observer has seen one connection ID at one address, and another one at the other."""
    return number != other and has(seen, sighting(p, number, first)) and has(seen, sighting(p, other, second))
