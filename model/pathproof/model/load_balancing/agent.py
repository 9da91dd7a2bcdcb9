"""The configuration agent: making, delivering and withdrawing configurations (3.1, 5.1, 5.3)."""

from __future__ import annotations

from pathproof.model.load_balancing.configurations import newest_at
from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.vocabulary import add, discard, get, has, put


def is_in_use(s: LoadBalancing, configuration: int) -> bool:
    """A server makes IDs with the configuration, or the connection has live ones of it (3.1-04)."""
    if get(s.servers_with, configuration) > 0:
        return True
    return s.holds == "yes" and get(s.live_with, configuration) > 0


def predecessor(p: Parameters, configuration: int) -> int:
    """The configuration that had the codepoint before, or `configurations` for none."""
    return p.configurations if configuration < p.codepoints else configuration - p.codepoints


def codepoint_is_free(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """The agent has made sure that nobody uses an older configuration of the same codepoint (3.1-04)."""
    before = predecessor(p, configuration)
    return p.precaution == "none" or before == p.configurations or not has(s.active, before)


def install(s: LoadBalancing, p: Parameters, configuration: int) -> None:
    """The load balancer decodes with the configuration, in place of what had its codepoint (3.1-01)."""
    before = predecessor(p, configuration)
    if before != p.configurations:
        s.active = discard(s.active, before)
    s.active = add(s.active, configuration)
    s.known = add(s.known, configuration)


def may_configure_servers(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer has the newest configuration before any server gets it (3.1-03)."""
    return p.delivery == "any_order" or has(s.active, s.made)


def is_behind(s: LoadBalancing, server: int) -> bool:
    """The server has yet to receive the newest configuration."""
    return newest_at(s, server) < s.made + 1


def configure(s: LoadBalancing, server: int) -> None:
    """The server receives the newest configuration, and from now on uses no other (3.1-05)."""
    before = newest_at(s, server)
    if before > 0:
        s.servers_with = put(s.servers_with, before - 1, get(s.servers_with, before - 1) - 1)
    s.servers_with = put(s.servers_with, s.made, get(s.servers_with, s.made) + 1)
    s.configured = put(s.configured, server, s.made + 1)


def configure_pool(s: LoadBalancing, p: Parameters) -> None:
    """Every server that has yet to receive the newest configuration receives it, at one time (9.3-01)."""
    for server in range(p.servers):
        if is_behind(s, server):
            configure(s, server)


def forget_hashes(s: LoadBalancing) -> None:
    """With another pool, the baseline fallback may choose another server for any 4-tuple."""
    s.hashed = put(put(s.hashed, 0, 0), 1, 0)
