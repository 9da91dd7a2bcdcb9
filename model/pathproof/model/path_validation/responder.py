"""The responder: what it does with the frames of a packet, one after the other, and what it answers."""

from __future__ import annotations

from pathproof.model.path_validation.state import FACTOR, Parameters, PathValidation
from pathproof.model.vocabulary import add, count, discard, get, has, is_empty, lowest, put


def owes_a_limit(p: Parameters, path: int) -> bool:
    """The responder has not validated the peer's address on this path: only the handshake has, on path 0."""
    return p.limited == "responder" and path != 0


def receive_bytes(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """The datagram of a challenge came in: three times its size more may go out there (8-01)."""
    if not owes_a_limit(p, path):
        return
    left = get(s.allowance, path) + FACTOR * challenge_came_in(s, p, frame)
    s.allowance = put(s.allowance, path, left if left <= p.allowed else p.allowed)


def receive_challenge(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """PATH_CHALLENGE in a packet from this path: a response is owed (8.2.2-01, 19.17-03).

    The reading `challenge_answers` says whether more than a fixed number may wait at a time.
    """
    if p.challenge_answers == "bounded" and not there_is_space(s, p):
        return
    s.owed = add(s.owed, frame)
    s.came_on = put(s.came_on, frame, path)


def there_is_space(s: PathValidation, p: Parameters) -> bool:
    """One more response may wait, where their number is bounded."""
    return count(s.owed) < p.backlog


def receive_retirement(s: PathValidation, path: int) -> None:
    """NEW_CONNECTION_ID retires the connection ID that the path has been using (5.1.2-10)."""
    s.equipped = discard(s.equipped, path)


def is_reachable(s: PathValidation, path: int) -> bool:
    """A packet can be sent on the path: there is a connection ID for it, or one to take for it."""
    return has(s.equipped, path) or s.spare > 0


def equip(s: PathValidation, path: int) -> None:
    """The path has a connection ID of its own from here on, an unused one if it had none (9.5-03)."""
    if not has(s.equipped, path):
        s.equipped = add(s.equipped, path)
        s.spare = s.spare - 1


def take_up(s: PathValidation, path: int) -> None:
    """A non-probing packet is processed to its end: its path becomes the one in use, if it is still there.

    A frame of the packet may have retired its connection ID, and left none to take.
    """
    if is_reachable(s, path):
        equip(s, path)
        s.current = path


def response_path(s: PathValidation, p: Parameters, frame: int) -> int:
    """The path that the challenge came in on (8.2.2-03)."""
    return get(s.came_on, frame)


def response_data(s: PathValidation, p: Parameters, frame: int) -> int:
    """The data of the challenge (8.2.2-01)."""
    return get(s.data, frame)


def response_size(s: PathValidation, p: Parameters, frame: int) -> int:
    """1200 bytes, unless the anti-amplification limit of the path leaves less (8.2.2-05, 8.2.2-06)."""
    path = response_path(s, p, frame)
    if owes_a_limit(p, path) and p.padded > get(s.allowance, path):
        return p.small
    return p.padded


def challenge_came_in(s: PathValidation, p: Parameters, frame: int) -> int:
    """The size of the datagram that brought the challenge."""
    return p.padded if has(s.expanded, frame) else p.small


def settle(s: PathValidation, frame: int) -> None:
    """The response has left, and will not leave again (8.2.2-07, 13.3-28)."""
    s.owed = discard(s.owed, frame)


def hold(s: PathValidation, frame: int) -> None:
    """A response that does not get out now stays owed: nothing was written, and nothing changes."""


def must_answer_now(s: PathValidation, p: Parameters) -> bool:
    """A response is owed and can leave: it does so before time goes on (8.2.2-02). They leave in order."""
    if is_empty(s.owed) or s.congested == "yes":
        return False
    return is_reachable(s, response_path(s, p, lowest(s.owed)))
