"""The idle timer of either end: RFC 9000 10.1.

Time is abstract, and ordered: what lasts a PTO ends before what lasts three of them, and no connection is
idle before three PTOs have passed without a packet from the peer. A PTO in which an end hears nothing counts
for every timer that runs there. Every packet that an end sends counts as ack-eliciting: acknowledgments alone
are not told apart from what they acknowledge.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.parts import MOVING
from pathproof.model.connection.state import MOST_ADDRESSES, THREE_PTOS
from pathproof.model.migration.validation import count_pto, has_run_out, is_timed
from pathproof.model.vocabulary import add, discard, get, has, is_empty, put

# What restarts it.


def hears(s: Any, p: Any, end: int) -> None:
    """A packet of its peer has come to this end, and was processed."""
    if p.silence == THREE_PTOS:
        s.asked = discard(s.asked, end)
        s.quiet = put(s.quiet, end, 0)
        restart_for_receipt(s, end)


def speaks(s: Any, p: Any, end: int) -> None:
    """A packet has left this end, and counts if it is the first since the end heard something."""
    if p.silence == THREE_PTOS and not has(s.asked, end):
        s.asked = add(s.asked, end)
        s.quiet = put(s.quiet, end, 0)
        restart_for_sending(s, end)


def restart_for_receipt(s: Any, end: int) -> None:
    """The idle timer restarts when a packet was processed (10.1-04)."""
    s.idle = put(s.idle, end, 0)


def restart_for_sending(s: Any, end: int) -> None:
    """The idle timer restarts with the first ack-eliciting packet since then (10.1-05)."""
    s.idle = put(s.idle, end, 0)


# Time.


def may_count(s: Any, p: Any, end: int) -> bool:
    """One more PTO without a packet still makes a difference to the idle timer of this end."""
    return bool(p.ends == "idles" and get(s.quiet, end) < p.silence == THREE_PTOS)


def pass_in_silence(s: Any, end: int) -> None:
    """A PTO has passed without a packet for this end; for claims, too, whatever its timer makes of it."""
    s.quiet = put(s.quiet, end, get(s.quiet, end) + 1)
    if get(s.idle, end) < THREE_PTOS:
        s.idle = put(s.idle, end, get(s.idle, end) + 1)


def count_for_client(s: Any, p: Any) -> None:
    """The PTO counts for the client's validation of the path that it has moved to."""
    if not has(s.moving_works, s.moving_outer) and s.moving_waited < p.ptos:
        s.moving_waited = s.moving_waited + 1


def count_for_server(s: Any, p: Any) -> None:
    """The PTO counts for every validation of the server."""
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    for address in range(MOST_ADDRESSES):
        if address < p.addresses and is_timed(paths, parameters, address):
            count_pto(paths, address)


# The end of it.


def idle_after(p: Any) -> int:
    """PTOs in silence that an idle timeout lasts at least (10.1-06)."""
    return THREE_PTOS


def is_idle(s: Any, p: Any, end: int) -> bool:
    """The idle timer of this end has expired."""
    return bool(p.ends == "idles" and get(s.idle, end) >= idle_after(p))


def a_timer_comes_first(s: Any, p: Any) -> bool:
    """A shorter timer of the server has expired, for what was lost or a validation, and nothing was done."""
    if not is_empty(s.moving_flight):
        return True
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    for address in range(MOST_ADDRESSES):
        if address < p.addresses and has_run_out(paths, parameters, address):
            return True
    return False
