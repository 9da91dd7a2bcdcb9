"""Bugs in finding the connection of a packet, and in what packets bear."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.budget import SMALL
from pathproof.model.connection.demultiplexing import is_served
from pathproof.model.connection.parts import MOVING, server_ids_are_empty
from pathproof.model.connection.server_actions import follows, went
from pathproof.model.migration.connection_ids import assign
from pathproof.model.migration.validation import begin_validation
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import Numbers, get, has, is_empty

recreates = Recreated()


@recreates(replaces="belongs", cites=("RFC9000-5.2-02",), at="server")
def packets_are_found_by_their_addresses(s: Any, p: Any, number: int, address: int) -> bool:
    """A packet belongs to a connection only if it comes from an address that the connection knows."""
    return is_served(s, number) and has(s.moving_paths, address)


@recreates("QN-44", replaces="belongs", cites=("RFC9000-5.2-04",), at="server", zero_length="server")
def an_empty_id_finds_no_connection(s: Any, p: Any, number: int, address: int) -> bool:
    """Connections are looked up by connection ID alone, so packets that bear an empty one find none."""
    return not server_ids_are_empty(p) and is_served(s, number)


@recreates(replaces="belongs", cites=("RFC9000-5.2-02",), at="server")
def only_the_first_id_is_registered(s: Any, p: Any, number: int, address: int) -> bool:
    """Connection IDs of frames are never registered, and packets to them find no connection."""
    return number == 0


@recreates("LS-02", "QN-45", replaces="belongs", cites=("RFC9000-5.2-02",), at="server")
def any_id_is_taken(s: Any, p: Any, number: int, address: int) -> bool:
    """A packet is taken in whatever its Destination Connection ID."""
    return True


@recreates(
    "NX-28",
    replaces="drop_from_paths",
    cites=("RFC9000-5.1.2-10", "RFC9000-9.5-09"),
    at="server",
    prior="rises",
    frames_together="yes",
)
def paths_keep_what_is_retired(s: Any, number: int) -> None:
    """A frame in the middle of a packet retires the path's connection ID, and the answer bears it still."""


@recreates("KW-10", replaces="works_under_its_own", cites=("RFC9000-5.1.2-04",), at="client", prior="rises")
def an_old_path_keeps_its_id(s: Any, address: int) -> bool:
    """The client goes back to a path under the connection ID that it bore, although that is retired."""
    return get(s.under, address) > 0


@recreates(
    "QN-24",
    replaces="client_may_speak",
    cites=("RFC9000-5.1.2-10",),
    at="client",
    peer="rogue server",
    packets=3,
)
def the_client_speaks_under_anything(s: Any) -> bool:
    """The client sends under the connection ID that it has, retired or not."""
    return True


@recreates(
    "QL-07",
    "GM-01",
    replaces="fresh_for_client",
    cites=("RFC9000-9.5-03",),
    at="client",
    client="probes",
)
def probes_share_the_id_in_use(s: Any) -> Numbers:
    """A probe bears what packets on the path in use bear."""
    found: Numbers = s.server_ids_active
    return found


@recreates("QN-42", replaces="begin_validation", cites=("RFC9000-9.5-04",), at="server")
def the_old_path_gets_the_new_id(s: Any, p: Any, address: int) -> None:
    """The challenge to the former address bears what the server uses toward the new one."""
    if get(s.cid_at, s.current) > 0:
        assign(s, address, get(s.cid_at, s.current))
    begin_validation(s, p, address)


@recreates(
    "KW-17",
    replaces="server_challenges",
    cites=("RFC9000-9.5-04", "RFC9000-9.3-03"),
    at="server",
)
def a_challenge_without_spare_bears_the_old_id(s: Any, p: Any, address: int) -> bool:
    """With no spare connection ID, the challenge to a new address bears what goes to the old one."""
    paths = MOVING.state(s)
    if not follows(s, p) or not has(paths.due, address) or get(paths.allowance, address) == 0:
        return False
    if get(paths.cid_at, address) == 0 and is_empty(paths.spare):
        assign(paths, address, get(paths.cid_at, paths.fallback))
    begin_validation(paths, MOVING.parameters(p), address)
    went(s, p, address, SMALL)
    return True
