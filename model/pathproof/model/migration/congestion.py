"""The server: what it has learnt of a path, and when it begins again (RFC 9000 9.4, 9.2-06).

Learnt are the congestion window, the round-trip estimate and the ECN capability. Each address has a context;
`grown` are those that no longer have initial values.
"""

from __future__ import annotations

from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.vocabulary import add, discard, has


def keeps_context(p: Parameters) -> bool:
    """Only the port changes, and the server retains what it learnt (9.4-03)."""
    return p.differ == "port"


def enter_path(s: Migration, p: Parameters, former: int, address: int) -> None:
    """The server turns to another address: ECN is validated anew, and a new path begins with nothing."""
    s.ecn = "testing"
    if has(s.validated, address):
        return  # 9.3-06: what was learnt of this path is restored
    if keeps_context(p) and has(s.grown, former):
        s.grown = add(s.grown, address)


def confirm_path(s: Migration, p: Parameters, address: int) -> None:
    """The peer owns its new address: initial values (9.4-02), unless only the port has changed."""
    if not keeps_context(p):
        s.grown = discard(s.grown, address)


def return_to_path(s: Migration) -> None:
    """After a failed validation the context of the last validated address is as it was (9.3-06)."""
    s.ecn = "testing"


def feeds(p: Parameters, current: int, address: int) -> bool:
    """What becomes known of packets sent to `address` moves the context in use (9.4-01, `path_context`)."""
    if address == current:
        return True
    return p.differ == "port" and p.path_context == "carried"


def learn(s: Migration, p: Parameters, address: int) -> None:
    """An acknowledgment came for data that was sent to this address."""
    if feeds(p, s.current, address):
        take_sample(s, p, address)


def take_sample(s: Migration, p: Parameters, address: int) -> None:
    """The context in use grows by what was sent to `address`, and where that is another one, it is noted."""
    if address != s.current:
        s.fed = "by another port" if p.differ == "port" else "by another host"
    else:
        s.ecn = "capable"
    s.grown = add(s.grown, s.current)
