"""Bugs in what is answered with a reset, how often, and with which token."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.stateless_reset.state import Parameters, StatelessReset

recreates = Recreated()


@recreates(
    "NX-03",
    "QN-31",
    "PQ-09",
    replaces="is_rationed",
    cites=("RFC9000-10.3.3-01",),
    at="issuer",
    cids=1,
)
def resets_are_not_rationed(p: Parameters, answered: int) -> bool:
    """Every unknown packet is answered, however many there are."""
    return False


@recreates(replaces="more", cites=("RFC9000-10.3.3-01",), at="issuer", cids=1)
def resets_are_not_counted(p: Parameters, answered: int) -> int:
    """An end means to send no more than its share of resets, and never counts what it has sent."""
    return answered


@recreates(replaces="is_attributed", cites=("RFC9000-11-05",), at="issuer", attacker="nobody")
def held_connections_are_reset(s: StatelessReset, p: Parameters, number: int) -> bool:
    """Packets of a connection whose state is held are answered with a reset."""
    return False


@recreates(
    replaces="is_late", cites=("RFC9000-11-05",), at="issuer", attacker="nobody", late_packets="dropped"
)
def late_packets_are_not_recognized(s: StatelessReset, p: Parameters, number: int) -> bool:
    """An issuer that means to know late packets answers them with a reset."""
    return False


@recreates(replaces="recovered", cites=("RFC9000-10.3.2-02",), at="issuer", cids=1, attacker="nobody")
def connection_ids_differ_in_length(p: Parameters, number: int) -> int:
    """Connection IDs have several lengths, so that an issuer without state reads too few bytes."""
    return p.cids


@recreates(
    replaces="may_begin_interval",
    cites=("RFC9000-10.3.3-01",),
    at="issuer",
    cids=1,
    loop_state="until_silence",
    attacker="guesser",
    beyond=25,
)
def the_state_against_loops_is_forgotten(p: Parameters, size: int) -> bool:
    """State that replaces smaller resets is given up while the answers to resets are still under way."""
    return True
