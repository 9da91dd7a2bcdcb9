"""What is owed on one path for the peer's challenges there (8.2.2)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from pathproof.reference.frames import PathResponse

MOST_OWED = 16  # a flood of challenges costs no more than this: the latest are answered


@dataclass(slots=True)
class Responses:
    """PATH_RESPONSE frames to be sent on the path on which their challenges came (8.2.2-03).

    Examples
    --------
    >>> owed = Responses()
    >>> owed.challenged(b"12345678")
    >>> owed.take(), owed.take()
    (PathResponse(data=b'12345678'), None)
    """

    owed: deque[bytes] = field(default_factory=lambda: deque(maxlen=MOST_OWED))

    def challenged(self, data: bytes) -> None:
        """PATH_CHALLENGE with this data has come."""
        self.owed.append(data)

    def take(self) -> PathResponse | None:
        """The response to send now; it is sent once, and not again when it is lost (8.2.2-07, 13.3)."""
        return PathResponse(self.owed.popleft()) if self.owed else None

    def __bool__(self) -> bool:
        """Whether anything is owed."""
        return bool(self.owed)
