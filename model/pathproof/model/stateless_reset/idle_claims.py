"""What the idle timer of the consumer promises: silence that lasts (10.1)."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.state import OPEN, OVER, THREE_PTOS, Parameters, StatelessReset


@machine.step("RFC9000-10.1-04", "RFC9000-10.1-06", fails_under={"idle_timer": "any time"})
def no_consumer_times_out_before_three_ptos(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A consumer that drops an open connection has heard no packet of it for three PTOs."""
    return s.end != OPEN or after.end != OVER or s.quiet >= THREE_PTOS


@machine.sometimes("RFC9000-10.1-06")
def a_consumer_is_idle(s: StatelessReset, p: Parameters) -> bool:
    """Three PTOs have passed without a packet, and the connection is still there."""
    return s.end == OPEN and s.quiet == THREE_PTOS
