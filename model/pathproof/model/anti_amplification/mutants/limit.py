"""Bugs in asking the limit: for which packets, in which states, and what proves an address."""

from __future__ import annotations

from pathproof.model.anti_amplification import handshake, ledger
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import get

recreates = Recreated()
RULE_LIMIT = ledger.limit_allows  # kept from before any mutant is in place
RULE_OPEN = handshake.open_handshake  # kept from before any mutant is in place


@recreates(
    "LS-03",
    "TQ-02",
    replaces="limit_allows",
    cites=("RFC9000-8.1-04",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def there_is_no_limit(s: AntiAmplification, p: Parameters, path: int, size: int, kind: str) -> bool:
    """Whatever there is to send is sent."""
    return True


@recreates("QN-09", replaces="limit_allows", cites=("RFC9000-8-01", "RFC9000-9.3.1-01"), at="server")
def there_is_no_limit_after_a_migration(
    s: AntiAmplification, p: Parameters, path: int, size: int, kind: str
) -> bool:
    """The limit holds in the handshake alone."""
    return s.stage == "established" or RULE_LIMIT(s, p, path, size, kind)


@recreates(
    "GQ-08",
    replaces="limit_allows",
    cites=("RFC9000-8.1-04",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def only_handshake_packets_are_limited(
    s: AntiAmplification, p: Parameters, path: int, size: int, kind: str
) -> bool:
    """1-RTT packets are sent without asking the limit."""
    return kind == "data" or RULE_LIMIT(s, p, path, size, kind)


@recreates("NG-19", replaces="limit_allows", cites=("RFC9000-8-01",), at="server")
def data_is_not_limited(s: AntiAmplification, p: Parameters, path: int, size: int, kind: str) -> bool:
    """1-RTT packets and packets with nothing but ACK frames go past the limit after a migration."""
    return kind == "data" or kind == "ack" or RULE_LIMIT(s, p, path, size, kind)


@recreates(
    "PQ-21",
    replaces="limit_allows",
    cites=("RFC9002-6.2.2.1-02",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def retransmissions_are_not_limited(
    s: AntiAmplification, p: Parameters, path: int, size: int, kind: str
) -> bool:
    """What is sent on a PTO does not ask the limit."""
    return kind == "probe" or RULE_LIMIT(s, p, path, size, kind)


@recreates(
    "GQ-08",
    "GM-03",
    replaces="limit_allows",
    cites=("RFC9000-8.1-04",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def a_burst_asks_once(s: AntiAmplification, p: Parameters, path: int, size: int, kind: str) -> bool:
    """As long as anything is left of the limit, a whole burst may go out."""
    return RULE_LIMIT(s, p, path, 1, kind)


@recreates("QN-11", replaces="limit_allows", cites=("RFC9000-8.1-04",), at="server")
def the_last_bytes_may_not_be_used(
    s: AntiAmplification, p: Parameters, path: int, size: int, kind: str
) -> bool:
    """A datagram that would use the limit up exactly is held back."""
    return RULE_LIMIT(s, p, path, size + 1, kind)


@recreates("S2-04", replaces="limit_allows", cites=("RFC9000-21.1.1.1-03",), at="server")
def a_valid_address_is_limited_on_close(
    s: AntiAmplification, p: Parameters, path: int, size: int, kind: str
) -> bool:
    """In the closing state the limit is applied to addresses that are valid."""
    if kind == "close":
        return size <= get(s.allowance, path)
    return RULE_LIMIT(s, p, path, size, kind)


@recreates(
    "NQ-12",
    replaces="open_handshake",
    cites=("RFC9000-8.1-04",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def the_first_path_is_valid_at_once(s: AntiAmplification, p: Parameters, path: int, processed: int) -> None:
    """The server takes the address of the first Initial packet for valid, as only a client may."""
    RULE_OPEN(s, p, path, processed)
    ledger.validate(s, p, path)


@recreates(
    "QN-37", replaces="handshake_packet_validates", cites=("RFC9000-9-04", "RFC9000-8.1-01"), at="server"
)
def a_handshake_packet_validates_a_migration(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """A Handshake packet from a new address validates that address."""
    return True


@recreates(
    replaces="token_validates",
    cites=("RFC9000-8.1.4-06",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def a_token_validates_any_address(s: AntiAmplification, path: int, origin: int) -> bool:
    """The address that a token was given to is not compared."""
    return True


@recreates("HA-13", replaces="is_withheld", cites=("RFC9000-21.5.6-05",), at="server", ports="guarded")
def guarded_ports_are_answered(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """A server that means to keep off some ports sends there all the same."""
    return False


@recreates(
    replaces="answers_statelessly",
    cites=("RFC9000-5.2.2-03",),
    at="server",
    begins="idle",
)
def small_datagrams_are_answered_statelessly(p: Parameters, size: int) -> bool:
    """Version Negotiation answers datagrams too small to open a connection."""
    return True


@recreates(
    replaces="only_the_current_stays_valid",
    cites=("RFC9000-9.3-06",),
    at="server",
    rebinding_validation="recent",
    padded=2,
    close=1,
    most=2,
    volume=8,
    reassignment="yes",
)
def recency_is_forgotten(s: AntiAmplification, p: Parameters) -> None:
    """An address stays valid however long nothing came from there, although the server means otherwise."""
