"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from typing import Any

from pathproof.model.anti_amplification.state import FACTOR
from pathproof.model.connection.actions import machine
from pathproof.model.connection.claims import is_at_rest
from pathproof.model.connection.liveness import is_supplied
from pathproof.model.connection.observer import are_apart, are_two_paths
from pathproof.model.connection.parts import moving_lives, supply_lives
from pathproof.model.connection.state import (
    CLOSING,
    CONFIRMED,
    DRAINING,
    LOST,
    OPEN,
    OVER,
    both_are_open,
    server_is_open,
)
from pathproof.model.vocabulary import count, get, has, is_empty


@machine.sometimes("RFC9000-9.5-03", "RFC9000-9.5-04")
def a_move_is_complete_and_links_nothing(s: Any, p: Any) -> bool:
    """Client and server are at another address, under connection IDs that were on no other path."""
    if not supply_lives(p) or s.moving_outer == 0 or s.moving_current != s.moving_outer:
        return False
    return s.server_ids_current > 0 and s.client_ids_current > 0 and has(s.moving_validated, s.moving_outer)


@machine.sometimes("RFC9000-9.5-03")
def two_ids_of_the_server_were_seen_on_two_paths(s: Any, p: Any) -> bool:
    """An observer saw packets of the client from two addresses that it chose, under another ID from each."""
    return are_two_paths(s, 0, 1) and are_apart(p, s.seen_to_server, 0, 1, 0, 1)


@machine.sometimes("RFC9000-9.5-04")
def two_ids_of_the_client_were_seen_on_two_paths(s: Any, p: Any) -> bool:
    """An observer saw packets of the server to two addresses that the client chose, each under its own ID."""
    return are_two_paths(s, 0, 1) and are_apart(p, s.seen_to_client, 0, 1, 0, 1)


@machine.sometimes("RFC9000-9.3-03")
def the_supply_is_exhausted(s: Any, p: Any) -> bool:
    """The server follows the client to an address for which it has no connection ID."""
    if not moving_lives(p) or not supply_lives(p) or not server_is_open(s):
        return False
    return s.moving_current == s.moving_outer and not is_supplied(s, p)


@machine.sometimes("RFC9000-9.2-01")
def both_ends_are_at_rest_after_a_move(s: Any, p: Any) -> bool:
    """Nothing is owed, and both are where the client went."""
    return is_at_rest(s, p) and s.moving_outer > 0 and s.moving_current == s.moving_outer


@machine.sometimes("RFC9000-5.1.2-06")
def the_old_path_is_retired_on_both_sides(s: Any, p: Any) -> bool:
    """Both directions have retired what was used before a move."""
    return has(s.server_ids_invalidated, 0) and has(s.client_ids_invalidated, 0)


@machine.sometimes("RFC9000-9.3.3-01")
def a_copy_has_dragged_it_away(s: Any, p: Any) -> bool:
    """The server sends to a stranger."""
    return has(s.moving_strangers, s.moving_current) and both_are_open(s)


@machine.sometimes("RFC9000-9.3-08")
def a_rebinding_is_followed(s: Any, p: Any) -> bool:
    """The server sends to an address that a NAT gave the client, and has validated it."""
    return has(s.moving_rebound, s.moving_current) and has(s.moving_validated, s.moving_current)


@machine.sometimes("RFC9000-10.2.1-01")
def both_ends_are_closing(s: Any, p: Any) -> bool:
    """Each end has closed before it heard of the other."""
    return bool(s.client_end == CLOSING and s.server_end == CLOSING)


@machine.sometimes("RFC9000-10.2-11")
def both_ends_are_over(s: Any, p: Any) -> bool:
    """Nothing is left at either end."""
    return bool(s.client_end == OVER and s.server_end == OVER)


@machine.sometimes("RFC9000-10.2.1-12")
def a_client_moves_to_a_closing_server(s: Any, p: Any) -> bool:
    """The server is closing while the client goes on from a new address."""
    return bool(s.server_end == CLOSING and s.client_end == OPEN and s.moving_outer > 0)


@machine.sometimes("RFC9000-10.3.1-11")
def a_reset_has_ended_it(s: Any, p: Any) -> bool:
    """The client drains after a reset by a server without state."""
    return bool(s.server_end == LOST and s.client_end == DRAINING and s.ended_by == "a reset")


@machine.sometimes("RFC9000-10.3.1-08")
def a_token_of_a_retired_id_is_known(s: Any, p: Any) -> bool:
    """A token that is compared no more was in a reset, and the connection lives."""
    return both_are_open(s) and not is_empty(s.revealed)


@machine.sometimes("RFC9000-9.3.1-01")
def the_limit_is_used_up(s: Any, p: Any) -> bool:
    """All that may go to an address before it is validated has gone there."""
    if get(s.limit_came_on, 1) == 0 or has(s.limit_valid, 1):
        return False
    return get(s.limit_went_on, 1) == FACTOR * get(s.limit_came_on, 1)


@machine.sometimes("RFC9000-10.2-05")
def a_breach_has_ended_it(s: Any, p: Any) -> bool:
    """An end has closed over what its peer sent."""
    return bool(s.ended_by == "a breach")


@machine.sometimes("RFC9001-4.1.2-01")
def the_first_packets_are_over(s: Any, p: Any) -> bool:
    """The handshake is confirmed, and both ends know where their packets go."""
    return bool(s.hello == CONFIRMED and s.to_client > 0 and s.to_server > 0)


@machine.sometimes("RFC9000-13.3-03")
def data_was_sent_before_a_move(s: Any, p: Any) -> bool:
    """Data is in flight to an address that the client has left."""
    return not is_empty(s.moving_flight) and s.moving_outer > 0 and has(s.moving_flight, 0)


@machine.sometimes("RFC9000-9.1-01")
def a_path_is_probed_and_not_used(s: Any, p: Any) -> bool:
    """The client has validated a path that it does not use, under a connection ID of its own."""
    return count(s.moving_works) > 1 and s.moving_outer == 0 and get(s.under, 1) > 0
