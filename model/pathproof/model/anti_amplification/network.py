"""The network and time: what arrives of the handshake, what is lost, and what the client's address does."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.client import initial_size, is_complete, knows_server_id, receive_part
from pathproof.model.anti_amplification.handshake import (
    datagram_came,
    initial_validates,
    process_handshake_packet,
)
from pathproof.model.anti_amplification.ledger import account, is_valid, validate
from pathproof.model.anti_amplification.monitors import watch_initial
from pathproof.model.anti_amplification.state import (
    SMALL,
    Address,
    AntiAmplification,
    Parameters,
    Part,
    Path,
    Size,
)
from pathproof.model.anti_amplification.truth import address_of, came_in, is_held
from pathproof.model.anti_amplification.truth import prove as has_shown
from pathproof.model.vocabulary import add, count, discard, has, is_empty, minus


@machine.action("environment", "server", "RFC9000-8.1-05", "RFC9000-8.1-02", "RFC9002-6.2.2.1-03")
def deliver_initial_probe(s: AntiAmplification, p: Parameters, processed: Size) -> bool:
    """The client's Initial probe arrives; some of its datagram may be padding outside packets."""
    # GUARD
    if s.probe_out != "initial" or processed < 1:
        return False
    # EFFECT
    watch_initial(s, p, initial_size(p))
    s.probe_out = "nothing"
    came_in(s, p, s.current, p.padded)
    datagram_came(s, p, s.current, p.padded, processed)
    if initial_validates(p, knows_server_id(s)):
        validate(s, p, s.current)
        has_shown(s, s.current)
    return True


@machine.action("environment", "server", "RFC9000-8.1-01", "RFC9002-6.2.2.1-03")
def deliver_handshake_packet(s: AntiAmplification, p: Parameters) -> bool:
    """The client's Handshake packet arrives: a probe, or the last one of the handshake."""
    # GUARD
    if s.probe_out != "handshake":
        return False
    # EFFECT
    s.probe_out = "nothing"
    came_in(s, p, s.current, SMALL)
    datagram_came(s, p, s.current, SMALL, SMALL)
    has_shown(s, s.current)
    s.carried = add(s.carried, s.current)
    process_handshake_packet(s, p, s.current, is_complete(s, p))
    return True


@machine.action("environment", "server", "RFC9000-8.1-05", "RFC9000-8.1-06", "RFC9002-6.2.2.1-03")
def deliver_undecryptable(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A datagram of the connection arrives of which nothing can be processed: damaged, or a repetition."""
    # GUARD
    if (s.stage != "handshake" and s.stage != "established") or size < 1:
        return False
    if p.attackers == "none" and not is_held(s, path):
        return False
    # EFFECT
    came_in(s, p, path, size)
    datagram_came(s, p, path, size, 0)
    return True


@machine.action("environment", "client", "RFC9000-8.1-03")
def deliver_flight(s: AntiAmplification, p: Parameters, part: Part) -> bool:
    """A datagram of the server's flight arrives at the client."""
    # GUARD
    if not has(s.flight_out, part) or not is_held(s, s.current):
        return False
    # EFFECT
    s.flight_out = discard(s.flight_out, part)
    receive_part(s, part)
    return True


@machine.action("environment", "client", "RFC9000-8.1-03")
def deliver_acknowledgment(s: AntiAmplification, p: Parameters) -> bool:
    """The acknowledgment of the client's Initial packet arrives: the client has nothing in flight now."""
    # GUARD
    if s.ack_out == "no" or not is_held(s, s.current):
        return False
    # EFFECT
    s.ack_out = "no"
    s.unacknowledged = "no"
    return True


@machine.action("environment", "network")
def lose_flight(s: AntiAmplification, p: Parameters, part: Part) -> bool:
    """A datagram of the server's flight is lost, or comes to a host that knows nothing of it."""
    # GUARD
    if not has(s.flight_out, part):
        return False
    # EFFECT
    s.flight_out = discard(s.flight_out, part)
    return True


@machine.action("environment", "network")
def lose_acknowledgment(s: AntiAmplification, p: Parameters) -> bool:
    """The acknowledgment of the client's Initial packet is lost."""
    # GUARD
    if s.ack_out == "no":
        return False
    # EFFECT
    s.ack_out = "no"
    return True


@machine.action("environment", "network")
def lose_client_packet(s: AntiAmplification, p: Parameters) -> bool:
    """What the client has sent is lost."""
    # GUARD
    if s.probe_out == "nothing":
        return False
    # EFFECT
    s.probe_out = "nothing"
    return True


@machine.action("environment", "server", "RFC9002-6.2.2.1-02", "RFC9002-6.2.2.1-04")
def time_passes(s: AntiAmplification, p: Parameters) -> bool:
    """A PTO goes by at the server: the timer expires, or would have expired had it been armed."""
    # GUARD
    if s.stage != "handshake" or s.sent_parts == 0 or s.timer == "expired" or s.overdue == "yes":
        return False
    # EFFECT
    if s.timer == "armed":
        s.timer = "expired"
    else:
        s.overdue = "yes"
    return True


@machine.action("environment", "client", "RFC9000-9-04")
def gain_address(s: AntiAmplification, p: Parameters, address: Address) -> bool:
    """The client, or the NAT in front of it, gets another address."""
    # GUARD
    if has(s.held, address) or has(s.reassigned, address) or has(s.guarded, address):
        return False
    if s.stage != "established" and s.stage != "idle":
        return False
    # EFFECT
    s.held = add(s.held, address)
    return True


@machine.action("environment", "client", "RFC9000-9.3-06")
def lose_address(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """An address is the client's no longer; by `reassignment` another host gets it after some time."""
    # GUARD
    if s.stage != "established" or not is_held(s, path) or count(s.held) < 2:
        return False
    if p.reassignment == "yes" and has(s.seen, path):
        return False
    # EFFECT
    s.held = discard(s.held, address_of(s, path))
    if p.reassignment == "yes":
        s.reassigned = add(s.reassigned, address_of(s, path))
        s.proven = discard(s.proven, address_of(s, path))
        s.proven_on = discard(s.proven_on, path)
    return True


@machine.action("environment", "server", "RFC9000-9.3-06")
def let_time_pass(s: AntiAmplification, p: Parameters) -> bool:
    """A long time goes by: what came over other paths than the current one is recent no longer."""
    # GUARD
    if s.stage != "established" or not is_valid(s, p, s.current) or not is_empty(s.owed):
        return False
    # EFFECT
    s.home = s.current
    s.seen = add(minus(s.seen, s.seen), s.current)
    if p.rebinding_validation == "recent":
        only_the_current_stays_valid(s, p)
    return True


def only_the_current_stays_valid(s: AntiAmplification, p: Parameters) -> None:
    """By the reading `recent`, an earlier validation counts no longer, nor does what it showed."""
    s.valid = add(minus(s.valid, s.valid), account(s, p, s.current))
    if has(s.proven, address_of(s, s.current)):
        s.proven = add(minus(s.proven, s.proven), address_of(s, s.current))
        s.proven_on = add(minus(s.proven_on, s.proven_on), s.current)
        s.carried = minus(s.carried, discard(s.carried, s.current))
    s.mtu = add(minus(s.mtu, s.mtu), s.current) if has(s.mtu, s.current) else minus(s.mtu, s.mtu)
    s.challenged = minus(s.challenged, s.challenged)
