"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.ledger import is_valid
from pathproof.model.anti_amplification.state import FACTOR, AntiAmplification, Parameters
from pathproof.model.anti_amplification.truth import address_of, is_held
from pathproof.model.vocabulary import count, get, has


@machine.sometimes("RFC9000-8.1-04")
def a_server_is_blocked_in_the_handshake(s: AntiAmplification, p: Parameters) -> bool:
    """The first flight is longer than the limit: the server has used it up to the last byte."""
    if s.stage != "handshake" or is_valid(s, p, s.current) or s.sent_parts == p.parts:
        return False
    return get(s.went, address_of(s, s.current)) == FACTOR * get(s.came, address_of(s, s.current))


@machine.sometimes("RFC9002-6.2.2.1-02")
def a_timeout_passes_while_blocked(s: AntiAmplification, p: Parameters) -> bool:
    """A PTO has gone by while the server could send nothing."""
    return s.overdue == "yes"


@machine.sometimes("RFC9002-6.2.2.1-04")
def a_probe_is_due_at_once(s: AntiAmplification, p: Parameters) -> bool:
    """The server's timer has expired, its address still unvalidated."""
    return s.timer == "expired" and not is_valid(s, p, s.current)


@machine.sometimes("RFC9000-8.1-08")
def a_client_has_nothing_in_flight(s: AntiAmplification, p: Parameters) -> bool:
    """All that the client sent is acknowledged, the server is blocked, and its flight lost in part."""
    if s.stage != "handshake" or s.unacknowledged == "yes" or not is_held(s, s.current):
        return False
    return is_blocked_there(s, p) and s.sent_parts > 0 and count(s.flight_out) == 0


def is_blocked_there(s: AntiAmplification, p: Parameters) -> bool:
    """Nothing more may go to the address that the server's packets go to."""
    return not is_valid(s, p, s.current) and get(s.allowance, s.current) == 0


@machine.sometimes("RFC9000-8.1-01")
def a_handshake_packet_has_validated(s: AntiAmplification, p: Parameters) -> bool:
    """The address is valid although the handshake is not complete."""
    return s.stage == "handshake" and is_valid(s, p, s.current)


@machine.sometimes("RFC9000-8.1.4-06")
def a_token_from_elsewhere_leaves_the_limit(s: AntiAmplification, p: Parameters) -> bool:
    """A handshake goes on toward an address other than that of the client's only token."""
    if s.stage != "handshake" or is_valid(s, p, s.current) or not has(s.tokens, 0):
        return False
    return address_of(s, s.current) == 1


@machine.sometimes("RFC9000-8.1-04")
def a_handshake_is_complete(s: AntiAmplification, p: Parameters) -> bool:
    """A connection that began without any state is established."""
    return p.begins == "idle" and s.stage == "established"


@machine.sometimes("RFC9000-9.3.1-01")
def a_victim_gets_three_times(s: AntiAmplification, p: Parameters) -> bool:
    """An established connection was moved to a victim, which has got all that the limit allows."""
    if s.stage != "established" or is_held(s, s.current) or get(s.came, address_of(s, s.current)) == 0:
        return False
    return get(s.went, address_of(s, s.current)) == FACTOR * get(s.came, address_of(s, s.current))


@machine.sometimes("RFC9000-8.2.1-07")
def an_address_is_valid_and_its_mtu_is_not(s: AntiAmplification, p: Parameters) -> bool:
    """A small challenge was answered: the limit is gone and the second validation is on."""
    if s.stage != "established" or not is_valid(s, p, s.current):
        return False
    return has(s.validating, s.current) and not has(s.mtu, s.current)


@machine.sometimes("RFC9000-8.2.1-06")
def a_challenge_of_1200_bytes_is_out_within_the_limit(s: AntiAmplification, p: Parameters) -> bool:
    """An unvalidated address was sent a challenge in 1200 bytes, because enough had come."""
    return has(s.full_out, s.current) and not is_valid(s, p, s.current)


@machine.sometimes("RFC9000-8.2.1-09")
def two_challenges_are_out(s: AntiAmplification, p: Parameters) -> bool:
    """A challenge of 1200 bytes has followed a small one before that was answered."""
    return has(s.full_out, s.current) and has(s.small_out, s.current)


@machine.sometimes("RFC9000-8.2.2-06")
def a_response_cannot_be_expanded(s: AntiAmplification, p: Parameters) -> bool:
    """A response is owed to an address whose limit has no room for 1200 bytes."""
    return has(s.owed, 1) and not is_valid(s, p, 1) and get(s.allowance, 1) < p.padded


@machine.sometimes("RFC9000-9.3.1-02")
def a_return_needs_no_validation(s: AntiAmplification, p: Parameters) -> bool:
    """After a spurious migration the server is back at an address that it validated before."""
    return s.stage == "established" and s.current == 0 and has(s.validating, 1) and is_valid(s, p, 0)


@machine.sometimes("RFC9000-10.2.1-12")
def closing_meets_an_unvalidated_address(s: AntiAmplification, p: Parameters) -> bool:
    """A closing server has received something from an address that is not valid, and answered it."""
    return s.stage == "closing" and get(s.came, 1) > 0 and get(s.went, 1) > 0


@machine.sometimes("RFC9000-10.2.1-09")
def closing_uses_up_its_limit(s: AntiAmplification, p: Parameters) -> bool:
    """A closing server has answered as much as it may."""
    return s.closing_came > 0 and s.closing_went == FACTOR * s.closing_came


@machine.sometimes("RFC9000-9-04")
def an_address_changes_hands(s: AntiAmplification, p: Parameters) -> bool:
    """Another host has an address that the server holds valid."""
    return has(s.reassigned, 0) and has(s.valid, 0)


@machine.sometimes("MULTIPATH-7.2-03")
def two_paths_lead_to_one_address(s: AntiAmplification, p: Parameters) -> bool:
    """Packets went over two paths to one unvalidated address."""
    if p.paths < 3 or p.addresses > 2:
        return False
    return get(s.went_on, 1) > 0 and get(s.went_on, 2) > 0
