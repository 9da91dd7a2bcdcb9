"""Bugs of load balancers: what they decode, look up, hold back and note."""

from __future__ import annotations

from pathproof.model.load_balancing import balancer
from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, get, has

recreates = Recreated()
RULE_ROUTABLE = balancer.is_routable  # kept from before any mutant is in place
RULE_MISREAD = balancer.is_misread
LB = "load balancer"


@recreates(
    "MV-22",
    replaces="is_routable",
    cites=("QUICLB-4.2-01", "QUICLB-4.2-02"),
    at=LB,
    fallback="advanced",
    neighbour="yes",
)
def a_table_comes_first(s: LoadBalancing, p: Parameters, number: int) -> bool:
    """What the load balancer noted of the 4-tuple goes before what the connection ID says."""
    return RULE_ROUTABLE(s, p, number) and get(s.by_tuple, s.here) == 0


@recreates("HA-12", replaces="found_for_long_header", cites=("QUICLB-4.2-05",), at=LB, pool="changes", cids=2)
def the_second_lookup_misses(s: LoadBalancing, key: int) -> int:
    """A repeated Initial is not found under what the first one was noted by, and is hashed anew."""
    return 0


@recreates(replaces="is_misread", cites=("QUICLB-4.1-02",), at=LB, start="unconfigured")
def the_reserved_codepoint_is_decoded(s: LoadBalancing, p: Parameters, number: int) -> bool:
    """0b111 is taken for a configuration like others."""
    return get(s.made_with, number) >= p.configurations or RULE_MISREAD(s, p, number)


@recreates(replaces="is_misread", cites=("QUICLB-5.5.2-01",), at=LB, appended=1)
def appended_octets_are_decrypted(s: LoadBalancing, p: Parameters, number: int) -> bool:
    """The decoder splits all octets behind the first, appended ones included, and errs."""
    return get(s.made_with, number) < p.configurations and p.appended > 0


@recreates(replaces="is_long_enough", cites=("QUICLB-4.1-03",), at=LB, shapes="odd")
def length_is_not_checked(p: Parameters, length: int) -> bool:
    """An ID that is too short is decoded with whatever follows it."""
    return True


@recreates(
    replaces="may_hash_to", cites=("QUICLB-4.3.1-01",), at=LB, start="unconfigured", tuple_table="none"
)
def the_fallback_is_round_robin(s: LoadBalancing, here: int, server: int) -> bool:
    """The fallback takes turns, whatever the 4-tuple is."""
    return has(s.members, server)


@recreates(
    replaces="found_in_tables",
    cites=("QUICLB-4.2-04",),
    at=LB,
    start="unconfigured",
    cid_table="kept",
)
def connection_ids_are_not_looked_up(s: LoadBalancing, here: int, key: int) -> int:
    """The table of unroutable connection IDs is kept and not read."""
    return get(s.by_tuple, here)


@recreates(
    replaces="found_in_tables",
    cites=("QUICLB-4.2-04",),
    at=LB,
    start="unconfigured",
    first_configuration="stays",
    cid_table="kept",
    fallback="advanced",
    neighbour="yes",
    cids=2,
)
def the_4_tuple_is_looked_up_first(s: LoadBalancing, here: int, key: int) -> int:
    """What the load balancer noted of the 4-tuple goes before what it noted of the connection ID."""
    entry = get(s.by_tuple, here)
    return entry if entry > 0 else get(s.by_cid, key)


@recreates(replaces="note", cites=("QUICLB-4.3.1-03",), at=LB, start="unconfigured", pool="changes", cids=2)
def nothing_is_noted(s: LoadBalancing, p: Parameters, here: int, key: int, decision: int) -> None:
    """The load balancer keeps no table of 4-tuples, although its servers may be without configuration."""


@recreates(
    replaces="note_routable", cites=("QUICLB-6-01",), at=LB, restarts="client", routable_reset="tracked"
)
def routable_decisions_are_not_noted(s: LoadBalancing, p: Parameters, here: int, decision: int) -> None:
    """A load balancer that means to track 4-tuples forgets those of routable connection IDs."""


@recreates(
    replaces="remember_source", cites=("QUICLB-4.3.2-05",), at=LB, start="unconfigured", fallback="advanced"
)
def the_source_is_not_noted(s: LoadBalancing, p: Parameters, decision: int) -> None:
    """The decision by name is not noted under 4-tuple and Source Connection ID."""


@recreates(replaces="waits_for_name", cites=("QUICLB-4.3.2-03",), at=LB, fallback="advanced")
def nothing_is_held_back(p: Parameters, part: int) -> bool:
    """The first part of a ClientHello is hashed before the name is known."""
    return False


@recreates(replaces="release", cites=("QUICLB-4.3.2-03",), at=LB, fallback="advanced")
def what_was_held_back_is_dropped(s: LoadBalancing, at: int) -> None:
    """The part that waited for the name is thrown away when it is known."""
    s.held_back = "no"


@recreates(replaces="reads_clear_ids", cites=("QUICLB-5.3-03",), at=LB, attacker="stranger")
def ids_are_decoded_without_key(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer reads the server ID in clear although the configuration has a key."""
    return True


@recreates(replaces="install", cites=("QUICLB-2-05",), at=LB, codepoints=1, precaution="none")
def two_configurations_share_a_codepoint(s: LoadBalancing, p: Parameters, configuration: int) -> None:
    """The load balancer keeps what had the codepoint before beside what has it now."""
    s.active = add(s.active, configuration)
    s.known = add(s.known, configuration)
