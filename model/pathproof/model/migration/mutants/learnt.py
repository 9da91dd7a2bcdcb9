"""Bugs in congestion control, round-trip estimate, ECN and loss recovery after a move."""

from __future__ import annotations

from pathproof.model.migration.congestion import keeps_context
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, has

recreates = Recreated()


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
