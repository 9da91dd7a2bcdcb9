"""What time brings: timers of validations and of loss recovery, and the end of the handshake."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.fall_back import fail
from pathproof.model.migration.sending import may_send_to, send_to
from pathproof.model.migration.state import (
    COMPLETE,
    CONFIRMED,
    Address,
    Migration,
    Parameters,
    is_open,
)
from pathproof.model.migration.truth import was_given_up, went_out
from pathproof.model.migration.validation import count_pto, has_run_out, is_timed
from pathproof.model.vocabulary import discard, has, put


@machine.action(
    "environment", "server", "RFC9000-8.2.4-02", "RFC9000-8.2.1-02", "RFC9000-9.2-06", "RFC9000-8.2.4-03"
)
def server_waits(s: Migration, p: Parameters, address: Address) -> bool:
    """A PTO passes after a PATH_CHALLENGE of the server, which repeats it without an ECN mark."""
    if not is_open(s) or not is_timed(s, p, address):
        return False
    count_pto(s, address)
    if may_send_to(s, p, address):
        send_to(s, p, address)
        went_out(s, p, address)
    return True


@machine.action(
    "environment",
    "server",
    "RFC9000-8.2.4-01",
    "RFC9000-8.2.4-05",
    "RFC9000-9.3.2-01",
    "RFC9000-9.3.2-04",
    "RFC9000-9.1-03",
)
def server_gives_up(s: Migration, p: Parameters, address: Address) -> bool:
    """The timer of a validation ends, and the validation has failed."""
    if not is_open(s) or not has_run_out(s, p, address):
        return False
    if answers_first(s, p, address):
        return False
    in_reach = may_send_to(s, p, address)
    fail(s, p, address)
    was_given_up(s, p, address, in_reach)
    return True


def answers_first(s: Migration, p: Parameters, address: int) -> bool:
    """PATH_RESPONSE leaves at once (8.2.2-02), and so before timers of some PTOs end, if it may leave."""
    return has(s.asked, address) and may_send_to(s, p, address)


@machine.action("environment", "client", "RFC9000-8.2.4-02")
def client_waits(s: Migration, p: Parameters) -> bool:
    """A PTO passes after the client's PATH_CHALLENGE on the path that it has moved to."""
    if not is_open(s) or has(s.works, s.outer) or s.waited >= p.ptos:
        return False
    s.waited = s.waited + 1
    return True


@machine.action("environment", "server", "RFC9000-9.3-06")
def time_runs_out(s: Migration, p: Parameters, address: Address) -> bool:
    """An address out of use has not been seen for so long that its validation counts no longer."""
    if not is_open(s) or p.rebinding_validation != "recent" or address == s.current:
        return False
    if not has(s.validated, address):
        return False
    s.validated = discard(s.validated, address)
    s.allowance = put(s.allowance, address, 0)
    return True


@machine.action("environment", "server", "RFC9001-4.1.2-01")
def complete_handshake(s: Migration, p: Parameters) -> bool:
    """The handshake completes at the server, which is thereby confirmed there."""
    if not is_open(s) or s.handshake != "under way":
        return False
    s.handshake = COMPLETE
    return True


@machine.action("environment", "client", "RFC9001-4.1.2-02", "RFC9000-9-01")
def confirm_handshake(s: Migration, p: Parameters) -> bool:
    """HANDSHAKE_DONE arrives: the handshake is confirmed at the client."""
    if not is_open(s) or s.handshake != COMPLETE:
        return False
    s.handshake = CONFIRMED
    return True
