"""Bugs in making connection IDs, and in using empty ones, that let an observer link paths."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.budget import SMALL
from pathproof.model.connection.encoding import AT_THE_SAME_END, LENGTH
from pathproof.model.connection.parts import MOVING
from pathproof.model.connection.server_actions import follows, went
from pathproof.model.connection.state import CLIENT, MOST_CIDS
from pathproof.model.migration.connection_ids import assign
from pathproof.model.migration.validation import begin_validation
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import get, has, larger, put

recreates = Recreated()
BARRED = {"zero_length_move": "barred"}


@recreates(replaces="origin", cites=("RFC9000-5.1-03", "QUICLB-5.4-02", "QUICLB-9.6-03"), at="server")
def ids_are_computed_from_the_first(p: Any, whose: int, connection: int, number: int) -> int:
    """An issuer counts up from its first connection ID, so that everybody can tell which follow it."""
    return MOST_CIDS * whose + 2 * MOST_CIDS * connection


@recreates(replaces="origin", cites=("RFC9000-5.1-01", "RFC9000-5.1-03"), at="client")
def ids_are_taken_over_from_the_peer(p: Any, whose: int, connection: int, number: int) -> int:
    """An end issues for its own what the peer issued under the number before."""
    own = number if whose == CLIENT else number + 1
    return own + 2 * MOST_CIDS * connection


@recreates(replaces="length", cites=("RFC9000-5.1-03", "QUICLB-5.4-06"), at="server")
def the_length_tells_the_connection(p: Any, whose: int, connection: int, number: int) -> int:
    """An issuer draws the length of its connection IDs anew for each connection, and keeps to it."""
    return LENGTH + connection


@recreates(replaces="server_name", cites=("RFC9000-5.1-03", "QUICLB-5.4-05"), at="server")
def appended_octets_name_the_server(p: Any, whose: int, connection: int, number: int) -> int:
    """A server that encrypts its server ID appends octets by which it knows its own connection IDs."""
    return 0 if whose == CLIENT else larger(connection, AT_THE_SAME_END)


@recreates(
    replaces="take_fresh",
    cites=("RFC9000-9.5-03", "RFC9000-9.5-07"),
    at="client",
    parts="supply and reset",
    zero_length="server",
    **BARRED,
)
def a_client_moves_under_an_empty_id(s: Any, p: Any, address: int) -> bool:
    """A client that holds an empty connection ID for one that was used goes on under it all the same."""
    s.under = put(s.under, address, s.server_ids_current + 1)
    return True


@recreates(
    replaces="server_challenges",
    cites=("RFC9000-9.5-04",),
    at="server",
    zero_length="client",
    **BARRED,
)
def an_empty_id_goes_to_a_second_address(s: Any, p: Any, address: int) -> bool:
    """A server that holds an empty connection ID for one that was used challenges a new address under it."""
    paths = MOVING.state(s)
    if not follows(s, p) or not has(paths.due, address) or get(paths.allowance, address) == 0:
        return False
    assign(paths, address, get(paths.cid_at, paths.fallback))
    begin_validation(paths, MOVING.parameters(p), address)
    went(s, p, address, SMALL)
    return True
