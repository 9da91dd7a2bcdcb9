"""What a step must do: a datagram from the client unblocks the server, and nothing else raises a limit."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.ledger import account, is_valid
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters, Path
from pathproof.model.anti_amplification.truth import counts_on, room
from pathproof.model.vocabulary import get, has


def more_came(s: AntiAmplification, after: AntiAmplification, p: Parameters) -> bool:
    """In the handshake, a datagram has come from where the server's packets go, and the limit has risen."""
    if s.stage != "handshake" or after.stage != "handshake" or s.current != after.current:
        return False
    return room(after, p, after.current) > room(s, p, s.current)


@machine.step("RFC9002-6.2.2.1-03")
def a_datagram_arms_the_timer(s: AntiAmplification, after: AntiAmplification, p: Parameters) -> bool:
    """A server with packets to repeat has its PTO timer running once a datagram has come."""
    return not more_came(s, after, p) or s.sent_parts == 0 or after.timer != "unarmed"


@machine.step("RFC9002-6.2.2.1-04")
def an_overdue_timer_takes_effect_at_once(
    s: AntiAmplification, after: AntiAmplification, p: Parameters
) -> bool:
    """A PTO that passed while the server was blocked is due as soon as a datagram has come."""
    return not more_came(s, after, p) or s.overdue == "no" or after.timer == "expired"


@machine.step("RFC9000-8-01", "RFC9000-8.1-05")
def only_what_comes_raises_a_limit(
    s: AntiAmplification, after: AntiAmplification, p: Parameters, path: Path
) -> bool:
    """What may go to an address rises by three for each byte that came from there, and by nothing else.

    Whatever goes there in the same step lowers it again: it never rises by more than the room really does.
    """
    if not counts_on(s, p, path) or not counts_on(after, p, path):
        return True
    before, now = get(s.allowance, account(s, p, path)), get(after.allowance, account(after, p, path))
    return now <= before or now + room(s, p, path) <= before + room(after, p, path)


def stays_established(s: AntiAmplification, after: AntiAmplification) -> bool:
    """The handshake was over before the step, and the connection goes on after it."""
    return s.stage == "established" and after.stage == "established"


@machine.step("RFC9000-9.3.2-01")
def only_a_valid_path_in_use_is_remembered(
    s: AntiAmplification, after: AntiAmplification, p: Parameters
) -> bool:
    """Which path was validated last changes only for one that is in use and leads to a valid address."""
    if not stays_established(s, after) or after.home == s.home:
        return True
    return after.home == after.current and is_valid(after, p, after.current)


@machine.step("RFC9000-9.3.2-01")
def a_failed_validation_falls_back(s: AntiAmplification, after: AntiAmplification, p: Parameters) -> bool:
    """When the validation of the path in use has failed, packets take the path that was validated last."""
    if not stays_established(s, after) or not has(s.validating, s.current):
        return True
    if has(after.validating, s.current) or is_valid(after, p, s.current):
        return True
    return after.current == s.home
