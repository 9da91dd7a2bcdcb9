"""Other instances with the same static key: RFC 9000 21.11 and 5.2.3, and QUIC-LB."""

from __future__ import annotations

from pathproof.model.stateless_reset.issuer import holds
from pathproof.model.stateless_reset.state import LONG, TO_ISSUER, TO_OTHER, Parameters, StatelessReset


def is_routed_by_address(p: Parameters) -> bool:
    """The addresses of a packet decide which instance gets it, whatever connection ID it bears."""
    if p.cluster == "silent_by_address" or p.cluster == "answering_by_address":
        return True
    return p.cluster == "own_keys"


def may_be_rerouted(p: Parameters) -> bool:
    """Packets of the consumer may come to reach another instance than before."""
    return p.cluster == "rerouted" or is_routed_by_address(p)


def steered(s: StatelessReset, p: Parameters) -> str:
    """Where a packet goes that an attacker sends from an address of its choice.

    QUIC-LB routes by connection ID, so that it goes where the connection's packets go (QUICLB-9.5-01).
    """
    return TO_OTHER if is_routed_by_address(p) else destination(s)


def other_may_reset(s: StatelessReset, p: Parameters, form: str) -> bool:
    """An instance that does not have the connection may answer a packet for it with a reset.

    It must not while an instance with the same key could hold the connection (21.11-02), which it cannot know
    by itself; the exception is a change of routing that is final and that no attacker can cause (21.11-04).
    With a key of its own, its resets are no resets of this connection. `answering_by_address` goes by 10.3-01
    alone, and looks no farther than its own connections.
    """
    if p.zero_length == "yes" or (form == LONG and p.long_headers == "dropped"):
        return False
    if p.cluster == "own_keys" or p.cluster == "answering_by_address":
        return True
    return p.cluster == "rerouted" and (p.reset_oracle_exception == "exception" or not holds(s))


def token_elsewhere(p: Parameters, number: int) -> int:
    """The token that another instance computes: the right one, if the static key is the same."""
    return p.cids if p.cluster == "own_keys" else number


def home_is_reached(s: StatelessReset) -> bool:
    """Packets of the consumer reach the instance that has, or had, the connection."""
    return s.routed == TO_ISSUER


def destination(s: StatelessReset) -> str:
    """Where packets go that the consumer sends."""
    return TO_ISSUER if home_is_reached(s) else TO_OTHER
