"""Bugs in what a server remembers of paths: which was validated last, and which carries 1200 bytes."""

from __future__ import annotations

from pathproof.model.anti_amplification import validation
from pathproof.model.anti_amplification.handshake import leave_handshake
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, discard

recreates = Recreated()
RULE_CAME = validation.response_came  # kept from before any mutant is in place


@recreates(
    replaces="give_up",
    cites=("RFC9000-9.3.2-01",),
    at="server",
    addresses=3,
    paths=3,
    padded=2,
    close=1,
    most=1,
    volume=5,
    attackers="none",
)
def a_failure_leads_back_to_the_first_path(s: AntiAmplification, path: int) -> None:
    """When a validation has failed, the server goes back to the path of the handshake."""
    s.validating = discard(s.validating, path)
    s.challenged = discard(s.challenged, path)
    if path == s.current:
        s.current = 0


@recreates(replaces="response_came", cites=("RFC9000-9.3.2-01",), at="server")
def a_validated_path_is_forgotten(s: AntiAmplification, p: Parameters, path: int, expanded: bool) -> None:
    """The path in use has been validated, and the server would still go back to the one before it."""
    before = s.home
    RULE_CAME(s, p, path, expanded)
    s.home = before


@recreates(replaces="begin_validation", cites=("RFC9000-9.3.2-01",), at="server")
def a_path_is_remembered_before_its_answer(s: AntiAmplification, path: int) -> None:
    """The server would go back to a path on which a challenge has left, and nothing has come."""
    s.validating = add(s.validating, path)
    s.home = path


@recreates(
    replaces="establish",
    cites=("RFC9000-8.2.3-03", "RFC9000-14.1-03"),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=2,
    volume=8,
    attackers="none",
)
def the_handshake_shows_no_mtu(s: AntiAmplification) -> None:
    """The datagrams of 1200 bytes in the handshake count for nothing afterwards."""
    s.stage = "established"
    s.home = s.current
    leave_handshake(s)
