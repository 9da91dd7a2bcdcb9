"""What moves the connection, what no step undoes, and what an end that has ended must not do."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import machine
from pathproof.model.connection.parts import CLIENT_IDS, MOVING, SERVER_IDS, moving_lives
from pathproof.model.connection.state import (
    CLIENT,
    CLOSING,
    DRAINING,
    OPEN,
    OVER,
    SERVER,
    PacketNumber,
    SequenceNumber,
)
from pathproof.model.vocabulary import has


@machine.step("RFC9000-9.3-04", "RFC9000-9.3.3-01")
def only_the_highest_non_probing_packet_moves_it(s: Any, after: Any, p: Any, number: PacketNumber) -> bool:
    """A packet that moves the connection is no probe, and above every non-probing one received before."""
    if not moving_lives(p):
        return True
    claim = "only_the_highest_non_probing_packet_moves_it"
    return MOVING.keeps(s, after, p, claim, number=number)


@machine.step("RFC9000-5.1.2-04", "RFC9000-19.15-06", "RFC9000-12.4-37")
def retired_stays_retired(s: Any, after: Any, p: Any, number: SequenceNumber) -> bool:
    """In neither direction a retired connection ID comes back, whatever the paths do."""
    for part in (SERVER_IDS, CLIENT_IDS):
        if not part.keeps(s, after, p, "retired_stays_retired", number=number):
            return False
        if not part.keeps(s, after, p, "nothing_is_forgotten", number=number):
            return False
    return True


@machine.step("RFC9000-5.1.1-06", "RFC9000-5.1.1-08", "RFC9000-5.1.1-07")
def numbers_rise_and_stay_retired(s: Any, after: Any, p: Any, number: SequenceNumber) -> bool:
    """Either issuer numbers one after the other, and accepts nothing again that its peer has retired."""
    for part in (SERVER_IDS, CLIENT_IDS):
        if not part.keeps(s, after, p, "numbers_rise_by_one"):
            return False
        if not part.keeps(s, after, p, "invalidated_stays_invalidated", number=number):
            return False
    return True


@machine.step("RFC9000-9.5-03")
def used_stays_used(s: Any, after: Any, p: Any, number: SequenceNumber) -> bool:
    """That a connection ID was in a packet is never forgotten by the end that used it."""
    return all(part.keeps(s, after, p, "used_stays_used", number=number) for part in (SERVER_IDS, CLIENT_IDS))


@machine.step("RFC9000-10.2-03", "RFC9000-10.2.1-01", "RFC9000-10.2.2-01", "RFC9000-10.3.1-11")
def only_who_hears_of_it_drains(s: Any, after: Any, p: Any) -> bool:
    """An open end drains once CONNECTION_CLOSE or a reset has come; who closes by itself is closing."""
    if s.server_end == OPEN and after.server_end == DRAINING and not has(after.heard_close, SERVER):
        return False
    if s.client_end != OPEN or after.client_end != DRAINING or has(after.heard_close, CLIENT):
        return True
    return bool(after.ended_by == "a reset" or after.ended_by == "a forged reset")


@machine.step("RFC9000-10.2.1-02", "RFC9000-10.2.1-06", "RFC9000-10.2-02", "RFC9000-10.2.2-02")
def a_server_that_ends_does_nothing_more(s: Any, after: Any, p: Any, number: SequenceNumber) -> bool:
    """A server that closed anywhere follows, validates, issues, takes in and retires nothing any more."""
    if s.server_end == OPEN:
        return True
    if after.moving_current != s.moving_current or after.server_ids_issued != s.server_ids_issued:
        return False
    if has(after.client_ids_active, number) != has(s.client_ids_active, number):
        return False
    return has(after.server_ids_invalidated, number) == has(s.server_ids_invalidated, number)


@machine.step("RFC9000-10.2.1-02", "RFC9000-10.2.1-06", "RFC9000-10.2-02", "RFC9000-10.2.2-02")
def a_client_that_ends_does_nothing_more(s: Any, after: Any, p: Any, number: SequenceNumber) -> bool:
    """A client that closed anywhere moves, issues, takes in and retires nothing any more."""
    if s.client_end == OPEN:
        return True
    if after.moving_outer != s.moving_outer or after.client_ids_issued != s.client_ids_issued:
        return False
    if after.moving_sent > s.moving_sent:
        return False
    return has(after.server_ids_active, number) == has(s.server_ids_active, number)


@machine.step("RFC9000-10.2-08", "MULTIPATH-2.6-04")
def an_end_lingers_before_it_is_over(s: Any, after: Any, p: Any) -> bool:
    """Closing and draining last for their PTOs."""
    if after.server_end == OVER and is_ending(s.server_end) and s.server_lingers < p.linger:
        return False
    return not (after.client_end == OVER and is_ending(s.client_end) and s.client_lingers < p.linger)


def is_ending(end: str) -> bool:
    """The end is closing or draining."""
    return end in (CLOSING, DRAINING)


@machine.step("RFC9000-10.2.2-07", "RFC9000-10.2.2-08", "RFC9000-10.2-04")
def no_end_comes_back(s: Any, after: Any, p: Any) -> bool:
    """What closes does not open again, what drains does not close, and time spent so is not counted anew."""
    if s.server_end != OPEN and after.server_end == OPEN:
        return False
    if s.client_end != OPEN and after.client_end == OPEN:
        return False
    if s.server_end == DRAINING and after.server_end == CLOSING:
        return False
    if s.client_end == DRAINING and after.client_end == CLOSING:
        return False
    return bool(after.server_lingers >= s.server_lingers and after.client_lingers >= s.client_lingers)
