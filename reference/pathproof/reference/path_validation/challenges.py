"""One attempt to validate a path: challenges, what answers, and when it is given up (8.2.1, 8.2.3, 8.2.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pathproof.reference.congestion import MIN_DATAGRAM
from pathproof.reference.frames import PathChallenge

FULL_SIZE = MIN_DATAGRAM  # bytes of UDP payload (8.2.1-06)
CHALLENGE_SIZE = 8
PTOS = 3  # until the attempt is given up (8.2.4-03)
MOST_OUTSTANDING = 8  # challenges that may still be answered: repeated ones are a guard against loss


def time_to_give_up(pto: float, initial_pto: float) -> float:
    """Seconds after which an attempt is given up: by the larger of two PTOs (8.2.4-03).

    >>> time_to_give_up(0.1, 1.0)
    3.0
    """
    return PTOS * max(pto, initial_pto)


@dataclass(slots=True)
class Validation:
    """An attempt to validate a path.

    Examples
    --------
    >>> attempt = Validation(begun=0.0, pto=0.5, initial_pto=1.0)
    >>> challenge = attempt.challenge(0.0, lambda count: b"a" * count)
    >>> attempt.sent(challenge.data, size=1200)
    >>> attempt.is_due(0.9), attempt.is_due(1.0), attempt.deadline(), attempt.has_failed(3.0)
    (False, True, 1.0, True)
    >>> attempt.answer(b"a" * 8), attempt.is_of_full_size
    (True, True)
    """

    begun: float
    pto: float
    initial_pto: float
    outstanding: dict[bytes, int] = field(
        default_factory=dict
    )  # data -> size of its datagram, if it has gone
    next_at: float = 0.0
    repeats: int = 0
    is_of_full_size: bool = False  # what was answered had gone in 1200 bytes, or more

    def __post_init__(self) -> None:
        """The first challenge goes at once."""
        self.next_at = self.begun

    def is_due(self, now: float) -> bool:
        """Whether a challenge may go: not more often than Initial packets would (8.2.1-04)."""
        return now >= self.next_at and not self.has_failed(now)

    def challenge(self, now: float, random: Callable[[int], bytes]) -> PathChallenge:
        """A challenge with data of its own (8.2.1-01, 8.2.1-05), and from then on a wait for the next."""
        data = random(CHALLENGE_SIZE)
        while len(self.outstanding) >= MOST_OUTSTANDING:
            del self.outstanding[next(iter(self.outstanding))]
        self.outstanding[data] = 0
        self.next_at = now + self._wait(self.repeats)
        self.repeats += 1
        return PathChallenge(data)

    def _wait(self, repeats: int) -> float:
        """Seconds from one challenge to the next: as between Initial packets, a PTO that doubles (8.2.1-04).

        Its PTO leaves out max_ack_delay (RFC9002-6.2.1-02), which the ones until giving up have in them, as
        a challenge travels in a 1-RTT packet: so three challenges fit into three PTOs (8.2.4-03).
        """
        return self.initial_pto * (1 << repeats)

    def reserve(self) -> int:
        """Bytes that the challenges take which are still to come, if each is as large as the last one.

        All that may be sent to an address before it is validated may be what three times the first datagram
        from there allows (8-01). What is left for data is what challenges leave: without them nothing lifts
        the limit (8.2.4-04), and an attempt must not fail because one challenge was lost (RFC 9000 8.2.4).

        >>> attempt = Validation(begun=0.0, pto=1.025, initial_pto=1.0)
        >>> attempt.sent(attempt.challenge(0.0, lambda count: b"a" * count).data, size=1200)
        >>> attempt.reserve()
        2400
        """
        size = next(reversed(self.outstanding.values()), 0)
        at, count = self.next_at, 0
        while at < self.ends_at:
            at += self._wait(self.repeats + count)
            count += 1
        return count * size

    def sent(self, data: bytes, size: int) -> None:
        """The challenge has gone in a datagram of this size, in bytes."""
        self.outstanding[data] = size

    def answer(self, data: bytes) -> bool:
        """PATH_RESPONSE has come, on whatever path: whether it answers this attempt (8.2.3-01, 8.2.2-04)."""
        if data not in self.outstanding:
            return False
        self.is_of_full_size = self.outstanding[data] >= FULL_SIZE
        return True

    @property
    def ends_at(self) -> float:
        """When the attempt is given up, in seconds."""
        return self.begun + time_to_give_up(self.pto, self.initial_pto)

    def has_failed(self, now: float) -> bool:
        """Whether it is time to give up: nothing else makes an attempt fail (8.2.4-01)."""
        return now >= self.ends_at

    def deadline(self) -> float:
        """When to look at this attempt again."""
        return min(self.next_at, self.ends_at)
