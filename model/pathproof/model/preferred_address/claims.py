"""What the server guarantees, and what both ends may rely on."""

from __future__ import annotations

from pathproof.model.preferred_address.client import current
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import (
    HOME_PREFERRED,
    THIRD_PREFERRED,
    at_preferred,
    from_third,
    is_preferred,
    leaves_preferred,
)
from pathproof.model.preferred_address.server import has_moved, server_path
from pathproof.model.preferred_address.state import ROOM, Parameters, PreferredAddress, is_open
from pathproof.model.vocabulary import count, discard_below, has, is_empty

# Where the server's packets go.


def has_answered_there(s: PreferredAddress) -> bool:
    """An answer of the client to a challenge from the preferred address is under way, or has come."""
    return not is_empty(discard_below(s.client_answers, HOME_PREFERRED))


@machine.always("RFC9000-9.6.2-03", "RFC9000-9.6.2-04", "RFC9000-9.6.2-05", "RFC9000-8.2.3-01")
def the_server_moves_only_to_who_answers(s: PreferredAddress, p: Parameters) -> bool:
    """Non-probing packets leave from the preferred address only when a challenge there was answered."""
    return not leaves_preferred(server_path(s, p)) or has_answered_there(s)


@machine.always("RFC9000-9.6.2-03", "RFC9000-9.6.2-04")
def the_first_path_from_there_was_answered(s: PreferredAddress, p: Parameters) -> bool:
    """The path on which the server went over is one whose challenge the client has answered."""
    return not at_preferred(s.settled) or has(s.client_answers, s.settled)


@machine.always("RFC9000-9.6.2-03", "RFC9000-9.6.2-05", "RFC9000-9-08")
def the_server_waits_for_a_packet(s: PreferredAddress, p: Parameters) -> bool:
    """The server stays where it is until a non-probing packet, or a copy, has come to the other address."""
    return not leaves_preferred(server_path(s, p)) or is_preferred(current(s)) or s.copies > 0


@machine.always("RFC9000-9.6.2-05", "RFC9000-9-08", "RFC9000-9.6.2-06", fails_under={"attacker": "copier"})
def the_server_follows_its_client(s: PreferredAddress, p: Parameters) -> bool:
    """The server goes over to the preferred address only when its client has gone there."""
    return not has_moved(s) or is_preferred(current(s))


@machine.always(
    "RFC9000-9.6.2-04",
    "RFC9000-9.6-03",
    "RFC9000-8.2.2-01",
    fails_under={"server_migration": "preferred_known"},
)
def a_client_that_sent_nothing_there_is_left_alone(s: PreferredAddress, p: Parameters) -> bool:
    """No copy of its packets moves the server of a client that does not use the preferred address."""
    return not has_moved(s) or s.attempt != "none"


# Whom the server hears.


@machine.always(
    "RFC9000-9.6.2-06",
    "RFC9000-9-03",
    "RFC9000-18.2-40",
    fails_under={"attacker": "copier", "challenge_when_disabled": "drop"},
)
def what_is_sent_by_right_is_heard(s: PreferredAddress, p: Parameters) -> bool:
    """The server drops no packet that its client, at the time, may send to that address."""
    return s.dropped != "a packet sent by right"


@machine.always("RFC9000-9.6.2-07", "RFC9000-9.6.2-06", fails_under={"newer_packets": "every"})
def delayed_packets_are_processed(s: PreferredAddress, p: Parameters) -> bool:
    """What the client sent to the old address before the move is processed, however late it comes."""
    return s.dropped != "a delayed packet"


# Under which connection IDs it sends.


@machine.always("RFC9000-9.5-03", "RFC9000-9.5-04", "RFC9000-9.5-09", "RFC9000-9.3-03")
def the_server_has_a_connection_id_for_each_path(s: PreferredAddress, p: Parameters) -> bool:
    """The server sends on no more paths than its client has supplied connection IDs for."""
    return count(s.equipped) <= p.spares + 1


# What attackers gain.


@machine.always("RFC9000-9.6.3-04", "RFC9000-9.3.1-01", "RFC9000-9.3-05")
def a_stranger_gets_three_times_what_it_sent(s: PreferredAddress, p: Parameters) -> bool:
    """A source that never answered gets at most three datagrams for each that seemed to come from it."""
    return s.reached_third <= ROOM * s.from_third


@machine.always("RFC9000-9.6.3-04", "RFC9000-9.3.2-01", "RFC9000-9.6.2-04")
def a_stranger_is_never_settled_on(s: PreferredAddress, p: Parameters) -> bool:
    """No copy makes the server count a stranger's source as validated."""
    return not from_third(s.settled) and not has(s.checked, THIRD_PREFERRED)


@machine.always("RFC9000-9.6.3-04", "RFC9000-9.6.2-04", "RFC9000-9.6.3-05", "RFC9000-9-04")
def a_new_path_is_checked(s: PreferredAddress, p: Parameters) -> bool:
    """The path that the server follows is validated or being validated, unless it can send nothing there."""
    if not is_open(s) or has(s.checked, s.peer) or has(s.checking, s.peer):
        return True
    if from_third(s.peer) and s.reached_third >= ROOM * s.from_third:
        return True
    return not has(s.equipped, s.peer) and count(s.equipped) > p.spares


# The parameter.


@machine.always("RFC9000-18.2-53", "RFC9000-5.1.1-21")
def a_server_without_connection_ids_offers_nothing(s: PreferredAddress, p: Parameters) -> bool:
    """A client whose server chose a zero-length connection ID has no preferred address to go to."""
    return p.zero_length == "no" or s.address == "none"


@machine.always("RFC9000-5.1.1-13", "RFC9000-18.2-57")
def the_limit_is_kept(s: PreferredAddress, p: Parameters) -> bool:
    """The client holds no more connection IDs than its limit, that of the parameter among them."""
    return count(s.active) <= p.limit


@machine.always("RFC9000-9.6.3-08", "RFC9000-9.6.3-07", fails_under={"withdraws": "may"})
def number_one_is_at_hand(s: PreferredAddress, p: Parameters) -> bool:
    """The connection ID of the parameter is there for a move until the client has used it on some path."""
    return s.number_one != "parameter" or has(s.spent, 1) or has(s.active, 1)
