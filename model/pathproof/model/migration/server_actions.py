"""What a server does that keeps the rules, of its own accord."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.connection_ids import change, is_equipped
from pathproof.model.migration.paths import end_validation, forget, is_idle
from pathproof.model.migration.sending import is_unlimited, may_send_to, send_to
from pathproof.model.migration.state import (
    Address,
    Migration,
    Parameters,
    is_open,
)
from pathproof.model.migration.truth import was_given_up, went_out
from pathproof.model.migration.validation import begin_validation
from pathproof.model.vocabulary import add, discard, get, has, is_empty


@machine.action(
    "protocol",
    "server",
    "RFC9000-9-04",
    "RFC9000-9.3-02",
    "RFC9000-9.3-05",
    "RFC9000-9.3-06",
    "RFC9000-9.3.3-02",
    "RFC9000-9.3.3-04",
    "RFC9000-9.5-04",
    "RFC9000-9.5-05",
    "RFC9000-8.2.1-01",
)
def challenge(s: Migration, p: Parameters, address: Address) -> bool:
    """The server sends PATH_CHALLENGE to an address, under a connection ID for it."""
    if not is_open(s) or not has(s.due, address) or not may_send_to(s, p, address):
        return False
    begin_validation(s, p, address)
    went_out(s, p, address)
    return True


@machine.action("protocol", "server", "RFC9000-9.5-02", "RFC9000-5.1.2-01")
def mirror(s: Migration, p: Parameters) -> bool:
    """The client has changed its connection ID and not its address, and the server changes its own."""
    if not is_open(s) or p.cid_change_response != "mirrored" or is_empty(s.spare):
        return False
    if not has(s.seen, get(s.peer_cid, s.current)) or get(s.pair, get(s.peer_cid, s.current)) > 0:
        return False
    if not is_equipped(s, s.current):
        return False
    change(s, p, s.current)
    return True


@machine.action("protocol", "server", "RFC9000-8.2.4-09", "RFC9000-9.3-07", "RFC9000-9.3.2-03")
def abandon(s: Migration, p: Parameters, address: Address) -> bool:
    """The server gives up the validation of an address that it has left."""
    if not is_open(s) or not has(s.validating, address) or address == s.current:
        return False
    end_validation(s, address)
    return True


@machine.action("protocol", "server", "RFC9000-5.1.2-06", "RFC9000-5.1.2-03")
def give_up_path(s: Migration, p: Parameters, address: Address) -> bool:
    """The server forgets an address that is not in use, and retires its connection ID."""
    if not is_open(s) or not is_idle(s, p, address):
        return False
    in_reach = may_send_to(s, p, address)
    forget(s, p, address)
    was_given_up(s, p, address, in_reach)
    return True


@machine.action("protocol", "server", "RFC9000-9-09", "RFC9000-9.3-02", "RFC9000-9.3-05")
def send_data(s: Migration, p: Parameters) -> bool:
    """The server sends data to the address in use, but leaves what it takes to challenge that address."""
    if not is_open(s) or s.pending == "nothing" or not is_empty(s.flight):
        return False
    if not may_send_to(s, p, s.current) or not leaves_room(s, p):
        return False
    send_to(s, p, s.current)
    went_out(s, p, s.current)
    s.flight = add(s.flight, s.current)
    return True


def leaves_room(s: Migration, p: Parameters) -> bool:
    """Data waits for the challenge that is due (9.3-02), or by `data_first` leaves one datagram for it."""
    if not has(s.due, s.current):
        return True
    return p.data_first == "yes" and (is_unlimited(s, p, s.current) or get(s.allowance, s.current) > 1)


@machine.action("protocol", "server", "RFC9002-6.2.1-01")
def declare_lost(s: Migration, p: Parameters, address: Address) -> bool:
    """Data that was sent to an address is declared lost, and may be sent again."""
    if not is_open(s) or not has(s.flight, address) or not loss_timer_runs(s, address):
        return False
    s.flight = discard(s.flight, address)
    return True


def loss_timer_runs(s: Migration, address: int) -> bool:
    """A timer runs for what is in flight, to whatever address it was sent."""
    return has(s.flight, address)
