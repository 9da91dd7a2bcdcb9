"""What must be true of every state of the whole: how the parts agree, and what the whole promises."""

from __future__ import annotations

from typing import Any

from pathproof.model.anti_amplification.state import FACTOR
from pathproof.model.connection.actions import machine
from pathproof.model.connection.demultiplexing import belongs
from pathproof.model.connection.parts import (
    CLIENT_IDS,
    MOVING,
    SERVER_IDS,
    client_ids_are_empty,
    limit_lives,
    moving_lives,
    reset_lives,
    server_ids_are_empty,
)
from pathproof.model.connection.state import (
    Address,
    SequenceNumber,
    both_are_open,
    client_is_open,
    server_is_open,
)
from pathproof.model.connection.tokens import is_recognized
from pathproof.model.migration.connection_ids import is_live
from pathproof.model.vocabulary import count, get, has, is_empty

# How the supply and the paths agree.


@machine.always("RFC9000-5.1.2-04", "RFC9000-9.5-04")
def what_a_path_bears_is_active(s: Any, p: Any, address: Address) -> bool:
    """What migration says is in use toward an address is active in the supply."""
    cid = get(s.moving_cid_at, address)
    if client_ids_are_empty(p) or not server_is_open(s) or not is_live(MOVING.state(s), cid):
        return True
    return has(s.client_ids_active, cid - 1)


@machine.always("RFC9000-5.1.2-04", "RFC9000-9.5-09")
def what_is_spare_is_unused(s: Any, p: Any, number: SequenceNumber) -> bool:
    """What migration holds for spare is what the supply has active and in no packet."""
    if client_ids_are_empty(p) or not moving_lives(p) or not server_is_open(s):
        return True
    unused = has(s.client_ids_active, number) and not has(s.client_ids_used, number)
    return has(s.moving_spare, number + 1) == unused


@machine.always("RFC9000-5.1.2-03", "RFC9000-5.1.2-06")
def retirements_agree(s: Any, p: Any, number: SequenceNumber) -> bool:
    """What a path gave up is retired in the supply, and is active for no path."""
    if client_ids_are_empty(p) or not has(s.moving_retired, number + 1):
        return True
    return has(s.client_ids_retired, number) and not has(s.client_ids_active, number)


@machine.always("RFC9000-5.1.2-04", "RFC9000-5.1.2-10")
def no_packet_bears_a_retired_id(s: Any, p: Any) -> bool:
    """No packet of either end leaves under a connection ID that its sender has retired."""
    return is_empty(s.bore_retired)


@machine.always("RFC9000-5.1.1-15", "RFC9000-5.1.2-10")
def each_supply_is_within_its_rules(s: Any, p: Any, number: SequenceNumber) -> bool:
    """In either direction the limit is kept, and nothing that Retire Prior To took away is in use."""
    for part in (SERVER_IDS, CLIENT_IDS):
        if not part.holds(s, p, "limit_is_kept"):
            return False
        if not part.holds(s, p, "nothing_active_is_below_prior", number=number):
            return False
    return True


@machine.always("RFC9000-5.1.2-10", "RFC9000-9.5-03", fails_under={"prior": "rises"})
def some_id_is_left(s: Any, p: Any) -> bool:
    """Ends that keep the rules of supply never leave each other without any connection ID.

    One for each path is not promised: what is active may be bound to another one (9.5-03, 9.5-04). So where
    Retire Prior To takes what was used on the old path while a new one is validated, and that validation
    fails, nothing is left for the path to fall back to.
    """
    if p.peer != "honest" or not both_are_open(s):
        return True
    return not is_empty(s.server_ids_active) and not is_empty(s.client_ids_active)


# Which connection a packet belongs to.


@machine.always(
    "RFC9000-5.2-02",
    "RFC9000-5.2-03",
    "RFC9000-5.2-04",
    "RFC9000-5.2.1-02",
    "RFC8999-5.3-02",
    "RFC9000-5.1-02",
    "RFC9000-5.1-07",
    "RFC9000-5.1.1-08",
)
def what_the_client_holds_is_accepted(s: Any, p: Any, number: SequenceNumber, address: Address) -> bool:
    """A packet to any connection ID that the client may use is taken in, wherever it comes from."""
    if p.peer != "honest" or not has(s.server_ids_active, number):
        return True
    return belongs(s, p, number, address)


@machine.always("RFC9000-5.2-02", "RFC9000-5.2.1-03", "RFC9000-5.2.2-12")
def what_was_never_issued_is_not_accepted(s: Any, p: Any, number: SequenceNumber, address: Address) -> bool:
    """A packet to something that is no connection ID of the server finds no connection."""
    if server_ids_are_empty(p) or number < s.server_ids_issued:
        return True
    return not belongs(s, p, number, address)


@machine.always("RFC9000-5.2-02", "RFC9000-5.1.1-09")
def no_packet_to_an_id_in_use_is_dropped(s: Any, p: Any) -> bool:
    """A packet under way to a connection ID that is not retired finds its connection."""
    return bool(s.dropped == "nothing")


# Validation and the limit.


@machine.always("RFC9000-8-01", "RFC9000-9.3.1-01", "RFC9000-10.2.1-12")
def the_limit_covers_packets_of_all_kinds(s: Any, p: Any, address: Address) -> bool:
    """To an address not validated go three times what came, in datagrams of all kinds together."""
    if not limit_lives(p) or has(s.limit_valid, address):
        return True
    return get(s.limit_went_on, address) <= FACTOR * get(s.limit_came_on, address)


@machine.always("RFC9000-8-01", "RFC9000-8.2.3-04")
def what_is_validated_is_unlimited(s: Any, p: Any, address: Address) -> bool:
    """What the paths have for validated, no limit holds back."""
    return not limit_lives(p) or not has(s.moving_validated, address) or has(s.limit_valid, address)


@machine.always("RFC9000-9.3-05", "RFC9000-8.2.3-02")
def what_is_unlimited_is_validated(s: Any, p: Any, address: Address) -> bool:
    """The limit is off only where the paths have the address for validated."""
    return not limit_lives(p) or not has(s.limit_valid, address) or has(s.moving_validated, address)


@machine.always("RFC9000-9-04", "RFC9000-9.3-02")
def what_is_in_use_is_validated_or_being_so(s: Any, p: Any) -> bool:
    """The server sends nowhere but to a validated address, or to one that it is validating."""
    if not moving_lives(p) or not server_is_open(s):
        return True
    return MOVING.holds(s, p, "an_address_in_use_is_validated_or_under_validation")


@machine.always("RFC9000-9.3.2-01", "RFC9000-8.2.3-02")
def no_strangers_address_is_validated(s: Any, p: Any, address: Address) -> bool:
    """An attacker's address never becomes a validated one."""
    return MOVING.holds(s, p, "no_strangers_address_is_validated", address=address)


# Tokens.


@machine.always("RFC9000-10.3.1-03", "RFC9000-10.3.1-08", "RFC9000-10.3.2-07")
def tokens_count_exactly_for_ids_in_use(s: Any, p: Any, number: SequenceNumber) -> bool:
    """A reset is recognised by the token of a connection ID that was used and not retired, and no other."""
    if not reset_lives(p) or server_ids_are_empty(p):
        return True
    in_use = has(s.server_ids_used, number) and not has(s.server_ids_retired, number)
    return is_recognized(s, p, number) == in_use


# Who ends it.


@machine.always("RFC9000-9-03", "RFC9000-10.3.1-03", "RFC9000-5.2-06")
def nobody_without_keys_ends_it(s: Any, p: Any) -> bool:
    """No packet from whatever address, no copy and no reset of who has not the token ends the connection."""
    return bool(s.ended_by != "a forged reset" and s.ended_by != "an address")


@machine.always("RFC9000-9-03", "RFC9000-9.3.2-01", fails_under={"prior": "rises"})
def it_ends_only_for_a_cause(s: Any, p: Any) -> bool:
    """Where no end closes, falls silent or breaks rules, the connection lives, whatever an attacker does."""
    if p.ends != "never" or p.peer != "honest" or reset_lives(p) or not moving_lives(p):
        return True
    return s.ended_by == "nobody" and both_are_open(s)


# At rest.


def is_at_rest(s: Any, p: Any) -> bool:
    """Both ends are open, every packet has arrived, and neither owes anything to the other."""
    if not both_are_open(s) or s.moving_sent == 0 or count(s.moving_received) != s.moving_sent:
        return False
    if not is_empty(s.moving_due) or not is_empty(s.moving_validating) or not is_empty(s.moving_asked):
        return False
    return bool(s.moving_owes == "nothing" and is_empty(s.moving_retired))


@machine.always("RFC9000-9.3-02", "RFC9000-9.2-01")
def at_rest_both_ends_agree(s: Any, p: Any) -> bool:
    """At rest the server sends to where the newest packet came from, unless nobody answered it there.

    A stranger's copy that came first, and a NAT that has changed the address since, are no disagreement.
    """
    if not moving_lives(p) or not is_at_rest(s, p) or not is_empty(s.moving_strangers):
        return True
    if not is_empty(s.moving_rebound) or has(s.moving_probing, s.moving_sent - 1):
        return True
    newest = get(s.moving_source, s.moving_sent - 1)
    return s.moving_current == newest or not has(s.moving_paths, newest)


@machine.always("RFC9000-10.2.2-02", "RFC9000-10.2.2-03", "RFC9000-10.2.2-05", "RFC9000-10.2.1-02")
def an_end_that_has_ended_is_silent(s: Any, p: Any) -> bool:
    """A closing end sends CONNECTION_CLOSE and nothing else, a draining one nothing at all."""
    return bool(s.spoke == "no")


def whoever_is_open(s: Any) -> bool:
    """One end at least has not begun to end the connection."""
    return client_is_open(s) or server_is_open(s)
