"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.connection_ids import can_equip
from pathproof.model.migration.state import (
    DISCARDED,
    NO_VIABLE_PATH,
    UNDER_WAY,
    Address,
    Migration,
    Parameters,
    client_is_empty,
    is_open,
    server_is_empty,
)
from pathproof.model.vocabulary import count, get, has, is_empty


@machine.sometimes("RFC9000-9.2-01")
def a_migration_is_complete(s: Migration, p: Parameters) -> bool:
    """Client and server use an address that is not the first, and each has validated it."""
    return s.outer == s.current and s.next_cid > 1 and has(s.validated, s.outer) and has(s.works, s.outer)


@machine.sometimes("RFC9000-9.1-01")
def a_path_is_probed_and_not_used(s: Migration, p: Parameters, address: Address) -> bool:
    """The client has validated a path that it does not use."""
    return (
        address != s.outer and s.current == s.outer and has(s.works, address) and get(s.peer_cid, address) > 1
    )


@machine.sometimes("RFC9000-9.3-08")
def a_rebinding_is_followed(s: Migration, p: Parameters) -> bool:
    """The server uses an address that a NAT gave the client, and has validated it."""
    return s.current == s.outer and has(s.rebound, s.outer) and has(s.validated, s.outer)


@machine.sometimes("RFC9000-9.3.3-01")
def a_copy_has_dragged_it_away(s: Migration, p: Parameters) -> bool:
    """The server sends to a stranger while both addresses are under validation."""
    return has(s.strangers, s.current) and has(s.validating, s.current) and has(s.validating, s.fallback)


@machine.sometimes("RFC9000-9.3.2-01")
def it_fell_back(s: Migration, p: Parameters) -> bool:
    """A stranger's packet is the newest, and the server is back at the client's address."""
    return count(s.received) == 1 and s.highest == 1 and not is_empty(s.strangers) and s.current == s.outer


@machine.sometimes("RFC9000-9.3.2-04")
def it_was_discarded(s: Migration, p: Parameters) -> bool:
    """The server has discarded the connection."""
    return s.connection == DISCARDED and is_empty(s.paths)


@machine.sometimes("RFC9000-8.2.4-08")
def no_path_was_viable(s: Migration, p: Parameters) -> bool:
    """The client has closed since no path was left."""
    return s.connection == NO_VIABLE_PATH


@machine.sometimes("RFC9000-9.3-03")
def the_supply_is_exhausted(s: Migration, p: Parameters) -> bool:
    """The server follows the client to an address for which it has no connection ID."""
    return is_open(s) and s.current == s.outer and has(s.due, s.current) and not can_equip(s, p, s.current)


@machine.sometimes("RFC9000-9.5-05")
def a_connection_id_goes_on_after_a_rebinding(s: Migration, p: Parameters, address: Address) -> bool:
    """The server uses one connection ID toward the address before a rebinding and the one after it."""
    if client_is_empty(p) or address == s.current or get(s.cid_at, address) == 0:
        return False
    return get(s.cid_at, address) == get(s.cid_at, s.current) and has(s.rebound, s.current)


@machine.sometimes("RFC9000-5.1.1-22")
def it_moved_under_a_zero_length_connection_id(s: Migration, p: Parameters) -> bool:
    """An end with a zero-length connection ID has moved, or followed."""
    return (server_is_empty(p) or client_is_empty(p)) and has(s.validated, s.current) and count(s.heard) > 1


@machine.sometimes("RFC9000-9.4-03")
def what_was_learnt_is_kept_over_a_change_of_port(s: Migration, p: Parameters) -> bool:
    """A new port is validated, and the window is not the initial one."""
    return has(s.rebound, s.current) and has(s.validated, s.current) and has(s.grown, s.current)


@machine.sometimes("RFC9000-9.4-01")
def data_is_in_flight_to_an_address_left(s: Migration, p: Parameters, address: Address) -> bool:
    """Data that was sent before a move is neither acknowledged nor lost."""
    return has(s.flight, address) and address != s.current


@machine.sometimes("RFC9000-9-01")
def a_copy_arrives_during_the_handshake(s: Migration, p: Parameters) -> bool:
    """The client's address changes while the handshake is under way."""
    return s.handshake == UNDER_WAY and not is_empty(s.rebound)


@machine.sometimes("RFC9000-9.3-02")
def the_table_of_paths_is_full(s: Migration, p: Parameters) -> bool:
    """The server keeps state about as many addresses as it is ready to."""
    return count(s.paths) == p.paths


@machine.sometimes("RFC9000-5.1.2-06")
def a_connection_id_awaits_retirement(s: Migration, p: Parameters) -> bool:
    """An old path was given up, and RETIRE_CONNECTION_ID has not reached the client."""
    return not is_empty(s.retired)
