"""The server: it follows its peer to another address (RFC 9000 9.3-02)."""

from __future__ import annotations

from pathproof.model.migration.congestion import enter_path
from pathproof.model.migration.connection_ids import note_pair
from pathproof.model.migration.off_path_defence import challenge_former
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.migration.validation import abandon_others, challenge_new, note_last_validated
from pathproof.model.vocabulary import has


def move(s: Migration, p: Parameters, address: int, newly: bool) -> None:
    """The newest non-probing packet came from this address, and `newly` bore a connection ID not seen."""
    if address == s.current:
        note_pair(s, p, address)
        return
    former = s.current
    known = has(s.validated, address)
    enter_path(s, p, former, address)
    s.current = address
    abandon_others(s, p)
    challenge_new(s, p, address)
    challenge_former(s, p, former, known, newly)
    note_last_validated(s, address)
