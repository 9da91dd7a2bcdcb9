"""Bugs in which connection IDs the server's packets bear, and in what it does when there is none."""

from __future__ import annotations

from pathproof.model.migration import connection_ids, network
from pathproof.model.migration.connection_ids import assign, forget_pairs, is_equipped, leave
from pathproof.model.migration.sending import may_send_to, send_to
from pathproof.model.migration.state import CLOSED, Migration, Parameters, client_is_empty, is_open
from pathproof.model.migration.validation import begin_validation
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, discard, get, has, is_empty, lowest, put

recreates = Recreated()
# Kept from before any mutant is in place.
RULE_EQUIP = connection_ids.equip
RULE_CAN_EQUIP = connection_ids.can_equip
RULE_DELIVER_RETIREMENT = network.deliver_retirement


@recreates(
    "QG-39",
    "GQ-11",
    "PQ-13",
    replaces="equip",
    cites=("RFC9000-9.5-04",),
    at="server",
    packets=2,
    attacker="nobody",
)
def the_connection_id_does_not_change(s: Migration, p: Parameters, address: int) -> None:
    """The server goes on under its connection ID although its peer moved with a new one."""
    if not is_equipped(s, address):
        assign(s, address, get(s.cid_at, s.fallback))


@recreates("QL-07", replaces="kept_for", cites=("RFC9000-9.5-04",), at="server", packets=2, attacker="nobody")
def the_first_serves_every_path(s: Migration, p: Parameters, peer: int) -> int:
    """The connection ID of the first path is used on every path."""
    return 1


@recreates(
    "QN-42",
    replaces="equip",
    cites=("RFC9000-9.5-04",),
    at="server",
    packets=2,
    apparent_migration="all",
    attacker="nobody",
)
def the_old_path_gets_the_new_one(s: Migration, p: Parameters, address: int) -> None:
    """The challenge to the former path bears the connection ID of the new one."""
    if address != s.current and is_equipped(s, s.current):
        assign(s, address, get(s.cid_at, s.current))
    else:
        RULE_EQUIP(s, p, address)


@recreates(
    "S2-02",
    replaces="kept_for",
    cites=("RFC9000-9.5-04", "RFC9000-9.3-03"),
    at="server",
    packets=2,
    attacker="nobody",
)
def the_old_one_is_the_last_resort(s: Migration, p: Parameters, peer: int) -> int:
    """With no spare connection ID, the one in use goes on although the peer has changed its own."""
    kept = get(s.pair, peer)
    return get(s.cid_at, s.fallback) if kept == 0 and is_empty(s.spare) else kept


@recreates("NX-13", replaces="may_keep", cites=("RFC9000-9.5-05",), at="server", packets=2, client="stays")
def every_copy_takes_one(s: Migration, p: Parameters, cid: int) -> bool:
    """Each new address takes a connection ID, also where packets from there bear the former one."""
    return False


@recreates("KW-17", replaces="can_equip", cites=("RFC9000-9.3-03", "RFC9000-9.5-09"), at="server", packets=2)
def it_sends_without_one(s: Migration, p: Parameters, address: int) -> bool:
    """The server validates a new address although it has no connection ID for it."""
    return True


@recreates(
    "GQ-15",
    replaces="challenge",
    cites=("RFC9000-9.3-03", "RFC9000-9.3-02"),
    at="server",
    packets=2,
    attacker="nobody",
)
def a_path_without_one_is_forgotten(s: Migration, p: Parameters, address: int) -> bool:
    """A path that had no connection ID at first is never given one."""
    if not is_open(s) or not has(s.due, address):
        return False
    if not RULE_CAN_EQUIP(s, p, address):
        s.due = discard(s.due, address)
        return True
    if not may_send_to(s, p, address):
        return False
    begin_validation(s, p, address)
    return True


@recreates(
    "MV-15",
    "S2-24",
    replaces="challenge",
    cites=("RFC9000-9-03", "RFC9000-9.3-03"),
    at="server",
    packets=2,
    attacker="nobody",
)
def an_empty_supply_closes(s: Migration, p: Parameters, address: int) -> bool:
    """The server closes when it owes a challenge and has no connection ID for it."""
    if not is_open(s) or not has(s.due, address):
        return False
    if not RULE_CAN_EQUIP(s, p, address):
        s.connection = CLOSED
        return True
    if not may_send_to(s, p, address):
        return False
    begin_validation(s, p, address)
    return True


@recreates(
    "NX-28",
    "MS-06",
    replaces="is_live",
    cites=("RFC9000-5.1.2-04", "RFC9000-5.1.2-10"),
    at="server",
    packets=2,
    prior="raised",
    attacker="nobody",
)
def a_retired_one_is_used(s: Migration, cid: int) -> bool:
    """A path goes on under a connection ID that was retired."""
    return cid > 0


@recreates(
    "QN-46",
    replaces="deliver_retirement",
    cites=("RFC9000-5.1.2-06",),
    at="client",
    packets=2,
    addresses=2,
    attacker="nobody",
)
def retired_ones_are_leaked(s: Migration, p: Parameters, cid: int) -> bool:
    """The client keeps what its peer has retired."""
    if not is_open(s) or not has(s.retired, cid) or not has(s.reachable, s.current):
        return False
    if not may_send_to(s, p, s.current):
        return False
    send_to(s, p, s.current)
    s.retired = discard(s.retired, cid)
    return True


@recreates(
    replaces="deliver_retirement",
    cites=("RFC9000-5.1.2-06", "RFC9000-5.1.1-08"),
    at="server",
    packets=1,
    addresses=2,
    numbering="goes on",
    prior="raised",
    client="stays",
    network="steady",
)
def a_retirement_goes_to_the_former_path(s: Migration, p: Parameters, cid: int) -> bool:
    """RETIRE_CONNECTION_ID goes out on the path that was left, and never on the one in use."""
    return s.fallback != s.current and RULE_DELIVER_RETIREMENT(s, p, cid)


@recreates(
    "NG-27",
    "S2-21",
    "MS-05",
    "KW-17",
    replaces="kept_for",
    cites=("RFC9000-5.1.1-22",),
    at="server",
    zero_length="client",
    numbering="goes on",
    packets=1,
    prior="raised",
    cids=3,
    addresses=2,
    attacker="nobody",
    network="steady",
)
def an_empty_one_must_be_fresh(s: Migration, p: Parameters, peer: int) -> int:
    """The server looks for a fresh connection ID although its peer uses a zero-length one."""
    return get(s.pair, peer)


@recreates(
    replaces="give_up_connection_id", cites=("RFC9000-9.5-04",), at="server", packets=2, attacker="nobody"
)
def one_given_up_is_spare_again(s: Migration, p: Parameters, address: int) -> None:
    """What was used toward an address that is left is kept for the next one."""
    cid = get(s.cid_at, address)
    leave(s, address)
    if cid > 0 and get(s.users, cid) == 0 and not client_is_empty(p):
        s.spare = add(s.spare, cid)
        forget_pairs(s, p, cid)


@recreates(replaces="take_spare", cites=("RFC9000-9.5-04",), at="server", packets=2, attacker="nobody")
def one_in_use_stays_spare(s: Migration, address: int) -> None:
    """A connection ID that is taken for one address is not struck off those for the next."""
    fresh = lowest(s.spare)
    s.pair = put(s.pair, get(s.peer_cid, address), fresh)
    assign(s, address, fresh)
