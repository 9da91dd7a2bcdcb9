"""How an issuer makes its connection IDs, and so what one of them shows to somebody without its keys.

How is a choice of the issuer (`made`, `server_id`, `rotation`), and only IDs that are drawn at random, or
that look as if they were, keep RFC 9000 5.1-03. An ID shows how long it is (the observer saw the long
headers), its config rotation bits (QUIC-LB 3.1), its server ID where the configuration has no key (5.3), and
whether it was computed from another one. What it shows is a function of how it was made, and so no state:
`load_balancing` has the rest of it, configurations that change at any time and nonces that run out or are
used twice.

To link two paths by what their IDs show, it has to be something that the IDs of other connections do not show
as well. So each function has the connection for an argument: this one, another one at the same end, or one at
another server of the deployment; and each of them says of all three by one rule what their IDs show.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.state import CLIENT, MOST_CIDS, SERVER

THIS, AT_THE_SAME_END, AT_ANOTHER_SERVER = 0, 1, 2  # connections
LENGTH = 8  # octets of every ID; any number will do that is the same for all


def length(p: Any, whose: int, connection: int, number: int) -> int:
    """The octets of an ID, which are as many for all connections (QUIC-LB 5.4-06)."""
    return LENGTH


def server_name(p: Any, whose: int, connection: int, number: int) -> int:
    """The server ID as everybody reads it: 0 where it is encrypted, or where there is none."""
    if whose == CLIENT or p.server_id == "hidden":
        return 0
    return 2 if connection == AT_ANOTHER_SERVER else 1


def rotation_bits(p: Any, whose: int, connection: int, number: int) -> int:
    """The configuration that an ID was made with; one that is new comes to the servers one by one.

    Here the server has had the former one for its first ID and the new one since, and another server has not
    got it yet.
    """
    if whose == CLIENT or p.rotation == "never" or connection == AT_ANOTHER_SERVER:
        return 0
    return 1 if number > 0 else 0


def origin(p: Any, whose: int, connection: int, number: int) -> int:
    """The ID that this one was computed from, in a way that others can follow.

    It is the ID itself where that was drawn at random; the first one of its issuer where they are counted up
    from there; and where each end takes over what its peer has issued, the client's under the number before.
    """
    before = 2 * MOST_CIDS * connection
    if p.made == "in sequence":
        return before + MOST_CIDS * whose
    if p.made == "from the peer's":
        return before + number + (1 if whose == SERVER else 0)
    return before + number + MOST_CIDS * whose


def singles_out(one: int, other: int, elsewhere: int) -> bool:
    """Two IDs show the same here, and one that was made at the same time for another connection does not."""
    return one == other and one != elsewhere


def have_in_common(p: Any, whose: int, number: int, other: int, crowd: int) -> bool:
    """Two IDs of this connection show something by which they are told from those of the crowd."""
    for shown in (length, server_name, rotation_bits, origin):
        one, two = shown(p, whose, THIS, number), shown(p, whose, THIS, other)
        if singles_out(one, two, shown(p, whose, crowd, number)):
            return True
    return False


def are_of_one_origin(p: Any, of_server: int, of_client: int) -> bool:
    """An ID of the server's and one of the client's were computed one from the other."""
    return origin(p, SERVER, THIS, of_server) == origin(p, CLIENT, THIS, of_client)
