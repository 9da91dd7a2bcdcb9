"""What moves the connection, what no step undoes, and what a step must do; `learnt_claims` has the rest."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.connection_ids import can_equip
from pathproof.model.migration.sending import may_send_to
from pathproof.model.migration.state import (
    Address,
    Migration,
    PacketNumber,
    Parameters,
    client_is_empty,
    is_open,
)
from pathproof.model.vocabulary import Numbers, count, discard_below, get, has, is_empty, minus


def arrives(s: Migration, after: Migration, number: int) -> bool:
    """The packet with this number was received in this step."""
    return has(after.received, number) and not has(s.received, number)


def non_probing_from(s: Migration, number: int) -> Numbers:
    """The numbers of non-probing packets received so far, from this one on."""
    return discard_below(minus(s.received, s.probing), number)


@machine.step("RFC9000-9.3-04", "RFC9000-9.3.3-01")
def only_the_highest_non_probing_packet_moves_it(
    s: Migration, after: Migration, p: Parameters, number: PacketNumber
) -> bool:
    """A packet that moves the connection is no probe, and above every non-probing one received before."""
    if after.current == s.current or not arrives(s, after, number):
        return True
    return not has(s.probing, number) and is_empty(non_probing_from(s, number))


@machine.step("RFC9000-9.3-04", "RFC9000-9.3.3-01", fails_under={"probes_counted": "non_probing"})
def only_the_highest_of_all_packets_moves_it(
    s: Migration, after: Migration, p: Parameters, number: PacketNumber
) -> bool:
    """A packet that moves the connection raises the largest number received, probes included."""
    if after.current == s.current or not arrives(s, after, number):
        return True
    return is_empty(discard_below(s.received, number))


@machine.step("RFC9000-9.1-03", "RFC9000-9.3-04", "RFC9000-12.4-34")
def a_probe_moves_nothing(s: Migration, after: Migration, p: Parameters, number: PacketNumber) -> bool:
    """A probing packet leaves the address in use as it was."""
    return after.current == s.current or not arrives(s, after, number) or not has(s.probing, number)


@machine.step("RFC9000-9.3-01", "RFC9000-9.3-02")
def the_highest_non_probing_packet_moves_it(
    s: Migration, after: Migration, p: Parameters, number: PacketNumber
) -> bool:
    """A non-probing packet above all others that is taken in moves the connection to where it came from.

    That is its sender's address, or where a copy was sent from: `misdirected` has noted the true one.
    """
    if (
        not arrives(s, after, number)
        or has(s.probing, number)
        or not is_empty(discard_below(s.received, number))
    ):
        return True
    if after.current == get(s.source, number):
        return True
    return after.misdirected == "no" and has(after.strangers, after.current)


@machine.step("RFC9000-9-07", "RFC9000-9-08", "RFC9000-9.3-04", "RFC9000-21.5-02")
def each_move_takes_a_packet_or_a_failed_validation(s: Migration, after: Migration, p: Parameters) -> bool:
    """The server never moves by itself, so that moves are at most twice as many as packets."""
    if after.current == s.current or count(after.received) > count(s.received):
        return True
    ended = minus(s.validating, after.validating)
    elsewhere = p.failed_elsewhere == "reverts" and not is_empty(ended)
    return after.current == s.proven and (elsewhere or has(ended, s.current))


@machine.step(
    "RFC9000-9.3.2-01",
    "RFC9000-9.3.2-04",
    "RFC9000-8.2.4-05",
    fails_under={"remembers": "no", "former_failed": "dropped"},
)
def a_failed_validation_falls_back(s: Migration, after: Migration, p: Parameters) -> bool:
    """When nobody answers at the address in use, the server goes back to the one validated last.

    Which one that is, the packets that came have settled (`truth`), and not what the server holds for it.
    """
    if not has(s.validating, s.current) or has(s.validated, s.current) or s.proven == s.current:
        return True
    if has(after.validating, s.current) or has(after.validated, s.current):
        return True
    return count(after.received) > count(s.received) or (is_open(after) and after.current == s.proven)


@machine.step("RFC9000-9.3.2-04")
def without_a_validated_address_it_is_discarded(s: Migration, after: Migration, p: Parameters) -> bool:
    """When nobody answers at the address in use and no other is known, the connection ends silently."""
    if not is_open(s) or not has(s.validating, s.current) or has(s.validated, s.current):
        return True
    if has(after.validating, s.current) or has(after.validated, s.current):
        return True
    if p.remembers == "yes" and s.proven != s.current and has(s.validated, s.proven):
        return True
    if p.rebinding_validation == "recent":
        return True  # the address to go back to may have been validated too long ago
    return count(after.received) > count(s.received) or not is_open(after)


@machine.step("RFC9000-9.3-03", "RFC9000-9.5-09")
def a_refused_move_is_not_followed(s: Migration, after: Migration, p: Parameters) -> bool:
    """By `exhausted_supply` = refuse the server moves to no new address that it has no connection ID for."""
    if p.exhausted_supply == "silent" or client_is_empty(p):
        return True
    if after.current == s.current or has(s.paths, after.current):
        return True
    return can_equip(after, p, after.current)


@machine.step("RFC9000-8.2.3-01", "RFC9000-8.2.4-04", "RFC9000-9.3-02")
def only_an_answer_validates(s: Migration, after: Migration, p: Parameters, address: Address) -> bool:
    """An address becomes validated only by the answer to the challenge that went there."""
    if has(s.validated, address) or not has(after.validated, address):
        return True
    return has(s.answered, address) and has(s.validating, address)


@machine.step("RFC9000-8.2-03", "RFC9000-9-04")
def validation_begins_only_with_a_packet_or_a_fall_back(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """No success, failure or time alone makes the server owe a challenge to another address."""
    if has(s.due, address) or not has(after.due, address):
        return True
    return count(after.received) > count(s.received) or after.current != s.current


@machine.step("RFC9000-9.3.3-02", "RFC9000-9.3.3-04")
def an_apparent_rebinding_challenges_the_former_path(
    s: Migration, after: Migration, p: Parameters, number: PacketNumber
) -> bool:
    """A move to an address not validated, under a connection ID seen before, challenges the former one."""
    if after.current == s.current or not arrives(s, after, number) or has(s.validated, after.current):
        return True
    if not has(s.seen, get(s.peer_cid, get(s.source, number))):
        return True
    return has(after.due, s.current) or has(after.validating, s.current)


@machine.step("RFC9000-9.3.3-02", fails_under={"apparent_migration": "rebinding"})
def every_move_to_a_new_address_challenges_the_former_path(
    s: Migration, after: Migration, p: Parameters
) -> bool:
    """A move to an address not validated challenges the former one, whatever connection ID came with it."""
    if after.current == s.current or has(s.validated, after.current) or after.current == s.proven:
        return True
    return has(after.due, s.current) or has(after.validating, s.current)


@machine.step("RFC9000-9.3.3-02", "RFC9000-9-04")
def what_is_to_be_challenged_is_challenged(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """A challenge that is due goes out. It is moot where nothing could be sent there until it is forgotten.

    By `validation_failure` = abandon a move ends what was due elsewhere (9.3-07); whether it makes the former
    path due anew, other claims say.
    """
    if not has(s.due, address) or has(after.due, address) or not is_open(after):
        return True
    if has(after.validating, address):
        return True
    if not has(after.paths, address):
        return address != s.current and not may_send_to(s, p, address)
    moved = after.current != s.current and count(after.received) > count(s.received)
    return p.validation_failure == "abandon" and moved and address != after.current


@machine.step("RFC9000-9-04", "RFC9000-9.3-06")
def a_validated_address_needs_no_second_validation(s: Migration, after: Migration, p: Parameters) -> bool:
    """The return to a validated address skips validation, which the former path's alone may go on."""
    if after.current == s.current or not has(s.validated, after.current):
        return True
    return has(s.due, after.current) or not has(after.due, after.current)
