"""The servers: making, supplying and invalidating connection IDs, nonces, resets (3.1, 3.2, 9)."""

from __future__ import annotations

from pathproof.model.load_balancing.configurations import is_encrypted, key_of, newest_at
from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.vocabulary import add, count, get, has, larger, missing, put


def has_nonce(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """The server has a nonce left that it has not used with this key (9.6-02)."""
    return get(s.counter, key_of(p, configuration)) < p.nonces


def use_nonce(s: LoadBalancing, p: Parameters, configuration: int) -> None:
    """The server makes a connection ID with its next nonce."""
    key = key_of(p, configuration)
    nonce = get(s.counter, key)
    if nonce < get(s.given, key):
        s.repeated = "yes"
    s.counter = put(s.counter, key, nonce + 1)
    s.given = put(s.given, key, larger(get(s.given, key), nonce + 1))


def making(s: LoadBalancing, p: Parameters, server: int) -> int:
    """With what the server makes its next connection ID: its newest configuration, or else 0b111.

    Older ones are out of bounds (3.1-05). Without a configuration (3.2-04) or without a nonce (9.6-05) the
    connection ID is unroutable.
    """
    newest = newest_at(s, server)
    if newest == 0 or not has_nonce(s, p, newest - 1):
        return p.configurations
    return newest - 1


def is_unroutable(p: Parameters, configuration: int) -> bool:
    """A connection ID made so bears 0b111."""
    return configuration >= p.configurations


def bars_migration(s: LoadBalancing, p: Parameters, server: int) -> bool:
    """The server sends disable_active_migration: it has no active configuration (3.2-08).

    Whether one that has used up its nonces counts as such is a reading.
    """
    if newest_at(s, server) == 0:
        return True
    return is_unroutable(p, making(s, p, server)) and p.fallback_codepoint == "unconfigured"


def make_id(s: LoadBalancing, p: Parameters, configuration: int, prior: int) -> None:
    """The server makes the next connection ID of the connection, its own server ID in it (2-03, 5.1-07)."""
    if not is_unroutable(p, configuration):
        use_nonce(s, p, configuration)
        s.live_with = put(s.live_with, configuration, get(s.live_with, configuration) + 1)
    s.made_with = put(s.made_with, s.issued, configuration)
    s.sent_prior = put(s.sent_prior, s.issued, prior)
    s.issued = s.issued + 1


def is_rotation(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """The next connection ID is made with another configuration than the last (3.1-06)."""
    return not is_unroutable(p, configuration) and get(s.made_with, s.issued - 1) != configuration


def next_prior(s: LoadBalancing, p: Parameters, configuration: int) -> int:
    """Retire Prior To of the next frame: after a change it takes all older connection IDs away (3.1-06)."""
    return s.issued if is_rotation(s, p, configuration) else get(s.sent_prior, s.issued - 1)


def leaves_room(s: LoadBalancing, p: Parameters, configuration: int, prior: int) -> bool:
    """The client's limit is kept, and the server's cap leaves one ID for each configuration to come."""
    if count(missing(s.invalidated, prior, s.issued)) >= p.limit:
        return False
    to_come = p.configurations - newest_at(s, s.home - 1)
    return s.issued < p.cids and (is_rotation(s, p, configuration) or s.issued + to_come < p.cids)


def supplies(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """The server gives its client more than the connection ID of the handshake.

    Without a configuration it does not (3.2-06, 3.2-07). Without a key it is a reading; the one connection ID
    after a change of configuration is due in any case (9-01).
    """
    if is_unroutable(p, configuration):
        if newest_at(s, s.home - 1) == 0 or s.barred == "yes":
            return False
        return p.fallback_codepoint == "codepoint_only"
    if s.barred == "yes" and p.first_configuration == "stays":
        return False
    if is_encrypted(p, configuration) or p.plaintext_supply == "several":
        return True
    return is_rotation(s, p, configuration)


def invalidate(s: LoadBalancing, p: Parameters, number: int) -> None:
    """RETIRE_CONNECTION_ID arrives: the server takes this connection ID no longer (RFC9000-5.1.1-08)."""
    made_with = get(s.made_with, number)
    if not is_unroutable(p, made_with):
        s.live_with = put(s.live_with, made_with, get(s.live_with, made_with) - 1)
    s.invalidated = add(s.invalidated, number)


def recognises(s: LoadBalancing, server: int, number: int) -> bool:
    """The server has the connection of this ID, and its client has not retired it."""
    return s.home == server + 1 and s.holds == "yes" and not has(s.invalidated, number)


def knows_configuration(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """The server has received the configuration with which this connection ID was made."""
    made_with = get(s.made_with, number)
    return made_with < p.configurations and made_with < newest_at(s, server)


def owns_server_id(s: LoadBalancing, server: int) -> bool:
    """The server IDs of the connection's server are this server's: it is the same, or their heir."""
    return s.home == server + 1 or s.owner == server + 1


def can_read(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """For claims: the server can decode this connection ID, and finds a server ID of its own in it."""
    made_with = get(s.made_with, number)
    if made_with == p.configurations or made_with >= get(s.configured, server):
        return False
    return s.home == server + 1 or s.owner == server + 1


def may_reset(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """The server answers an unknown connection ID with a stateless reset.

    A server that keeps to RFC9000-21.11-02 does so only for an ID with a server ID of its own: any other
    might be that of a live connection at a server with the same key.
    """
    if s.home == server + 1 and s.holds == "yes":
        return False
    if p.resets == "any":
        return True
    return owns_server_id(s, server) and knows_configuration(s, p, server, number)


def has_token(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """The token that the server derives for this connection ID is the one that the client has."""
    if p.reset_key == "per_server" and s.home != server + 1:
        return False
    if p.key_renewal == "kept" or get(s.made_with, number) == p.configurations:
        return True
    return knows_configuration(s, p, server, number)


def old_tokens_are_good(p: Parameters) -> bool:
    """Tokens of a codepoint's former configuration are good for its present one: the key stayed (9.5)."""
    return p.key_renewal == "kept"
