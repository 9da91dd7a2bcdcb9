"""The first packets of a connection: an ID that the client chose, then the server's own, in long headers."""

from __future__ import annotations

from typing import Annotated

from pathproof.model.domains import Below, Upto
from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.balancer import (
    is_chance_hit,
    is_misread,
    is_routable,
    is_unroutable,
    is_well_formed,
    may_hash_to,
    names_server,
    note_again,
    note_hash,
    note_routable,
    passes_check,
)
from pathproof.model.load_balancing.configurations import (
    LEAST_CHOSEN_BY_CLIENTS,
    length_bits_of,
    needed,
)
from pathproof.model.load_balancing.first_flight import (
    found_for_long_header,
    is_in_pool,
    is_left_to_fallback,
    note_handshake,
    reads_name,
    receive_handshake,
    receive_part,
    release,
    remember_source,
    waits_for_name,
)
from pathproof.model.load_balancing.state import (
    FIRST_FLIGHT,
    HANDSHAKE,
    IDLE,
    LoadBalancing,
    Name,
    Parameters,
    Part,
    Server,
)
from pathproof.model.vocabulary import has

Codepoint = Annotated[int, Upto("codepoints")]
Octets = Annotated[int, Below(3)]


@machine.action("environment", "client", "QUICLB-5.1-04", "QUICLB-4.1-01")
def connect(s: LoadBalancing, p: Parameters, codepoint: Codepoint, decodes_to: Name, wanted: Name) -> bool:
    """A client begins, under a connection ID of its own choice, which may look like one of a server's."""
    # GUARD
    if s.stage != IDLE or p.shapes == "odd" or not may_choose(p, codepoint, decodes_to):
        return False
    if (p.fallback == "baseline" and wanted > 0) or (p.fallback == "advanced" and wanted == 0):
        return False
    # EFFECT
    s.stage = FIRST_FLIGHT
    s.codepoint = codepoint
    s.decodes_to = decodes_to
    s.wanted = wanted
    return True


def may_choose(p: Parameters, codepoint: int, decodes_to: int) -> bool:
    """The random octets come out so; nothing is decoded where the codepoint is one that is never in use."""
    if codepoint == p.codepoints:
        return decodes_to == 0
    return p.initials == "any"


@machine.action(
    "environment",
    "client",
    "QUICLB-3.3-01",
    "QUICLB-4.1-03",
    "QUICLB-4.1-05",
    "QUICLB-4.1-06",
    "QUICLB-4.1-08",
    "QUICLB-4.1-09",
)
def connect_with_odd_id(
    s: LoadBalancing, p: Parameters, decodes_to: Name, length: Octets, bits: Octets
) -> bool:
    """A client begins under an ID at the first codepoint, of 8 to 10 octets and with random length bits."""
    # GUARD
    if s.stage != IDLE or p.shapes == "regular" or p.fallback == "advanced":
        return False
    # EFFECT
    s.stage = FIRST_FLIGHT
    if is_well_formed(p, LEAST_CHOSEN_BY_CLIENTS + length, LEAST_CHOSEN_BY_CLIENTS - 1 + bits):
        s.decodes_to = decodes_to
        s.short = "yes" if LEAST_CHOSEN_BY_CLIENTS + length < needed(p) else "no"
    return True


@machine.action(
    "environment", "load balancer", "QUICLB-2-05", "QUICLB-4.1-04", "QUICLB-4.1-09", "QUICLB-4.2-02"
)
def forward_first_flight_by_id(s: LoadBalancing, p: Parameters, part: Part, server: Server) -> bool:
    """A part of the first flight arrives; its ID looks like one of a server's, and it goes there."""
    # GUARD
    if s.stage != FIRST_FLIGHT or not names_server(s, p, server):
        return False
    # EFFECT
    note_routable(s, p, s.here, server + 1)
    receive_part(s, part, server + 1)
    return True


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-4.2-03",
    "QUICLB-4.2-04",
    "QUICLB-4.2-05",
    "QUICLB-4.3.2-05",
)
def forward_first_flight_by_table(s: LoadBalancing, p: Parameters, part: Part) -> bool:
    """A part of the first flight arrives and goes where a table says."""
    # GUARD
    entry = found_for_long_header(s, p.cids)
    if s.stage != FIRST_FLIGHT or not is_in_pool(s, entry) or is_chance_hit(s, p):
        return False
    # EFFECT
    note_again(s, p, s.here, p.cids, entry)
    receive_part(s, part, entry)
    return True


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-4.2-06",
    "QUICLB-4.3.1-01",
    "QUICLB-4.3.1-03",
    "QUICLB-4.3.1-04",
    "QUICLB-4.3.2-01",
)
def forward_first_flight_by_fallback(s: LoadBalancing, p: Parameters, part: Part, server: Server) -> bool:
    """A part of the first flight arrives and goes where the hash of its 4-tuple says."""
    # GUARD
    if s.stage != FIRST_FLIGHT or not is_left_to_fallback(s, p) or not may_hash_to(s, s.here, server):
        return False
    if waits_for_name(p, part) or reads_name(p, part):
        return False
    # EFFECT
    note_hash(s, p, s.here, p.cids, server)
    receive_part(s, part, server + 1)
    return True


@machine.action("environment", "load balancer", "QUICLB-4.3.2-03")
def hold_back(s: LoadBalancing, p: Parameters) -> bool:
    """The first part arrives alone; it shows no name, and the load balancer keeps it."""
    # GUARD
    if s.stage != FIRST_FLIGHT or s.held_back == "yes" or not waits_for_name(p, 0):
        return False
    if not is_left_to_fallback(s, p):
        return False
    # EFFECT
    s.held_back = "yes"
    return True


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-4.3.2-02",
    "QUICLB-4.3.2-04",
    "QUICLB-4.3.2-05",
    "QUICLB-4.3.2-06",
)
def decide_by_name(s: LoadBalancing, p: Parameters) -> bool:
    """The part with the server's name arrives; it goes to the server of that name, and what waited too."""
    # GUARD
    if s.stage != FIRST_FLIGHT or not reads_name(p, 1) or not is_left_to_fallback(s, p):
        return False
    if not is_in_pool(s, s.wanted):
        return False
    # EFFECT
    remember_source(s, p, s.wanted)
    receive_part(s, 1, s.wanted)
    release(s, s.wanted)
    return True


def is_handshake_routable(s: LoadBalancing, p: Parameters) -> bool:
    """The server's connection ID in the Handshake packet can be routed, checks of its length included."""
    return is_routable(s, p, 0) and passes_handshake_check(p)


def passes_handshake_check(p: Parameters) -> bool:
    """The length that the server encoded fits the header (4.1-06, 4.1-08)."""
    return p.length_check == "none" or passes_check(p, needed(p) + p.appended, length_bits_of(p))


def is_handshake_unroutable(s: LoadBalancing, p: Parameters) -> bool:
    """The server's connection ID in the Handshake packet is unroutable."""
    return is_unroutable(s, p, 0) or (is_routable(s, p, 0) and not passes_handshake_check(p))


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-2-04",
    "QUICLB-4.1-06",
    "QUICLB-4.1-08",
    "QUICLB-4.2-02",
    "QUICLB-5.4-06",
)
def forward_handshake_by_id(s: LoadBalancing, p: Parameters) -> bool:
    """A Handshake packet with the server's connection ID arrives and goes where the ID says."""
    # GUARD
    if s.stage != HANDSHAKE or not is_handshake_routable(s, p):
        return False
    # EFFECT
    note_routable(s, p, s.here, s.owner)
    receive_handshake(s, s.owner)
    return True


@machine.action("environment", "load balancer", "QUICLB-4.1-04", "QUICLB-3.1-04")
def misforward_handshake(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A Handshake packet arrives, is decoded with another configuration than its own, and goes anywhere."""
    # GUARD
    if s.stage != HANDSHAKE or not has(s.members, server) or not is_misread(s, p, 0):
        return False
    # EFFECT
    receive_handshake(s, server + 1)
    return True


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-4.2-03",
    "QUICLB-4.2-04",
    "QUICLB-4.2-05",
    "QUICLB-4.3.2-05",
    "QUICLB-4.3.2-06",
)
def forward_handshake_by_table(s: LoadBalancing, p: Parameters) -> bool:
    """A Handshake packet with an unroutable connection ID arrives and goes where a table says."""
    # GUARD
    entry = found_for_long_header(s, 0)
    if s.stage != HANDSHAKE or not is_in_pool(s, entry) or not is_handshake_unroutable(s, p):
        return False
    # EFFECT
    note_handshake(s, p, entry)
    receive_handshake(s, entry)
    return True


@machine.action("environment", "load balancer", "QUICLB-4.2-06", "QUICLB-4.3.1-01", "QUICLB-4.3.1-03")
def forward_handshake_by_fallback(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A Handshake packet with an unroutable connection ID arrives and goes where the hash says."""
    # GUARD
    if s.stage != HANDSHAKE or found_for_long_header(s, 0) > 0 or not may_hash_to(s, s.here, server):
        return False
    if not is_handshake_unroutable(s, p):
        return False
    # EFFECT
    note_hash(s, p, s.here, 0, server)
    receive_handshake(s, server + 1)
    return True
