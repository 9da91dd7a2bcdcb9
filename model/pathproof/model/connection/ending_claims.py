"""What must be true of closes and of the first packets, by name, with the clauses that ask for it."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import machine
from pathproof.model.connection.state import (
    CLIENT,
    CLOSING,
    CONFIRMED,
    GENERIC,
    HANDSHAKE,
    INITIAL,
    NO_CODE,
    ONE_RTT,
    OPEN,
    PROVED,
    SERVER,
    UNDER_WAY,
)
from pathproof.model.vocabulary import has, is_empty

# Closes.


@machine.always("RFC9000-10.2.2-05", "RFC9000-10.2-04", fails_under={"close_in_closing": "may_stay"})
def who_hears_of_a_close_falls_silent(s: Any, p: Any) -> bool:
    """An end that CONNECTION_CLOSE has reached is not closing any more, and so answers nothing."""
    if has(s.heard_close, SERVER) and s.server_end == CLOSING:
        return False
    return not (has(s.heard_close, CLIENT) and s.client_end == CLOSING)


@machine.always("RFC9000-10.2-04", "RFC9000-10.2.2-01", "MULTIPATH-3.4-19")
def who_hears_of_a_close_is_not_open(s: Any, p: Any) -> bool:
    """No end goes on after CONNECTION_CLOSE has reached it."""
    if has(s.heard_close, SERVER) and s.server_end == OPEN:
        return False
    return not (has(s.heard_close, CLIENT) and s.client_end == OPEN)


@machine.always("RFC9000-10.2-03", "RFC9000-10.2.1-01", "RFC9000-10.2.2-04")
def who_sends_a_close_is_not_open(s: Any, p: Any) -> bool:
    """No end goes on after it has sent CONNECTION_CLOSE, of its own accord or in answer."""
    if s.client_close != "not sent" and s.client_end == OPEN:
        return False
    return not (s.server_close != "not sent" and s.server_end == OPEN)


@machine.always("RFC9000-11-02", "RFC9000-10.2-05", fails_under={"error_code": "generic"})
def a_breach_is_called_by_its_name(s: Any, p: Any) -> bool:
    """CONNECTION_CLOSE over a breach has the code that the clause names."""
    return bool(s.code != GENERIC)


@machine.always("RFC9000-10.2.1-08", "RFC9000-10.2.1-03", fails_under={"closing_unattributed": "any"})
def only_what_is_attributed_is_answered(s: Any, p: Any) -> bool:
    """A closing end answers no datagram that it cannot attribute to the connection."""
    return bool(s.answered_unattributed == "no")


@machine.always("RFC9000-10.2.1-05", "RFC9000-10.2.1-08")
def only_an_end_without_keys_answers_anything(s: Any, p: Any) -> bool:
    """A closing end that has its keys answers no datagram that it cannot attribute to the connection.

    This is the boundary of a rule (`answers_while_closing`) and no consequence of it: without keys an end may
    answer all that comes (`closing_unattributed`), and this says that nothing else lets it do so.
    """
    return bool(s.answered_unattributed == "no" or p.closing_keys == "dropped")


# The first packets.


@machine.always("RFC9000-7.2-12", "RFC9000-7.2-13", "RFC9000-7.2-14", "RFC9000-7.2-05")
def the_first_id_stands(s: Any, p: Any) -> bool:
    """Where an end's packets go is settled by the first packet, and no later long header changes it."""
    return bool(s.took_other == "no")


@machine.always("RFC9000-7.2-14", fails_under={"later_source": "initials"})
def a_server_hears_one_source_only(s: Any, p: Any) -> bool:
    """A server processes no Handshake packet with another Source Connection ID than the first one."""
    return bool(s.heard_other == "no")


@machine.always("RFC9000-5.2.2-03")
def nothing_small_is_negotiated_about(s: Any, p: Any) -> bool:
    """Version Negotiation never answers a datagram too small to open a connection."""
    return bool(s.negotiated != "too little")


@machine.always("RFC9000-5.2.2-01", "RFC9000-5.2.2-03", fails_under={"size_threshold": "datagram"})
def only_a_large_packet_is_negotiated_about(s: Any, p: Any) -> bool:
    """Version Negotiation answers no packet that does not fill 1200 bytes by itself."""
    return bool(s.negotiated == "no" or s.negotiated == "a packet")


@machine.always("RFC9000-7.3-05", "RFC9000-7.3-06", "RFC9000-7.3-07", "RFC9000-7.3-08", "RFC9000-7.3-11")
def other_ids_meet_an_error(s: Any, p: Any) -> bool:
    """A client goes on only with a server whose parameters repeat the connection IDs of its packets."""
    return bool(s.stated == "not yet" or s.stated == "as they were" or s.client_end != OPEN)


@machine.always("RFC9000-10.2.3-01")
def a_confirmed_server_closes_in_one_type(s: Any, p: Any) -> bool:
    """Once the handshake is confirmed, CONNECTION_CLOSE is in 1-RTT packets only."""
    if s.hello != CONFIRMED:
        return True
    return not has(s.close_in, INITIAL) and not has(s.close_in, HANDSHAKE)


@machine.always("RFC9000-10.2.3-03", "RFC9000-10.2.3-04", "RFC9000-10.2.3-05")
def a_close_can_be_read(s: Any, p: Any) -> bool:
    """A client in the handshake can read one of the packets with CONNECTION_CLOSE, whatever keys it has."""
    if is_empty(s.close_in) or s.hello == CONFIRMED:
        return True
    if s.hello == UNDER_WAY and not has(s.close_in, INITIAL):
        return False
    return has(s.close_in, HANDSHAKE) and has(s.close_in, ONE_RTT)


@machine.always(
    "RFC9000-10.2.3-02", "RFC9000-10.2.3-05", fails_under={"server_initial_close": "until_confirmed"}
)
def an_initial_close_ends_with_its_keys(s: Any, p: Any) -> bool:
    """A server that has processed a Handshake packet sends no Initial packet, not even to close."""
    return s.hello != PROVED or not has(s.close_in, INITIAL)


@machine.always("RFC9000-12.5-07", "RFC9000-12.5-08")
def no_early_frame_out_of_place_counts(s: Any, p: Any) -> bool:
    """A frame that answers what no 0-RTT packet can have seen is not processed in one."""
    return bool(s.early == "nothing")


@machine.always("RFC9000-10.2-07", "RFC9000-11-01")
def a_close_says_why(s: Any, p: Any) -> bool:
    """No end has closed without a code in CONNECTION_CLOSE."""
    return bool((s.client_end != CLOSING and s.server_end != CLOSING) or s.code != NO_CODE)
