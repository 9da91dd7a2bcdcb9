"""What a server does of its own accord: it waits, sends to a stranger, and lets go of paths."""

from __future__ import annotations

from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import from_third
from pathproof.model.preferred_address.server import can_send, give_up, let_go, may_let_go, send, server_path
from pathproof.model.preferred_address.state import (
    Observed,
    Parameters,
    PreferredAddress,
    ServerPath,
    is_open,
)
from pathproof.model.preferred_address.truth import note_challenge, note_to_third
from pathproof.model.vocabulary import has


@machine.action("environment", "server", "RFC9000-8.2.4-02", "RFC9000-9.3.2-01", "RFC9000-9.6.3-04")
def server_timer(s: PreferredAddress, p: Parameters, observed: Observed) -> bool:
    """Three PTOs have passed without the client's answer: the server gives the validation up."""
    # GUARD
    if not is_open(s) or not has(s.checking, observed):
        return False
    # EFFECT
    give_up(s, observed)
    return True


@machine.action("protocol", "server", "RFC9000-9.3-05", "RFC9000-9.3.1-01", "RFC9000-9.6.3-04")
def send_to_third(s: PreferredAddress, p: Parameters) -> bool:
    """The server sends a non-probing packet to a source that is not its client's, but took a copy for it."""
    # GUARD
    if not is_open(s) or not from_third(server_path(s, p)) or not can_send(s, p, server_path(s, p)):
        return False
    # EFFECT
    send(s, server_path(s, p))
    note_to_third(s)
    return True


@machine.action("protocol", "server", "RFC9000-5.1.2-04", "RFC9000-5.1.1-16", "RFC9000-9.3-03")
def let_go_of_path(s: PreferredAddress, p: Parameters, observed: ServerPath) -> bool:
    """The server retires the connection ID of a path not in use, and its client supplies another."""
    # GUARD
    if not is_open(s) or p.client_supply == "ends" or not may_let_go(s, p, observed):
        return False
    # EFFECT
    checking = s.checking
    let_go(s, p, observed)
    note_challenge(s, checking)
    return True
