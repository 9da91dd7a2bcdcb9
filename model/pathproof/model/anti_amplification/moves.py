"""The established connection: a client that moves, and a server that validates within the limit."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.ledger import is_valid, may_send, spend, take_in
from pathproof.model.anti_amplification.monitors import watch_challenge, watch_data, watch_response
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters, Path, Size
from pathproof.model.anti_amplification.truth import came_in, is_held, went_out
from pathproof.model.anti_amplification.truth import prove as has_shown
from pathproof.model.anti_amplification.validation import (
    challenge_size,
    challenge_waits,
    data_waits,
    give_up,
    receive_challenge,
    receive_non_probing,
    response_came,
    response_size,
)
from pathproof.model.vocabulary import add, discard, has


def datagram_comes(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram of one packet comes in on a path of the established connection."""
    came_in(s, p, path, size)
    take_in(s, p, path, size, size)


@machine.action("protocol", "client", "RFC9000-9.3-01", "RFC9000-9.3-02", "RFC9000-21.1.1.1-04")
def client_sends(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A non-probing packet of the client arrives, the highest-numbered so far."""
    # GUARD
    if s.stage != "established" or not is_held(s, path) or size < 1:
        return False
    if p.after_move == "listens" and has(s.seen, path) and path == s.current:
        return False
    # EFFECT
    datagram_comes(s, p, path, size)
    receive_non_probing(s, p, path)
    return True


@machine.action("protocol", "client", "RFC9000-8.2.2-01", "RFC9000-21.1.1.1-04")
def client_challenges(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A probing packet of the client arrives: its PATH_CHALLENGE wants a response on the same path."""
    # GUARD
    if s.stage != "established" or not is_held(s, path) or size < 1:
        return False
    # EFFECT
    datagram_comes(s, p, path, size)
    receive_challenge(s, p, path)
    return True


def emit(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram leaves the server on this path."""
    went_out(s, p, path, size)
    spend(s, p, path, size)


@machine.action("protocol", "server", "RFC9000-8-01", "RFC9000-9.3.1-01", "MULTIPATH-3.1-04")
def send_data(s: AntiAmplification, p: Parameters, size: Size) -> bool:
    """The server sends to where the client seems to be."""
    # GUARD
    if s.stage != "established" or size < 1 or data_waits(s, p, s.current):
        return False
    if not may_send(s, p, s.current, size, "data"):
        return False
    # EFFECT
    watch_data(s, p, s.current)
    emit(s, p, s.current, size)
    return True


@machine.action(
    "protocol", "server", "RFC9000-8.2.1-06", "RFC9000-8.2.1-08", "RFC9000-8.2.1-09", "RFC9000-9.3-02"
)
def send_challenge(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """PATH_CHALLENGE leaves: the first, one more after a loss, or the second validation's."""
    # GUARD
    size = challenge_size(s, p, path)
    if s.stage != "established" or not has(s.validating, path) or challenge_waits(s, path) or size == 0:
        return False
    if has(s.small_out, path) and size < p.padded:
        return False
    # EFFECT
    watch_challenge(s, p, path, size)
    s.challenged = add(s.challenged, path)
    if size < p.padded:
        s.small_out = add(s.small_out, path)
    else:
        s.full_out = add(s.full_out, path)
    emit(s, p, path, size)
    return True


@machine.action(
    "protocol", "server", "RFC9000-8.2.2-01", "RFC9000-8.2.2-02", "RFC9000-8.2.2-05", "RFC9000-8.2.2-06"
)
def send_response(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """PATH_RESPONSE leaves on the path on which the client's challenge came."""
    # GUARD
    size = response_size(s, p, path)
    if s.stage != "established" or not has(s.owed, path) or size == 0:
        return False
    # EFFECT
    watch_response(s, p, path, size)
    s.owed = discard(s.owed, path)
    emit(s, p, path, size)
    return True


@machine.action("environment", "server", "RFC9000-8.2.3-01", "RFC9000-8.2.3-04", "RFC9000-8.2.3-05")
def deliver_answer_to_small(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """The client, which is there, has answered a challenge below 1200 bytes."""
    # GUARD
    if s.stage != "established" or not is_held(s, path) or not has(s.small_out, path):
        return False
    # EFFECT
    s.small_out = discard(s.small_out, path)
    has_shown(s, path)
    response_came(s, p, path, expanded=False)
    return True


@machine.action("environment", "server", "RFC9000-8.2.3-01", "RFC9000-8.2.1-09")
def deliver_answer_to_full(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """The client, which is there, has answered a challenge in 1200 bytes, in as many."""
    # GUARD
    if s.stage != "established" or not is_held(s, path) or not has(s.full_out, path):
        return False
    # EFFECT
    s.full_out = discard(s.full_out, path)
    s.small_out = discard(s.small_out, path)
    has_shown(s, path)
    s.carried = add(s.carried, path)
    response_came(s, p, path, expanded=True)
    return True


@machine.action("environment", "network")
def lose_challenge(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """What is on its way on this path is lost: challenges, or their answers."""
    # GUARD
    if not has(s.small_out, path) and not has(s.full_out, path):
        return False
    # EFFECT
    s.small_out = discard(s.small_out, path)
    s.full_out = discard(s.full_out, path)
    return True


@machine.action("protocol", "server", "RFC9000-9.3.2-01", "RFC9000-8.2.4-02")
def give_up_validation(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """Three PTOs have passed without a response: the validation of the path has failed.

    So there was a challenge, or none could leave.
    """
    # GUARD
    if s.stage != "established" or not has(s.validating, path) or is_valid(s, p, path):
        return False
    if not has(s.challenged, path) and challenge_size(s, p, path) > 0:
        return False
    # EFFECT
    give_up(s, path)
    return True
