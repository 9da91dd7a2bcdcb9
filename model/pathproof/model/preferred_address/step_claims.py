"""What no step undoes, and what a step must do."""

from __future__ import annotations

from pathproof.model.preferred_address.client import current
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import HOME_PREFERRED, at_preferred, is_preferred, seen_as
from pathproof.model.preferred_address.server import has_moved, server_path
from pathproof.model.preferred_address.state import (
    ConnectionId,
    Parameters,
    Path,
    PreferredAddress,
    ServerPath,
    is_confirmed,
)
from pathproof.model.vocabulary import get, has


@machine.step("RFC9000-9.6.1-04", "RFC9000-9.5-03", "RFC9000-9.5-04")
def a_new_path_takes_a_fresh_connection_id(
    s: PreferredAddress, after: PreferredAddress, p: Parameters, path: Path, cid: ConnectionId
) -> bool:
    """A path takes only a connection ID that no packet has borne before."""
    if get(after.bearing, path) != cid + 1 or get(s.bearing, path) == cid + 1:
        return True
    return not has(s.spent, cid)


@machine.step("RFC9000-9.5-03")
def spent_stays_spent(s: PreferredAddress, after: PreferredAddress, p: Parameters, cid: ConnectionId) -> bool:
    """That a connection ID was in a packet is not forgotten; one that is new may have a former one's name."""
    if not has(s.active, cid) and has(after.active, cid):
        return True
    return not has(s.spent, cid) or has(after.spent, cid)


@machine.step("RFC9000-9.6.1-05")
def a_client_that_moved_stays(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """Non-probing packets never go back from the preferred address to the original one."""
    return not is_preferred(current(s)) or is_preferred(current(after))


@machine.step("RFC9000-9.6.1-06", fails_under={"preferred_retry": "may_retry"})
def a_failure_is_for_good(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """After a failed validation nothing goes to the preferred address any more."""
    if s.attempt != "failed":
        return True
    return after.attempt == "failed" and after.to_victim == s.to_victim


@machine.step("RFC9000-8.2.3-01", "RFC9000-8.2.3-06", "RFC9000-8.2.4-04")
def only_an_answer_validates(s: PreferredAddress, after: PreferredAddress, p: Parameters, path: Path) -> bool:
    """The client counts a path as valid only by an answer to a challenge that runs."""
    if has(s.validated, path) or not has(after.validated, path):
        return True
    return has(s.probing, path) and has(s.server_answers, path)


@machine.step("RFC9000-8.2.4-01", "RFC9000-8.2.4-03")
def a_validation_lasts_three_ptos(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """An attempt is counted as failed only when three PTOs have passed."""
    if s.attempt == "failed" or after.attempt != "failed":
        return True
    return get(after.ticks, 1) == 3


@machine.step("RFC9000-9.3-04", "RFC9000-9.6.2-05", "RFC9000-9.3.3-01")
def only_the_highest_non_probing_packet_moves_it(
    s: PreferredAddress, after: PreferredAddress, p: Parameters
) -> bool:
    """The server follows to a new path only the highest non-probing packet that has come, but for copies."""
    if after.peer == s.peer or after.peer == s.settled or p.attacker == "copier":
        return True
    return after.peer == seen_as(p, get(s.sent_on, after.largest_wish))


@machine.step("RFC9000-9.3-04", "RFC9000-9.6.2-05", "RFC9000-9.3.3-01")
def an_older_packet_moves_nothing(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """The server's largest number grows or stays, and where it stays below the packet, nothing moves."""
    return after.largest >= s.largest and after.largest_wish >= s.largest_wish


@machine.step("RFC9000-9.3-02", "RFC9000-9.3.3-01", "RFC9000-9.6.2-05")
def the_servers_packets_follow_at_once(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """A non-probing packet above all before draws the server's packets to its path; the move alone waits."""
    if after.largest_wish == s.largest_wish or after.largest_wish <= s.largest or p.attacker == "copier":
        return True
    path = seen_as(p, get(after.sent_on, after.largest_wish))
    return server_path(after, p) == path or (at_preferred(path) and not has_moved(after))


@machine.step("RFC9000-5.1.2-04", "RFC9000-9.5-09")
def the_server_keeps_what_it_uses(
    s: PreferredAddress, after: PreferredAddress, p: Parameters, observed: ServerPath
) -> bool:
    """The server retires no connection ID of a path that it sends on, or that it validates."""
    if not has(s.equipped, observed) or has(after.equipped, observed):
        return True
    return observed != server_path(after, p) and not has(after.checking, observed)


@machine.step("RFC9000-9.3.2-01", "RFC9000-9.6.3-04")
def a_failed_check_goes_back(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """When the path that the server followed fails its validation, a validated one takes its place."""
    if not has(s.checking, s.peer) or has(after.checking, s.peer) or has(after.checked, s.peer):
        return True
    return has(after.checked, after.peer)


@machine.step("RFC9000-9.6.2-05", "RFC9000-9.6.2-03", fails_under={"old_address": "follows"})
def the_move_is_for_good(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """Once the server sends from the preferred address, it never sends from the original one again."""
    return not has_moved(s) or (has_moved(after) and at_preferred(after.peer))


@machine.step("RFC9000-9.6.2-02", "RFC9000-8.2.2-01", "RFC9000-9.6.2-04")
def a_probe_is_answered_and_returned(
    s: PreferredAddress, after: PreferredAddress, p: Parameters, path: Path
) -> bool:
    """A server that answers at its preferred address probes the path as well, or has validated it."""
    if path < HOME_PREFERRED or has(s.server_answers, path) or not has(after.server_answers, path):
        return True
    return has(after.checking, seen_as(p, path)) or has(after.checked, seen_as(p, path))


@machine.step("RFC9000-18.2-51", "RFC9000-19.15-07")
def number_one_keeps_its_content(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """No frame changes what the parameter supplied as number 1."""
    return s.number_one != "parameter" or after.number_one == "parameter"


@machine.step("RFC9000-9.6.3-02")
def the_original_is_given_up_at_once(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """In the step in which the preferred address proves valid, the client moves there."""
    if s.attempt == "done" or after.attempt != "done" or not is_confirmed(after):
        return True
    return is_preferred(current(after)) and not has(after.probing, 0) and not has(after.probing, 1)


@machine.step("RFC9000-9.6.3-01", "RFC9000-9.6.3-03")
def a_client_that_validates_both_waits(s: PreferredAddress, after: PreferredAddress, p: Parameters) -> bool:
    """The client changes its own address at the original one only when the preferred one is decided."""
    if s.generation == after.generation or is_preferred(current(after)):
        return True
    return s.attempt != "running"
