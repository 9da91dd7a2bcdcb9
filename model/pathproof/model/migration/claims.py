"""What must be true of every state, by name, with the clauses that ask for it."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.state import (
    CLOSED,
    DISCARDED,
    TOO_MANY,
    Address,
    ConnectionID,
    Migration,
    Parameters,
    client_is_empty,
    is_open,
    server_is_empty,
)
from pathproof.model.vocabulary import count, get, has, is_empty, minus

# What the server does about an address that may not be its peer's.


@machine.always(
    "RFC9000-9-04", "RFC9000-9.3-02", "RFC9000-9.3-05", fails_under={"rebinding_validation": "seen"}
)
def an_address_in_use_is_validated_or_under_validation(s: Migration, p: Parameters) -> bool:
    """The server sends nowhere but to a validated address, or to one that it is validating."""
    if not is_open(s) or has(s.validated, s.current):
        return True
    return has(s.due, s.current) or has(s.validating, s.current)


@machine.always("RFC9000-9.3-05", "RFC9000-9.3.1-01", fails_under={"rebinding_validation": "seen"})
def an_address_not_validated_gets_three_times_what_came(
    s: Migration, p: Parameters, address: Address
) -> bool:
    """No more than three datagrams for each one from there go to an address that is not validated.

    Judged by what really came and went (`truth`), where the server sends data; bytes are counted by the
    machine `anti_amplification`.
    """
    return get(s.flooded, address) != TOO_MANY


@machine.always("RFC9000-9-09", "RFC9000-9.3.2-01")
def data_goes_only_where_a_non_probing_packet_came_from(s: Migration, p: Parameters) -> bool:
    """The address in use is one from which the client sent more than probes, also after a fall-back."""
    return has(s.spoken, s.current)


@machine.always("RFC9000-9.3.2-01")
def the_address_to_fall_back_to_was_validated(s: Migration, p: Parameters) -> bool:
    """What the server would go back to is what was validated last, by the packets that came (`truth`).

    It still counts as validated, unless it was dropped, or by `recent` its validation has run out since.
    """
    if not is_open(s):
        return True
    if s.fallback != s.proven:
        return False
    if p.former_failed == "dropped" or p.rebinding_validation == "recent":
        return True
    return s.fallback == s.current or has(s.validated, s.fallback)


@machine.always("RFC9000-9.3.2-01", "RFC9000-8.2.3-02", fails_under={"relay": "yes"})
def no_strangers_address_is_validated(s: Migration, p: Parameters, address: Address) -> bool:
    """Who cannot hand PATH_CHALLENGE to the client gets no address validated."""
    return not (has(s.validated, address) and has(s.strangers, address))


@machine.always("RFC9000-9.3-02")
def the_answer_to_a_move_goes_to_the_new_address(s: Migration, p: Parameters) -> bool:
    """What the highest packet sets off, and all that follows it, goes to where that packet came from."""
    return s.misdirected == "no"


# How a connection ends.


@machine.always("RFC9000-9-03")
def a_change_of_address_is_no_error(s: Migration, p: Parameters) -> bool:
    """Whatever arrives from whatever address, no end closes the connection for it."""
    return s.connection != CLOSED


@machine.always(
    "RFC9000-9.3.2-01",
    "RFC9000-9.3.2-04",
    "RFC9000-9.1-03",
    fails_under={"former_failed": "dropped", "rebinding_validation": "recent"},
)
def only_an_end_without_a_path_discards_it(s: Migration, p: Parameters) -> bool:
    """State is discarded by a server that knows of no last validated address, or by a client without path."""
    return s.connection != DISCARDED or p.remembers == "no" or p.pathless == "discards"


@machine.always("RFC9000-9.3.2-04")
def nothing_is_left_of_a_discarded_connection(s: Migration, p: Parameters) -> bool:
    """A server that gives the connection up keeps no path of it."""
    if s.connection != DISCARDED or p.pathless != "waits":
        return True
    return is_empty(s.paths) and is_empty(s.validating) and is_empty(s.due) and is_empty(s.asked)


# Connection IDs.


@machine.always("RFC9000-9.5-04", "RFC9000-9.5-05", "RFC9000-9.5-06", "RFC9000-5.1.2-05")
def no_connection_id_serves_two_peer_addresses(
    s: Migration, p: Parameters, first: Address, second: Address
) -> bool:
    """One serves a second address only where what comes from there bears the same as from the first.

    Whether it does is known here only of a client that changes its connection ID with its address alone.
    """
    if p.client == "changes" or client_is_empty(p) or first == second or get(s.cid_at, first) == 0:
        return True
    if get(s.cid_at, first) != get(s.cid_at, second):
        return True
    return get(s.peer_cid, first) == get(s.peer_cid, second)


@machine.always("RFC9000-9.5-03", "RFC9000-5.1.2-05")
def no_connection_id_serves_two_local_addresses(
    s: Migration, p: Parameters, first: Address, second: Address
) -> bool:
    """The client's packets from two addresses bear the same only where a NAT changed the one to the other."""
    if server_is_empty(p) or first == second or not has(s.own, first) or not has(s.own, second):
        return True
    if get(s.peer_cid, first) != get(s.peer_cid, second):
        return True
    return has(s.rebound, first) or has(s.rebound, second)


@machine.always("RFC9000-5.1.1-22", "RFC9000-9.5-07")
def a_barred_empty_connection_id_serves_one_address(
    s: Migration, p: Parameters, first: Address, second: Address
) -> bool:
    """By `zero_length_move` = barred the empty one goes to no second address but after a rebinding."""
    if not client_is_empty(p) or p.zero_length_move == "may" or first == second:
        return True
    if get(s.cid_at, first) == 0 or get(s.cid_at, second) == 0:
        return True
    return get(s.peer_cid, first) == get(s.peer_cid, second)


@machine.always("RFC9000-5.1.2-06", "RFC9000-5.1.2-13")
def no_connection_id_is_forgotten(s: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """What the client supplied is spare, or in use toward some address, or retired."""
    if client_is_empty(p) or not is_open(s) or not has(s.issued, cid):
        return True
    return has(s.spare, cid) or has(s.retired, cid) or get(s.users, cid) > 0


@machine.always("RFC9000-9.5-05", fails_under={"cid_change_response": "each_address"})
def copies_use_up_no_connection_ids(s: Migration, p: Parameters) -> bool:
    """As many connection IDs of the client are in use at most as it has used of the server's."""
    return count(minus(minus(s.issued, s.spare), s.retired)) <= count(s.seen)


# What is bounded, and what the client heeds.


@machine.always("RFC9000-9.3-02", "RFC9000-5.1.1-19")
def state_is_kept_about_few_addresses(s: Migration, p: Parameters) -> bool:
    """However many addresses packets come from, the server keeps state about no more than its bound."""
    return count(s.paths) <= p.paths


@machine.always("RFC9000-9.3-02", "RFC9000-9.3.2-01")
def what_is_in_use_is_known(s: Migration, p: Parameters) -> bool:
    """The server has state about where it sends, and about what it would fall back to."""
    return not is_open(s) or (has(s.paths, s.current) and has(s.paths, s.fallback))


@machine.always("RFC9000-9-10", "RFC9000-9-07")
def the_client_heeds_no_unknown_server(s: Migration, p: Parameters) -> bool:
    """A packet from a server address that the client does not know changes nothing."""
    return s.heeded == "no"


# Congestion control and round-trip estimate.


@machine.always("RFC9000-9.4-01", fails_under={"path_context": "carried"})
def what_went_to_another_address_feeds_no_context(s: Migration, p: Parameters) -> bool:
    """Packets sent before the move, to another address, move neither window nor estimate of the new path."""
    return s.fed == "by its own path"


@machine.always("RFC9000-9.4-01", "RFC9000-9.4-03")
def what_went_to_another_host_feeds_no_context(s: Migration, p: Parameters) -> bool:
    """That holds by every reading where more than the port has changed."""
    return s.fed != "by another host"
