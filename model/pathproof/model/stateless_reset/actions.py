"""What the two ends do on a connection: they supply, use and retire connection IDs, and lose their state.

The channel loses, reorders and duplicates frames: one that was sent may arrive at any later time, any number
of times, or never, so it is no state of its own. What answers what, and how large it is, needs one datagram
under way: `answers` and `network` move it.
"""

from __future__ import annotations

from pathproof.model.machine import Machine
from pathproof.model.stateless_reset.cluster import destination
from pathproof.model.stateless_reset.consumer import (
    address_of,
    is_available,
    keeps_handshake_token,
    least_own_size,
    may_send,
    take_in,
    take_in_copy,
    use,
)
from pathproof.model.stateless_reset.ghosts import note_packet
from pathproof.model.stateless_reset.idling import hears
from pathproof.model.stateless_reset.issuer import (
    handshake_token_is_given,
    may_issue,
    preferred_address_is_given,
    token_of,
)
from pathproof.model.stateless_reset.state import (
    HOLDS,
    OPEN,
    Beyond,
    ConnectionId,
    Parameters,
    StatelessReset,
    bytes_of,
    fly,
    is_clear,
    largest,
)
from pathproof.model.vocabulary import add, discard, has, minus


def begin(s: StatelessReset, p: Parameters) -> None:
    """The first connection is set up, and a preferred address has supplied a second connection ID."""
    s.issued = 1
    start(s, p, 0)
    if preferred_address_is_given(p):
        s.issued = 2
        take_in(s, p, 1)


def start(s: StatelessReset, p: Parameters, number: int) -> None:
    """Both ends know the connection ID of the handshake and its token, if there is one, and nothing else."""
    nothing = minus(s.used, s.used)
    s.first = number
    s.current = number
    s.used = add(nothing, number)
    s.received = add(nothing, number)
    s.tokened = add(nothing, number) if handshake_token_is_given(p) and keeps_handshake_token(p) else nothing


machine = Machine("stateless_reset", StatelessReset, Parameters, begin)


@machine.action("protocol", "issuer", "RFC9000-10.3-04", "RFC9000-10.3-06", "RFC9000-10.3-07")
def issue(s: StatelessReset, p: Parameters) -> bool:
    """The issuer sends NEW_CONNECTION_ID with a new connection ID and its token."""
    # GUARD
    if not may_issue(s, p):
        return False
    # EFFECT
    s.issued = s.issued + 1
    return True


@machine.action("environment", "consumer", "RFC9000-10.3-07", "RFC9000-10.3.1-03")
def deliver_new_connection_id(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """NEW_CONNECTION_ID arrives, whether its sender still knows of it or not."""
    # GUARD
    if s.end != OPEN or number <= s.first or number >= s.issued or has(s.received, number):
        return False
    # EFFECT
    hears(s, p)
    if token_of(p, number) == s.first:
        take_in_copy(s, p, number)
    else:
        take_in(s, p, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-10.3.1-02")
def switch(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The consumer puts another connection ID into its packets, toward the same remote address."""
    # GUARD
    if s.end != OPEN or number == s.current or not is_available(s, number):
        return False
    if has(s.used, number) and address_of(s, number) != address_of(s, s.current):
        return False
    # EFFECT
    if address_of(s, s.current) == 1:
        s.second = add(s.second, number)
    use(s, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-10.3.1-02")
def go_to_second_address(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The consumer sends to another address of its peer, under a connection ID that no packet has borne."""
    # GUARD
    if s.end != OPEN or has(s.used, number) or not is_available(s, number):
        return False
    if address_of(s, s.current) == 1:
        return False
    # EFFECT
    s.second = add(s.second, number)
    use(s, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-10.3.1-02", "RFC9000-10.3-15")
def probe(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The consumer sends a probing packet from a new local address, under a connection ID not used before."""
    # GUARD
    if s.end != OPEN or not is_clear(s) or has(s.used, number) or not is_available(s, number):
        return False
    # EFFECT
    s.used = add(s.used, number)
    s.probed = add(s.probed, number)
    if address_of(s, s.current) == 1:
        s.second = add(s.second, number)
    fly(s, largest(p), destination(s), number, address_of(s, number))
    return True


@machine.action("protocol", "consumer", "RFC9000-19.16-04")
def retire(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The consumer sends RETIRE_CONNECTION_ID for a connection ID other than the one it uses."""
    # GUARD
    if s.end != OPEN or number == s.current or not is_available(s, number):
        return False
    # EFFECT
    s.retired = add(s.retired, number)
    s.probed = discard(s.probed, number)
    return True


@machine.action("environment", "issuer", "RFC9000-19.16-04")
def deliver_retire_connection_id(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """RETIRE_CONNECTION_ID arrives: the issuer forgets the connection ID."""
    # GUARD
    if s.holder != HOLDS or not has(s.retired, number) or has(s.invalidated, number):
        return False
    # EFFECT
    s.invalidated = add(s.invalidated, number)
    return True


@machine.action("environment", "consumer", "RFC9000-10.3-10")
def deliver_acknowledgment(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The acknowledgment of a RETIRE_CONNECTION_ID arrives."""
    # GUARD
    if s.end != OPEN or not has(s.invalidated, number) or has(s.acknowledged, number):
        return False
    # EFFECT
    hears(s, p)
    s.acknowledged = add(s.acknowledged, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-10.3-15")
def send_packet(s: StatelessReset, p: Parameters, beyond: Beyond) -> bool:
    """The consumer sends a packet of its connection, with enough bytes for a reset to be one byte shorter."""
    # GUARD
    if not may_send(s) or not is_clear(s) or bytes_of(beyond) < least_own_size(p):
        return False
    # EFFECT
    note_packet(s)
    fly(s, bytes_of(beyond), destination(s), s.current, address_of(s, s.current))
    return True
