"""The server: RFC 9000 9.6.2 and 9.6.3, and of 9.3 and 9.5 what binds it here."""

from __future__ import annotations

from pathproof.model.preferred_address.paths import AWAY_ORIGINAL, at_preferred, from_original, from_third
from pathproof.model.preferred_address.state import FLOOD, ROOM, Parameters, PreferredAddress
from pathproof.model.vocabulary import add, count, discard, has, larger, union


def has_moved(s: PreferredAddress) -> bool:
    """The last validated path that the client's packets took ends at the preferred address (9.6.2-05)."""
    return at_preferred(s.settled)


def server_path(s: PreferredAddress, p: Parameters) -> int:
    """The path of the server's non-probing packets (9.6.2-03, 9.6.2-05).

    They leave from the original address until the move is complete. Where they go until then, if the client's
    address is a new one too, the text leaves open: there by 9.3-02, or to the one that was validated last.
    """
    if not at_preferred(s.peer) or has_moved(s):
        return s.peer
    return from_original(s.peer) if p.meanwhile == "follows" else s.settled


def is_barred_here(p: Parameters, observed: int) -> bool:
    """The server takes the packet for a breach of disable_active_migration, and drops it (9-03)."""
    return observed == AWAY_ORIGINAL and p.disabled == "yes" and p.challenge_when_disabled == "drop"


def is_newer(s: PreferredAddress, p: Parameters, number: int, overtaken: bool) -> bool:
    """At the old address, the packet counts as a newer one (9.6.2-06, 9.6.2-07)."""
    if p.newer_packets == "every":
        return True
    return number > s.moved_at if overtaken else number >= s.moved_at


def is_dropped(s: PreferredAddress, p: Parameters, observed: int, number: int, overtaken: bool) -> bool:
    """The packet came to the old address after the move, and the server drops it (9.6.2-06)."""
    if at_preferred(observed) or not has_moved(s) or p.old_address == "follows":
        return False
    return is_newer(s, p, number, overtaken)


def is_new_maximum(s: PreferredAddress, p: Parameters, number: int, overtaken: bool) -> bool:
    """The number exceeds those of all packets received, or of all that are not probes (9.6.2-05).

    One that was overtaken by a packet of its own generation, or of a later one, exceeds at best the latter.
    """
    return not overtaken or (p.probes_counted == "non_probing" and number > s.largest_wish)


def has_connection_id(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """The path has a connection ID of the client, or there is one left for it (9.5-09)."""
    return count(add(s.equipped, observed)) <= p.spares + 1


def has_room(s: PreferredAddress) -> bool:
    """Less than three times of what came from the stranger's source went there (9.3.1)."""
    return s.to_third < ROOM * s.from_third


def can_send(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """The server may send on this path: it has a connection ID for it, and a stranger's source has room."""
    if from_third(observed) and not has_room(s):
        return False
    return has_connection_id(s, p, observed)


def send(s: PreferredAddress, observed: int) -> None:
    """A datagram leaves on this path, under a connection ID that no other path has."""
    s.equipped = add(s.equipped, observed)
    if from_third(observed) and s.to_third < FLOOD:
        s.to_third = s.to_third + 1


def check(s: PreferredAddress, p: Parameters, observed: int) -> None:
    """A packet came on a path that is not validated: PATH_CHALLENGE goes there (9.6.2-04, 9.6.3-05)."""
    if has(union(s.checked, s.checking), observed) or not can_send(s, p, observed):
        return
    s.checking = add(s.checking, observed)
    s.client_answers = discard(s.client_answers, observed)
    send(s, observed)


def complete(s: PreferredAddress) -> None:
    """The server goes over once the highest packet's path is validated (9.6.2-03, 9.6.2-05)."""
    if not has(s.checked, s.peer):
        return
    if not has_moved(s):
        s.moved_at = s.largest_wish
    s.settled = s.peer


def equip(s: PreferredAddress, p: Parameters, observed: int) -> None:
    """A validated path that had lost its connection ID gets another one, if there is one (9.3-03, 9.3-06)."""
    if has(s.checked, observed) and has_connection_id(s, p, observed):
        s.equipped = add(s.equipped, observed)


def take_in_data(s: PreferredAddress, p: Parameters, observed: int, number: int, overtaken: bool) -> None:
    """A non-probing packet is processed: the highest one says where the client is (9.3-04, 9.6.2-05)."""
    moves = is_new_maximum(s, p, number, overtaken)
    s.largest = larger(s.largest, number)
    s.largest_wish = larger(s.largest_wish, number)
    if moves:
        s.peer = observed
        complete(s)
        equip(s, p, observed)
    check(s, p, observed)


def take_in_probe(s: PreferredAddress, p: Parameters, observed: int, number: int) -> bool:
    """A probe is processed; whether PATH_RESPONSE leaves for it (9.6.2-02, 9.6.3-05)."""
    s.largest = larger(s.largest, number)
    if not can_send(s, p, observed):
        return False
    send(s, observed)
    check(s, p, observed)
    return True


def take_in_answer(s: PreferredAddress, observed: int) -> None:
    """PATH_RESPONSE is processed: it validates the path of its challenge (8.2.3-02)."""
    s.checking = discard(s.checking, observed)
    s.checked = add(s.checked, observed)
    complete(s)


def give_up(s: PreferredAddress, observed: int) -> None:
    """A validation fails, and packets go back to the last validated path if they had followed (9.3.2-01)."""
    s.checking = discard(s.checking, observed)
    if s.peer == observed:
        s.peer = s.settled


def may_let_go(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """No connection ID is left for another path, and this one is not in use, nor one to go back to."""
    if not has(s.equipped, observed) or has(s.checking, observed) or count(s.equipped) <= p.spares:
        return False
    return observed != s.peer and observed != s.settled and observed != server_path(s, p)


def let_go(s: PreferredAddress, p: Parameters, observed: int) -> None:
    """The path loses its connection ID (5.1.2-04), and what comes instead serves the one in use (9.3-03)."""
    s.equipped = discard(s.equipped, observed)
    equip(s, p, s.peer)
    check(s, p, s.peer)
