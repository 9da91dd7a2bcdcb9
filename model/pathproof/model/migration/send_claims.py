"""What the client and the server may send, and where from: claims about single steps."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.state import (
    CONFIRMED,
    UNDER_WAY,
    Address,
    ConnectionID,
    Migration,
    Parameters,
    client_is_empty,
    server_is_empty,
)
from pathproof.model.vocabulary import get, has

# The client.


@machine.step("RFC9000-9-01", "RFC9000-9-02", "RFC9000-18.2-39", "RFC9000-5.2.3-01", "RFC9000-18.2-38")
def a_client_leaves_only_where_it_may(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """No packet leaves from a new local address before confirmation, or against the server's parameter."""
    if p.attacker == "client" or has(s.own, address) or not has(after.own, address):
        return True
    if has(after.rebound, address):
        return True
    banned = p.disable_active_migration == "yes" and p.preferred_address == "none"
    return s.handshake == CONFIRMED and not banned


@machine.step("RFC9000-9.3-02", "RFC9000-9-01", fails_under={"early_change": "followed"})
def no_address_is_followed_during_the_handshake(s: Migration, after: Migration, p: Parameters) -> bool:
    """While the handshake is under way, a server that does not permit moves keeps to the first address.

    Only who moves is bound by 9-01. A server that follows a NAT by then validates the address, as ever.
    """
    return s.handshake != UNDER_WAY or after.current == s.current


@machine.step("RFC9000-9.5-03", "RFC9000-9.5-09")
def a_new_local_address_takes_a_new_connection_id(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """What the client's packets from a new local address bear was in none before."""
    if server_is_empty(p) or has(s.own, address) or not has(after.own, address):
        return True
    if has(after.rebound, address):
        return True
    return get(after.peer_cid, address) > s.next_cid


@machine.step("RFC9000-9.5-09", "RFC9000-9.3-03", "RFC9000-5.1.2-04")
def every_packet_bears_a_connection_id_in_supply(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """Challenges and data go out under a connection ID that the server holds, or not at all."""
    challenged = has(s.due, address) and not has(after.due, address) and has(after.validating, address)
    if not challenged and (has(s.flight, address) or not has(after.flight, address)):
        return True
    cid = get(after.cid_at, address)
    return cid > 0 and has(s.issued, cid) and not has(s.retired, cid)


@machine.step("RFC9000-9-01", "RFC9000-9.1-01", "RFC9000-9.2-01")
def what_leaves_from_elsewhere_is_a_probe(s: Migration, after: Migration, p: Parameters) -> bool:
    """From a local address that it has not moved to, the client sends nothing but probing packets."""
    if p.attacker == "client" or after.sent != s.sent + 1 or get(after.source, s.sent) == after.outer:
        return True
    return has(after.probing, s.sent)


@machine.step("RFC9000-9.3.3-03")
def a_challenge_on_the_active_path_calls_for_a_packet(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """Who answers PATH_CHALLENGE on its active path sends a non-probing packet, at once or next."""
    if address != s.outer or has(s.answered, address) or not has(after.answered, address):
        return True
    return after.owes == "a packet" or after.sent > s.sent


@machine.step("RFC9000-9.3-02", "RFC9000-9-09")
def data_goes_to_the_address_in_use(s: Migration, after: Migration, p: Parameters, address: Address) -> bool:
    """From the packet on that has moved it, data of the server goes to the new address, and nowhere else."""
    return has(s.flight, address) or not has(after.flight, address) or address == s.current


# Connection IDs of the client.


@machine.step("RFC9000-9.5-04", "RFC9000-5.1.2-06")
def none_is_spare_once_more(s: Migration, after: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """A connection ID is spare until it is in a packet, and then no more: only a new one becomes so.

    Under the name of one that is retired the client may supply another.
    """
    if has(s.spare, cid) or not has(after.spare, cid):
        return True
    return not has(s.issued, cid) or has(s.retired, cid)


@machine.step("RFC9000-9.5-04", "RFC9000-9.5-05")
def another_address_takes_a_spare_one_or_shares(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """What packets to an address begin to bear was in none before, or serves another address by then."""
    cid = get(after.cid_at, address)
    if client_is_empty(p) or cid == 0 or cid == get(s.cid_at, address):
        return True
    if has(s.spare, cid):
        return not has(after.spare, cid)
    return get(s.users, cid) > 0
