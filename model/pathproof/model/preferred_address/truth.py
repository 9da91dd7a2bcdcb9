"""What has really gone to a stranger's source; read by claims, and by neither end.

Kept by the actions after which a datagram has left for there, and not by the rules by which the server
counts, so that a server that counts wrongly is found out.
"""

from __future__ import annotations

from pathproof.model.preferred_address.paths import THIRD_PREFERRED
from pathproof.model.preferred_address.state import FLOOD, PreferredAddress
from pathproof.model.vocabulary import Numbers, has


def note_to_third(s: PreferredAddress) -> None:
    """A datagram has left for the stranger's source."""
    if s.reached_third < FLOOD:
        s.reached_third = s.reached_third + 1


def note_challenge(s: PreferredAddress, checking: Numbers) -> None:
    """PATH_CHALLENGE has left for there, if that source is being validated now and was not before."""
    if has(s.checking, THIRD_PREFERRED) and not has(checking, THIRD_PREFERRED):
        note_to_third(s)
