"""Bugs of clients: moving where they may not, and what they send from where."""

from __future__ import annotations

from pathproof.model.migration import actions
from pathproof.model.migration.new_address import hears_client
from pathproof.model.migration.state import ConnectionID, Migration, Parameters, client_is_empty, is_open
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, get, has, put

recreates = Recreated()
RULE_SEND = actions.send  # kept from before any mutant is in place


@recreates(
    "CQ-11",
    replaces="may_leave",
    cites=("RFC9000-9-01",),
    at="client",
    handshake="under way",
    packets=2,
    attacker="nobody",
)
def it_moves_before_confirmation(s: Migration, p: Parameters) -> bool:
    """The client moves while the handshake is not confirmed."""
    return True


@recreates(
    "GM-02",
    replaces="may_leave",
    cites=("RFC9000-9-01",),
    at="client",
    handshake="under way",
    client="probes",
    packets=2,
    attacker="nobody",
)
def it_probes_before_confirmation(s: Migration, p: Parameters) -> bool:
    """The client validates a second path while the handshake is not confirmed."""
    return True


@recreates(
    "NQ-06",
    "S2-20",
    replaces="is_barred",
    cites=("RFC9000-9-02", "RFC9000-18.2-39"),
    at="client",
    disable_active_migration="yes",
    packets=2,
    attacker="nobody",
)
def the_bar_is_ignored(p: Parameters) -> bool:
    """The client moves although its peer sent disable_active_migration."""
    return False


@recreates(
    "QG-39",
    "GQ-11",
    replaces="take_unused",
    cites=("RFC9000-9.5-03",),
    at="client",
    packets=2,
    attacker="nobody",
)
def it_moves_under_the_same_connection_id(s: Migration, p: Parameters, address: int) -> None:
    """The client's packets from a new local address bear what they bore before."""
    s.own = add(s.own, address)
    s.reachable = add(s.reachable, address)
    s.peer_cid = put(s.peer_cid, address, get(s.peer_cid, s.outer))


@recreates(
    "GQ-10",
    replaces="send_probe",
    cites=("RFC9000-9.1-01", "RFC9000-9.2-01"),
    at="client",
    client="probes",
    packets=2,
    attacker="nobody",
)
def a_probe_holds_an_acknowledgment(s: Migration, address: int) -> None:
    """An ACK frame in a probe makes it a non-probing packet, which moves the connection."""
    s.source = put(s.source, s.sent, address)
    s.sent = s.sent + 1


@recreates("S2-11", replaces="answer_on_active_path", cites=("RFC9000-9.3.3-03",), at="client", packets=2)
def a_challenge_gets_a_probe_alone(s: Migration, p: Parameters) -> None:
    """A challenge on the active path is answered by PATH_RESPONSE and nothing else."""


@recreates(
    replaces="send",
    cites=("RFC9000-9.3.3-03",),
    at="client",
    packets=1,
    addresses=2,
    numbering="goes on",
    prior="raised",
    client="stays",
    network="steady",
)
def it_waits_for_something_to_say(s: Migration, p: Parameters) -> bool:
    """A client that owes a packet in answer to a challenge waits until it has data of its own."""
    return s.owes == "nothing" and RULE_SEND(s, p)


@recreates("GQ-18", replaces="knows", cites=("RFC9000-9-10",), at="client", packets=1)
def it_follows_the_server(server: int) -> bool:
    """The client takes in packets from an unknown server address."""
    return True


@recreates(
    "PQ-10",
    replaces="issue",
    cites=("RFC9000-5.1.1-20", "RFC9000-9.5-10"),
    at="client",
    disable_active_migration="yes",
    attacker="nobody",
    numbering="goes on",
    packets=1,
    addresses=2,
    prior="raised",
    cids=3,
    network="steady",
    client="stays",
)
def a_ban_ends_the_supply(s: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """No connection IDs are issued because migration is disabled."""
    if not is_open(s) or client_is_empty(p) or not hears_client(s, p):
        return False
    if cid == 0 or has(s.issued, cid) or get(s.users, cid) > 0 or p.disable_active_migration == "yes":
        return False
    s.issued = add(s.issued, cid)
    s.spare = add(s.spare, cid)
    return True
