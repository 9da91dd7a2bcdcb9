"""What the server does: it challenges, answers, follows, sends data, supplies and retires connection IDs."""

from __future__ import annotations

from typing import Any

from pathproof.model.compose import together
from pathproof.model.connection.actions import machine
from pathproof.model.connection.budget import (
    SMALL,
    challenge_size,
    departs,
    has_room,
    keep_to_validated,
    size_of_answer,
)
from pathproof.model.connection.connection_ids import server_sent, settle, supply_follows_path
from pathproof.model.connection.ending import note_speech
from pathproof.model.connection.idling import hears
from pathproof.model.connection.parts import MOVING, SERVER_IDS, moving_lives, opening_lives, supply_lives
from pathproof.model.connection.state import (
    CLIENT,
    Address,
    SequenceNumber,
    server_is_open,
)
from pathproof.model.migration import machine as migration
from pathproof.model.migration.fall_back import fail
from pathproof.model.migration.paths import forget, is_idle
from pathproof.model.migration.sending import may_send_to, send_to
from pathproof.model.migration.validation import begin_validation, count_pto, has_run_out, is_timed
from pathproof.model.vocabulary import add, discard, get, has, is_empty


def server_acts(s: Any, p: Any) -> bool:
    """The handshake is over, the server is open, and it is not in the middle of a packet."""
    return not opening_lives(p) and server_is_open(s) and s.frames == "none"


def follows(s: Any, p: Any) -> bool:
    """The server is open, and goes by the rules of migration."""
    return server_acts(s, p) and moving_lives(p)


def may_go(s: Any, p: Any, address: int, size: int, kind: str) -> bool:
    """The limit has room for the datagram, and there is a connection ID for it."""
    return has_room(s, p, address, size, kind) and may_send_to(MOVING.state(s), MOVING.parameters(p), address)


def went(s: Any, p: Any, address: int, size: int) -> None:
    """A datagram has gone to this address: it is paid for, and the observer sees it."""
    departs(s, p, address, size)
    server_sent(s, p, address)
    note_speech(s, s.server_end)


def data_goes_out(s: Any, p: Any, address: int) -> None:
    """The smallest datagram goes to this address."""
    send_to(MOVING.state(s), MOVING.parameters(p), address)
    went(s, p, address, SMALL)


@machine.action(
    "protocol",
    "server",
    "RFC9000-9.3-02",
    "RFC9000-9.3-03",
    "RFC9000-9.3.3-02",
    "RFC9000-9.5-04",
    "RFC9000-9.5-05",
    "RFC9000-8.2.1-06",
)
def server_challenges(s: Any, p: Any, address: Address) -> bool:
    """The server sends PATH_CHALLENGE to an address, under a connection ID for it, as large as it may."""
    if not follows(s, p) or not has(s.moving_due, address) or not may_go(s, p, address, SMALL, "challenge"):
        return False
    begin_validation(MOVING.state(s), MOVING.parameters(p), address)
    went(s, p, address, challenge_size(s, p, address))
    return True


@machine.action("protocol", "server", "RFC9000-8.2.2-01", "RFC9000-8.2.2-06", "RFC9000-9.5-09")
def server_answers(s: Any, p: Any, address: Address) -> bool:
    """The server answers the client's challenge on its path; the answer arrives if somebody is there."""
    if not follows(s, p) or not has(s.moving_asked, address) or not may_go(s, p, address, SMALL, "response"):
        return False
    send_to(MOVING.state(s), MOVING.parameters(p), address)
    went(s, p, address, size_of_answer(s, p, address))
    s.moving_asked = discard(s.moving_asked, address)
    if has(s.moving_reachable, address):
        s.moving_works = add(s.moving_works, address)
        hears(s, p, CLIENT)
    return True


@machine.action("protocol", "server", "RFC9000-8.2.2-01", "RFC9000-9.5-09")
def server_answers_in_vain(s: Any, p: Any, address: Address) -> bool:
    """The server answers the client's challenge on its path, and the answer is lost."""
    if not follows(s, p) or not has(s.moving_asked, address) or not may_go(s, p, address, SMALL, "response"):
        return False
    if not has(s.moving_reachable, address):
        return False
    send_to(MOVING.state(s), MOVING.parameters(p), address)
    went(s, p, address, size_of_answer(s, p, address))
    s.moving_asked = discard(s.moving_asked, address)
    return True


@machine.action("protocol", "server", "RFC9000-5.1.2-06", "RFC9000-5.1.2-03")
def server_gives_up_path(s: Any, p: Any, address: Address) -> bool:
    """The server forgets an address that is not in use, and retires its connection ID."""
    if not follows(s, p) or not is_idle(MOVING.state(s), MOVING.parameters(p), address):
        return False
    cid = get(s.moving_cid_at, address)
    forget(MOVING.state(s), MOVING.parameters(p), address)
    keep_to_validated(s, p)
    if supply_lives(p):
        supply_follows_path(s, cid)
    return True


@machine.action("protocol", "server", "RFC9000-9.5-02", "RFC9000-5.1.2-01")
def server_mirrors(s: Any, p: Any) -> bool:
    """The client has changed its connection ID and not its address, and the server changes its own."""
    if not follows(s, p) or not supply_lives(p):
        return False
    cid = get(s.moving_cid_at, s.moving_current)
    mirror = migration.actions["mirror"].function
    if not mirror(MOVING.state(s), MOVING.parameters(p)):
        return False
    server_sent(s, p, s.moving_current)
    supply_follows_path(s, cid)
    return True


@machine.action("protocol", "server", "RFC9000-5.1.1-13", "RFC9000-5.1.1-20", "RFC9000-5.1.2-07")
def server_issues(s: Any, p: Any, prior: SequenceNumber) -> bool:
    """The server sends NEW_CONNECTION_ID."""
    if not server_acts(s, p) or not supply_lives(p) or p.peer == "rogue server":
        return False
    if p.prior == "stays" and prior > 0:
        return False
    return together(s, p, (SERVER_IDS, "issue", {"prior": prior}))


# Data.


@machine.action("environment", "server", "RFC9000-13.3-03")
def server_has_data(s: Any, p: Any) -> bool:
    """The server's application has data for the client."""
    if not follows(s, p) or p.data == "none" or s.moving_pending == "data":
        return False
    s.moving_pending = "data"
    return True


@machine.action("protocol", "server", "RFC9000-9-09", "RFC9000-9.3-02", "RFC9000-9.3-05", "RFC9000-13.3-04")
def server_sends_data(s: Any, p: Any) -> bool:
    """The server sends data to the address in use, after the challenge that it owes to it."""
    if not follows(s, p) or s.moving_pending == "nothing" or not is_empty(s.moving_flight):
        return False
    if has(s.moving_due, s.moving_current) or not may_go(s, p, s.moving_current, SMALL, "data"):
        return False
    data_goes_out(s, p, s.moving_current)
    s.moving_flight = add(s.moving_flight, s.moving_current)
    return True


def is_lost(s: Any, address: int) -> bool:
    """A timer runs for what is in flight, to whatever address it was sent, and it has fired."""
    return has(s.moving_flight, address)


@machine.action(
    "protocol", "server", "RFC9002-6.2.1-01", "RFC9000-13.3-01", "RFC9000-13.3-02", "RFC9000-13.3-05"
)
def server_declares_lost(s: Any, p: Any, address: Address) -> bool:
    """Data that was sent to an address is declared lost, and is sent again in another packet."""
    if not follows(s, p) or not is_lost(s, address):
        return False
    s.moving_flight = discard(s.moving_flight, address)
    return True


# Time.


def pto_passes(s: Any, p: Any, address: int) -> bool:
    """A PTO passes after a PATH_CHALLENGE of the server, as long as such are counted."""
    if not follows(s, p) or not is_timed(MOVING.state(s), MOVING.parameters(p), address):
        return False
    count_pto(MOVING.state(s), address)
    return True


@machine.action("environment", "server", "RFC9000-8.2.4-02")
def server_waits(s: Any, p: Any, address: Address) -> bool:
    """A PTO passes after a PATH_CHALLENGE of the server, which does not repeat it."""
    return pto_passes(s, p, address)


@machine.action("protocol", "server", "RFC9000-8.2.4-02", "RFC9000-8.2.1-02")
def server_repeats_challenge(s: Any, p: Any, address: Address) -> bool:
    """A PTO passes after a PATH_CHALLENGE of the server, which repeats it."""
    if not follows(s, p) or not may_go(s, p, address, SMALL, "challenge") or not pto_passes(s, p, address):
        return False
    send_to(MOVING.state(s), MOVING.parameters(p), address)
    went(s, p, address, challenge_size(s, p, address))
    return True


@machine.action("environment", "server", "RFC9000-8.2.4-01", "RFC9000-8.2.4-05", "RFC9000-9.3.2-01")
def server_gives_up(s: Any, p: Any, address: Address) -> bool:
    """The timer of a validation ends: the server goes back to a validated address, or forgets the path."""
    if not follows(s, p) or not has_run_out(MOVING.state(s), MOVING.parameters(p), address):
        return False
    cid = get(s.moving_cid_at, address)
    fail(MOVING.state(s), MOVING.parameters(p), address)
    keep_to_validated(s, p)
    if supply_lives(p):
        settle(s)
        supply_follows_path(s, cid)
    return True
