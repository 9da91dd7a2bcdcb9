"""Bugs in congestion control, round-trip estimate, ECN and loss recovery after a move."""

from __future__ import annotations

from pathproof.model.migration import congestion, validation
from pathproof.model.migration.congestion import keeps_context
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, discard, get, has

recreates = Recreated()
RULE_LEARN = congestion.learn  # kept from before any mutant is in place
RULE_CONFIRM = validation.confirm


@recreates(
    "GQ-20",
    "NG-43",
    "MV-04",
    replaces="confirm_path",
    cites=("RFC9000-9.4-02",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
    attacker="nobody",
)
def nothing_is_reset(s: Migration, p: Parameters, address: int) -> None:
    """Window and round-trip estimate stay as they are on a new path."""


@recreates(
    "QN-48",
    "NQ-10",
    "S2-16",
    replaces="feeds",
    cites=("RFC9000-9.4-01",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
    attacker="nobody",
)
def old_packets_feed_the_new_path(p: Parameters, current: int, address: int) -> bool:
    """Acknowledgments of packets sent to the old address count for the new path."""
    return True


@recreates(
    "NQ-13",
    replaces="enter_path",
    cites=("RFC9000-9.2-06",),
    at="server",
    data="flows",
    packets=2,
    attacker="nobody",
)
def ecn_is_taken_over(s: Migration, p: Parameters, former: int, address: int) -> None:
    """Packets on a new path are marked because marks worked on the old one."""
    if not has(s.validated, address) and keeps_context(p) and has(s.grown, former):
        s.grown = add(s.grown, address)


@recreates(
    replaces="enter_path",
    cites=("RFC9000-9.4-01",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
    attacker="nobody",
)
def a_return_takes_the_window_along(s: Migration, p: Parameters, former: int, address: int) -> None:
    """Back at a validated address, the server goes on with what it has learnt of the path just left."""
    s.ecn = "testing"
    if has(s.validated, address):
        s.grown = add(s.grown, address) if has(s.grown, former) else discard(s.grown, address)
    elif keeps_context(p) and has(s.grown, former):
        s.grown = add(s.grown, address)


@recreates(
    "QN-06",
    "CQ-16",
    replaces="loss_timer_runs",
    cites=("RFC9000-9.3.2-01",),
    at="server",
    data="flows",
    attacker="nobody",
    network="steady",
    numbering="goes on",
    packets=1,
    prior="raised",
    zero_length="client",
    addresses=2,
)
def old_packets_are_never_lost(s: Migration, address: int) -> bool:
    """No timer runs for what was sent to an address that was left."""
    return has(s.flight, address) and address == s.current


@recreates(
    replaces="confirm_path",
    cites=("RFC9000-9.4-02",),
    at="server",
    data="flows",
    packets=2,
    attacker="nobody",
)
def only_the_path_in_use_is_reset(s: Migration, p: Parameters, address: int) -> None:
    """An address that was left keeps what was learnt before its answer came."""
    if not keeps_context(p) and address == s.current:
        s.grown = discard(s.grown, address)


@recreates(
    replaces="learn",
    cites=("RFC9000-9.2-06",),
    at="server",
    data="flows",
    packets=1,
    addresses=2,
    attacker="nobody",
)
def any_acknowledgment_shows_that_ecn_works(s: Migration, p: Parameters, address: int) -> None:
    """An acknowledgment of what went to the former address has the server mark packets on the new path."""
    s.ecn = "capable"
    RULE_LEARN(s, p, address)


@recreates(
    "MV-05",
    replaces="confirm",
    cites=("RFC9000-9.4-02", "RFC9002-6.2.2-03"),
    at="server",
    packets=2,
    addresses=2,
    attacker="nobody",
)
def an_answer_to_a_repeated_challenge_is_a_sample(s: Migration, p: Parameters, address: int) -> None:
    """The time since a repeated challenge is an RTT sample, whichever of its repetitions was answered."""
    was_repeated = get(s.ticks, address) > 0
    RULE_CONFIRM(s, p, address)
    if was_repeated:
        s.grown = add(s.grown, address)
