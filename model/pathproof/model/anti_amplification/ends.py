"""The end of the connection: a server that closes, and what still arrives at it."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.closing import (
    answers,
    count_answer,
    count_attributed,
    enter_closing,
    lengthen_pause,
    let_pass,
)
from pathproof.model.anti_amplification.ledger import may_send, smaller, spend, take_in
from pathproof.model.anti_amplification.monitors import (
    note_answer,
    note_arrival,
    note_closing,
    watch_answer_to_nothing,
    watch_rate,
    watch_silence,
)
from pathproof.model.anti_amplification.state import FACTOR, AntiAmplification, Parameters, Path, Size
from pathproof.model.anti_amplification.truth import came_in, is_held, surplus, went_out
from pathproof.model.vocabulary import larger


@machine.action("protocol", "server", "RFC9000-10.2.1-01", "RFC9000-10.2.1-02", "RFC9000-8-01")
def close(s: AntiAmplification, p: Parameters) -> bool:
    """The server closes at once: CONNECTION_CLOSE leaves if the limit has room."""
    # GUARD
    if s.stage != "handshake" and s.stage != "established":
        return False
    # EFFECT
    if may_send(s, p, s.current, p.close, "close"):
        went_out(s, p, s.current, p.close)
        spend(s, p, s.current, p.close)
    enter_closing(s)
    note_closing(s, p)
    return True


def attributed_comes(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A packet of the connection has come in the closing state, and may be answered."""
    came_in(s, p, path, size)
    take_in(s, p, path, size, size)
    count_attributed(s, p, size)
    if p.closing_keys == "dropped":
        came_in_all(s, p, size)
    if answers(s, p, path, attributed=True):
        answer(s, p, path)
    else:
        watch_silence(s, p, path)
        stay_silent(s, p)


def answer(s: AntiAmplification, p: Parameters, path: int) -> None:
    """CONNECTION_CLOSE leaves once more."""
    watch_rate(s, p)
    note_answer(s)
    lengthen_pause(s, p)
    went_out(s, p, path, p.close)
    spend(s, p, path, p.close)
    count_answer(s, p)
    if p.closing_keys == "dropped":
        s.closing_went = smaller(s.closing_went + p.close, p.volume)


def stay_silent(s: AntiAmplification, p: Parameters) -> None:
    """A datagram is let pass without an answer."""
    note_arrival(s, p)
    let_pass(s)


def came_in_all(s: AntiAmplification, p: Parameters, size: int) -> None:
    """What was attributed to the connection is counted, as far as counts go (see `truth`)."""
    over = surplus(s.closing_came, size, p.most)
    s.closing_came = s.closing_came + size - over
    s.closing_went = larger(s.closing_went, FACTOR * over) - FACTOR * over


@machine.action(
    "environment",
    "server",
    "RFC9000-10.2.1-03",
    "RFC9000-10.2.1-04",
    "RFC9000-10.2.1-09",
    "RFC9000-10.2.1-12",
)
def receive_while_closing(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A packet of the client arrives in the closing state."""
    # GUARD
    if s.stage != "closing" or size < 1 or not is_held(s, path):
        return False
    # EFFECT
    attributed_comes(s, p, path, size)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-10.2.1-09", "RFC9000-10.2.1-12")
def spoof_while_closing(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A packet with the connection's connection ID arrives in the closing state from a victim's address."""
    # GUARD
    if s.stage != "closing" or size < 1 or p.attackers == "none" or is_held(s, path):
        return False
    # EFFECT
    attributed_comes(s, p, path, size)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-10.2.1-08", "RFC9000-10.2.1-12")
def receive_unattributed_while_closing(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A datagram that belongs to no connection arrives in the closing state."""
    # GUARD
    if s.stage != "closing" or size < 1 or p.attackers == "none":
        return False
    # EFFECT
    came_in(s, p, path, size)
    take_in(s, p, path, size, size)
    if answers(s, p, path, attributed=False):
        watch_answer_to_nothing(s, p)
        answer(s, p, path)
    else:
        stay_silent(s, p)
    return True
