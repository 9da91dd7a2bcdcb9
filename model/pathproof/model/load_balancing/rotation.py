"""What the configuration agent does: configurations are made, delivered and withdrawn (3.1, 5.3)."""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.agent import (
    codepoint_is_free,
    configure,
    configure_pool,
    install,
    is_behind,
    is_in_use,
    may_configure_servers,
)
from pathproof.model.load_balancing.configurations import is_lawful
from pathproof.model.load_balancing.state import Configuration, LoadBalancing, Parameters, Server
from pathproof.model.vocabulary import discard, has


@machine.action(
    "protocol",
    "configuration agent",
    "QUICLB-2-02",
    "QUICLB-3.1-02",
    "QUICLB-3.1-04",
    "QUICLB-5.1-03",
    "QUICLB-5.1-06",
    "QUICLB-5.3-01",
    "QUICLB-5.3-02",
    "QUICLB-5.3-03",
    "QUICLB-5.3-04",
    "QUICLB-5.3-05",
    "QUICLB-5.3-06",
    "QUICLB-5.4-04",
    "QUICLB-9.6-04",
    "QUICLB-9.7-01",
)
def make_configuration(s: LoadBalancing, p: Parameters) -> bool:
    """The agent makes another configuration, at a codepoint that nobody uses."""
    # GUARD
    if s.made + 1 >= p.configurations or not is_lawful(p) or not codepoint_is_free(s, p, s.made + 1):
        return False
    # EFFECT
    s.made = s.made + 1
    return True


@machine.action("protocol", "configuration agent", "QUICLB-3.1-03", "QUICLB-5.1-01")
def deliver_to_balancer(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer gets the newest configuration."""
    # GUARD
    if has(s.known, s.made) or not codepoint_is_free(s, p, s.made):
        return False
    # EFFECT
    install(s, p, s.made)
    return True


@machine.action(
    "protocol", "configuration agent", "QUICLB-3.1-03", "QUICLB-3.1-05", "QUICLB-5.1-02", "QUICLB-9.3-01"
)
def deliver_to_server(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A server gets the newest configuration, and with a rollout at once all servers do."""
    # GUARD
    if not is_behind(s, server) or not may_configure_servers(s, p):
        return False
    # EFFECT
    if p.rollout == "at_once":
        configure_pool(s, p)
    else:
        configure(s, server)
    return True


@machine.action("protocol", "configuration agent", "QUICLB-3.1-04")
def withdraw(s: LoadBalancing, p: Parameters, configuration: Configuration) -> bool:
    """The load balancer loses an old configuration."""
    # GUARD
    if not has(s.active, configuration) or configuration >= s.made:
        return False
    if p.withdrawal == "waits" and is_in_use(s, configuration):
        return False
    # EFFECT
    s.active = discard(s.active, configuration)
    return True
