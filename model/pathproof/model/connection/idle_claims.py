"""What the idle timer of either end promises: silence that lasts, and no timer that it overtakes (10.1)."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import machine
from pathproof.model.connection.state import CLIENT, OPEN, OVER, SERVER, THREE_PTOS, Address
from pathproof.model.vocabulary import get, has, is_empty


def is_timed_out(before: str, after: str, cause: str) -> bool:
    """An open end has nothing left after this step, for the idle timeout and nothing else."""
    return before == OPEN and after == OVER and cause == "silence"


@machine.step("RFC9000-10.1-04", "RFC9000-10.1-05", "RFC9000-10.1-06")
def no_end_is_idle_before_three_ptos(s: Any, after: Any, p: Any) -> bool:
    """An end times out three PTOs after it heard a packet, or sent the first one after that, or later."""
    if is_timed_out(s.client_end, after.client_end, after.ended_by) and get(s.quiet, CLIENT) < THREE_PTOS:
        return False
    timed_out = is_timed_out(s.server_end, after.server_end, after.ended_by)
    return not timed_out or get(s.quiet, SERVER) == THREE_PTOS


@machine.step("RFC9000-10.1-06", "RFC9000-8.2.4-02")
def a_validation_fails_before_the_server_is_idle(s: Any, after: Any, p: Any, address: Address) -> bool:
    """Where the idle timeout ends a connection, no validation has run for all its PTOs and not yet failed."""
    if not is_timed_out(s.server_end, after.server_end, after.ended_by):
        return True
    return not has(s.moving_validating, address) or get(s.moving_ticks, address) < p.ptos


@machine.sometimes("RFC9000-10.1-01")
def both_ends_have_timed_out(s: Any, p: Any) -> bool:
    """Both ends have dropped the connection, and none has said so."""
    return bool(p.ends == "idles" and s.client_end == OVER and s.server_end == OVER)


@machine.sometimes("RFC9000-10.1-06")
def a_server_is_idle_while_it_validates(s: Any, p: Any) -> bool:
    """A validation that began late in the silence ends with the connection, and not before it."""
    return bool(p.ends == "idles" and s.server_end == OVER and not is_empty(s.moving_validating))
