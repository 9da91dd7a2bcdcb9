"""The client: what it does with packets of the server (RFC 9000 9-10, 9.3.3-03)."""

from __future__ import annotations

from pathproof.model.migration.client_moves import may_send, send_packet
from pathproof.model.migration.state import SERVER, Migration, Parameters
from pathproof.model.vocabulary import add


def knows(server: int) -> bool:
    """The client takes packets from this address of a server; from one it does not know, none (9-10)."""
    return server == SERVER


def answer_challenge(s: Migration, p: Parameters, address: int, is_active: bool) -> None:
    """The client answers PATH_CHALLENGE, and on its active path by a non-probing packet too (9.3.3-03).

    The reading `old_path_answer` says whether this packet is the one with PATH_RESPONSE.
    """
    s.answered = add(s.answered, address)
    if is_active:
        answer_on_active_path(s, p)


def answer_on_active_path(s: Migration, p: Parameters) -> None:
    """A non-probing packet leaves with the answer, or soon after it."""
    if p.old_path_answer == "same_packet" and may_send(s, p):
        send_packet(s, s.outer)
    else:
        s.owes = "a packet"
