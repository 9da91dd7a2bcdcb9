"""The server: what it does with a packet of the client, or with a copy of one (RFC 9000 9.1, 9.3)."""

from __future__ import annotations

from pathproof.model.migration.highest_packet import is_duplicate, is_newest, is_probing, note_number
from pathproof.model.migration.moving import move
from pathproof.model.migration.new_address import accepts
from pathproof.model.migration.paths import open_path
from pathproof.model.migration.sending import allow
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.migration.validation import challenge_probed
from pathproof.model.vocabulary import add, get, has


def receive(s: Migration, p: Parameters, number: int, address: int) -> bool:
    """The packet with this number arrives from this address, which need not be its sender's."""
    peer = get(s.peer_cid, get(s.source, number))
    if is_duplicate(s, number) or not accepts(s, p, number, address, peer):
        return False
    s.received = add(s.received, number)
    if is_probing(s, number):
        take_probe(s, p, number, address, peer)
    else:
        take_packet(s, p, number, address, peer)
        answer_overtaken(s, number, address, peer)
    return True


def take_probe(s: Migration, p: Parameters, number: int, address: int, peer: int) -> None:
    """A probing packet is answered on its path, and moves nothing (9.1, 9.3-04)."""
    reach(s, address, peer)
    s.asked = add(s.asked, address)
    challenge_probed(s, p, address)
    note_number(s, p, number, True)


def take_packet(s: Migration, p: Parameters, number: int, address: int, peer: int) -> None:
    """A non-probing packet moves the connection if it is the newest, and then its frames are processed."""
    turn(s, p, number, address, peer)
    process_frames(s, number, address)
    note_number(s, p, number, False)
    s.heard = add(s.heard, address)


def turn(s: Migration, p: Parameters, number: int, address: int, peer: int) -> None:
    """The connection moves to where the newest non-probing packet came from."""
    if is_newest(s, number):
        newly = not has(s.seen, peer)
        reach(s, address, peer)
        move(s, p, address, newly)


def process_frames(s: Migration, number: int, address: int) -> None:
    """The frames of a packet are processed; what they set off at once goes to the address in use (9.3-02)."""
    if has(s.paths, address):
        allow(s, address)
        ask(s, number, address)
    if is_newest(s, number) and s.current != address:
        s.misdirected = "yes"


def reach(s: Migration, address: int, peer: int) -> None:
    """The server keeps state about the address, and about the connection ID in packets from there."""
    open_path(s, address, peer)
    s.seen = add(s.seen, peer)
    allow(s, address)


def answer_overtaken(s: Migration, number: int, address: int, peer: int) -> None:
    """An overtaken packet from a new address moves nothing, but what it asks is answered (8.2.2-01)."""
    if asks(s, number) and not has(s.paths, address):
        reach(s, address, peer)
        ask(s, number, address)


def asks(s: Migration, number: int) -> bool:
    """A client that has not validated its path puts PATH_CHALLENGE into its packets (9.2-03)."""
    return not has(s.works, get(s.source, number))


def ask(s: Migration, number: int, address: int) -> None:
    """PATH_RESPONSE is owed to where PATH_CHALLENGE came from (8.2.2-01, 8.2.2-03)."""
    if asks(s, number):
        s.asked = add(s.asked, address)
