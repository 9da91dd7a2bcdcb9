"""Bugs of servers: nonces, supply, 0b111, resets."""

from __future__ import annotations

from pathproof.model.load_balancing import server
from pathproof.model.load_balancing.configurations import key_of, newest_at
from pathproof.model.load_balancing.server import is_rotation, owns_server_id
from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import count, get, larger, missing, put

recreates = Recreated()
RULE_LEAVES_ROOM = server.leaves_room  # kept from before any mutant is in place
SERVER = "server"


@recreates(replaces="use_nonce", cites=("QUICLB-9.6-02",), at=SERVER)
def the_nonce_stays(s: LoadBalancing, p: Parameters, configuration: int) -> None:
    """A server makes every connection ID with the same nonce."""
    key = key_of(p, configuration)
    if get(s.given, key) > 0:
        s.repeated = "yes"
    s.given = put(s.given, key, 1)


@recreates(replaces="use_nonce", cites=("QUICLB-9.6-05",), at=SERVER, other_connections="some")
def the_counter_wraps(s: LoadBalancing, p: Parameters, configuration: int) -> None:
    """A server that has used all nonces begins anew with the same key."""
    key = key_of(p, configuration)
    nonce = get(s.counter, key)
    if nonce < get(s.given, key):
        s.repeated = "yes"
    s.given = put(s.given, key, larger(get(s.given, key), nonce + 1))
    s.counter = put(s.counter, key, 0 if nonce + 1 == p.nonces else nonce + 1)


@recreates(replaces="making", cites=("QUICLB-9.6-05",), at=SERVER)
def the_configuration_is_not_used(s: LoadBalancing, p: Parameters, server: int) -> int:
    """A server with a configuration issues connection IDs with 0b111."""
    return p.configurations


@recreates(replaces="is_encrypted", cites=("QUICLB-5.4.2-01", "RFC9000-5.1-03"), at=SERVER)
def the_key_is_not_used(p: Parameters, configuration: int) -> bool:
    """A server leaves its server ID in clear although the configuration has a key."""
    return False


@recreates(replaces="supplies", cites=("QUICLB-3.2-06",), at=SERVER, start="unconfigured", cids=4)
def unroutable_ids_are_supplied(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """A server without configuration sends NEW_CONNECTION_ID frames."""
    return True


@recreates(
    replaces="supplies",
    cites=("QUICLB-9.6-05",),
    at=SERVER,
    other_connections="some",
    fallback_codepoint="unconfigured",
)
def supply_goes_on_without_nonces(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """A server that holds itself for unconfigured goes on to supply its clients, with 0b111."""
    return True


@recreates(replaces="supplies", cites=("QUICLB-9-01",), at=SERVER, key="none", plaintext_supply="one")
def clear_ids_are_supplied(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """A server that means to issue one connection ID in clear issues several."""
    return True


@recreates(replaces="bars_migration", cites=("QUICLB-3.2-08",), at=SERVER, start="unconfigured")
def migration_is_not_barred(s: LoadBalancing, p: Parameters, server: int) -> bool:
    """A server without configuration does not send disable_active_migration."""
    return False


@recreates(
    "XQ-12",
    replaces="leaves_room",
    cites=("RFC9000-5.1.1-11", "RFC9000-5.1.1-16"),
    at=SERVER,
    cids=4,
    nonces=4,
)
def retired_ids_are_not_replaced(s: LoadBalancing, p: Parameters, configuration: int, prior: int) -> bool:
    """When the client retires a connection ID it gets no other, save after a change of configuration."""
    if s.issued >= p.limit and not is_rotation(s, p, configuration):
        return False
    return RULE_LEAVES_ROOM(s, p, configuration, prior)


@recreates(replaces="leaves_room", cites=("RFC9000-5.1.1-13",), at=SERVER, cids=4)
def the_limit_is_ignored(s: LoadBalancing, p: Parameters, configuration: int, prior: int) -> bool:
    """The server issues more connection IDs than the client is ready to hold."""
    to_come = p.configurations - newest_at(s, s.home - 1)
    if count(missing(s.invalidated, prior, s.issued)) > p.limit:
        return False
    return s.issued < p.cids and (is_rotation(s, p, configuration) or s.issued + to_come < p.cids)


@recreates(replaces="may_reset", cites=("RFC9000-21.11-02",), at=SERVER, start="unconfigured")
def every_unknown_id_is_reset(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """A server answers whatever it does not know, with a key that all servers share."""
    return s.home != server + 1 or s.holds == "no"


@recreates(
    replaces="may_reset",
    cites=("RFC9000-21.11-02",),
    at=SERVER,
    start="unconfigured",
    cids=2,
    restarts="server",
)
def ids_that_it_cannot_read_are_reset(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """A server that lost its state answers what comes, as if an ID with 0b111 had its server ID in it."""
    if s.home == server + 1 and s.holds == "yes":
        return False
    return p.resets == "any" or owns_server_id(s, server)


@recreates(
    replaces="old_tokens_are_good",
    cites=("RFC9000-10.3.2-05",),
    at=SERVER,
    configurations=3,
    attacker="client",
)
def the_reset_key_stays(p: Parameters) -> bool:
    """The key for tokens stays when a codepoint gets another configuration."""
    return True


@recreates(replaces="server_times_out", cites=("QUICLB-6-01",), at=SERVER, restarts="client")
def the_server_has_no_idle_timer(s: LoadBalancing, p: Parameters) -> bool:
    """A server keeps the connection of a client that is gone."""
    return False
