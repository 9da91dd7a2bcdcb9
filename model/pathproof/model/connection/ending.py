"""How a connection ends at either end: RFC 9000 10.1, 10.2 to 10.2.3, 11 and 9.5.

An end that closes sends CONNECTION_CLOSE and is closing; one that hears of it is draining. Either state lasts
some PTOs, and then nothing is left. What is closed for one part is closed for all: every rule of an end that
does more than answer with CONNECTION_CLOSE asks first whether that end is open.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.budget import SMALL, departs, has_room
from pathproof.model.connection.connection_ids import client_may_speak, settle, works_under_its_own
from pathproof.model.connection.observer import sees_packet_of_client, sees_packet_of_server
from pathproof.model.connection.parts import MOVING, moving_lives, supply_lives
from pathproof.model.connection.state import CLOSING, DRAINING, GENERIC, NAMED, NO_CODE, NO_ERROR, OPEN, OVER
from pathproof.model.migration.connection_ids import is_equipped
from pathproof.model.vocabulary import get, has, is_empty

# Closing.


def begin_closing() -> str:
    """The state of an end that has sent CONNECTION_CLOSE (10.2-03, 10.2.1-01)."""
    return CLOSING


def code_of(p: Any, breach: bool) -> str:
    """The code in CONNECTION_CLOSE: by `error_code` a generic one may stand in for the named one (11-03)."""
    if not breach:
        return NO_ERROR
    return NAMED if p.error_code == "exact" else GENERIC


def note_code(s: Any, p: Any, breach: bool) -> None:
    """Whoever closes first sets what the close is about."""
    if s.code == NO_CODE:
        s.code = code_of(p, breach)


def client_close_leaves(s: Any, p: Any, address: int) -> None:
    """CONNECTION_CLOSE leaves the client from this address, under the ID for packets from there."""
    note_silence(s, s.client_end)
    if not supply_lives(p) or not moving_lives(p):
        s.client_close = "on its way"
    elif address == s.moving_outer and client_may_speak(s):
        s.client_close = "on its way"
        sees_packet_of_client(s, p, address, s.server_ids_current)
    elif works_under_its_own(s, address) and p.closing_answer == "apart":
        s.client_close = "on its way"
        sees_packet_of_client(s, p, address, get(s.under, address) - 1)
    elif p.closing_answer == "identical" and client_may_speak(s):
        s.client_close = "on its way"
        sees_packet_of_client(s, p, address, s.server_ids_current)


def server_can_close_to(s: Any, p: Any, address: int) -> bool:
    """There is a connection ID for CONNECTION_CLOSE to this address, and the limit has room."""
    if not has_room(s, p, address, SMALL, "close"):
        return False
    if not moving_lives(p) or not supply_lives(p):
        return True
    return is_equipped(MOVING.state(s), address) or p.zero_length == "client" or p.zero_length == "both"


def server_close_leaves(s: Any, p: Any, address: int) -> None:
    """CONNECTION_CLOSE leaves the server for this address, under the connection ID for packets to there."""
    note_silence(s, s.server_end)
    departs(s, p, address, SMALL)
    if not moving_lives(p) or has(s.moving_reachable, address):
        s.server_close = "on its way"
    if moving_lives(p) and supply_lives(p) and get(s.moving_cid_at, address) > 0:
        s.close_under = get(s.moving_cid_at, address)
        sees_packet_of_server(s, p, address, s.close_under - 1)
        settle_if_open(s)


def settle_if_open(s: Any) -> None:
    """A server that is still open has used the connection ID of the address in use."""
    if s.server_end == OPEN:
        settle(s)


def answers_while_closing(s: Any, p: Any, attributed: bool) -> bool:
    """A closing end answers what it attributes to the connection, and without keys maybe all (10.2.1-08)."""
    return attributed or (p.closing_keys == "dropped" and p.closing_unattributed == "any")


def copies_its_close(s: Any, p: Any) -> bool:
    """Whether a copy of the first closing packet goes wherever packets come from (10.2.1-10, 10.2.1-11)."""
    return bool(p.closing_answer == "identical" and s.close_under > 0)


def server_can_answer(s: Any, p: Any, address: int) -> bool:
    """A closing packet can go to this address: a copy, or one under a connection ID for packets to there."""
    if copies_its_close(s, p):
        return has_room(s, p, address, SMALL, "close")
    return server_can_close_to(s, p, address)


def server_answers_close(s: Any, p: Any, address: int) -> None:
    """CONNECTION_CLOSE goes to where a packet came from."""
    if copies_its_close(s, p):
        note_silence(s, s.server_end)
        departs(s, p, address, SMALL)
        sees_packet_of_server(s, p, address, s.close_under - 1)
        if has(s.moving_reachable, address):
            s.server_close = "on its way"
    else:
        server_close_leaves(s, p, address)


def note_silence(s: Any, end: str) -> None:
    """An end that drains, or has nothing left, must not send (10.2.2-02)."""
    if end in (DRAINING, OVER):
        s.spoke = "yes"


def note_speech(s: Any, end: str) -> None:
    """An end that is not open must send nothing but CONNECTION_CLOSE (10.2.1-02)."""
    if end != OPEN:
        s.spoke = "yes"


# Hearing of it.


def after_close(p: Any, end: str) -> str:
    """The state of an end that has received CONNECTION_CLOSE (10.2.2-01, 10.2.2-06)."""
    if end == CLOSING and p.close_in_closing == "may_stay":
        return CLOSING
    return DRAINING


# The end of it.


def is_ending(end: str) -> bool:
    """The end is closing or draining."""
    return end in (CLOSING, DRAINING)


def has_lingered(p: Any, lingers: int) -> bool:
    """The closing or draining state has lasted long enough (10.2-08)."""
    return bool(lingers >= p.linger)


def client_is_mute(s: Any, p: Any) -> bool:
    """The client has no connection ID left for any packet."""
    return supply_lives(p) and is_empty(s.server_ids_active)


def server_is_mute(s: Any, p: Any) -> bool:
    """The server has no connection ID left for any packet."""
    return supply_lives(p) and is_empty(s.client_ids_active)
