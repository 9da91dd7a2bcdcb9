"""Bugs in answering PATH_CHALLENGE: what is owed to a path, and how it is lost."""

from __future__ import annotations

from pathproof.model.migration import network
from pathproof.model.migration.sending import may_send_to
from pathproof.model.migration.state import Address, Migration, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import has

recreates = Recreated()
RULE_ANSWER_IN_VAIN = network.answer_in_vain  # kept from before any mutant is in place


@recreates(
    replaces="ask", cites=("RFC9000-8.2.2-01",), at="server", packets=1, addresses=2, attacker="nobody"
)
def challenges_beside_other_frames_get_no_answer(s: Migration, number: int, address: int) -> None:
    """A PATH_CHALLENGE in a non-probing packet is not answered."""


@recreates(
    replaces="answer_overtaken", cites=("RFC9000-8.2.2-01",), at="server", packets=2, attacker="nobody"
)
def overtaken_packets_get_no_answer(s: Migration, number: int, address: int, peer: int) -> None:
    """A packet that was overtaken is taken in, and a challenge in it, from a new address, is not answered."""


@recreates(
    replaces="is_idle", cites=("RFC9000-8.2.2-01",), at="server", packets=2, addresses=2, attacker="nobody"
)
def an_answer_is_forgotten_with_its_path(s: Migration, p: Parameters, address: int) -> bool:
    """A path is forgotten although PATH_RESPONSE is owed there."""
    if not has(s.paths, address) or address == s.current or address == s.fallback:
        return False
    return not has(s.validating, address) and (not has(s.due, address) or not may_send_to(s, p, address))


@recreates(
    replaces="answers_first",
    cites=("RFC9000-8.2.2-01",),
    at="server",
    packets=1,
    addresses=2,
    attacker="nobody",
)
def answers_wait_until_the_path_has_failed(s: Migration, p: Parameters, address: int) -> bool:
    """Timers of the server's own validation end before it answers, and what it owes there ends with them."""
    return False


@recreates(
    replaces="answer_in_vain",
    cites=("RFC9000-8.2.2-01",),
    at="server",
    attacker="nobody",
    network="steady",
    numbering="goes on",
    packets=1,
    prior="raised",
    cids=2,
    addresses=2,
)
def answers_leave_on_the_path_in_use_alone(s: Migration, p: Parameters, address: Address) -> bool:
    """PATH_RESPONSE for a path that is not in use waits until it is."""
    return address == s.current and RULE_ANSWER_IN_VAIN(s, p, address)
