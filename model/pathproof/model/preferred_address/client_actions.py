"""What a client does of its own accord: it probes, waits, and changes its local address."""

from __future__ import annotations

from pathproof.model.preferred_address.client import (
    bear,
    challenge,
    current,
    fits,
    go,
    has_local,
    is_barred,
    is_of_choice,
    may_bear,
    may_start,
    may_try,
    original_fits,
    probed_at,
    tick,
    try_preferred,
)
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import (
    AWAY,
    HOME_PREFERRED,
    ORIGINAL,
    PREFERRED,
    is_preferred,
    path_of,
)
from pathproof.model.preferred_address.state import (
    ConnectionId,
    Local,
    Parameters,
    PreferredAddress,
    Server,
    is_confirmed,
)
from pathproof.model.vocabulary import get, has, is_empty, lowest


def may_begin_at_preferred(s: PreferredAddress, p: Parameters, local: int) -> bool:
    """The client may begin to validate the preferred address from here: anew, or because it has to move."""
    if not may_try(s, p) or not has_local(p, local) or not fits(p, local):
        return False
    return s.attempt != "running" or (local == AWAY and has(s.probing, HOME_PREFERRED))


def may_begin_at_original(s: PreferredAddress, p: Parameters, local: int) -> bool:
    """The client may begin to validate the original address from another local one than it has."""
    if not may_start(s) or is_preferred(current(s)) or not has_local(p, local) or not original_fits(p, local):
        return False
    if is_barred(s, p, local) or current(s) == path_of(local, ORIGINAL):
        return False
    return not has(s.validated, path_of(local, ORIGINAL)) and is_empty(probed_at(s, ORIGINAL))


@machine.action(
    "protocol",
    "client",
    "RFC9000-9.6.1-03",
    "RFC9000-9.6.1-04",
    "RFC9000-9.6.3-06",
    "RFC9000-9.6.3-07",
    "RFC9000-9.6.3-08",
    "RFC9000-21.5.3-01",
    "RFC9000-9.6.1-06",
)
def probe_preferred(s: PreferredAddress, p: Parameters, local: Local, cid: ConnectionId) -> bool:
    """The client begins to validate the preferred address."""
    # GUARD
    if not may_begin_at_preferred(s, p, local) or not may_bear(s, path_of(local, PREFERRED), cid):
        return False
    if not is_of_choice(s, p, path_of(local, PREFERRED), cid):
        return False
    # EFFECT
    try_preferred(s, local, cid)
    return True


@machine.action("protocol", "client", "RFC9000-9.6.3-03", "RFC9000-9-02", "RFC9000-8.2-03")
def probe_original(s: PreferredAddress, p: Parameters, local: Local, cid: ConnectionId) -> bool:
    """The client begins to validate the original address from its other local address."""
    # GUARD
    if not may_begin_at_original(s, p, local) or not may_bear(s, path_of(local, ORIGINAL), cid):
        return False
    # EFFECT
    bear(s, path_of(local, ORIGINAL), cid)
    challenge(s, path_of(local, ORIGINAL), ORIGINAL)
    return True


@machine.action("protocol", "client", "RFC9000-9.6.3-01", "RFC9000-8.2-08", "RFC9000-8.2-09")
def probe_both(s: PreferredAddress, p: Parameters, cid: ConnectionId, other: ConnectionId) -> bool:
    """A client that has to move validates both addresses of the server from its new address."""
    # GUARD
    if not may_begin_at_preferred(s, p, AWAY) or not may_begin_at_original(s, p, AWAY):
        return False
    if not may_bear(s, path_of(AWAY, PREFERRED), cid) or not may_bear(s, path_of(AWAY, ORIGINAL), other):
        return False
    if cid == other or not is_of_choice(s, p, path_of(AWAY, PREFERRED), cid):
        return False
    # EFFECT
    try_preferred(s, AWAY, cid)
    bear(s, path_of(AWAY, ORIGINAL), other)
    challenge(s, path_of(AWAY, ORIGINAL), ORIGINAL)
    return True


@machine.action(
    "protocol",
    "client",
    "RFC9000-8.2.1-02",
    "RFC9000-8.2.1-04",
    "RFC9000-8.2.4-02",
    "RFC9000-8.2.4-03",
    "RFC9000-9.6.1-06",
)
def client_timer(s: PreferredAddress, p: Parameters, server: Server) -> bool:
    """A PTO passes without an answer: the client repeats its challenge, or gives up after three."""
    # GUARD
    if not is_confirmed(s) or is_empty(probed_at(s, server)):
        return False
    # EFFECT
    tick(s, server, lowest(probed_at(s, server)))
    return True


@machine.action("protocol", "client", "RFC9000-9.6.3-03", "RFC9000-9.2-01")
def move_at_original(s: PreferredAddress, p: Parameters, local: Local) -> bool:
    """The client moves to its other local address and goes on sending to the original address."""
    # GUARD
    if not may_start(s) or is_preferred(current(s)) or current(s) == path_of(local, ORIGINAL):
        return False
    if s.attempt == "running" or is_barred(s, p, local) or s.generation + 2 >= p.generations:
        return False
    if not has(s.validated, path_of(local, ORIGINAL)) or get(s.bearing, path_of(local, ORIGINAL)) == 0:
        return False
    # EFFECT
    go(s, path_of(local, ORIGINAL))
    return True


@machine.action("protocol", "client", "RFC9000-9.2-01", "RFC9000-9.2-02", "RFC9000-9.2-04")
def move_unprobed(s: PreferredAddress, p: Parameters, local: Local, cid: ConnectionId) -> bool:
    """The client moves to its other local address at the original one, and has not validated it before."""
    # GUARD
    if p.unprobed_move == "never" or not may_begin_at_original(s, p, local) or s.attempt == "running":
        return False
    if s.generation + 2 >= p.generations or not may_bear(s, path_of(local, ORIGINAL), cid):
        return False
    # EFFECT
    bear(s, path_of(local, ORIGINAL), cid)
    go(s, path_of(local, ORIGINAL))
    return True


@machine.action(
    "protocol", "client", "RFC9000-9.2-02", "RFC9000-9.2-04", "RFC9000-18.2-40", "RFC9000-5.2.3-02"
)
def move_at_preferred(s: PreferredAddress, p: Parameters, local: Local, cid: ConnectionId) -> bool:
    """The client, which uses the preferred address, changes its own."""
    # GUARD
    if not may_start(s) or not is_preferred(current(s)) or current(s) == path_of(local, PREFERRED):
        return False
    if s.generation + 1 >= p.generations or not has_local(p, local) or p.network == "dual":
        return False
    if not may_bear(s, path_of(local, PREFERRED), cid):
        return False
    # EFFECT
    bear(s, path_of(local, PREFERRED), cid)
    go(s, path_of(local, PREFERRED))
    return True
