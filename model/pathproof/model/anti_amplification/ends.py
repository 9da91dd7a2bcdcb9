"""The end of the connection: a server that closes, and what still arrives at it."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.closing import answers, count_answer, count_attributed, enter_closing
from pathproof.model.anti_amplification.ledger import may_send, spend, take_in
from pathproof.model.anti_amplification.monitors import watch_silence
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters, Path, Size
from pathproof.model.anti_amplification.truth import came_in, is_held, may_come, may_go, went_out


@machine.action("protocol", "server", "RFC9000-10.2.1-01", "RFC9000-10.2.1-02", "RFC9000-8-01")
def close(s: AntiAmplification, p: Parameters) -> bool:
    """The server closes at once: CONNECTION_CLOSE leaves if the limit has room."""
    # GUARD
    if s.stage != "handshake" and s.stage != "established":
        return False
    if not may_go(s, p, s.current, p.close):
        return False
    # EFFECT
    if may_send(s, p, s.current, p.close, "close"):
        went_out(s, p, s.current, p.close)
        spend(s, p, s.current, p.close)
    enter_closing(s)
    return True


def attributed_comes(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A packet of the connection has come in the closing state, and may be answered."""
    came_in(s, p, path, size)
    take_in(s, p, path, size, size)
    count_attributed(s, p, size)
    if p.closing_keys == "dropped":
        s.closing_came = s.closing_came + size
    if answers(s, p, path, attributed=True):
        answer(s, p, path)
    else:
        watch_silence(s, p, path)


def answer(s: AntiAmplification, p: Parameters, path: int) -> None:
    """CONNECTION_CLOSE leaves once more."""
    went_out(s, p, path, p.close)
    spend(s, p, path, p.close)
    count_answer(s, p)
    if p.closing_keys == "dropped":
        s.closing_went = s.closing_went + p.close


def may_come_while_closing(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """The server is closing, and the bounds leave room for one more datagram and its answer."""
    if s.stage != "closing" or not may_come(s, p, path, size) or not may_go(s, p, path, p.close):
        return False
    return s.closing_went + p.close <= p.volume


@machine.action("environment", "server", "RFC9000-10.2.1-03", "RFC9000-10.2.1-09", "RFC9000-10.2.1-12")
def receive_while_closing(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A packet of the client arrives in the closing state."""
    # GUARD
    if not is_held(s, path) or not may_come_while_closing(s, p, path, size):
        return False
    if s.closing_came + size > p.most:
        return False
    # EFFECT
    attributed_comes(s, p, path, size)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-10.2.1-09", "RFC9000-10.2.1-12")
def spoof_while_closing(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A packet with the connection's connection ID arrives in the closing state from a victim's address."""
    # GUARD
    if p.attackers == "none" or is_held(s, path) or not may_come_while_closing(s, p, path, size):
        return False
    if s.closing_came + size > p.most:
        return False
    # EFFECT
    attributed_comes(s, p, path, size)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-10.2.1-08", "RFC9000-10.2.1-12")
def receive_unattributed_while_closing(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A datagram that belongs to no connection arrives in the closing state."""
    # GUARD
    if p.attackers == "none" or not may_come_while_closing(s, p, path, size):
        return False
    # EFFECT
    came_in(s, p, path, size)
    take_in(s, p, path, size, size)
    if answers(s, p, path, attributed=False):
        answer(s, p, path)
    return True
