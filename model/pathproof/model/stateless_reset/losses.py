"""How ends lose a connection, by a crash or by the rules, and begin another one."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine, start
from pathproof.model.stateless_reset.cluster import home_is_reached
from pathproof.model.stateless_reset.consumer import has_state
from pathproof.model.stateless_reset.idling import hears, is_idle, pass_in_silence
from pathproof.model.stateless_reset.issuer import holds, next_connection_id
from pathproof.model.stateless_reset.state import (
    CLOSING,
    DISCARDED,
    DRAINING,
    HOLDS,
    OPEN,
    OVER,
    RESTARTED,
    THREE_PTOS,
    ConnectionId,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import minus


@machine.action("environment", "issuer", "RFC9000-10.3-01")
def restart_issuer(s: StatelessReset, p: Parameters) -> bool:
    """The instance that has the connection crashes and starts again, with its static key or without it."""
    # GUARD
    if s.holder == RESTARTED:
        return False
    # EFFECT
    s.holder = RESTARTED
    return True


@machine.action("environment", "issuer", "RFC9001-6.6-04")
def reach_integrity_limit(s: StatelessReset, p: Parameters) -> bool:
    """The issuer has reached an integrity limit, and stops using the connection without a word."""
    # GUARD
    if s.holder != HOLDS:
        return False
    # EFFECT
    s.holder = DISCARDED
    return True


@machine.action("environment", "issuer", "RFC9000-9.3.2-05")
def close_silently(s: StatelessReset, p: Parameters) -> bool:
    """The issuer has no validated address of its peer left, and discards the connection."""
    # GUARD
    if s.holder != HOLDS:
        return False
    # EFFECT
    s.holder = DISCARDED
    return True


@machine.action("protocol", "issuer", "RFC9000-10.3-02", "RFC9000-10.3-03", "RFC9000-11-04")
def close(s: StatelessReset, p: Parameters) -> bool:
    """The issuer meets a fatal error of the connection, and sends CONNECTION_CLOSE, as it can."""
    # GUARD
    if s.holder != HOLDS:
        return False
    # EFFECT
    s.holder = CLOSING
    return True


@machine.action("environment", "consumer", "RFC9000-10.3-03")
def deliver_connection_close(s: StatelessReset, p: Parameters) -> bool:
    """CONNECTION_CLOSE arrives, for the first time or in answer to a later packet."""
    # GUARD
    if s.holder != CLOSING or s.end != OPEN:
        return False
    # EFFECT
    s.end = DRAINING
    return True


@machine.action("environment", "issuer", "RFC9000-10.2-12")
def end_closing(s: StatelessReset, p: Parameters) -> bool:
    """The closing state of the issuer is over, and it discards the connection."""
    # GUARD
    if s.holder != CLOSING:
        return False
    # EFFECT
    s.holder = DISCARDED
    return True


@machine.action("environment", "consumer", "RFC9000-10.2-12")
def end_draining(s: StatelessReset, p: Parameters) -> bool:
    """The closing or draining state of the consumer is over, and it discards the connection."""
    # GUARD
    if not has_state(s) or s.end == OPEN:
        return False
    # EFFECT
    s.end = OVER
    return True


@machine.action("environment", "consumer")
def restart_consumer(s: StatelessReset, p: Parameters) -> bool:
    """The consumer crashes and starts again, and knows nothing of connections and tokens."""
    # GUARD
    if not has_state(s):
        return False
    # EFFECT
    s.end = RESTARTED
    return True


@machine.action("environment", "consumer", "RFC9000-10.1-04", "RFC9000-10.1-06")
def hear_nothing(s: StatelessReset, p: Parameters) -> bool:
    """A PTO passes at the consumer in which no packet of its peer comes."""
    # GUARD
    if p.idle_timer != "ordered" or s.end != OPEN or s.quiet == THREE_PTOS:
        return False
    # EFFECT
    pass_in_silence(s)
    return True


@machine.action("environment", "consumer", "RFC9000-10.1-01", "RFC9000-10.1-06")
def time_out(s: StatelessReset, p: Parameters) -> bool:
    """The consumer has heard nothing for its idle timeout, and discards the connection."""
    # GUARD
    if s.end != OPEN or (holds(s) and home_is_reached(s)) or not is_idle(s, p):
        return False
    # EFFECT
    s.end = OVER
    return True


@machine.action(
    "protocol",
    "issuer",
    "RFC9000-10.3.2-05",
    "RFC9000-10.3.2-06",
    "RFC9000-10.3-08",
    "RFC9000-18.2-09",
    "QUICLB-9.5-02",
)
def connect_again(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The two ends set up another connection, under a new pair of static key and connection ID."""
    # GUARD
    if holds(s) or has_state(s) or s.connection + 1 >= p.connections:
        return False
    if number != next_connection_id(s):
        return False
    # EFFECT
    s.connection = s.connection + 1
    s.holder = HOLDS
    s.end = OPEN
    s.fate = "none"
    s.issued = s.issued + 1 if s.issued == number else s.issued
    forget(s)
    hears(s, p)
    start(s, p, number)
    return True


def forget(s: StatelessReset) -> None:
    """A new connection begins with nothing invalidated, retired, probed or copied."""
    nothing = minus(s.used, s.used)
    s.invalidated = nothing
    s.copied = nothing
    s.second = nothing
    s.probed = nothing
    s.retired = nothing
    s.acknowledged = nothing
