"""The server: which packets it takes in from an address that it keeps no state about (RFC 9000 9, 9.3)."""

from __future__ import annotations

from pathproof.model.migration.connection_ids import is_live
from pathproof.model.migration.state import UNDER_WAY, Migration, Parameters, client_is_empty
from pathproof.model.vocabulary import count, get, has, is_empty


def accepts(s: Migration, p: Parameters, number: int, address: int, peer: int) -> bool:
    """A packet from this address that bears `peer` is processed; else it is dropped without a word."""
    if not hears(s, p, address, peer):
        return False
    return has(s.paths, address) or p.probe_order == "any" or number >= s.highest


def hears(s: Migration, p: Parameters, address: int, peer: int) -> bool:
    """Packets from this address that bear `peer` are processed, if their number is not too low."""
    if has(s.paths, address):
        return True
    if drops_for_the_handshake(s, p) or drops_for_the_ban(p) or has_no_room(s, p):
        return False
    return not refuses_for_want(s, p, peer)


def hears_client(s: Migration, p: Parameters) -> bool:
    """What the client sends from where it is now is processed."""
    return hears(s, p, s.outer, get(s.peer_cid, s.outer))


def drops_for_the_handshake(s: Migration, p: Parameters) -> bool:
    """The client may not have moved yet (9-01), and a server need not follow it anywhere (9.3-02)."""
    return s.handshake == UNDER_WAY and p.early_change == "dropped"


def drops_for_the_ban(p: Parameters) -> bool:
    """The server had barred the client from moving, and drops what comes from a new address (9-03)."""
    return (
        p.disable_active_migration == "yes"
        and p.preferred_address == "none"
        and p.challenge_when_disabled == "drop"
    )


def has_no_room(s: Migration, p: Parameters) -> bool:
    """The server keeps state about as many addresses as it is ready to."""
    return count(s.paths) >= p.paths


def refuses_for_want(s: Migration, p: Parameters, peer: int) -> bool:
    """With no connection ID for the new address the migration is not permitted, by `exhausted_supply`.

    A packet that bears what the peer used before is no reason to refuse: 9.5-05 lets the current one go on.
    """
    if p.exhausted_supply == "silent" or client_is_empty(p):
        return False
    return is_empty(s.spare) and not is_live(s, get(s.pair, peer))
