"""Bugs in what disable_active_migration bars, at the client."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.preferred_address.client import bear, challenge, may_bear, try_preferred
from pathproof.model.preferred_address.client_actions import may_begin_at_preferred
from pathproof.model.preferred_address.paths import AWAY, HOME, ORIGINAL, PREFERRED, path_of
from pathproof.model.preferred_address.state import ConnectionId, Parameters, PreferredAddress

recreates = Recreated()


@recreates(
    "GQ-28",
    "NQ-06",
    "S2-20",
    replaces="is_barred",
    cites=("RFC9000-9-02", "RFC9000-18.2-39"),
    at="client",
    disabled="yes",
)
def the_bar_is_ignored(s: PreferredAddress, p: Parameters, local: int) -> bool:
    """The client uses a new local address although the server sent disable_active_migration."""
    return False


@recreates(
    replaces="is_barred",
    cites=("RFC9000-18.2-38", "RFC9000-18.2-39"),
    at="client",
    disabled="yes",
    disabled_migration_scope="handshake_address",
)
def one_probe_lifts_the_bar(s: PreferredAddress, p: Parameters, local: int) -> bool:
    """A client that keeps to the narrow scope takes its first probe elsewhere for the end of the bar."""
    return p.disabled == "yes" and local != HOME and s.attempt == "none"


@recreates(
    "LX-11",
    replaces="probe_both",
    cites=("RFC9000-9-02", "RFC9000-18.2-39"),
    at="client",
    disabled="yes",
    disabled_migration_scope="handshake_address",
)
def a_change_of_both_ends_passes_the_bar(
    s: PreferredAddress, p: Parameters, cid: ConnectionId, other: ConnectionId
) -> bool:
    """The bar is not looked at when the addresses of both ends change."""
    if not may_begin_at_preferred(s, p, AWAY) or not may_bear(s, path_of(AWAY, PREFERRED), cid):
        return False
    if not may_bear(s, path_of(AWAY, ORIGINAL), other) or cid == other:
        return False
    try_preferred(s, AWAY, cid)
    bear(s, path_of(AWAY, ORIGINAL), other)
    challenge(s, path_of(AWAY, ORIGINAL), ORIGINAL)
    return True
