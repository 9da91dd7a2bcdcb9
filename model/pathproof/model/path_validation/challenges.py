"""The validator's challenges: how large their datagrams are, and what data they have."""

from __future__ import annotations

from pathproof.model.path_validation.attempts import begin_attempt, repetition_is_due
from pathproof.model.path_validation.state import Parameters, PathValidation
from pathproof.model.vocabulary import add, discard, get, has, put


def is_limited(s: PathValidation, p: Parameters, path: int) -> bool:
    """Three times what came from there is the most that may go there: the address is not validated."""
    return p.limited == "validator" and not has(s.reachable, path)


def there_is_room(s: PathValidation, p: Parameters, path: int, size: int) -> bool:
    """The anti-amplification limit of the path permits a datagram of this size (8.2.1-06)."""
    return not is_limited(s, p, path) or size <= get(s.budget, path)


def challenge_size(s: PathValidation, p: Parameters, path: int) -> int:
    """The size of a datagram with PATH_CHALLENGE: 1200 bytes if the limit permits, 0 for none at all now."""
    if there_is_room(s, p, path, p.padded):
        return p.padded
    if p.padding_budget == "small_first" and there_is_room(s, p, path, p.small):
        return p.small
    return 0


def fresh_data(s: PathValidation, path: int) -> int:
    """Data that no challenge had before, and that nobody can foresee (8.2.1-05, 13.3-27)."""
    return s.drawn


def send(s: PathValidation, p: Parameters, path: int, size: int, data: int) -> None:
    """A datagram with one PATH_CHALLENGE leaves on the path."""
    s.data = put(s.data, s.drawn, data)
    s.sent_on = put(s.sent_on, s.drawn, path)
    if size >= p.padded:
        s.expanded = add(s.expanded, s.drawn)
        s.small_only = discard(s.small_only, path)
    if is_limited(s, p, path):
        s.budget = put(s.budget, path, get(s.budget, path) - size)
    s.drawn = s.drawn + 1


def send_first(s: PathValidation, p: Parameters, path: int, size: int) -> None:
    """The challenge that begins an attempt."""
    begin_attempt(s, path)
    s.small_only = add(s.small_only, path)
    send(s, p, path, size, fresh_data(s, path))


def send_again(s: PathValidation, p: Parameters, path: int, size: int, data: int) -> None:
    """A challenge that repeats one without an answer; the timer starts anew."""
    s.last = put(s.last, path, get(s.elapsed, path))
    send(s, p, path, size, data)


def keep_wanted(s: PathValidation, path: int) -> None:
    """A challenge that does not get out now stays to be sent: nothing was written, and nothing changes."""


def a_challenge_can_leave(s: PathValidation, p: Parameters, path: int) -> bool:
    """There is a challenge to send on the path, and nothing in the way: it leaves before time goes on."""
    if s.drawn >= p.challenges or challenge_size(s, p, path) == 0:
        return False
    return has(s.wanted, path) or repetition_is_due(s, p, path)
