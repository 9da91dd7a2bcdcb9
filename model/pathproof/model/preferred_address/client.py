"""The client: RFC 9000 9.6.1 to 9.6.3, and of 9.5, 18.2 and 21.5.3 what binds it here."""

from __future__ import annotations

from pathproof.model.preferred_address.paths import (
    AWAY,
    AWAY_ORIGINAL,
    AWAY_PREFERRED,
    ELSEWHERE,
    HOME,
    HOME_PREFERRED,
    ORIGINAL,
    PREFERRED,
    is_away,
    is_preferred,
    path_of,
    server_of,
)
from pathproof.model.preferred_address.state import FLOOD, Parameters, PreferredAddress, is_confirmed
from pathproof.model.vocabulary import (
    Numbers,
    add,
    below,
    discard,
    discard_below,
    get,
    has,
    is_empty,
    lowest,
    minus,
    put,
)


def taken_address(p: Parameters) -> str:
    """Where the client takes a preferred address from: this handshake alone (7.4.1-08, 9.6.2-09)."""
    return "none" if p.offered == "none" or p.zero_length == "yes" else "offered"


def current(s: PreferredAddress) -> int:
    """The path of the client's non-probing packets."""
    return get(s.sent_on, s.generation)


def has_local(p: Parameters, local: int) -> bool:
    """The client has this local address: behind a NAT, `AWAY` stands for what the NAT makes of `HOME`."""
    return local == HOME or p.nat == "none"


def fits(p: Parameters, local: int) -> bool:
    """The server states a preferred address of the family of this local address (9.6.3-06)."""
    if p.network == "dual" and local == AWAY:
        return p.offered == "both" or p.offered == "ipv6"
    return p.offered == "both" or p.offered == "ipv4"


def original_fits(p: Parameters, local: int) -> bool:
    """The server's original address, an IPv4 one, is of the family of this local address."""
    return local == HOME or p.network == "ipv4"


def has_acted(s: PreferredAddress) -> bool:
    """The client has sent to the preferred address of its own accord (9-02, 18.2-40)."""
    return s.attempt != "none"


def is_barred(s: PreferredAddress, p: Parameters, local: int) -> bool:
    """disable_active_migration bars this local address at the server's original one (9-02, 18.2-39)."""
    if p.disabled == "no" or local == HOME:
        return False
    return p.disabled_migration_scope == "handshake_address" or not has_acted(s)


def may_try(s: PreferredAddress, p: Parameters) -> bool:
    """A validation of the preferred address may begin (9.6.1-03, 9.6.1-06)."""
    if not is_confirmed(s) or s.address == "none" or s.attempt == "done":
        return False
    return s.attempt != "failed" or p.preferred_retry == "may_retry"


def may_start(s: PreferredAddress) -> bool:
    """The client may use another local address: its handshake is confirmed (9-01)."""
    return is_confirmed(s)


def fresh(s: PreferredAddress) -> Numbers:
    """The active connection IDs that no packet has borne yet (9.6.1-04)."""
    return minus(s.active, s.spent)


def may_bear(s: PreferredAddress, path: int, cid: int) -> bool:
    """Packets on this path may bear this connection ID: it is the path's own, or fresh (9.5-03, 9.5-04)."""
    if get(s.bearing, path) > 0:
        return get(s.bearing, path) == cid + 1
    return has(fresh(s), cid)


def is_of_choice(s: PreferredAddress, p: Parameters, path: int, cid: int) -> bool:
    """A client of `own_number` goes to the preferred address with number 1, while that is unused."""
    if p.preferred_timing == "any_unused" or not has(fresh(s), 1):
        return True
    return cid == 1


def bear(s: PreferredAddress, path: int, cid: int) -> None:
    """Packets on this path bear this connection ID from now on."""
    s.bearing = put(s.bearing, path, cid + 1)
    s.spent = add(s.spent, cid)


def note_sent(s: PreferredAddress, server: int) -> None:
    """The ghosts learn of a datagram outside the path in use."""
    if server == PREFERRED and s.victim == "yes" and s.to_victim < FLOOD:
        s.to_victim = s.to_victim + 1
    if server == ORIGINAL and is_preferred(current(s)):
        s.returned = "yes"


def challenge(s: PreferredAddress, path: int, server: int) -> None:
    """A validation begins: PATH_CHALLENGE leaves, with new data, and in a probing packet (21.5.3-01)."""
    s.probing = add(s.probing, path)
    s.ticks = put(s.ticks, server, 0)
    s.server_answers = discard(s.server_answers, path)
    note_sent(s, server)


def try_preferred(s: PreferredAddress, local: int, cid: int) -> None:
    """The client begins to validate the preferred address from this local one, and ends any other attempt."""
    s.probing = below(s.probing, HOME_PREFERRED)
    s.attempt = "running"
    bear(s, path_of(local, PREFERRED), cid)
    challenge(s, path_of(local, PREFERRED), PREFERRED)


def go(s: PreferredAddress, path: int) -> None:
    """Non-probing packets take this path from now on."""
    s.generation = s.generation + 1
    s.sent_on = put(s.sent_on, s.generation, path)


def succeed(s: PreferredAddress, path: int) -> None:
    """A PATH_RESPONSE with the right data has come (8.2.3-01).

    Once the preferred address is validated, validating the original one is given up, and the client moves at
    once (9.6.1-05, 9.6.3-02).
    """
    s.validated = add(s.validated, path)
    s.probing = discard(s.probing, path)
    if is_preferred(path):
        s.attempt = "done"
        s.probing = minus(s.probing, s.probing)
        go(s, path)


def fail(s: PreferredAddress, path: int) -> None:
    """The attempt is given up; packets stay where they are (9.6.1-06, 9.6.3-03)."""
    s.probing = discard(s.probing, path)
    if is_preferred(path):
        s.attempt = "failed"


def tick(s: PreferredAddress, server: int, path: int) -> None:
    """A PTO has passed: the challenge is repeated, or after three PTOs the attempt is given up (8.2.4-03)."""
    s.ticks = put(s.ticks, server, get(s.ticks, server) + 1)
    if get(s.ticks, server) == 3:
        fail(s, path)
    else:
        note_sent(s, server)


def probed_at(s: PreferredAddress, server: int) -> Numbers:
    """The validations that run toward this address of the server."""
    return (
        below(s.probing, HOME_PREFERRED) if server == ORIGINAL else discard_below(s.probing, HOME_PREFERRED)
    )


def knows(s: PreferredAddress, p: Parameters, server: int) -> bool:
    """Packets from this address, the server's or `ELSEWHERE`, are processed (9-10, 9.6-03)."""
    if server == ELSEWHERE:
        return False
    if server == ORIGINAL or s.attempt != "none":
        return True
    return s.address == "offered" and p.server_migration == "preferred_known"


def answers_on(s: PreferredAddress, p: Parameters, path: int) -> int:
    """The path of the answer to a challenge that came on this one (8.2.2-03)."""
    if is_preferred(current(s)) and not is_preferred(path) and p.preferred_answer_path == "preferred":
        return current(s)
    return path


def may_answer(s: PreferredAddress, p: Parameters, path: int) -> bool:
    """The path has a connection ID for an answer, or may get one (9.5-09), and is not barred."""
    if get(s.bearing, path) == 0 and is_empty(fresh(s)):
        return False
    if is_preferred(path):
        return not (s.attempt == "failed" and p.preferred_retry == "for_good")
    return not (is_away(path) and is_barred(s, p, AWAY))


def answer(s: PreferredAddress, path: int) -> None:
    """PATH_RESPONSE leaves on this path, in a probing packet."""
    if get(s.bearing, path) == 0:
        bear(s, path, lowest(fresh(s)))
    note_sent(s, server_of(path))


def may_retire(s: PreferredAddress, path: int) -> bool:
    """The connection ID of this path may be retired: no packet of the client needs it any longer."""
    return get(s.bearing, path) > 0 and path != current(s) and not has(s.probing, path)


def retire(s: PreferredAddress, path: int) -> None:
    """RETIRE_CONNECTION_ID leaves for the connection ID of this path."""
    s.active = discard(s.active, get(s.bearing, path) - 1)
    s.bearing = put(s.bearing, path, 0)


def drop_below_two(s: PreferredAddress, path: int) -> None:
    """Retire Prior To 2 takes the connection ID of a path away, if it is number 0 or 1."""
    if get(s.bearing, path) < 3:
        s.bearing = put(s.bearing, path, 0)


def replace_below_two(s: PreferredAddress, cid: int) -> None:
    """A frame with Retire Prior To 2 brings `cid`, which the path in use takes (5.1.2-10)."""
    s.active = add(discard_below(s.active, 2), cid)
    drop_below_two(s, AWAY_ORIGINAL)
    drop_below_two(s, HOME_PREFERRED)
    drop_below_two(s, AWAY_PREFERRED)
    bear(s, current(s), cid)
