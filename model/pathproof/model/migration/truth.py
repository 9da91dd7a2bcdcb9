"""What really came from each address and went there, and which was validated last; read by no endpoint.

Kept by the actions in which a datagram arrives or goes out, and by none of the server's own rules, so that a
server that counts wrongly is found out. Only the difference between three times what came and what went
matters, and the count of what may go stops at three, as the server's own does (`sending`), which makes no use
of what is left from before. Counted only where the server sends data, and until the address has answered.
"""

from __future__ import annotations

from pathproof.model.migration.reception import receive
from pathproof.model.migration.state import FACTOR, TOO_MANY, Migration, Parameters
from pathproof.model.vocabulary import add, discard_below, get, has, is_empty, put


def arrives(s: Migration, p: Parameters, number: int, address: int) -> bool:
    """The packet with this number reaches the server from this address, and is taken in or dropped."""
    former = s.current
    if not receive(s, p, number, address):
        return False
    came_in(s, p, address)
    note_direction(s, number, address)
    note_packet(s, number, address)
    note_return(s, former)
    return True


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

    Where neither it nor the address in use was validated, it is now the one validated last.
    """
    s.flooded = put(s.flooded, address, 0)
    if has(s.validated, address) or has(s.validated, s.current):
        return
    if has(s.spoken, address):
        s.proven = address


def note_direction(s: Migration, number: int, address: int) -> None:
    """The highest non-probing packet came from this address, and the server sends elsewhere."""
    newest = is_empty(discard_below(s.received, number + 1)) and not has(s.probing, number)
    if newest and s.current != address:
        s.misdirected = "yes"
