"""What of a connection can no longer matter: the normal form in which a search keeps states."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.issuer import holds
from pathproof.model.stateless_reset.state import OPEN, Parameters, StatelessReset
from pathproof.model.vocabulary import minus


@machine.normal_form("RFC9000-10.3-10", "RFC9000-10.2-12")
def what_has_ended_is_forgotten(s: StatelessReset, p: Parameters) -> None:
    """Once the last connection has ended at its consumer, what that compared and sent by is of no account.

    Which connection IDs it used and retired stays, for packets under them may come again, and get an answer;
    so does all that either end still acts by, and what claims about the end ask for.
    """
    if s.end == OPEN or s.connection + 1 < p.connections:
        return
    nothing = minus(s.used, s.used)
    s.acknowledged = nothing
    s.second = nothing
    s.address = 0
    s.current = s.first
    if not holds(s):
        s.invalidated = nothing
