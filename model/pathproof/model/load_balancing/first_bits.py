"""What the first bits of connection IDs tell, which no key hides: of which part of the pool their server is.

They are the codepoint of a configuration, or 0b111. While servers of one pool show different ones, two
4-tuples with the same are told from those of the others; the draft calls that a slight increase in
linkability (9.3). It says nothing of servers that have used up their nonces, and they stand out the same way.
"""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.configurations import codepoint_of, newest_at
from pathproof.model.load_balancing.server import is_unroutable
from pathproof.model.load_balancing.state import OPEN, LoadBalancing, Number, Parameters, Server
from pathproof.model.vocabulary import get, has


def are_on_two_tuples(s: LoadBalancing, number: int, other: int) -> bool:
    """Each of these connection IDs of a live connection was seen on one of the 4-tuples, and not on both."""
    if s.stage != OPEN or not has(s.seen_here, number) or not has(s.seen_elsewhere, other):
        return False
    return not has(s.seen_elsewhere, number) and not has(s.seen_here, other)


def has_not_come_to(s: LoadBalancing, p: Parameters, configuration: int, server: int) -> bool:
    """The server has never had this newest configuration, and shows another codepoint than its one."""
    if configuration != s.made or newest_at(s, server) > configuration:
        return False
    if newest_at(s, server) == 0:
        return True
    return codepoint_of(p, newest_at(s, server) - 1) != codepoint_of(p, configuration)


@machine.always("RFC9000-5.1-03", "QUICLB-9.3-01", fails_under={"rollout": "one_by_one"})
def no_codepoint_tells_the_server(
    s: LoadBalancing, p: Parameters, number: Number, other: Number, server: Server
) -> bool:
    """No codepoint that connection IDs on two 4-tuples have in common is one that another server lacks."""
    made_with = get(s.made_with, number)
    if made_with != get(s.made_with, other) or is_unroutable(p, made_with):
        return True
    return not are_on_two_tuples(s, number, other) or not has_not_come_to(s, p, made_with, server)


@machine.always("RFC9000-5.1-03", "QUICLB-9.6-05", fails_under={"other_connections": "some"})
def no_unroutable_ids_tell_the_server(
    s: LoadBalancing, p: Parameters, number: Number, other: Number, server: Server
) -> bool:
    """No two connection IDs on two 4-tuples bear 0b111 while another server has a configuration to use.

    Where the nonces do not suffice for the connection itself (`nonces` below `cids`) that is not promised.
    """
    if p.nonces < p.cids or s.home == server + 1 or newest_at(s, server) == 0:
        return True
    if not is_unroutable(p, get(s.made_with, number)) or not is_unroutable(p, get(s.made_with, other)):
        return True
    return not are_on_two_tuples(s, number, other)
