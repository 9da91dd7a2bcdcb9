"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.preferred_address.client import current, fits, fresh
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import (
    AWAY_ORIGINAL,
    AWAY_PREFERRED,
    HOME,
    HOME_PREFERRED,
    at_preferred,
    from_third,
    is_preferred,
    leaves_preferred,
    seen_as,
)
from pathproof.model.preferred_address.server import has_moved, server_path
from pathproof.model.preferred_address.state import ROOM, Parameters, PreferredAddress, is_confirmed
from pathproof.model.vocabulary import get, has, is_empty


@machine.sometimes("RFC9000-9.6.1-05", "RFC9000-9.6.2-05")
def both_ends_have_moved(s: PreferredAddress, p: Parameters) -> bool:
    """Packets go both ways between the client's handshake address and the preferred one."""
    return has_moved(s) and current(s) == HOME_PREFERRED and server_path(s, p) == seen_as(p, current(s))


@machine.sometimes("RFC9000-9.6.3-01", "RFC9000-9.6.2-05")
def both_ends_have_moved_at_once(s: PreferredAddress, p: Parameters) -> bool:
    """The first path to the preferred address that both use starts at the client's other address."""
    return has_moved(s) and current(s) == AWAY_PREFERRED and not has(s.validated, HOME_PREFERRED)


@machine.sometimes("RFC9000-9.6.3-01")
def both_addresses_are_validated_at_once(s: PreferredAddress, p: Parameters) -> bool:
    """The client validates both addresses of the server from its other local address."""
    return has(s.probing, AWAY_PREFERRED) and has(s.probing, AWAY_ORIGINAL)


@machine.sometimes("RFC9000-9.6.3-03", "RFC9000-9.6.1-06")
def the_original_address_alone_is_valid(s: PreferredAddress, p: Parameters) -> bool:
    """The preferred address has failed, and the client uses its other address toward the original one."""
    return s.attempt == "failed" and current(s) == AWAY_ORIGINAL


@machine.sometimes("RFC9000-9.6.2-03")
def the_client_is_ahead(s: PreferredAddress, p: Parameters) -> bool:
    """The client's packets come to the preferred address, and the server's leave from the original one."""
    return at_preferred(s.peer) and not leaves_preferred(server_path(s, p)) and not from_third(s.peer)


@machine.sometimes("RFC9000-9.6.2-03", "RFC9000-9.6.2-04")
def the_server_has_validated_first(s: PreferredAddress, p: Parameters) -> bool:
    """The server has validated the path from its preferred address, and waits for a non-probing packet."""
    return not has_moved(s) and (has(s.checked, 2) or has(s.checked, 3)) and not at_preferred(s.peer)


@machine.sometimes("RFC9000-9.6.1-04", "RFC9000-9.6.3-08")
def another_number_goes_there(s: PreferredAddress, p: Parameters) -> bool:
    """A connection ID of NEW_CONNECTION_ID is used toward the preferred address."""
    return get(s.bearing, HOME_PREFERRED) > 2


@machine.sometimes("RFC9000-9.6.3-08")
def number_one_goes_elsewhere(s: PreferredAddress, p: Parameters) -> bool:
    """The connection ID of the parameter is used toward the original address."""
    return s.number_one == "parameter" and get(s.bearing, AWAY_ORIGINAL) == 2


@machine.sometimes("RFC9000-9.6.1-03")
def a_second_attempt_succeeds(s: PreferredAddress, p: Parameters) -> bool:
    """A client that had failed from one address has moved from the other."""
    return current(s) == AWAY_PREFERRED and get(s.sent_on, 1) == AWAY_ORIGINAL and s.generation == 2


@machine.sometimes("RFC9000-18.2-40", "RFC9000-5.2.3-02")
def a_barred_client_moves_at_the_preferred_address(s: PreferredAddress, p: Parameters) -> bool:
    """The server barred migration, and its client has changed its address at the preferred one."""
    return p.disabled == "yes" and current(s) == AWAY_PREFERRED and get(s.sent_on, 1) == HOME_PREFERRED


@machine.sometimes("RFC9000-18.2-40")
def the_bar_is_lifted_everywhere(s: PreferredAddress, p: Parameters) -> bool:
    """The server barred migration, and its client sends to the original address from another local one."""
    return p.disabled == "yes" and current(s) == AWAY_ORIGINAL


@machine.sometimes("RFC9000-9.6.3-04")
def a_nat_shows_another_source(s: PreferredAddress, p: Parameters) -> bool:
    """The server has gone over to a source that only the NAT made."""
    return has_moved(s) and s.peer == AWAY_PREFERRED and current(s) == HOME_PREFERRED


@machine.sometimes("RFC9000-9.6.3-06", "RFC9000-18.2-43")
def no_offered_address_fits(s: PreferredAddress, p: Parameters) -> bool:
    """The server offers an address of a family that the client's local addresses do not have."""
    return is_confirmed(s) and s.address == "offered" and not fits(p, HOME) and p.network == "ipv4"


@machine.sometimes("RFC9000-9.6.1-02", "RFC9000-9.6.3-06")
def the_other_family_is_chosen(s: PreferredAddress, p: Parameters) -> bool:
    """The client uses the IPv6 address of a server that it reached by IPv4."""
    return p.network == "dual" and current(s) == AWAY_PREFERRED


@machine.sometimes("RFC9000-9.5-09", "RFC9000-5.1.1-20")
def a_server_without_connection_id_is_silent(s: PreferredAddress, p: Parameters) -> bool:
    """The client's probes at the preferred address fail, since its server has no connection ID to answer."""
    return s.attempt == "failed" and is_empty(s.server_answers) and p.spares == 0 and s.largest == 0


@machine.sometimes("RFC9000-9.6.1-04")
def number_one_was_withdrawn(s: PreferredAddress, p: Parameters) -> bool:
    """The handshake is confirmed, and the connection ID of the parameter is gone."""
    return is_confirmed(s) and s.address == "offered" and not has(s.active, 1) and is_empty(fresh(s))


@machine.sometimes("RFC9000-8.2.2-03", "RFC9000-9.6.1-05")
def the_original_address_challenges_after_the_move(s: PreferredAddress, p: Parameters) -> bool:
    """A challenge from the original address is under way to a client that has moved."""
    return is_preferred(current(s)) and has(s.checking, 1)


@machine.sometimes("RFC9000-9.3.1-01", "RFC9000-9.6.3-04")
def a_stranger_has_used_up_its_room(s: PreferredAddress, p: Parameters) -> bool:
    """The server has sent a stranger's source all that it may."""
    return s.from_third > 0 and s.reached_third == ROOM * s.from_third


@machine.sometimes("RFC9000-9.6.2-04")
def a_copy_fails_to_move_the_server(s: PreferredAddress, p: Parameters) -> bool:
    """A copy came to the preferred address, and the server is back at the original one."""
    return s.copies > 0 and at_preferred(s.peer) and not has_moved(s)


@machine.sometimes("RFC9000-21.5.3-01")
def a_victim_was_probed(s: PreferredAddress, p: Parameters) -> bool:
    """Probes went to a victim's address, the attempt failed, and the connection goes on."""
    return s.victim == "yes" and s.to_victim > 2 and s.attempt == "failed" and is_confirmed(s)


@machine.sometimes("RFC9000-9.6.2-07")
def a_packet_is_overtaken_by_a_probe(s: PreferredAddress, p: Parameters) -> bool:
    """The server has received a probe that is newer than every non-probing packet it has."""
    return s.largest > s.largest_wish
