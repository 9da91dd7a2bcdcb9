"""Bugs of idle timers: too short ones, and those that nothing restarts."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.stateless_reset.state import Parameters, StatelessReset

recreates = Recreated()


@recreates(replaces="idle_after", cites=("RFC9000-10.1-06",), at="consumer", idle_timer="ordered")
def one_pto_is_silence_enough(p: Parameters) -> int:
    """The idle timeout is as short as its transport parameter says, though that is below three PTOs."""
    return 1


@recreates(replaces="restart", cites=("RFC9000-10.1-04",), at="consumer", idle_timer="ordered")
def what_comes_restarts_no_idle_timer(s: StatelessReset) -> None:
    """The idle timer runs on although a packet has come."""
