"""The client: which connection IDs it may use, and what frames and resets do to it (RFC 9000 5.1, 10.3.1)."""

from __future__ import annotations

from pathproof.model.load_balancing.state import ENDED, LoadBalancing
from pathproof.model.vocabulary import Numbers, add, discard, get, has, minus, missing, union


def send(s: LoadBalancing) -> None:
    """A packet leaves on the present 4-tuple, and wants to be received."""
    s.seen_here = add(s.seen_here, s.current)
    s.waiting = "yes"


def may_move(s: LoadBalancing) -> bool:
    """The server has not asked the client to stay on its 4-tuple (disable_active_migration, 3.2-08)."""
    return s.barred == "no"


def is_fresh(s: LoadBalancing, number: int) -> bool:
    """The client holds this connection ID, and no packet has borne it (RFC9000-9.5-03)."""
    if not has(s.arrived, number) or has(s.retired, number):
        return False
    return not has(s.seen_here, number) and not has(s.seen_elsewhere, number) and number != s.current


def fresh_ones(s: LoadBalancing) -> Numbers:
    """The connection IDs that the client holds and has not used."""
    used = union(union(s.retired, s.seen_here), s.seen_elsewhere)
    return discard(minus(s.arrived, used), s.current)


def change_tuple(s: LoadBalancing) -> None:
    """The client's packets come from the other 4-tuple from now on."""
    seen = s.seen_here
    s.seen_here = s.seen_elsewhere
    s.seen_elsewhere = seen
    s.here = 1 - s.here
    s.settled = "no"


def take_in(s: LoadBalancing, number: int) -> None:
    """NEW_CONNECTION_ID arrives: what is below Retire Prior To is retired first (RFC9000-5.1.2-10)."""
    s.retired = union(s.retired, missing(s.retired, 0, get(s.sent_prior, number)))
    s.arrived = add(s.arrived, number)


def leave_retired(s: LoadBalancing, number: int) -> None:
    """Where the connection ID in use was retired, the one that came takes its place."""
    if has(s.retired, s.current) and not has(s.retired, number):
        s.current = number


def may_bear(s: LoadBalancing, number: int) -> bool:
    """A token of this connection ID would be checked: it was used, and is not retired (RFC9000-10.3.1)."""
    return (has(s.seen_here, number) or has(s.seen_elsewhere, number)) and not has(s.retired, number)


def accept_reset(s: LoadBalancing, by: str) -> None:
    """A datagram ends in the token of a connection ID in use: the connection is over for the client."""
    s.stage = ENDED
    s.waiting = "no"
    s.ended_by = by
