"""The idle timer of the consumer: RFC 9000 10.1, as far as what comes in.

By `idle_timer=ordered` the consumer times out once three PTOs have passed since it heard a packet of its peer
(10.1-04, 10.1-06). That sending starts the timer anew (10.1-05) only makes it last longer, and is left out.
"""

from __future__ import annotations

from pathproof.model.stateless_reset.state import THREE_PTOS, Parameters, StatelessReset


def hears(s: StatelessReset, p: Parameters) -> None:
    """A packet of its peer has come to the consumer, and was processed."""
    if p.idle_timer == "ordered":
        s.quiet = 0
        restart(s)


def restart(s: StatelessReset) -> None:
    """The idle timer starts anew (10.1-04)."""
    s.idle = 0


def pass_in_silence(s: StatelessReset) -> None:
    """A PTO has passed without a packet; for claims, too, whatever the timer makes of it."""
    s.quiet = s.quiet + 1
    s.idle = s.idle + 1 if s.idle < THREE_PTOS else THREE_PTOS


def idle_after(p: Parameters) -> int:
    """PTOs in silence that an idle timeout lasts at least (10.1-06)."""
    return THREE_PTOS


def is_idle(s: StatelessReset, p: Parameters) -> bool:
    """The idle timer has expired, or may at any time."""
    return p.idle_timer == "any time" or s.idle >= idle_after(p)
