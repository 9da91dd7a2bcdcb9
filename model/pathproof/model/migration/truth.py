"""What really came from each address and went there, what that shows, and what is owed; read by no endpoint.

Kept by the actions in which a datagram arrives or goes out, and by none of the server's own rules, so that a
server that counts wrongly is found out. Only the difference between three times what came and what went
matters, and the count of what may go stops at three, as the server's own does (`sending`), which makes no use
of what is left from before. Counted only where the server sends data, and until the address has answered.
"""

from __future__ import annotations

from pathproof.model.migration.reception import receive
from pathproof.model.migration.state import FACTOR, TOO_MANY, Migration, Parameters, is_open
from pathproof.model.vocabulary import add, discard, discard_below, get, has, is_empty, put


def arrives(s: Migration, p: Parameters, number: int, address: int) -> bool:
    """The packet with this number reaches the server from this address, and is taken in or dropped."""
    former, challenges = s.current, holds_challenge(s, number)
    if not receive(s, p, number, address):
        return False
    if challenges:
        s.owed = add(s.owed, address)
    came_in(s, p, address)
    note_direction(s, number, address)
    note_packet(s, number, address)
    note_return(s, former)
    return True


def holds_challenge(s: Migration, number: int) -> bool:
    """The client has put PATH_CHALLENGE into this packet: a probe, or one from a path that it validates."""
    return has(s.probing, number) or not has(s.works, get(s.source, number))


def answer_left(s: Migration, p: Parameters, address: int) -> None:
    """A datagram with PATH_RESPONSE goes there."""
    went_out(s, p, address)
    s.owed = discard(s.owed, address)


def was_given_up(s: Migration, p: Parameters, address: int, in_reach: bool) -> None:
    """What the server knew of the address is gone, and what it owed where that was not `in_reach`.

    In reach is where a datagram could still have gone. Nothing is owed after the connection.
    """
    if not is_open(s):
        s.owed = discard_below(s.owed, p.addresses)
    if has(s.paths, address):
        return
    s.earned = discard(s.earned, address)
    if not in_reach:
        s.owed = discard(s.owed, address)


def was_acknowledged(s: Migration, p: Parameters, address: int) -> None:
    """An acknowledgment of what went to the address in use tells of its path; counted where hosts differ."""
    if p.differ == "host" and address == s.current:
        s.earned = add(s.earned, address)


def note_packet(s: Migration, number: int, address: int) -> None:
    """More than a probe has come from there."""
    if not has(s.probing, number):
        s.spoken = add(s.spoken, address)


def note_return(s: Migration, former: int) -> None:
    """The server has turned to an address whose validation holds."""
    if s.current != former and has(s.validated, s.current):
        s.proven = s.current


def came_in(s: Migration, p: Parameters, address: int) -> None:
    """A datagram has come from there: three may go."""
    if is_counted(s, p, address):
        s.flooded = put(s.flooded, address, FACTOR)


def went_out(s: Migration, p: Parameters, address: int) -> None:
    """A datagram goes there; where none may, it is one too many."""
    if not is_counted(s, p, address):
        return
    if get(s.flooded, address) == 0:
        s.flooded = put(s.flooded, address, TOO_MANY)
    else:
        s.flooded = put(s.flooded, address, get(s.flooded, address) - 1)


def is_counted(s: Migration, p: Parameters, address: int) -> bool:
    """What comes and goes matters: the address is not validated, and had not too much already."""
    return p.data == "flows" and not has(s.validated, address) and get(s.flooded, address) < TOO_MANY


def prove(s: Migration, address: int) -> None:
    """The answer from this address arrives: what came and went before counts no more.

    Where neither it nor the address in use was validated, it is now the one validated last. With its first
    answer a path begins with initial values.
    """
    s.flooded = put(s.flooded, address, 0)
    if has(s.validated, address):
        return
    s.earned = discard(s.earned, address)  # 9.4-02
    if has(s.validated, s.current):
        return
    if has(s.spoken, address):
        s.proven = address


def note_direction(s: Migration, number: int, address: int) -> None:
    """The highest non-probing packet came from this address, and the server sends elsewhere."""
    newest = is_empty(discard_below(s.received, number + 1)) and not has(s.probing, number)
    if newest and s.current != address:
        s.misdirected = "yes"
