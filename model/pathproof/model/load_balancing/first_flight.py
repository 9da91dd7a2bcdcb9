"""Long headers at the load balancer: the client's first flight and its Handshake packets (4.2, 4.3.2).

The advanced fallback reads the ClientHello for the server's name. The name is in the second part of the
flight, so the first has to wait.
"""

from __future__ import annotations

from pathproof.model.load_balancing.balancer import found_in_tables, is_chance_hit, note_again
from pathproof.model.load_balancing.state import OPEN, LoadBalancing, Parameters
from pathproof.model.vocabulary import add, get, has, put


def found_by_source(s: LoadBalancing) -> int:
    """The decision for a long header by 4-tuple and Source Connection ID (4.2-03), or 0."""
    return get(s.by_source, s.here)


def found_for_long_header(s: LoadBalancing, key: int) -> int:
    """What the tables decide for a long header, step by step (4.2-03 to 4.2-05), or 0."""
    entry = found_by_source(s)
    return entry if entry > 0 else found_in_tables(s, s.here, key)


def is_left_to_fallback(s: LoadBalancing, p: Parameters) -> bool:
    """No step before the fallback decides for the first flight (4.2-06)."""
    return found_for_long_header(s, p.cids) == 0 and not is_chance_hit(s, p)


def waits_for_name(p: Parameters, part: int) -> bool:
    """A fallback that reads the ClientHello has to see more of it before it can decide (4.3.2-03)."""
    return p.fallback == "advanced" and part == 0


def reads_name(p: Parameters, part: int) -> bool:
    """A fallback that reads the ClientHello finds the server's name in this part (4.3.2-02)."""
    return p.fallback == "advanced" and part == 1


def remember_source(s: LoadBalancing, p: Parameters, decision: int) -> None:
    """The decision goes into the table by 4-tuple and Source Connection ID, and by ID if kept (4.3.2-04)."""
    s.by_source = put(s.by_source, s.here, decision)
    if p.cid_table == "kept":
        s.by_cid = put(s.by_cid, p.cids, decision)


def receive_part(s: LoadBalancing, part: int, at: int) -> None:
    """A part comes to a server: the first one makes it the server of the connection."""
    s.astray = "no"
    if s.home == 0:
        s.home = at
        s.owner = at
        s.holds = "yes"
        s.settled = "yes"
    if s.home == at:
        s.flight = add(s.flight, part)
    elif s.holds == "yes":
        s.astray = "in the handshake"


def release(s: LoadBalancing, at: int) -> None:
    """The part that was held back follows the decision."""
    if s.held_back == "yes":
        s.held_back = "no"
        receive_part(s, 0, at)


def receive_handshake(s: LoadBalancing, at: int) -> None:
    """A Handshake packet comes to a server; the connection is open when it is the right one."""
    if s.home == at and s.holds == "yes":
        s.astray = "no"
        s.settled = "yes"
        s.stage = OPEN
    else:
        s.astray = "no" if s.holds == "no" else "in the handshake"


def note_handshake(s: LoadBalancing, p: Parameters, decision: int) -> None:
    """What the tables have decided for the server's connection ID is noted under that ID, too (4.3.2-06)."""
    note_again(s, p, s.here, 0, decision)


def is_in_pool(s: LoadBalancing, entry: int) -> bool:
    """There is a decision, and its server is one that packets can be sent to."""
    return entry > 0 and has(s.members, entry - 1)
