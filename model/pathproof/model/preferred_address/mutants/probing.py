"""Bugs of clients: when they probe, when they move, and what they take in."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.preferred_address import client
from pathproof.model.preferred_address.client import (
    bear,
    challenge,
    current,
    fail,
    go,
    is_barred,
    may_start,
    note_sent,
)
from pathproof.model.preferred_address.network import is_carried
from pathproof.model.preferred_address.paths import (
    ELSEWHERE,
    HOME_PREFERRED,
    ORIGINAL,
    PREFERRED,
    is_preferred,
    path_of,
    server_of,
)
from pathproof.model.preferred_address.state import (
    PROTOCOL_VIOLATION,
    ConnectionId,
    Local,
    Parameters,
    Path,
    PreferredAddress,
    is_confirmed,
    is_open,
)
from pathproof.model.vocabulary import add, below, discard, get, has, put

recreates = Recreated()
# Kept from before any mutant is in place.
RULE_TRY, RULE_SUCCEED, RULE_ANSWER = client.try_preferred, client.succeed, client.answer
RULE_KNOWS = client.knows
VALIDATION = ("RFC9000-9.6.2-01", "RFC9000-21.5.3-01")


@recreates(replaces="may_try", cites=("RFC9000-9.6.1-03", "RFC9000-9-01"), at="client")
def it_begins_before_confirmation(s: PreferredAddress, p: Parameters) -> bool:
    """The client probes the preferred address as soon as it has the parameter."""
    return is_open(s) and s.address != "none" and s.attempt == "none"


@recreates(replaces="try_preferred", cites=VALIDATION, at="client", attacker="namer")
def it_moves_before_validation(s: PreferredAddress, local: int, cid: int) -> None:
    """The client sends everything to the preferred address as soon as it begins to validate it."""
    s.attempt = "done"
    s.probing = below(s.probing, HOME_PREFERRED)
    bear(s, path_of(local, PREFERRED), cid)
    challenge(s, path_of(local, PREFERRED), PREFERRED)
    if s.generation == 0:
        go(s, path_of(local, PREFERRED))


@recreates("NG-25", replaces="move_at_original", cites=VALIDATION, at="client")
def a_move_changes_the_servers_address(s: PreferredAddress, p: Parameters, local: Local) -> bool:
    """A migration to another local address goes to the preferred address as well, without a word to it."""
    if not may_start(s) or is_preferred(current(s)) or s.address == "none" or s.generation > 0:
        return False
    go(s, path_of(local, PREFERRED))
    return True


@recreates("NG-23", replaces="move_at_original", cites=("RFC9000-9.6.3-01", "RFC9000-9.6.3-03"), at="client")
def it_moves_while_the_preferred_one_is_tried(s: PreferredAddress, p: Parameters, local: Local) -> bool:
    """The client migrates although the validation of the preferred address still runs."""
    if not may_start(s) or is_preferred(current(s)) or current(s) == path_of(local, ORIGINAL):
        return False
    if is_barred(s, p, local) or s.generation + 2 >= p.generations:
        return False
    if not has(s.validated, path_of(local, ORIGINAL)) or get(s.bearing, path_of(local, ORIGINAL)) == 0:
        return False
    go(s, path_of(local, ORIGINAL))
    return True


@recreates(replaces="fail", cites=("RFC9000-9.6.1-06",), at="client")
def it_moves_after_a_failure(s: PreferredAddress, path: int) -> None:
    """The client goes to the preferred address although its validation has failed."""
    s.probing = discard(s.probing, path)
    if is_preferred(path):
        s.attempt = "failed"
        if s.generation == 0:
            go(s, path)


@recreates(replaces="succeed", cites=("RFC9000-9.6.1-05", "RFC9000-9.6.3-02"), at="client")
def it_stays_after_success(s: PreferredAddress, path: int) -> None:
    """The client validates the preferred address and stays where it is."""
    s.validated = add(s.validated, path)
    s.probing = discard(s.probing, path)
    if is_preferred(path):
        s.attempt = "done"


@recreates(replaces="succeed", cites=("RFC9000-9.6.3-02",), at="client")
def the_original_is_probed_on(s: PreferredAddress, path: int) -> None:
    """The client goes on validating the original address when the preferred one has proved valid."""
    s.validated = add(s.validated, path)
    s.probing = discard(s.probing, path)
    if is_preferred(path):
        s.attempt = "done"
        go(s, path)


@recreates("AT-02", replaces="succeed", cites=("RFC9000-9.6.1-05",), at="client")
def it_breaks_down_on_the_move(s: PreferredAddress, path: int) -> None:
    """The client ends the connection when it comes to move to the preferred address."""
    RULE_SUCCEED(s, path)
    if is_preferred(path):
        s.error = PROTOCOL_VIOLATION


@recreates(replaces="deliver_server_answer", cites=("RFC9000-8.2.3-06", "RFC9000-8.2.4-04"), at="client")
def an_acknowledgment_validates(s: PreferredAddress, p: Parameters, path: Path) -> bool:
    """Any packet from the address that was challenged counts as the answer."""
    if not is_confirmed(s) or not has(s.probing, path) or not is_carried(s, path):
        return False
    if s.generation + 1 >= p.generations:
        return False
    RULE_SUCCEED(s, path)
    return True


@recreates(
    replaces="answers_on",
    cites=("RFC9000-9.6.1-05",),
    at="client",
    preferred_answer_path="preferred",
)
def it_answers_at_the_old_address(s: PreferredAddress, p: Parameters, path: int) -> int:
    """A client that means to send nothing there any more answers a challenge at the original address."""
    return path


@recreates(
    replaces="fits",
    cites=("RFC9000-9.6.3-06", "RFC9000-18.2-43"),
    at="client",
    offered="ipv4",
    network="dual",
)
def families_are_not_compared(p: Parameters, local: int) -> bool:
    """The client sends to an address of all zeros, since the server offered none of this family."""
    return p.offered != "none"


@recreates(
    "GQ-18",
    replaces="knows",
    cites=("RFC9000-9-10", "RFC9000-9.6-03"),
    at="client",
    attacker="server",
)
def it_follows_its_server(s: PreferredAddress, p: Parameters, server: int) -> bool:
    """The client processes packets from an address that it never heard of, and validates it."""
    return server == ELSEWHERE or RULE_KNOWS(s, p, server)


@recreates(
    replaces="knows",
    cites=("RFC9000-9.6-03",),
    at="client",
    attacker="copier",
    server_migration="discard",
    limit=2,
)
def it_answers_where_it_has_not_been(s: PreferredAddress, p: Parameters, server: int) -> bool:
    """A client that means to discard what comes from an unused address answers a challenge from there."""
    return True


@recreates(
    replaces="tick",
    cites=("RFC9000-8.2.4-02", "RFC9000-21.5.3-01"),
    at="client",
    attacker="namer",
    preferred_retry="for_good",
)
def it_never_gives_up(s: PreferredAddress, server: int, path: int) -> None:
    """The client repeats its challenge as long as no answer comes."""
    note_sent(s, server)


@recreates(replaces="tick", cites=("RFC9000-8.2.4-01", "RFC9000-8.2.4-03"), at="client")
def one_pto_is_enough(s: PreferredAddress, server: int, path: int) -> None:
    """The client gives up when one PTO has passed."""
    s.ticks = put(s.ticks, server, get(s.ticks, server) + 1)
    fail(s, path)


@recreates(
    replaces="answer",
    cites=("RFC9000-8.2.2-07",),
    at="client",
    attacker="forger",
    preferred_retry="for_good",
)
def it_answers_twice(s: PreferredAddress, path: int) -> None:
    """Every challenge is answered by two datagrams."""
    RULE_ANSWER(s, path)
    note_sent(s, server_of(path))


@recreates(replaces="may_try", cites=("RFC9000-9.6.1-06",), at="client", preferred_retry="for_good")
def it_tries_again(s: PreferredAddress, p: Parameters) -> bool:
    """A client that means to leave a failed address alone tries it again."""
    return is_confirmed(s) and s.address != "none" and s.attempt != "done"


@recreates(replaces="move_at_preferred", cites=("RFC9000-9.6.1-05",), at="client")
def a_later_move_goes_back(s: PreferredAddress, p: Parameters, local: Local, cid: ConnectionId) -> bool:
    """When it changes its own address, the client goes back to the original address of its server."""
    if not may_start(s) or not is_preferred(current(s)) or s.generation + 1 >= p.generations:
        return False
    go(s, path_of(local, ORIGINAL))
    return True
