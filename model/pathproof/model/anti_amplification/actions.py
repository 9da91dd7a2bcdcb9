"""The handshake: what client and server do that keep the rules, over a network that loses and repeats.

A datagram on its way may be lost; a network that repeats one, or damages it, gives the server bytes to
count and no packet to process (`deliver_undecryptable`). What comes from an address and goes there is counted
as far as it matters (`truth`), and no run ends for its number.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.client import (
    has_handshake_keys,
    initial_size,
    is_complete,
    probe_kind,
    timer_runs,
)
from pathproof.model.anti_amplification.handshake import (
    answers_statelessly,
    initial_validates,
    open_handshake,
    probe_is_due,
    send,
    token_validates,
)
from pathproof.model.anti_amplification.ledger import may_send, validate
from pathproof.model.anti_amplification.monitors import (
    watch_initial,
    watch_order,
    watch_probe,
    watch_stateless_answer,
)
from pathproof.model.anti_amplification.state import (
    SMALL,
    Address,
    AntiAmplification,
    Parameters,
    Part,
    Path,
    Size,
)
from pathproof.model.anti_amplification.truth import address_of, came_in, is_held, went_out
from pathproof.model.anti_amplification.truth import prove as has_shown
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import add, has, put


def begin(s: AntiAmplification, p: Parameters) -> None:
    """The client is at address 0. By `begins`, no packet has been sent, or the handshake is complete."""
    s.leads = put(s.leads, 1, 1)
    if p.paths > 2:
        s.leads = put(s.leads, 2, 2 if p.addresses > 2 else 1)
    if p.paths > 3:
        s.leads = put(s.leads, 3, 3 if p.addresses > 3 else 1)
    s.held = add(s.held, 0)
    if p.ports == "guarded":
        s.guarded = add(s.guarded, 1)
    if p.begins == "established":
        s.stage = "established"
        s.valid = add(s.valid, 0)
        s.seen = add(s.seen, 0)
        s.mtu = add(s.mtu, 0)
        s.proven = add(s.proven, 0)
        s.proven_on = add(s.proven_on, 0)
        s.carried = add(s.carried, 0)


machine = Machine("anti_amplification", AntiAmplification, Parameters, begin)


@machine.action("protocol", "client", "RFC9000-8.1-07", "RFC9000-8.1-11", "RFC9000-21.1.1.1-04")
def open_connection(s: AntiAmplification, p: Parameters, path: Path, processed: Size) -> bool:
    """The client's first Initial packet arrives; some of its datagram may be padding outside packets."""
    # GUARD
    if s.stage != "idle" or not is_held(s, path) or processed < 1:
        return False
    # EFFECT
    watch_initial(s, p, initial_size(p))
    came_in(s, p, path, p.padded)
    open_handshake(s, p, path, processed)
    s.unacknowledged = "yes"
    return True


@machine.action(
    "protocol", "server", "RFC9000-8.1.2-01", "RFC9000-5.2.2-03", "RFC9000-5.2.2-04", "RFC9000-14.1-05"
)
def answer_statelessly(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A datagram meets no connection, and is answered by Retry or Version Negotiation."""
    # GUARD
    if s.stage != "idle" or size < 1 or has(s.tokens, address_of(s, path)):
        return False
    if not answers_statelessly(p, size):
        return False
    # EFFECT
    watch_stateless_answer(s, size, p.padded)
    if is_held(s, path):
        s.tokens = add(s.tokens, address_of(s, path))
        s.retried = "yes"
    return True


@machine.action("protocol", "client", "RFC9000-8.1.3-03", "RFC9000-8.1.4-06", "RFC9000-8.1-02")
def open_with_token(s: AntiAmplification, p: Parameters, path: Path, origin: Address) -> bool:
    """The client's Initial packet arrives with a token, perhaps one that it was given at another address."""
    # GUARD
    if s.stage != "idle" or not is_held(s, path) or not has(s.tokens, origin):
        return False
    # EFFECT
    came_in(s, p, path, p.padded)
    open_with(s, p, path, origin)
    s.unacknowledged = "yes"
    if origin == address_of(s, path):
        has_shown(s, path)
    return True


def open_with(s: AntiAmplification, p: Parameters, path: int, origin: int) -> None:
    """The server takes in a first Initial packet with a token."""
    open_handshake(s, p, path, p.padded)
    if token_validates(s, path, origin) or initial_validates(p, s.retried == "yes"):
        validate(s, p, path)


@machine.action("environment", "client", "RFC9000-8.1.3-02")
def token_from_an_earlier_connection(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """The client has a token that NEW_TOKEN gave it at this address."""
    # GUARD
    if s.stage != "idle" or not is_held(s, path) or has(s.tokens, address_of(s, path)):
        return False
    # EFFECT
    s.tokens = add(s.tokens, address_of(s, path))
    return True


def may_go_now(s: AntiAmplification, p: Parameters, size: int, kind: str) -> bool:
    """The server is in the handshake and may send this datagram."""
    return s.stage == "handshake" and may_send(s, p, s.current, size, kind)


def emit(s: AntiAmplification, p: Parameters, size: int) -> None:
    """A datagram of the handshake leaves the server."""
    went_out(s, p, s.current, size)
    send(s, p, size)


@machine.action("protocol", "server", "RFC9000-8.1-04", "RFC9000-8.1-10", "RFC9000-14.1-07")
def send_flight(s: AntiAmplification, p: Parameters) -> bool:
    """The next datagram of the server's first flight leaves, in 1200 bytes."""
    # GUARD
    if s.sent_parts >= p.parts or probe_is_due(s) or not may_go_now(s, p, p.padded, "flight"):
        return False
    # EFFECT
    watch_order(s)
    s.flight_out = add(s.flight_out, s.sent_parts)
    s.sent_parts = s.sent_parts + 1
    s.ack_due = "no"
    emit(s, p, p.padded)
    return True


@machine.action("protocol", "server", "RFC9000-8.1-04")
def send_acknowledgment(s: AntiAmplification, p: Parameters) -> bool:
    """The server acknowledges the Initial packet before it has more to say: a small datagram."""
    # GUARD
    if s.ack_due == "no" or probe_is_due(s) or not may_go_now(s, p, SMALL, "ack"):
        return False
    # EFFECT
    s.ack_due = "no"
    s.ack_out = "yes"
    emit(s, p, SMALL)
    return True


@machine.action("protocol", "server", "RFC9000-8.1-04", "RFC9002-6.2.2.1-01", "RFC9002-6.2.2.1-04")
def send_early_data(s: AntiAmplification, p: Parameters, size: Size) -> bool:
    """The server sends 1-RTT packets before the client's address is valid."""
    # GUARD
    if size < 1 or s.sent_parts == 0 or probe_is_due(s) or not may_go_now(s, p, size, "data"):
        return False
    # EFFECT
    watch_order(s)
    emit(s, p, size)
    return True


@machine.action("protocol", "server", "RFC9000-8.1-04", "RFC9002-6.2.2.1-02", "RFC9002-6.2.2.1-04")
def retransmit(s: AntiAmplification, p: Parameters, part: Part) -> bool:
    """The PTO timer has expired, and a datagram of the flight leaves once more."""
    # GUARD
    if not probe_is_due(s) or part >= s.sent_parts or not may_go_now(s, p, p.padded, "probe"):
        return False
    # EFFECT
    s.flight_out = add(s.flight_out, part)
    emit(s, p, p.padded)
    return True


@machine.action("protocol", "server", "RFC9000-8.1-04", "RFC9002-6.2.2.1-02")
def send_ping(s: AntiAmplification, p: Parameters) -> bool:
    """The PTO timer has expired and the limit has room for a small Handshake packet only."""
    # GUARD
    if not probe_is_due(s) or may_send(s, p, s.current, p.padded, "probe"):
        return False
    if not may_go_now(s, p, SMALL, "probe"):
        return False
    # EFFECT
    emit(s, p, SMALL)
    return True


@machine.action(
    "protocol",
    "client",
    "RFC9000-8.1-08",
    "RFC9000-8.1-09",
    "RFC9002-6.2.2.1-05",
    "RFC9002-6.2.2.1-06",
    "RFC9002-6.2.2.1-07",
)
def send_client_probe(s: AntiAmplification, p: Parameters) -> bool:
    """The client's PTO expires, and it sends a packet although nothing of its own is in flight."""
    # GUARD
    if s.stage != "handshake" or not is_held(s, s.current) or s.probe_out != "nothing" or not timer_runs(s):
        return False
    # EFFECT
    s.probe_out = probe_kind(s)
    watch_probe(s, s.probe_out)
    return True


@machine.action("protocol", "client", "RFC9000-8.1-01")
def finish(s: AntiAmplification, p: Parameters) -> bool:
    """The client has the whole flight and sends its own last Handshake packet."""
    # GUARD
    if s.stage != "handshake" or not is_held(s, s.current) or s.probe_out != "nothing":
        return False
    if not is_complete(s, p) or not has_handshake_keys(s):
        return False
    # EFFECT
    s.probe_out = "handshake"
    return True
