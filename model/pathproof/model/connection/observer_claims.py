"""What an observer of every path can tell.

Each end promises it by its own sending, and by how it makes its connection IDs, whatever its peer does.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import machine
from pathproof.model.connection.encoding import (
    AT_ANOTHER_SERVER,
    AT_THE_SAME_END,
    are_of_one_origin,
    have_in_common,
)
from pathproof.model.connection.observer import (
    are_apart,
    are_linked_by_client,
    are_two_paths,
    links_by_client,
    links_by_server,
    sighting,
)
from pathproof.model.connection.parts import client_ids_are_empty, server_ids_are_empty, supply_lives
from pathproof.model.connection.state import CLIENT, SERVER, Address, SequenceNumber
from pathproof.model.vocabulary import has

# One connection ID on two paths.


@machine.always(
    "RFC9000-9.5-03",
    "RFC9000-9.5-09",
    "RFC9000-5.1.2-05",
    fails_under={"closing_answer": "identical", "peer": "linking client"},
)
def the_client_links_no_paths(
    s: Any, p: Any, number: SequenceNumber, first: Address, second: Address
) -> bool:
    """No connection ID is in packets from two addresses that the client chose, whatever the server does."""
    return server_ids_are_empty(p) or not links_by_client(s, p, number, first, second)


@machine.always(
    "RFC9000-9.5-04",
    "RFC9000-9.5-05",
    "RFC9000-5.1.2-05",
    fails_under={"closing_answer": "identical", "attacker": "persistent", "zero_length": "server"},
)
def the_server_links_no_paths(
    s: Any, p: Any, number: SequenceNumber, first: Address, second: Address
) -> bool:
    """No connection ID is in packets to two addresses that the client chose, but for a client that has
    linked them itself: a move under one connection ID looks like a NAT's, and the server may keep its own.
    """
    if client_ids_are_empty(p) or not links_by_server(s, p, number, first, second):
        return True
    return not server_ids_are_empty(p) and are_linked_by_client(s, p, first, second)


@machine.always("RFC9000-9.5-03", "RFC9000-9.5-04", "RFC9000-9.5-07", fails_under={"zero_length_move": "may"})
def an_empty_id_is_on_one_path(s: Any, p: Any, first: Address, second: Address) -> bool:
    """Neither end uses an empty connection ID from, or to, two addresses that the client chose.

    Where that is the server's, the server's own address then links the two; the client's shows nothing.
    """
    if client_ids_are_empty(p) and supply_lives(p) and links_by_server(s, p, 0, first, second):
        return False
    return not server_ids_are_empty(p) or not supply_lives(p) or not links_by_client(s, p, 0, first, second)


# What one ID shows, and another one as well.


@machine.always(
    "RFC9000-5.1-03",
    "RFC9000-9.5-01",
    "QUICLB-5.4-02",
    "QUICLB-5.4-05",
    "QUICLB-5.4-06",
    "QUICLB-9.6-03",
    fails_under={"made": "in sequence"},
)
def nothing_shown_is_of_this_connection_alone(
    s: Any, p: Any, number: SequenceNumber, other: SequenceNumber, first: Address, second: Address
) -> bool:
    """What IDs on two paths have in common, in either direction, is in those of other connections as well.

    Where they are drawn at random this holds by how they are made, whatever the ends do with them: what a run
    adds is which of them an observer gets to compare. It fails for an issuer that counts up from the first.
    What changes over a longer life, codepoints used anew and nonces used twice, is in `load_balancing`.
    """
    return not (
        links_by_what_is_shown(s, p, SERVER, number, other, first, second, AT_THE_SAME_END)
        or links_by_what_is_shown(s, p, CLIENT, number, other, first, second, AT_THE_SAME_END)
    )


@machine.always(
    "RFC9000-5.1-03",
    "QUICLB-5.4-05",
    "QUICLB-9-01",
    fails_under={"server_id": "plaintext", "rotation": "under way", "made": "in sequence"},
)
def nothing_shown_tells_the_server(
    s: Any, p: Any, number: SequenceNumber, other: SequenceNumber, first: Address, second: Address
) -> bool:
    """What IDs on two paths have in common is in those of connections at other servers as well.

    With IDs that are drawn at random, or encrypted, this holds by how they are made.
    """
    return not links_by_what_is_shown(s, p, SERVER, number, other, first, second, AT_ANOTHER_SERVER)


def links_by_what_is_shown(
    s: Any, p: Any, whose: int, number: int, other: int, first: int, second: int, crowd: int
) -> bool:
    """Two IDs of one end were on two paths, and have in common what those of the crowd have not."""
    if not have_in_common(p, whose, number, other, crowd) or not are_two_paths(s, first, second):
        return False
    if whose == SERVER:
        return not server_ids_are_empty(p) and are_apart(p, s.seen_to_server, number, other, first, second)
    return not client_ids_are_empty(p) and are_apart(p, s.seen_to_client, number, other, first, second)


@machine.always("RFC9000-5.1-01", "RFC9000-5.1-03", "RFC9000-9.5-01", fails_under={"made": "from the peer's"})
def no_id_is_made_from_one_of_the_peers(
    s: Any, p: Any, number: SequenceNumber, other: SequenceNumber, first: Address, second: Address
) -> bool:
    """An ID toward the server on one path and one toward the client on another have no common origin.

    Where each end draws its own at random, this holds by how they are made. It fails where an end takes over
    what its peer has issued.
    """
    if server_ids_are_empty(p) or client_ids_are_empty(p) or not are_of_one_origin(p, number, other):
        return True
    if not are_two_paths(s, first, second) or not has(s.seen_to_server, sighting(p, number, first)):
        return True
    return not has(s.seen_to_client, sighting(p, other, second))
