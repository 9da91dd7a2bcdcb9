"""Bugs after which something goes on for ever, or never happens: only endless runs show them."""

from __future__ import annotations

from typing import Any

from pathproof.model.migration.reception import process_frames, reach
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, has

recreates = Recreated()
ATTACKED = {"numbering": "goes on", "data": "flows", "packets": 1, "attacker": "off path"}


@recreates(
    "XQ-09",
    replaces="take_packet",
    cites=("RFC9000-9.3-01", "RFC9000-9.3.2-01"),
    at="server",
    **ATTACKED,
)
def a_new_address_is_taken_without_validation(s: Any, p: Any, number: int, address: int, peer: int) -> None:
    """Packets from a new address move the connection there for good; those from a known one do not."""
    if not has(s.paths, address):
        reach(s, address, peer)
        s.validated = add(s.validated, address)
        s.current = address
    process_frames(s, number, address)


@recreates(
    replaces="server_lingers", cites=("RFC9000-10.2-08", "RFC9000-10.2-11"), at="server", ends="closes"
)
def a_server_closes_for_ever(s: Any, p: Any) -> bool:
    """A server starts the timer of its closing state anew whenever it fires."""
    return False


@recreates(
    replaces="may_be_reset",
    cites=("RFC9000-10.3-01",),
    at="server",
    parts="supply and reset",
)
def a_server_without_state_is_silent(s: Any, number: int) -> bool:
    """A server answers packets to retired connection IDs with a reset, and none after a restart."""
    return has(s.server_ids_invalidated, number)


@recreates(replaces="its_retirement_arrives", cites=("RFC9000-5.1.2-06",), at="server", numbering="goes on")
def a_retirement_waits_for_its_path(s: Any, p: Any, number: int) -> bool:
    """RETIRE_CONNECTION_ID is left for a packet on the path that was given up, where nothing goes."""
    return False
