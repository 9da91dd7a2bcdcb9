"""Short names for what a state is about, for pictures of runs and of the state space."""

from __future__ import annotations

from pathproof.model.anti_amplification.ledger import is_blocked, is_valid
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters
from pathproof.model.anti_amplification.truth import is_held
from pathproof.model.vocabulary import has, is_empty


def phase(s: AntiAmplification, p: Parameters) -> str:
    """The phase of the connection.

    >>> from pathproof.model.anti_amplification import machine
    >>> from pathproof.model.execute import initial
    >>> phase(initial(machine, machine.setting()), machine.setting())
    'established, valid'
    """
    if s.stage == "idle":
        return "no connection" if is_empty(s.tokens) else "no connection, token given"
    if s.stage == "closing":
        return closing_phase(s)
    if s.stage == "handshake":
        return handshake_phase(s, p)
    return established_phase(s, p)


def closing_phase(s: AntiAmplification) -> str:
    """The phase of a connection that is closing."""
    return "closing" if s.closing_went == 0 else "closing, answered"


def handshake_phase(s: AntiAmplification, p: Parameters) -> str:
    """The phase of a handshake."""
    if is_valid(s, p, s.current):
        return "handshake, valid"
    who = "handshake" if is_held(s, s.current) else "handshake with a victim"
    if is_blocked(s, p, s.current):
        return f"{who}, blocked"
    return f"{who}, probe due" if s.timer == "expired" else f"{who}, within the limit"


def established_phase(s: AntiAmplification, p: Parameters) -> str:
    """The phase of an established connection."""
    who = "" if is_held(s, s.current) else " at a victim"
    if is_valid(s, p, s.current):
        return f"established{who}, valid" if has(s.mtu, s.current) else f"established{who}, MTU not validated"
    if is_blocked(s, p, s.current):
        return f"moved{who}, blocked"
    return f"moved{who}, challenged" if has(s.challenged, s.current) else f"moved{who}"
