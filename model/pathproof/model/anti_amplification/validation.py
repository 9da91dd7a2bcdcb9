"""An established server: whose packets move it, and how it validates a path within the limit (8.2, 9.3)."""

from __future__ import annotations

from pathproof.model.anti_amplification.ledger import is_valid, is_withheld, may_send, validate
from pathproof.model.anti_amplification.state import SMALL, AntiAmplification, Parameters
from pathproof.model.vocabulary import add, discard, has, is_empty


def receive_non_probing(s: AntiAmplification, p: Parameters, path: int) -> None:
    """The highest-numbered non-probing packet so far has come on this path: packets go there (9.3-02)."""
    if path != s.current:
        s.current = path
        if not is_valid(s, p, path):
            deal_with_unvalidated(s, p, path)
        if is_valid(s, p, path):
            s.home = path
    s.seen = add(s.seen, path)


def receive_challenge(s: AntiAmplification, p: Parameters, path: int) -> None:
    """A probing packet with PATH_CHALLENGE has come on this path, and wants a response there (8.2.2-01)."""
    if not is_withheld(s, p, path):
        s.owed = add(s.owed, path)
    s.seen = add(s.seen, path)


def deal_with_unvalidated(s: AntiAmplification, p: Parameters, path: int) -> None:
    """The address is validated, unless it was seen lately and the server makes use of that (9.3-06)."""
    if skips_validation(s, p, path):
        validate(s, p, path)
    else:
        begin_validation(s, path)


def skips_validation(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """By the reading `seen`, an address from which packets came lately need not be validated."""
    return p.rebinding_validation == "seen" and has(s.seen, path)


def begin_validation(s: AntiAmplification, path: int) -> None:
    """Path validation begins."""
    s.validating = add(s.validating, path)


def challenge_size(s: AntiAmplification, p: Parameters, path: int) -> int:
    """The size of the datagram with PATH_CHALLENGE: 1200 bytes where the limit allows, and 0 for none."""
    if may_send(s, p, path, p.padded, "challenge"):
        return p.padded
    if p.padding_budget == "small_first" and may_send(s, p, path, SMALL, "challenge"):
        return SMALL
    return 0


def response_size(s: AntiAmplification, p: Parameters, path: int) -> int:
    """The size of the datagram with PATH_RESPONSE: not expanded past the limit (8.2.2-06).

    The reading `partial_expansion` says whether it is expanded as far as the limit goes.
    """
    if may_send(s, p, path, p.padded, "response"):
        return p.padded
    if p.partial_expansion == "up_to_limit" and may_send(s, p, path, p.padded - 1, "response"):
        return p.padded - 1
    if may_send(s, p, path, SMALL, "response"):
        return SMALL
    return 0


def challenge_waits(s: AntiAmplification, path: int) -> bool:
    """A challenge of 1200 bytes is on its way, or a response is owed: no delay for that (8.2.2-02)."""
    return has(s.full_out, path) or not is_empty(s.owed)


def data_waits(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """Data would take what the limit leaves for the first challenge, or for a response that is owed.

    A response that is owed on another path counts too, for that may lead to the same address. By
    `data_first` data goes out in its turn, before a challenge or after it.
    """
    if p.data_first == "yes":
        return not is_empty(s.owed)
    return not is_empty(s.owed) or (has(s.validating, path) and not has(s.challenged, path))


def response_came(s: AntiAmplification, p: Parameters, path: int, expanded: bool) -> None:
    """PATH_RESPONSE answers the challenge sent on this path, in a datagram of 1200 bytes or a smaller one.

    Either validates the address (8.2.3-04). After a smaller one the validation goes on, for the path MTU.
    """
    s.seen = add(s.seen, path)
    validate(s, p, path)
    if settles_mtu(expanded):
        s.mtu = add(s.mtu, path)
    if ends_validation(expanded):
        s.validating = discard(s.validating, path)
    else:
        begin_validation(s, path)
    if is_valid(s, p, s.current):
        s.home = s.current


def settles_mtu(expanded: bool) -> bool:
    """Only an exchange of expanded datagrams validates the path MTU (8.2.1-07)."""
    return expanded


def ends_validation(expanded: bool) -> bool:
    """A second validation follows one by a smaller datagram (8.2.1-08, 8.2.3-05)."""
    return expanded


def give_up(s: AntiAmplification, path: int) -> None:
    """Validation has failed: the server goes back to the path that was validated last (9.3.2-01)."""
    s.validating = discard(s.validating, path)
    s.challenged = discard(s.challenged, path)
    if path == s.current:
        s.current = s.home
