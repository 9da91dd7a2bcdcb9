"""A server in the closing state: what it answers with CONNECTION_CLOSE, and within which limits (10.2.1)."""

from __future__ import annotations

from pathproof.model.anti_amplification.handshake import leave_handshake
from pathproof.model.anti_amplification.ledger import credit, is_valid, may_send, smaller
from pathproof.model.anti_amplification.state import FACTOR, PATIENCE, AntiAmplification, Parameters
from pathproof.model.vocabulary import minus


def enter_closing(s: AntiAmplification) -> None:
    """Of all state only what recognises packets of the connection is left, and the counts of bytes."""
    s.stage = "closing"
    leave_handshake(s)
    s.validating = minus(s.validating, s.validating)
    s.challenged = minus(s.challenged, s.challenged)
    s.owed = minus(s.owed, s.owed)
    s.small_out = minus(s.small_out, s.small_out)
    s.full_out = minus(s.full_out, s.full_out)


def count_attributed(s: AntiAmplification, p: Parameters, size: int) -> None:
    """Without keys, what is attributed to the connection earns what may be answered (10.2.1-09)."""
    if p.closing_keys == "dropped":
        s.closing_allowance = smaller(s.closing_allowance + credit(size, size), FACTOR * p.most)


def answers(s: AntiAmplification, p: Parameters, path: int, attributed: bool) -> bool:
    """A datagram is answered with CONNECTION_CLOSE, within the limits of the connection and the address."""
    if not attributed and not answers_unattributed(p):
        return False
    if p.closing_unvalidated == "discard" and not is_valid(s, p, path):
        return False
    if is_pausing(s):
        return False
    return total_allows(s, p) and may_send(s, p, path, p.close, "close")


def answers_unattributed(p: Parameters) -> bool:
    """Without keys, any datagram may be answered, by the reading `closing_unattributed=any` (10.2.1-08)."""
    return p.closing_keys == "dropped" and p.closing_unattributed == "any"


def total_allows(s: AntiAmplification, p: Parameters) -> bool:
    """The sum of all answers stays within three times what was attributed (10.2.1-09)."""
    return p.closing_keys == "kept" or p.close <= s.closing_allowance


def count_answer(s: AntiAmplification, p: Parameters) -> None:
    """One more answer has gone out."""
    if p.closing_keys == "dropped":
        s.closing_allowance = s.closing_allowance - p.close if p.close <= s.closing_allowance else 0


def is_pausing(s: AntiAmplification) -> bool:
    """The server has answered, and lets some datagrams pass before it answers again (10.2.1-04)."""
    return s.pause > 0


def lengthen_pause(s: AntiAmplification, p: Parameters) -> None:
    """After each answer more datagrams pass than after the one before, as far as that goes (10.2.1-04)."""
    if p.closing_rate == "fewer":
        s.last_pause = smaller(s.last_pause + 1, PATIENCE)
        s.pause = s.last_pause


def let_pass(s: AntiAmplification) -> None:
    """A datagram is not answered: one less has to pass."""
    s.pause = s.pause - 1 if s.pause > 0 else 0
