"""The load balancer: which connection IDs it can route, and what it looks up and notes (4.1 to 4.3, 5.5).

The steps of 4.2 are an action each: by the connection ID (`is_routable`, `is_misread`), by a table
(`found_in_tables`, and in `first_flight` for long headers), by the fallback (`may_hash_to`).
"""

from __future__ import annotations

from pathproof.model.load_balancing.configurations import is_encrypted, needed
from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.vocabulary import get, has, put


def is_decoded(s: LoadBalancing, p: Parameters, codepoint: int) -> bool:
    """The rotation bits name a configuration that the load balancer has (2-05, 4.1-01)."""
    if codepoint >= p.codepoints:
        return False
    if has(s.active, codepoint):
        return True
    return codepoint + p.codepoints < p.configurations and has(s.active, codepoint + p.codepoints)


def is_routable(s: LoadBalancing, p: Parameters, number: int) -> bool:
    """A connection ID of the server is decoded as it was made, and its server ID is active (4.1-09)."""
    made_with = get(s.made_with, number)
    return made_with < p.configurations and has(s.active, made_with) and s.owner > 0


def is_misread(s: LoadBalancing, p: Parameters, number: int) -> bool:
    """The configuration at its codepoint is another one than it was made with: any server ID may come out."""
    made_with = get(s.made_with, number)
    if made_with >= p.configurations or has(s.active, made_with):
        return False
    if made_with >= p.codepoints:
        return has(s.active, made_with - p.codepoints)
    return made_with + p.codepoints < p.configurations and has(s.active, made_with + p.codepoints)


def is_unroutable(s: LoadBalancing, p: Parameters, number: int) -> bool:
    """A connection ID of the server meets one of the criteria (4.1-01, 4.1-02, 4.1-04)."""
    return not is_routable(s, p, number) and not is_misread(s, p, number)


def passes_check(p: Parameters, length: int, bits: int) -> bool:
    """The self-encoded length fits the length in the header and what the decoder needs (4.1-06, 4.1-08).

    Where it does not count appended octets, the field of the header may be longer.
    """
    if bits + 1 < needed(p) or bits + 1 > length:
        return False
    return bits + 1 == length or p.appended_octets == "decoded"


def is_long_enough(p: Parameters, length: int) -> bool:
    """The decoder of the first configuration has all the octets that it takes (4.1-03)."""
    if p.unroutable_criteria == "server_id" and not is_encrypted(p, 0):
        return length >= 1 + p.server_id_length
    return length >= needed(p)


def is_well_formed(p: Parameters, length: int, bits: int) -> bool:
    """What the load balancer can see of the form of an ID in a long header makes it no unroutable one."""
    return is_long_enough(p, length) and (p.length_check == "none" or passes_check(p, length, bits))


def names_server(s: LoadBalancing, p: Parameters, server: int) -> bool:
    """The ID that the client chose happens to be routable to this server (4.1-09)."""
    return s.decodes_to == server + 1 and has(s.members, server) and is_decoded(s, p, s.codepoint)


def is_chance_hit(s: LoadBalancing, p: Parameters) -> bool:
    """The ID that the client chose happens to be routable."""
    return s.decodes_to > 0 and has(s.members, s.decodes_to - 1) and is_decoded(s, p, s.codepoint)


def found_in_tables(s: LoadBalancing, here: int, key: int) -> int:
    """The decision by Destination Connection ID, then by 4-tuple (4.2-04, 4.2-05), or 0."""
    entry = get(s.by_cid, key)
    return entry if entry > 0 else get(s.by_tuple, here)


def may_hash_to(s: LoadBalancing, here: int, server: int) -> bool:
    """The baseline fallback, which takes the 4-tuple and nothing else, may give this server (4.3.1-01).

    What it gives for a 4-tuple is unknown until it has given it, and then the same while the pool stays.
    """
    if get(s.hashed, here) > 0:
        return get(s.hashed, here) == server + 1
    return has(s.members, server)


def note(s: LoadBalancing, p: Parameters, here: int, key: int, decision: int) -> None:
    """Enter a decision for an unroutable ID into the tables that are kept (4.3.1-03, 4.3.1-04)."""
    if p.tuple_table == "kept":
        s.by_tuple = put(s.by_tuple, here, decision)
    if p.cid_table == "kept":
        s.by_cid = put(s.by_cid, key, decision)


def note_again(s: LoadBalancing, p: Parameters, here: int, key: int, decision: int) -> None:
    """Enter what one table has decided into the other one, too.

    The steps name the tables as places of record in the fifth alone (4.2-06); the table of connection IDs is
    said to hold those that were observed (4.3.1-04).
    """
    if p.recording == "each_packet":
        note(s, p, here, key, decision)


def note_hash(s: LoadBalancing, p: Parameters, here: int, key: int, server: int) -> None:
    """The fallback has decided: enter it into the tables (4.2-06)."""
    s.hashed = put(s.hashed, here, server + 1)
    note(s, p, here, key, server + 1)


def note_routable(s: LoadBalancing, p: Parameters, here: int, decision: int) -> None:
    """A load balancer that tracks its decisions notes the 4-tuple of this one, too (6-01)."""
    if p.routable_reset == "tracked":
        s.by_tuple = put(s.by_tuple, here, decision)


def may_come_to(s: LoadBalancing, p: Parameters, number: int, server: int) -> bool:
    """A packet with this connection ID, sent on the present 4-tuple, may come to this server."""
    if is_routable(s, p, number):
        return s.owner == server + 1
    if is_misread(s, p, number):
        return True
    entry = found_in_tables(s, s.here, number)
    return entry == server + 1 if entry > 0 else may_hash_to(s, s.here, server)


def copy_may_come_to(s: LoadBalancing, p: Parameters, number: int, server: int) -> bool:
    """So for a packet sent from any address: there is one for every outcome that the hash may have."""
    if is_routable(s, p, number):
        return s.owner == server + 1
    entry = get(s.by_cid, number)
    return entry == server + 1 if entry > 0 else True
