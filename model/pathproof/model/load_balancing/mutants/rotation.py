"""Bugs of configuration agents, and of servers when the configuration changes."""

from __future__ import annotations

from pathproof.model.load_balancing import agent, configurations, server
from pathproof.model.load_balancing.state import Configuration, LoadBalancing, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import discard, get

recreates = Recreated()
RULE_MAKE_ID = server.make_id  # kept from before any mutant is in place
RULE_CODEPOINT = configurations.codepoint_of
AGENT, SERVER = "configuration agent", "server"


@recreates(replaces="making", cites=("QUICLB-3.1-05",), at=SERVER)
def the_old_configuration_goes_on(s: LoadBalancing, p: Parameters, server: int) -> int:
    """A server makes connection IDs with the first configuration that it ever got."""
    return 0 if get(s.configured, server) > 0 else p.configurations


@recreates(replaces="making", cites=("QUICLB-3.2-04",), at=SERVER, start="unconfigured")
def a_codepoint_is_guessed(s: LoadBalancing, p: Parameters, server: int) -> int:
    """A server without a configuration uses the codepoint of the newest one all the same."""
    return s.made


@recreates(replaces="next_prior", cites=("QUICLB-3.1-06",), at=SERVER)
def older_ids_are_not_retired(s: LoadBalancing, p: Parameters, configuration: int) -> int:
    """The connection IDs of the new configuration come beside those of the old one."""
    return get(s.sent_prior, s.issued - 1)


@recreates(replaces="supplies", cites=("QUICLB-3.1-06",), at=SERVER)
def the_client_is_not_updated(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """After a change of configuration the client gets no connection ID of the new one."""
    return s.issued < 1


@recreates(replaces="is_in_use", cites=("QUICLB-3.1-04",), at=AGENT)
def a_configuration_in_use_is_withdrawn(s: LoadBalancing, configuration: int) -> bool:
    """The agent asks nobody before it withdraws a configuration."""
    return False


@recreates(replaces="is_in_use", cites=("RFC9000-21.11-01",), at=AGENT, resets="any")
def a_withdrawal_opens_an_oracle(s: LoadBalancing, configuration: int) -> bool:
    """The same, where servers answer every connection ID that they do not know with a reset."""
    return False


@recreates(replaces="withdraw", cites=("QUICLB-3.1-04",), at=AGENT)
def nothing_is_withdrawn(s: LoadBalancing, p: Parameters, configuration: Configuration) -> bool:
    """The agent leaves old configurations where they are, so that their codepoints are never free."""
    return False


@recreates(replaces="may_configure_servers", cites=("QUICLB-3.1-03",), at=AGENT)
def servers_are_configured_first(s: LoadBalancing, p: Parameters) -> bool:
    """Servers get a configuration before the load balancer does."""
    return True


@recreates(replaces="configure_pool", cites=("QUICLB-9.3-01",), at=AGENT, rollout="at_once")
def one_server_is_left_out(s: LoadBalancing, p: Parameters) -> None:
    """An agent that means to configure the whole pool at once leaves out its last server."""
    for one in range(p.servers - 1):
        if agent.is_behind(s, one):
            agent.configure(s, one)


@recreates(replaces="codepoint_is_free", cites=("QUICLB-3.1-04",), at=AGENT, codepoints=1)
def a_codepoint_is_not_waited_for(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """A codepoint gets a new configuration while connections use the old one."""
    return True


@recreates(replaces="codepoint_of", cites=("QUICLB-3.1-02",), at=AGENT)
def codepoints_are_counted_down(p: Parameters, configuration: int) -> int:
    """The first configuration gets 0b111."""
    return configurations.RESERVED - RULE_CODEPOINT(p, configuration)


@recreates(replaces="first_server_id", cites=("QUICLB-9.7-01",), at=AGENT, key="introduced")
def server_ids_stay_when_a_key_comes(p: Parameters, configuration: int) -> int:
    """Servers keep the server IDs that were in clear before."""
    return 0


@recreates(replaces="is_vacant", cites=("QUICLB-5.1-02",), at=AGENT, pool="changes", cids=2)
def a_server_id_gets_a_second_owner(s: LoadBalancing) -> bool:
    """The server IDs of a server pass to another one while it is in the pool."""
    return True


@recreates(replaces="make_id", cites=("RFC9000-5.1.1-08",), at=SERVER, cids=4)
def retirements_are_forgotten(s: LoadBalancing, p: Parameters, configuration: int, prior: int) -> None:
    """A server that makes another connection ID takes retired ones again."""
    RULE_MAKE_ID(s, p, configuration, prior)
    s.invalidated = discard(s.invalidated, 0)
