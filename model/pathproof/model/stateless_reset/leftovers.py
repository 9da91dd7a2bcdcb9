"""What of a connection can no longer matter: the normal form in which a search keeps states."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.consumer import has_state
from pathproof.model.stateless_reset.issuer import holds
from pathproof.model.stateless_reset.state import Parameters, StatelessReset
from pathproof.model.vocabulary import minus


@machine.normal_form("RFC9000-10.3-10", "RFC9000-10.2-12")
def what_has_ended_is_forgotten(s: StatelessReset, p: Parameters) -> None:
    """Once the last connection is gone at its consumer, what that compared and sent by is dropped.

    While it is draining it still tells resets from packets that it may answer. Which connection IDs it used
    stays, for packets under them may come again; so does all that the issuer acts by, and what claims about
    the end ask for.
    """
    if has_state(s) or s.connection + 1 < p.connections:
        return
    nothing = minus(s.used, s.used)
    s.acknowledged = nothing
    s.second = nothing
    s.address = 0
    s.current = s.first
    if not holds(s):
        s.invalidated = nothing
        s.retired = nothing
